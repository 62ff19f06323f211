"""CSV in all its spellings: any delimiter, any line ends, quotes in quotes, and quotes that are left open."""

import csv
from collections.abc import Iterator, Sequence
from itertools import chain, islice, repeat
from typing import TYPE_CHECKING

from bourse.dialects.tables.growing import GrowingSheet, Tally
from bourse.dialects.tables.limits import Limits
from bourse.dialects.tables.lines import line_blocks
from bourse.dialects.tables.sheets import CellNote, Sheet

if TYPE_CHECKING:
    from _csv import Reader

_BLOCK = 4096
_LINES_IN_ONE_RECORD = 64  # a cell's own line breaks; more are a quote left open
_OPEN_QUOTE = "A quotation mark opens here and is never closed; the line was read without it."


class _NeedsCare(Exception):
    """The text has cells over several lines, very long lines, or quotes out of place."""


def read_delimited(text: str, delimiter: str, width: int, limits: Limits) -> tuple[Sheet, list[CellNote]]:
    """The records of the text as one sheet; `width` is how many cells most of its rows have."""
    try:
        return _read_plain(text, delimiter, limits), []
    except _NeedsCare:
        return _CarefulReader(text, delimiter, width).read(limits)


def _read_plain(text: str, delimiter: str, limits: Limits) -> Sheet:
    """One record a line, as in nearly every file."""
    sheet = GrowingSheet("", Tally(limits))
    for lines in line_blocks(text):
        if max(map(len, lines)) > limits.cell_characters:
            raise _NeedsCare
        sheet.add_texts(_records(lines, delimiter))
    return sheet.done()


def _records(lines: list[str], delimiter: str) -> list[list[str]]:
    """The cells of each line; where no quotes are, a bare split means the same and is faster."""
    if not any('"' in line for line in lines):
        return list(map(str.split, lines, repeat(delimiter)))
    try:
        records = list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise _NeedsCare from error
    if len(records) != len(lines):
        raise _NeedsCare
    return records


class _CarefulReader:
    """Reads record by record, able to step back to the line where a quote was left open."""

    def __init__(self, text: str, delimiter: str, width: int) -> None:
        self._lines = list(chain.from_iterable(line_blocks(text)))
        self._delimiter = delimiter
        self._width = width
        self._notes: list[CellNote] = []

    def read(self, limits: Limits) -> tuple[Sheet, list[CellNote]]:
        tally = Tally(limits)
        sheet = GrowingSheet("", tally)
        records = self._records()
        number = 1
        while block := list(islice(records, _BLOCK)):
            tally.check_cells("", block, number)
            sheet.add_texts(block)
            number += len(block)
        return sheet.done(), self._notes

    def _records(self) -> Iterator[list[str]]:
        at, number = 0, 1
        while at < len(self._lines):
            record, end = self._next_record(at)
            if end > at + 1 and self._swallowed(record, at, end):
                record, end = self._read_open_line(at, number), at + 1
            yield record
            at, number = end, number + 1

    def _next_record(self, at: int) -> tuple[list[str], int]:
        """The record that begins in this line, and the line behind it."""
        line = self._lines[at]
        if '"' not in line:
            return line.split(self._delimiter), at + 1
        record, is_open = self._read_line(line)
        if not is_open:
            return record, at + 1
        reader = self._reader([line + "\n" for line in self._lines[at : at + _LINES_IN_ONE_RECORD]])
        record = next(reader)
        return record, at + reader.line_num

    def _read_line(self, line: str) -> tuple[list[str], bool]:
        """The cells of one line, and whether its last one is open: then the reader asks for a second line."""
        reader = self._reader([line, '"'])
        return next(reader), reader.line_num > 1

    def _swallowed(self, record: Sequence[str], at: int, end: int) -> bool:
        """Whether the record ate lines that are records themselves, for want of a closing quote."""
        if not self._is_well_quoted(self._lines[at:end]):
            return True
        inner = [len(row) for row in self._reader(self._lines[at + 1 : end])]
        if self._width < 2:
            return False
        return self._width in inner[:-1] or (len(record) != self._width and self._width in inner)

    def _is_well_quoted(self, lines: Sequence[str]) -> bool:
        try:
            list(csv.reader([line + "\n" for line in lines], delimiter=self._delimiter, strict=True))
        except csv.Error:
            return False
        return True

    def _read_open_line(self, at: int, number: int) -> list[str]:
        """The cells of a line as if the quote that stays open were not there."""
        *cells, rest = next(self._reader([self._lines[at]]))
        self._notes.append(CellNote("", number, len(cells), '"' + rest[:80], _OPEN_QUOTE))
        return cells + rest.split(self._delimiter)

    def _reader(self, lines: Sequence[str]) -> "Reader":
        return csv.reader(lines, delimiter=self._delimiter)
