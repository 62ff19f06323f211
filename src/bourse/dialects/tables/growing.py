"""A sheet while it is being read: blank rows are left out, and every bound is kept at each step."""

from collections.abc import Sequence

from bourse.dialects.tables.grid import Grid
from bourse.dialects.tables.limits import Limits
from bourse.dialects.tables.refusals import CellTooLong, TooManyCells, TooManyColumns, TooManyRows
from bourse.dialects.tables.sheets import Cell, Sheet

_SHARED_TEXTS = 8_000  # the usual words and numbers; a larger table would no longer fit the processor's cache


class Tally:
    """How much of one file has been read so far, over all its sheets."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.rows = 0
        self.cells = 0

    def check(self, sheet: str, rows: int, cells: int) -> None:
        """Raise the refusal of the bound that a sheet of so many rows and cells goes over."""
        if self.rows + rows > self.limits.rows + self.limits.heading_rows:
            raise TooManyRows(
                f"{_where(sheet)} has more than {self.limits.rows:,} rows; at most that many are read. "
                "Split the list into several files."
            )
        if self.cells + cells > self.limits.cells:
            raise TooManyCells(
                f"{_where(sheet)} has more than {self.limits.cells:,} cells; at most that many are read. "
                "Split the list into several files, or leave out columns."
            )

    def check_width(self, sheet: str, width: int, number: int) -> None:
        """Raise the refusal of a row that is too wide."""
        if width > self.limits.columns:
            raise TooManyColumns(
                f"{_where(sheet)} has {width:,} columns in row {number}; at most {self.limits.columns} "
                "are read. Delete the columns that are no part of the list."
            )

    def check_line(self, number: int, length: int) -> None:
        """Raise the refusal of a line of text that is too long."""
        if length > self.limits.line_characters:
            raise CellTooLong(
                f"The file has {length:,} characters in row {number}; "
                f"at most {self.limits.line_characters:,} are read. "
                "Check that its lines end as they should, and export it again."
            )

    def check_cells(self, sheet: str, rows: Sequence[Sequence[str]], number: int) -> None:
        """Raise the refusal of the first cell that is too long; `number` is that of the first row."""
        for at, row in enumerate(rows, number):
            if sum(map(len, row)) > self.limits.cell_characters:
                index = max(range(len(row)), key=lambda index: len(row[index]))
                self.check_length(sheet, at, index, len(row[index]))

    def check_length(self, sheet: str, number: int, index: int, length: int) -> None:
        """Raise the refusal of a cell that is too long."""
        if length > self.limits.cell_characters:
            raise CellTooLong(
                f"{_where(sheet)} has a cell of {length:,} characters in row {number}, column {index + 1}; "
                f"at most {self.limits.cell_characters:,} are read in one. Shorten that cell."
            )


class GrowingSheet:
    """Takes rows one by one or in blocks and gives the finished sheet."""

    def __init__(self, name: str, tally: Tally) -> None:
        self._name = name
        self._tally = tally
        self._rows = Grid()
        self._numbers: list[int] = []
        self._cells = 0
        self._shared: dict[str, str] = {}
        self.next_number = 1

    def add_texts(self, block: Sequence[list[str]]) -> None:
        """Take the next records of a text; equal cells share one object, which halves the memory."""
        strip = str.strip
        filled = [row for row in block if any(map(strip, row))]
        if filled:
            self._check_widths(block)
            share = self._shared.setdefault if len(self._shared) < _SHARED_TEXTS else self._shared.get
            rows: list[list[Cell]] = [list(map(share, row, row)) for row in filled]
            self._take(rows)
        self._number(block, len(filled))

    def _check_widths(self, block: Sequence[list[str]]) -> None:
        if max(map(len, block)) <= self._tally.limits.columns:
            return
        for number, row in enumerate(block, self.next_number):
            while row and not row[-1].strip():
                row.pop()
            self._tally.check_width(self._name, len(row), number)

    def _number(self, block: Sequence[list[str]], filled: int) -> None:
        first = self.next_number
        self.next_number += len(block)
        if filled == len(block):
            self._numbers += range(first, self.next_number)
        elif filled:
            self._numbers += [number for number, row in enumerate(block, first) if any(map(str.strip, row))]

    def add_cells(self, row: list[Cell]) -> None:
        """Take the next row of typed cells."""
        self.add_numbered([self.next_number], [row])
        self.next_number += 1

    def add_numbered(self, numbers: Sequence[int], rows: Sequence[list[Cell]]) -> None:
        """Take the next rows of typed cells under the numbers that the file gives them."""
        for row in rows:
            while row and _is_blank(row[-1]):
                row.pop()
        widest = max(map(len, rows), default=0)
        if widest > self._tally.limits.columns:
            at = next(number for number, row in zip(numbers, rows, strict=True) if len(row) == widest)
            self._tally.check_width(self._name, widest, at)
        if not all(rows):
            numbers = [number for number, row in zip(numbers, rows, strict=True) if row]
        self._numbers += numbers
        self._take([row for row in rows if row])

    def _take(self, rows: list[list[Cell]]) -> None:
        self._rows.add(rows)
        self._cells += sum(map(len, rows))
        self._tally.check(self._name, len(self._rows), self._cells)

    def done(self, headers: list[str] | None = None, empty: Cell = None, *, hidden: bool = False) -> Sheet:
        """The sheet as read; under headers every row is filled up to their number."""
        rows = self._rows if headers is None else self._rows.filled_up(len(headers), empty)
        self._tally.rows += len(rows)
        self._tally.cells += self._cells
        return Sheet(self._name, rows, self._numbers, headers, hidden)


def _is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _where(sheet: str) -> str:
    return f"Sheet “{sheet}”" if sheet else "The file"
