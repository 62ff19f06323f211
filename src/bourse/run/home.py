"""The data folder: one supervisor at a time, and what it leaves there for other commands."""

import fcntl
import os
import time
from pathlib import Path

from bourse.kit.refusal import Refusal

LOCK = "lock"
PATIENCE_S = 0.5  # a command that only asks who holds the lock holds it for a moment itself


class HomeTaken(Refusal):
    """Another supervisor runs on this data folder."""


class HomeLock:
    """The right to run PostgreSQL on a data folder. The kernel gives it back however its holder ends."""

    def __init__(self, home: Path, name: str = LOCK, taken: str = "Bourse runs already") -> None:
        self.home, self.name, self.taken = home, name, taken

    def take(self) -> None:
        """Take the lock, or say who has it."""
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = os.open(self.home / self.name, os.O_RDWR | os.O_CREAT, 0o600)
        end = time.monotonic() + PATIENCE_S
        while not _locked(self._file, fcntl.LOCK_EX):
            if time.monotonic() > end:
                holder = _written(self._file) or "unknown"
                os.close(self._file)
                raise HomeTaken(f"{self.taken} on {self.home} (process {holder}). Stop it first.")
            time.sleep(0.05)
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        """Give the lock back."""
        os.close(self._file)


def supervisor_of(home: Path) -> int | None:
    """The process number of the supervisor that runs on the data folder now."""
    try:
        file = os.open(home / LOCK, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        return None if _locked(file, fcntl.LOCK_SH) else int(_written(file) or 0)
    finally:
        os.close(file)


def keep_private(file: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    new = file.with_name(f"{file.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)
    new.rename(file)


def _locked(file: int, how: int) -> bool:
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _written(file: int) -> str:
    return os.pread(file, 20, 0).decode().strip()
