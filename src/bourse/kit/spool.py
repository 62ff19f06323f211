"""Lines handed from many processes to one, through a file: no table is written while anybody waits.

Whoever adds a line writes it with one call under a shared lock; the kernel has it from then on, however the
process ends. The one who takes renames the file under the exclusive lock, so each line is taken once.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MOST_BYTES = 64 * 1024 * 1024


def add(path: Path, line: bytes) -> bool:
    """Add the line; False where so much waits that it was dropped."""
    with _opened(path) as file:
        if os.fstat(file).st_size >= MOST_BYTES:
            return False
        os.write(file, line + b"\n")
    return True


def take(path: Path) -> Path | None:
    """The file with what waits, for the taker alone, named as no other before it; None where nothing waits.

    A file that an earlier taker left behind comes first.
    """
    for left in sorted(path.parent.glob(f"{path.name}.*")):
        return left
    if not path.exists() or not path.stat().st_size:
        return None
    with _opened(path, fcntl.LOCK_EX) as file:
        taken = path.with_name(f"{path.name}.{os.fstat(file).st_mtime_ns:020}")
        path.rename(taken)
    return taken


def lines(taken: Path) -> Iterator[bytes]:
    """The lines of a taken file; one that a crash of the machine cut off has no end and is left out."""
    with taken.open("rb") as file:
        for line in file:
            if line.endswith(b"\n"):
                yield line[:-1]


@contextmanager
def _opened(path: Path, lock: int = fcntl.LOCK_SH) -> Iterator[int]:
    """The file that stands under the name now, locked: it may be taken while one waits for the lock."""
    while True:
        file = _open(path)
        try:
            fcntl.flock(file, lock)
            if _is(path, file):
                yield file
                return
        finally:
            os.close(file)


def _open(path: Path) -> int:
    how = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    try:
        return os.open(path, how, 0o600)
    except FileNotFoundError:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.open(path, how, 0o600)


def _is(path: Path, file: int) -> bool:
    try:
        found = path.stat()
    except FileNotFoundError:
        return False
    return (found.st_dev, found.st_ino) == (os.fstat(file).st_dev, os.fstat(file).st_ino)
