"""A look through the records of an old workbook for what its values do not tell."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

_BOUNDSHEET, _FILEPASS, _EOF = 0x0085, 0x002F, 0x000A
_FORMULA, _BOOLERR = 0x0006, 0x0205
_CELLS = frozenset([_FORMULA, _BOOLERR, 0x0201, 0x0203, 0x0204, 0x00FD, 0x027E, 0x00BD, 0x00BE, 0x00D6])
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_HEAD = struct.Struct("<HH")
_PLACE = struct.Struct("<HH")


@dataclass(slots=True)
class SheetFacts:
    """What the records of one sheet tell: how far its cells reach, and where errors stand."""

    rows: int = 0
    columns: int = 0
    errors: list[tuple[int, int, str]] = field(default_factory=list)


@dataclass(slots=True)
class BookFacts:
    """What the records of a workbook tell."""

    is_encrypted: bool
    sheets: list[SheetFacts]


def look_through(stream: bytes, most_sheets: int) -> BookFacts:
    """The facts of a workbook stream; sheets in the order of its tabs."""
    is_encrypted = False
    begins: list[int] = []
    for kind, at, size in _records(stream, 0):
        is_encrypted |= kind == _FILEPASS
        if kind == _BOUNDSHEET and size >= 4:
            begins.append(int.from_bytes(stream[at : at + 4], "little"))
    if is_encrypted:
        return BookFacts(True, [])
    return BookFacts(False, [_facts(stream, begin) for begin in dict.fromkeys(begins[:most_sheets])])


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and size of each record up to the end of this part of the stream."""
    last = len(stream) - _HEAD.size
    while at <= last:
        kind, size = _HEAD.unpack_from(stream, at)
        at += _HEAD.size
        yield kind, at, size
        if kind == _EOF:
            return
        at += size


def _facts(stream: bytes, begin: int) -> SheetFacts:
    facts = SheetFacts()
    for kind, at, size in _records(stream, begin):
        if kind in _CELLS and at + max(size, 4) <= len(stream):
            row, column = _PLACE.unpack_from(stream, at)
            facts.rows = max(facts.rows, row + 1)
            facts.columns = max(facts.columns, column + 1)
            if (error := _error(kind, stream[at : at + size])) is not None:
                facts.errors.append((row, column, error))
    return facts


def _error(kind: int, record: bytes) -> str | None:
    """The error that a cell shows, typed in or as the result of its formula."""
    if kind == _BOOLERR and len(record) >= 8 and record[7]:
        return _ERRORS.get(record[6], "#?")
    if kind == _FORMULA and record[12:14] == b"\xff\xff" and record[6] == 2:
        return _ERRORS.get(record[8], "#?")
    return None
