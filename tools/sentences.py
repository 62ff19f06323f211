"""Writes what the rooms say as marked texts on standard output, for makemessages to find."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from bourse.doors.web.sentences import templates

if __name__ == "__main__":
    sys.stdout.write("from django.utils.translation import gettext_noop as _\n\n")
    for template in templates():
        sys.stdout.write(f"_({template.message!r})\n")
