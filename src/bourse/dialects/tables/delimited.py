"""CSV in all its spellings: any delimiter, any line ends, quotes in quotes, and quotes that are left open."""

import csv
from collections.abc import Iterator, Sequence
from itertools import chain, islice, repeat

from bourse.dialects.tables.growing import GrowingSheet, Tally
from bourse.dialects.tables.limits import Limits
from bourse.dialects.tables.lines import line_blocks
from bourse.dialects.tables.sheets import MOST_NOTES, CellNote, Sheet

_BLOCK = 4096
_LINES_IN_ONE_RECORD = 64  # a cell's own line breaks; more are a quote left open
_OPEN_QUOTE = "A quotation mark opens here and is never closed; the line was read without it."
_ODD_QUOTE = "A quotation mark stands on one side of this cell only; the cell was read without it."


class _NeedsCare(Exception):
    """The text has cells over several lines, very long lines, or quotes out of place."""


def read_delimited(text: str, delimiter: str, width: int, limits: Limits) -> tuple[Sheet, list[CellNote]]:
    """The records of the text as one sheet; `width` is how many cells most of its rows have."""
    try:
        return _read_plain(text, delimiter, limits), []
    except _NeedsCare:
        strict = _read_strictly(text, delimiter, limits)
        return (strict, []) if strict else _CarefulReader(text, delimiter, width, Tally(limits)).read()


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


def _read_strictly(text: str, delimiter: str, limits: Limits) -> Sheet | None:
    """The records where every quote holds and all are as wide as the first, so that no line break in a cell
    is in doubt, however many there are; else None.
    """
    sheet = GrowingSheet("", Tally(limits))
    records = csv.reader(_lines_within(text, limits), delimiter=delimiter, strict=True)
    widths = set[int]()
    try:
        while block := list(islice(records, _BLOCK)):
            widths |= {len(record) for record in block if record}
            if len(widths) > 1 or any(len(cell) > limits.cell_characters for row in block for cell in row):
                return None
            sheet.add_texts(block)
    except csv.Error:
        return None
    return sheet.done()


def _lines_within(text: str, limits: Limits) -> Iterator[str]:
    for line in chain.from_iterable(line_blocks(text)):
        if len(line) > limits.line_characters:
            raise csv.Error("The careful reader says which line is too long.")
        yield f"{line}\n"


class _CarefulReader:
    """Reads record by record, able to step back to the line where a quote was left open."""

    def __init__(self, text: str, delimiter: str, width: int, tally: Tally) -> None:
        self._lines = list(chain.from_iterable(line_blocks(text)))
        self._delimiter = delimiter
        self._width = width
        self._tally = tally
        self._notes: list[CellNote] = []

    def read(self) -> tuple[Sheet, list[CellNote]]:
        sheet = GrowingSheet("", self._tally)
        records = self._records()
        while block := list(islice(records, _BLOCK)):
            self._tally.check_cells("", block, sheet.next_number)
            sheet.add_texts(block)
        return sheet.done(), self._notes

    def _records(self) -> Iterator[list[str]]:
        at, number = 0, 1
        while at < len(self._lines):
            record, at = self._next_record(at, number)
            number += 1
            yield record

    def _next_record(self, at: int, number: int) -> tuple[list[str], int]:
        """The record that begins in this line, and the line behind it."""
        line = self._lines[at]
        self._tally.check_line(number, len(line))
        if '"' not in line:
            return line.split(self._delimiter), at + 1
        if (strict := self._strictly([line])) is not None:
            return strict, at + 1
        if not self._is_open(line):
            return self._read_misquoted(line, number), at + 1
        record, end = self._read_over_lines(at)
        if record is None or self._swallowed(record, at, end):
            return self._read_open(line, number), at + 1
        return record, end

    def _strictly(self, lines: Sequence[str]) -> list[str] | None:
        """The one record in these lines, if each of its quotes stands where it must."""
        try:
            return next(csv.reader(lines, delimiter=self._delimiter, strict=True))
        except csv.Error:
            return None

    def _is_open(self, line: str) -> bool:
        """Whether the last cell of a line is open at its end: the reader then asks for a second line."""
        reader = csv.reader([line, '"'], delimiter=self._delimiter)
        next(reader)
        return reader.line_num > 1

    def _read_over_lines(self, at: int) -> tuple[list[str] | None, int]:
        """The record of several lines that begins here, if its quotes hold; and the line behind it."""
        lines = [line + "\n" for line in self._lines[at : at + _LINES_IN_ONE_RECORD]]
        reader = csv.reader(lines, delimiter=self._delimiter, strict=True)
        try:
            return next(reader), at + reader.line_num
        except csv.Error:
            return None, at

    def _swallowed(self, record: Sequence[str], at: int, end: int) -> bool:
        """Whether the record ate lines that are records themselves, for want of a closing quote."""
        inner = [self._width_alone(line) for line in self._lines[at + 1 : end]]
        if self._width < 2:
            return False
        return self._width in inner[:-1] or (len(record) != self._width and self._width in inner)

    def _width_alone(self, line: str) -> int:
        return len(next(csv.reader([line], delimiter=self._delimiter)))

    def _read_misquoted(self, line: str, number: int) -> list[str]:
        """The cells of a line with quotes out of place: bluntly parted, if that gives as many as usual."""
        cells = line.split(self._delimiter)
        if len(cells) != self._width:
            return next(csv.reader([line], delimiter=self._delimiter))
        for index, cell in enumerate(cells):
            if cell.startswith('"') != cell.endswith('"') or cell == '"':
                self._note(number, index, cell, _ODD_QUOTE)
        return [_unquoted(cell) for cell in cells]

    def _read_open(self, line: str, number: int) -> list[str]:
        """The cells of a line as if the quote that stays open were not there."""
        *cells, rest = next(csv.reader([line], delimiter=self._delimiter))
        self._note(number, len(cells), '"' + rest, _OPEN_QUOTE)
        return cells + rest.split(self._delimiter)

    def _note(self, number: int, index: int, found: str, why: str) -> None:
        if len(self._notes) < MOST_NOTES:
            self._notes.append(CellNote("", number, index, found[:80], why))


def _unquoted(cell: str) -> str:
    if len(cell) > 1 and cell.startswith('"') and cell.endswith('"'):
        return cell[1:-1]
    return cell.removeprefix('"')
