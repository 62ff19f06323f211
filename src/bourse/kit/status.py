"""How the installation fares, as the supervisor last wrote it into the data folder: for pages and figures."""

import time
from datetime import datetime
from pathlib import Path

import msgspec

STATUS, BACKUP, BEAT = "status.json", "backup.json", "follower.beat"

# When a person is needed: one set of limits for /readyz, the doctor and the operator's page.
STALE_S = 15.0
SILENCE_LIMIT_S = 10.0
LAG_LIMIT_S = 30.0
QUEUE_LIMIT_S = 300.0
BACKUP_DUE_S = 36 * 3600.0
LEAST_DISK_BYTES = 2 * 1024**3


class Process(msgspec.Struct, frozen=True):
    """A process of the house."""

    name: str
    pid: int | None
    up_since: datetime | None
    restarts: int
    last_words: str = ""


class Trouble(msgspec.Struct, frozen=True):
    """A line of the log that says that something went wrong."""

    at: datetime
    process: str
    words: str


class Backup(msgspec.Struct, frozen=True):
    """The last backup that was made, and the last try that failed after it."""

    made_at: datetime | None = None
    file: str = ""
    bytes: int = 0
    is_verified: bool = False
    seconds: float = 0.0
    failed_at: datetime | None = None
    why: str = ""


class Status(msgspec.Struct, frozen=True):
    """What the supervisor knows."""

    at: datetime
    version: str
    python: str
    processes: list[Process]
    disk_free_bytes: int
    disk_bytes: int
    troubles: list[Trouble] = []


def status(home: Path) -> Status | None:
    """What the supervisor wrote last, or None where none has."""
    try:
        return msgspec.json.decode((home / STATUS).read_bytes(), type=Status)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None


def backup(home: Path) -> Backup:
    """What is known of the last backup."""
    try:
        return msgspec.json.decode((home / BACKUP).read_bytes(), type=Backup)
    except (FileNotFoundError, msgspec.MsgspecError):
        return Backup()


def follower_silence_s(home: Path) -> float | None:
    """Seconds since the follower last went round, or None where it never did."""
    beat = home / BEAT
    return max(0.0, time.time() - beat.stat().st_mtime) if beat.exists() else None
