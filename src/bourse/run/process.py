"""The entry of each child that needs Django: `python -m bourse.run.process NAME PARENT [ARGUMENT …]`.

Models can be imported only after Django is set up; so that is done here, before the module called NAME is
loaded.
"""

import importlib
import json
import os
import signal
import sys

import django
import structlog

from bourse import settings
from bourse.run import log
from bourse.run.guards import CannotServe
from bourse.run.parent import end_with_parent

logger = structlog.get_logger()


def order(name: str, *arguments: str) -> list[str]:
    """The command line of a child that ends at once when this process ends: the next start needs its port."""
    return [sys.executable, "-P", "-m", "bourse.run.process", name, str(os.getpid()), *arguments]


def answer_of(step: str, status: int, said: str) -> object:
    """What a step answered on its last line, or the refusal that it failed."""
    if status:
        raise CannotServe(f"The step {step} failed; the lines above say why.")
    answer: object = json.loads(said.splitlines()[-1])
    return answer


def set_up_django() -> None:
    """Make models importable."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bourse.settings")
    django.setup()


def main(arguments: list[str]) -> None:
    """Be the child that the arguments name."""
    name, parent, *rest = arguments
    end_with_parent(int(parent), signal.SIGKILL)
    log.configure(name)
    log.keep_troubles(name, settings.HOME)
    try:
        set_up_django()
        importlib.import_module(f"bourse.run.{name}").main(rest)
    except Exception:
        logger.exception("process_failed")
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
