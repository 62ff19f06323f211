"""What a file holds once it is opened: sheets of cells as they stand, and the cells spoilt on the way."""

from collections.abc import Sequence
from dataclasses import dataclass

from bourse.dialects.tables.cell import Cell
from bourse.dialects.tables.grid import Grid

__all__ = ["MOST_NOTES", "Cell", "CellNote", "Sheet", "Tables"]

MOST_NOTES = 1_000  # of one kind in one file: they tell enough


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table as it stands in the file: titles, header and totals are rows like any other.

    `rows` leaves out what is wholly blank; `numbers` says for each row which number a spreadsheet shows for
    it (for records of XML and JSON: the ordinal). `headers` are the columns' paths where the format names its
    columns itself; elsewhere it is None, and the reader above finds the header row.
    """

    name: str
    rows: Grid
    numbers: Sequence[int]
    headers: list[str] | None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class CellNote:
    """A cell spoilt in transport: where it stands, what was found there, and what is wrong with it.

    `row` is the number that a spreadsheet shows, `index` the column counted from 0.
    """

    sheet: str
    row: int
    index: int
    found: str
    why: str


@dataclass(frozen=True, slots=True)
class Tables:
    """An opened file; its format is one of csv, tsv, xlsx, xls, ods, xml, json and text."""

    format: str
    encoding: str | None
    delimiter: str | None
    sheets: list[Sheet]
    notes: list[CellNote]
