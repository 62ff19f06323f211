"""Where the catalogue lies, and the engine that reads the newest one."""

from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from bourse.search.engine import Engine, NotACatalogue
from bourse.search.records import LAYOUT


class _Opened(NamedTuple):
    stamp: tuple[int, int, int] | None
    engine: Engine | None


_opened: dict[Path, _Opened] = {}


def path() -> Path:
    """The catalogue of this installation's database: two databases under one data folder have one each."""
    return Path(settings.HOME) / "catalogue" / quote(str(connection.settings_dict["NAME"]), safe="")


def current() -> Engine | None:
    """The newest catalogue; None while there is none yet. A question costs one look at the folder."""
    place = path()
    opened = _opened.get(place)
    # A file that was replaced while it was opened may have lost its payloads: then the next one is there.
    while opened is None or opened.stamp != stamp(place):
        opened = _opened[place] = _Opened(stamp(place), _open(place))
    return opened.engine


def stamp(place: Path) -> tuple[int, int, int] | None:
    """What tells one file in the place from the next; None where there is none."""
    try:
        found = place.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _open(place: Path) -> Engine | None:
    try:
        engine = Engine.open(place)
    except NotACatalogue:
        return None
    is_ours = engine.about.get("layout") == LAYOUT and engine.about.get("boot") == boot()
    return engine if is_ours else None


@cache
def boot() -> str:
    """What tells one start of the machine from the next: nothing is brought to the disk by force, so what was
    written before a loss of power is not trusted.
    """
    told = Path("/proc/sys/kernel/random/boot_id")
    return told.read_text().strip() if told.exists() else ""
