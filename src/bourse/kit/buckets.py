"""Token buckets that all processes of the house share: a mapped file of fixed size, no table.

A bucket is kept as the moment at which it will be full again, so one out of use costs nothing and needs no
sweep. Keys are kept as keyed hashes. Where more buckets of a group are in use than it has slots, the fullest
makes room.
"""

import fcntl
import mmap
import os
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from django.conf import settings

SLOT = struct.Struct("<16sqd")  # hash of the key, full again at (ns), nanoseconds for one token
SLOTS_IN_GROUP, GROUPS = 16, 8192
GROUP_BYTES = SLOT.size * SLOTS_IN_GROUP
HEAD = b"bourse buckets 1".ljust(64, b"\0")
HEAD_BYTES = 4096
FILE_BYTES = HEAD_BYTES + GROUPS * GROUP_BYTES
THREAD_LOCKS = 64
NS = 1_000_000_000
ROUNDING_NS = 1_000  # a time in float seconds is some 200 ns off: who waits as long as he was told gets in


@dataclass(frozen=True, slots=True)
class Taken:
    """Whether the tokens were there, how many are left, and the seconds until there would be enough."""

    ok: bool
    left: float
    wait_s: float


def take(key: str, *, per_s: float, burst: float, cost: float = 1.0, at: float | None = None) -> Taken:
    """Take tokens from the key's bucket, all or none. What costs more than a full bucket is never given."""
    now, token_ns = _ns(at), NS / per_s
    full_ns, cost_ns = round(burst * token_ns), round(cost * token_ns)
    with _table().slot_of(key) as slot:
        lacking = min(max(slot.full_at - now, 0), full_ns)  # bounded: a clock set back locks nobody out
        wait_ns = lacking + cost_ns - full_ns
        is_enough = wait_ns <= ROUNDING_NS
        if is_enough:
            lacking = min(lacking + cost_ns, full_ns)
        if lacking:
            slot.keep(now + lacking, token_ns)
    left = (full_ns - lacking) / token_ns
    return Taken(is_enough, left, 0.0 if is_enough else min(wait_ns, full_ns) / NS)


def give_back(key: str, cost: float = 1.0) -> None:
    """Put tokens back that were taken for nothing."""
    with _table().slot_of(key) as slot:
        if slot.is_kept:
            slot.keep(slot.full_at - round(cost * slot.token_ns), slot.token_ns)


def fill(key: str) -> None:
    """Make the key's bucket full, as if nothing had ever been taken."""
    with _table().slot_of(key) as slot:
        if slot.is_kept:
            slot.keep(0, slot.token_ns)


def _ns(at: float | None) -> int:
    return time.time_ns() if at is None else int(at) * NS + round(at % 1 * NS)


class _Slot:
    """The place of one key in the file, or the place that it may have."""

    def __init__(self, mapped: mmap.mmap, place: int, name: bytes) -> None:
        self._mapped, self._place, self._name = mapped, place, name
        kept, full_at, token_ns = SLOT.unpack_from(mapped, place)
        self.is_kept = kept == name
        self.full_at: int = full_at if self.is_kept else 0
        self.token_ns: float = token_ns if self.is_kept else 0.0

    def keep(self, full_at: int, token_ns: float) -> None:
        SLOT.pack_into(self._mapped, self._place, self._name, full_at, token_ns)


class _Table:
    """The mapped file as one process sees it."""

    def __init__(self, path: Path) -> None:
        # Never closed: closing any handle of a file gives up all of a process's locks on it.
        self._file = _opened(path)
        self._mapped = mmap.mmap(self._file, FILE_BYTES)
        self._threads = [threading.Lock() for _ in range(THREAD_LOCKS)]

    @contextmanager
    def slot_of(self, key: str) -> Iterator[_Slot]:
        """The key's slot, for this thread of this process alone; the kernel frees it if the process dies."""
        name = blake2b(key.encode(), digest_size=16, key=settings.SECRET_KEY.encode()[:64]).digest()
        group = int.from_bytes(name[:4]) % GROUPS
        start = HEAD_BYTES + group * GROUP_BYTES
        with self._threads[group % THREAD_LOCKS]:
            fcntl.lockf(self._file, fcntl.LOCK_EX, GROUP_BYTES, start)
            try:
                yield _Slot(self._mapped, self._place(name, start), name)
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN, GROUP_BYTES, start)

    def _place(self, name: bytes, start: int) -> int:
        """Where the key stands, or the slot of the group that is the first to be full."""
        fullest, fullest_at = start, None
        for place in range(start, start + GROUP_BYTES, SLOT.size):
            kept, full_at, _ = SLOT.unpack_from(self._mapped, place)
            if kept == name:
                return place
            if fullest_at is None or full_at < fullest_at:
                fullest, fullest_at = place, full_at
        return fullest


_tables: dict[tuple[Path, int], _Table] = {}
_opening = threading.Lock()


def _table() -> _Table:
    # By process: a child has its parent's map, but none of its locks.
    which = (settings.HOME / "run" / "buckets", os.getpid())
    if (found := _tables.get(which)) is None:
        with _opening:
            found = _tables.get(which) or _tables.setdefault(which, _Table(which[0]))
    return found


def _opened(path: Path) -> int:
    """The file, made anew where there is none or one of another version."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    guard = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(guard, fcntl.LOCK_EX)
        if not _is_ours(path):
            _make(path)
        return os.open(path, os.O_RDWR)
    finally:
        os.close(guard)


def _is_ours(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(HEAD)) == HEAD and os.fstat(file.fileno()).st_size == FILE_BYTES
    except FileNotFoundError:
        return False


def _make(path: Path) -> None:
    """A whole new file under the name: one that others have mapped is never cut."""
    new = path.with_suffix(".new")
    file = os.open(new, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.posix_fallocate(
            file, 0, FILE_BYTES
        )  # a full disk is told here, not by a signal at some later write
        os.pwrite(file, HEAD, 0)
    finally:
        os.close(file)
    new.rename(path)
