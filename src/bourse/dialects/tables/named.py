"""Records that name their own fields, laid out as rows under columns in order of first appearance."""

from bourse.dialects.tables.growing import GrowingSheet, Tally
from bourse.dialects.tables.limits import Limits
from bourse.dialects.tables.sheets import Cell, Sheet


class NamedColumns:
    """Takes the fields of record after record and gives the sheet; `empty` stands for a missing field."""

    def __init__(self, limits: Limits, *, empty: Cell) -> None:
        self._tally = Tally(limits)
        self._sheet = GrowingSheet("", self._tally)
        self._columns: dict[str, int] = {}
        self._empty = empty
        self._record: dict[int, Cell] = {}

    def put(self, column: str, value: Cell) -> None:
        """Set a field of the record at hand; a second value of the same name is joined to the first."""
        index = self._columns.setdefault(column, len(self._columns))
        self._tally.check_width("", index + 1, self._sheet.next_number)
        known = self._record.get(index, self._empty)
        if known != self._empty and value != self._empty:
            value = f"{known}, {value}"
        elif known != self._empty:
            return
        if isinstance(value, str):
            self._tally.check_length("", self._sheet.next_number, index, len(value))
        self._record[index] = value

    def end_record(self) -> None:
        """The record at hand is complete."""
        row = [self._empty] * len(self._columns)
        for index, value in self._record.items():
            row[index] = value
        self._sheet.add_cells(row)
        self._record.clear()

    def done(self) -> Sheet:
        """The sheet, every row as wide as there are columns."""
        return self._sheet.done(list(self._columns), self._empty)
