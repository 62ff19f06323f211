"""Where the catalogue lies, and the engine that reads the newest one."""

from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from bourse.search.engine import Engine, NotACatalogue
from bourse.search.rows import LAYOUT


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
    newest = stamp(place)
    opened = _opened.get(place)
    if opened is None or opened.stamp != newest:
        opened = _opened[place] = _Opened(newest, _open(place))
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
    return engine if engine.about.get("layout") == LAYOUT else None
