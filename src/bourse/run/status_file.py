"""What the supervisor leaves in the data folder each few seconds: pages and figures may not look up at it."""

import json
import platform
import shutil
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import msgspec

from bourse.kit.status import STATUS, Process, Status, Trouble
from bourse.run.children import Child
from bourse.run.home import keep_private
from bourse.run.log import TROUBLES
from bourse.run.version import version

EVERY_S = 2.0
TAIL_BYTES = 64 * 1024
MOST_TROUBLES = 20
LONGEST_WORDS = 300


class StatusFile:
    """The file, written anew when it is due."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.written_at = -EVERY_S
        self.version = cache(version)

    def keep(self, processes: Iterable[Process]) -> None:
        """Write the status if it is due."""
        if time.monotonic() - self.written_at < EVERY_S:
            return
        self.written_at = time.monotonic()
        disk = shutil.disk_usage(self.home)
        found = Status(
            at=datetime.now(UTC),  # noqa: TID251 (of the file, no moment of the market)
            version=self.version(),
            python=platform.python_version(),
            processes=list(processes),
            disk_free_bytes=disk.free,
            disk_bytes=disk.total,
            troubles=troubles(self.home),
        )
        keep_private(self.home / STATUS, msgspec.json.encode(found).decode())


def as_process(child: Child) -> Process:
    """How a child fares."""
    pid = child.process.pid if child.process and child.is_alive() else None
    return Process(child.name, pid, child.up_since if pid else None, child.restarts, child.last_words)


def troubles(home: Path) -> list[Trouble]:
    """The last lines of the troubles' log, newest first."""
    file = home / TROUBLES
    if not file.exists():
        return []
    with file.open("rb") as opened:
        opened.seek(max(0, file.stat().st_size - TAIL_BYTES))
        lines = opened.read().decode(errors="replace").splitlines()
    found = [trouble for line in lines[-MOST_TROUBLES:] if (trouble := _trouble(line))]
    return found[::-1]


def _trouble(line: str) -> Trouble | None:
    try:
        said = json.loads(line)
        words = [
            str(said["event"]),
            *(f"{key} {said[key]}" for key in ("child", "job", "why") if key in said),
        ]
        if raised := str(said.get("exception", "")).strip():
            words.append(raised.splitlines()[-1])
        at, process = datetime.fromisoformat(said["at"]), str(said["process"])
        return Trouble(at, process, ": ".join(words)[:LONGEST_WORDS])
    except (ValueError, TypeError, KeyError):  # a line cut in two by the tail
        return None
