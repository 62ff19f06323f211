"""The OLE container of old Office files: which streams it holds, and the bytes of one of them."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bourse.dialects.tables.refusals import WorkbookCorrupt

_ENTRY_BYTES = 128
_MINI_SECTOR_BYTES = 64
_MINI_CUTOFF = 4096  # shorter streams stand in the mini stream
_LAST = 0xFFFFFFFA  # this and higher numbers end a chain, or mark a sector as none
_ROOT = 5
_IN_HEADER = struct.Struct("<109I")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A stream or storage of the directory; kind 0 is an unused place."""

    name: str
    kind: int
    start: int
    size: int


class Compound:
    """An opened container; its chains of sectors are never followed in a circle."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._sector_bytes = 1 << min(data[30], 12)
            self._open(*struct.unpack_from("<I8xI4xI", data, 48))
        except (struct.error, ValueError, IndexError, StopIteration) as error:
            raise _corrupt() from error

    def _open(self, directory: int, mini_fat: int, difat: int) -> None:
        self._fat = self._numbers(self._fat_sectors(difat))
        entries = [_entry(raw) for raw in _cut(self._stream(directory), _ENTRY_BYTES)]
        self._entries = {entry.name: entry for entry in entries if entry.kind}
        root = next(entry for entry in entries if entry.kind == _ROOT)
        self._mini_fat = self._numbers(_chain(mini_fat, self._fat))
        self._mini_sectors = _cut(self._stream(root.start), _MINI_SECTOR_BYTES)

    @property
    def names(self) -> set[str]:
        """The names of all streams and storages, at any depth."""
        return set(self._entries)

    def read(self, name: str) -> bytes:
        """The bytes of a stream."""
        entry = self._entries[name]
        try:
            if entry.size >= _MINI_CUTOFF:
                return self._stream(entry.start)[: entry.size]
            sectors = [self._mini_sectors[at] for at in _chain(entry.start, self._mini_fat)]
        except (ValueError, IndexError) as error:
            raise _corrupt() from error
        return b"".join(sectors)[: entry.size]

    def _stream(self, start: int) -> bytes:
        return b"".join(self._sector(at) for at in _chain(start, self._fat))

    def _sector(self, at: int) -> bytes:
        begin = (at + 1) * self._sector_bytes
        sector = self._data[begin : begin + self._sector_bytes]
        if not sector:
            raise ValueError(at)
        return sector

    def _numbers(self, sectors: Iterator[int]) -> list[int]:
        """The table of numbers that stands in these sectors."""
        raw = b"".join(self._sector(at).ljust(self._sector_bytes, b"\xff") for at in sectors)
        return list(struct.unpack(f"<{len(raw) // 4}I", raw))

    def _fat_sectors(self, at: int) -> Iterator[int]:
        """Where the table of chains stands: the header lists 109 places, further sectors list the others."""
        places = list(_IN_HEADER.unpack_from(self._data, 76))
        most = len(self._data) // self._sector_bytes
        while at < _LAST and len(places) < most:
            *more, at = struct.unpack(f"<{self._sector_bytes // 4}I", self._sector(at))
            places += more
        return (place for place in places[:most] if place < _LAST)


def _entry(raw: bytes) -> _Entry:
    length = int.from_bytes(raw[64:66], "little")
    start, size = struct.unpack_from("<II", raw, 116)
    return _Entry(raw[: max(length - 2, 0)].decode("utf-16-le", "replace"), raw[66], start, size)


def _chain(start: int, table: Sequence[int]) -> Iterator[int]:
    """The sectors of a stream in order."""
    at, left = start, len(table)
    while at < _LAST:
        if not left:
            raise ValueError(start)
        yield at
        at, left = table[at], left - 1


def _cut(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data) - size + 1, size)]


def _corrupt() -> WorkbookCorrupt:
    return WorkbookCorrupt(
        "The workbook is damaged or cut off: its container does not hold together; expected the whole file. "
        "Send it again, or open it in a spreadsheet and save it as XLSX."
    )
