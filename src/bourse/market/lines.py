"""Rows as compressed slices of COPY's text, made where the file is read. Pure.

A hundred thousand rows cross from the confined child as a few megabytes, and the web process that sends them
on to the database neither builds them nor holds them as objects.
"""

import zlib
from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec

ROWS_AT_ONCE = 10_000
Row = Iterable[object]

_BETWEEN, _NULL = "\x00", "\ud800"  # no text of PostgreSQL has either
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", _BETWEEN: "\t", _NULL: "\\N"})


class Refusal(msgspec.Struct, frozen=True):
    """A row that is not taken, and why; as `market_refusedrow` has it."""

    sheet: str
    row: int
    column: str
    found: str
    expected: str
    why: str
    cure: str
    index: int = -1
    cells: list[str] = []


REFUSAL = Refusal.__struct_fields__


class Slices(msgspec.Struct, frozen=True):
    """Rows for COPY: how many, and their lines in slices of ROWS_AT_ONCE."""

    count: int
    parts: list[bytes]

    @classmethod
    def of(cls, parts: Iterable[tuple[int, bytes]]) -> "Slices":
        """Compressed slices with their counts, put together."""
        counted = list(parts)
        return cls(sum(count for count, _ in counted), [part for count, part in counted if count])

    def lines(self, first: object) -> Iterator[bytes]:
        """Each slice with the same first column before every row."""
        before = f"{first}\t".encode()
        for part in self.parts:
            body = zlib.decompress(part)
            yield before + body[:-1].replace(b"\n", b"\n" + before) + b"\n"


def slices_of(rows: Iterable[Row]) -> Slices:
    """The rows as lines: text, numbers, lists of text, and None for null."""
    lines, count, parts = map(_line, rows), 0, []
    while some := list(islice(lines, ROWS_AT_ONCE)):
        count += len(some)
        parts.append(zlib.compress("".join(some).encode("utf-8", "replace"), 1))
    return Slices(count, parts)


def compressed(lines: Iterable[str]) -> bytes:
    """A slice of rows that are lines already."""
    return zlib.compress(("\n".join(lines) + "\n").encode("utf-8", "replace"), 1)


def cell(value: object) -> str:
    """One cell of a line."""
    if value is None:
        return "\\N"
    text = value if type(value) is str else _cell(value)
    return text if text.isprintable() and "\\" not in text else _cell(text).translate(_ESCAPES)


def _line(row: Row) -> str:
    return _BETWEEN.join(map(_cell, row)).translate(_ESCAPES) + "\n"


def _cell(value: object) -> str:
    if isinstance(value, str):
        return value.replace(_BETWEEN, "") if _BETWEEN in value else value
    if value is None:
        return _NULL
    return _array(value) if isinstance(value, list) else str(value)


def _array(texts: list[str]) -> str:
    quoted = (text.replace("\\", "\\\\").replace('"', '\\"').replace(_BETWEEN, "") for text in texts)
    return "{" + ",".join(f'"{text}"' for text in quoted) + "}"
