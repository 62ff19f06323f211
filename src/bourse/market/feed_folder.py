"""The watched folder of one company: what stands still in it is taken, once, and nothing outside it is seen.

Others write into this folder, so nothing in it is believed: no link is followed, no name leads out of it, and
a file counts only while it is the same file before and after it was read.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from bourse.kit.refusal import Refusal

MIB = 1024 * 1024
MOST_BYTES = 64 * MIB
STILL_SECONDS = 30
MOST_NAMES = 1_000
TAKEN = "taken"
_UNFINISHED = (".part", ".partial", ".filepart", ".tmp", ".crdownload")


class FolderNotUsable(Refusal):
    """The folder cannot be read or written, or is a link."""


class FolderFileNotTaken(Refusal):
    """A file lies in the folder that is never taken."""


class FolderFile(NamedTuple):
    """A file as it stands in the folder; `mark` tells it from any other that takes its name."""

    name: str
    content: bytes
    mark: tuple[int, int, int]
    more: bool  # whether others wait behind it


def next_file(root: Path, company: str, now: datetime) -> FolderFile | None:
    """The file that has waited longest and has stood still; None when there is none."""
    with _folder(root, company) as folder:
        still, left_aside = _looked_over(folder, now)
        for at, name in enumerate(still):
            if read := _read(folder, name):
                return FolderFile(name, *read, more=at + 1 < len(still))
        if left_aside:
            raise FolderFileNotTaken(left_aside)
    return None


def put_away(root: Path, company: str, file: FolderFile, now: datetime) -> None:
    """The file moved to taken/. One that was written anew meanwhile stays, and is taken the next time."""
    with _folder(root, company) as folder, _opened(TAKEN, folder) as taken, suppress(FileNotFoundError):
        if _mark(os.stat(file.name, dir_fd=folder, follow_symlinks=False)) == file.mark:
            os.rename(file.name, _free_name(taken, file.name, now), src_dir_fd=folder, dst_dir_fd=taken)


@contextmanager
def _folder(root: Path, company: str) -> Iterator[int]:
    """The company's folder, made when it is missing; whatever the system says of it becomes a refusal."""
    try:
        top = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
        try:
            with _opened(company, top) as folder:
                yield folder
        finally:
            os.close(top)
    except OSError as error:
        raise FolderNotUsable(
            f"The folder {company} cannot be used ({error.strerror}). The operator has to look at it."
        ) from error


@contextmanager
def _opened(name: str, within: int) -> Iterator[int]:
    with suppress(FileExistsError):
        os.mkdir(name, dir_fd=within)
    folder = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=within)
    try:
        yield folder
    finally:
        os.close(folder)


def _looked_over(folder: int, now: datetime) -> tuple[list[str], str]:
    """The names of the files that stand still, the oldest first; and why another is never taken."""
    waiting: list[tuple[float, str]] = []
    left_aside = ""
    for name in sorted(os.listdir(folder))[:MOST_NAMES]:
        if name == TAKEN or name.startswith(".") or name.lower().endswith(_UNFINISHED):
            continue
        with suppress(FileNotFoundError):
            seen = os.stat(name, dir_fd=folder, follow_symlinks=False)
            changed_at = max(seen.st_mtime, seen.st_ctime)
            if why := _never_taken(seen):
                left_aside = left_aside or why.format(name=_shown(name))
            elif now.timestamp() - changed_at >= STILL_SECONDS:
                waiting.append((seen.st_mtime, name))
    return [name for _, name in sorted(waiting)], left_aside


def _never_taken(seen: os.stat_result) -> str:
    if not stat.S_ISREG(seen.st_mode) or seen.st_nlink > 1:
        return "{name} in the folder is no plain file of its own. Put a copy of the file there."
    if seen.st_size > MOST_BYTES:
        return (
            f"{{name}} in the folder is larger than {MOST_BYTES // MIB} MB, which is the most that is taken. "
            "Split the list into several files."
        )
    return ""


def _read(folder: int, name: str) -> tuple[bytes, tuple[int, int, int]] | None:
    """The file's bytes and its mark; None when it changed while it was read, or is not what it was."""
    try:
        # Without O_NONBLOCK a pipe that took the file's place would be waited for without end.
        opened = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except (FileNotFoundError, IsADirectoryError):
        return None
    with os.fdopen(opened, "rb") as file:
        before = os.fstat(opened)
        if _never_taken(before):
            return None
        content = file.read(MOST_BYTES + 1)
        after = os.fstat(opened)
    if _mark(before) != _mark(after) or len(content) != after.st_size:
        return None
    return content, _mark(after)


def _mark(seen: os.stat_result) -> tuple[int, int, int]:
    return seen.st_ino, seen.st_size, seen.st_mtime_ns


def _free_name(taken: int, name: str, now: datetime) -> str:
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    present = set(os.listdir(taken))
    names = (f"{stamp}-{name}" if turn == 0 else f"{stamp}-{turn}-{name}" for turn in range(len(present) + 1))
    return next(free for free in names if free not in present)


def _shown(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name)[:100]
