"""A sheet of a workbook while its cells are being understood: spoilt ones become empty, with a note."""

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from bourse.dialects.tables.growing import GrowingSheet, Tally
from bourse.dialects.tables.sheets import MOST_NOTES, Cell, CellNote, Sheet

_MOST_EXACT = 2**53
_LONGEST_NUMBER = 64
_WHOLE_DIGITS = 18  # what a 64-bit number holds whatever its digits


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A cell without a usable value: what stands there, and why it is none."""

    found: str
    why: str


Value = Cell | Spoilt


class TypedSheet:
    """Takes rows of understood cells with their numbers, and gives the finished sheet and its notes."""

    def __init__(self, name: str, tally: Tally) -> None:
        self.notes: list[CellNote] = []
        self.longest_text = tally.limits.cell_characters
        self.name = name
        self._tally = tally
        self._sheet = GrowingSheet(name, tally)

    def add(self, numbers: Sequence[int], rows: Sequence[list[Value]], *, has_spoilt: bool) -> None:
        """Take the next rows; only where some cell may be spoilt is each one looked at."""
        if has_spoilt:
            typed = [self._typed(number, row) for number, row in zip(numbers, rows, strict=True)]
        else:
            typed = cast("list[list[Cell]]", rows)
        self._sheet.add_numbered(numbers, typed)

    def _typed(self, number: int, row: list[Value]) -> list[Cell]:
        typed: list[Cell] = []
        for index, value in enumerate(row):
            if isinstance(value, Spoilt):
                self._note(number, index, value)
            typed.append(None if isinstance(value, Spoilt) else value)
        return typed

    def _note(self, number: int, index: int, spoilt: Spoilt) -> None:
        if len(self.notes) < MOST_NOTES:
            self.notes.append(CellNote(self.name, number, index, spoilt.found, spoilt.why))

    def check_length(self, number: int, index: int, length: int) -> None:
        """Raise the refusal of a text that is too long for a cell."""
        self._tally.check_length(self.name, number, index, length)

    def done(self, *, hidden: bool) -> Sheet:
        """The sheet as read."""
        return self._sheet.done(hidden=hidden)


def shown_error(error: str) -> Spoilt:
    """A cell in which the spreadsheet shows an error such as #REF!."""
    return Spoilt(error, f"The spreadsheet shows the error {error} in this cell.")


def without_result() -> Spoilt:
    """A cell whose formula was stored without its result."""
    return Spoilt("=", "The formula of this cell has no stored result.")


def number_of(text: str) -> int | float | None:
    """A number as it is meant: whole ones as int, however they are spelt."""
    if len(text) > _LONGEST_NUMBER or "_" in text:
        return None
    try:
        if text.isdecimal() and len(text) <= _WHOLE_DIGITS:
            return int(text)
        number = float(text)
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() and abs(number) < _MOST_EXACT else number


def date_of(text: str) -> Cell:
    """The day or moment that an ISO date names; what names none stays text."""
    try:
        moment = datetime.datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        return text or None
    return moment if moment.time() != datetime.time() else moment.date()
