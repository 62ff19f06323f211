"""Which code this is."""

import tomllib

from bourse import settings
from bourse.run.lanes import commit


def version() -> str:
    """The version, and the commit where the code is a working copy."""
    project = tomllib.loads((settings.ROOT / "pyproject.toml").read_text())["project"]
    checked_out = commit()
    return str(project["version"]) + (f" ({checked_out})" if checked_out != "unknown" else "")
