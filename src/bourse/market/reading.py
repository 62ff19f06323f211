"""What the confined child makes of a file. Imports no framework: the child starts anew with each file."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from bourse.dialects import Column, Question, Reading, TakenStone, read_file
from bourse.kit.public_id import public_ids
from bourse.market.claims import Asked, Claims, NotStorable, claims_of
from bourse.market.lines import ROWS_AT_ONCE, Slices, slices_of

Answers = dict[str, str]

STAGED = ("sheet", "row", "listing_public_id", "stone_public_id", *Claims._fields)
UNREAD = ("sheet", "row", "index", "found", "why")
LONGEST_SHEET = 100

TOO_MUCH = "A listing here does not hold this value."
_NAMES = {"stock_no": "stock number", "certificate_no": "laboratory and report number"}


class Refusal(NamedTuple):
    """A row that is not taken, and why."""

    sheet: str
    row: int
    column: str
    found: str
    expected: str
    why: str
    cure: str


class Prepared(msgspec.Struct, frozen=True):
    """A file read, its rows ready for the database."""

    format: str
    layout: str
    columns: list[Column]
    questions: list[Question]
    notes: list[str]
    staged: Slices
    refused: Slices
    unread: Slices


def read_with_memory(content: bytes, file_name: str, memory: dict[str, Answers]) -> tuple[Prepared, Answers]:
    """The file read with what the company answered for its layout before, and those answers."""
    reading = read_file(content, file_name, {})
    answers = memory.get(reading.layout, {})
    if reading.questions and answers:
        del reading  # a large one and its better twin would not fit side by side
        reading = read_file(content, file_name, answers)
    return prepare(reading), answers


def read_with_answers(content: bytes, file_name: str, answers: Answers) -> Prepared:
    """The file read with these answers."""
    return prepare(read_file(content, file_name, answers))


def prepare(reading: Reading) -> Prepared:
    """The rows of a reading as the columns of a listing; one that no listing can hold is refused by name."""
    rows = _Rows(reading.columns)
    staged = slices_of(rows.staged(reading.stones()))
    by_reader = (tuple(getattr(row, name) for name in Refusal._fields) for row in reading.refused())
    return Prepared(
        format=reading.format,
        layout=reading.layout,
        columns=reading.columns,
        questions=reading.questions,
        notes=reading.notes,
        staged=staged,
        refused=slices_of([*by_reader, *rows.refused]),
        unread=slices_of(tuple(getattr(cell, name) for name in UNREAD) for cell in reading.unread()),
    )


class _Rows:
    """The rows of one file, on their way from values to columns."""

    def __init__(self, columns: Iterable[Column]) -> None:
        self._headers = {(column.sheet, column.field): column.header for column in columns}
        self.refused: list[Refusal] = []
        self._first_with: dict[tuple[str, str], TakenStone] = {}
        self._names: Iterator[str] = iter(())

    def staged(self, stones: Iterable[TakenStone]) -> Iterator[tuple[object, ...]]:
        """The columns of STAGED for each row that can be listed."""
        for stone in stones:
            try:
                claims = claims_of(stone.values, Asked(stone.ask_cents))
            except NotStorable as error:
                self._refuse(stone, error.field, error.found, error.expected, TOO_MUCH)
                continue
            if not self._stands_twice(stone, claims):
                yield (stone.sheet[:LONGEST_SHEET], stone.row, self._name(), self._name(), *claims)

    def _stands_twice(self, stone: TakenStone, claims: Claims) -> bool:
        """Whether an earlier row took this stock number or report: the reader asks, here is the wall."""
        keys = [("stock_no", claims.stock_key), ("certificate_no", claims.report_key)]
        for field, key in keys:
            if key and (first := self._first_with.get((field, key))):
                why = f"Row {first.row} of the same file has the same {_NAMES[field]}."
                self._refuse(stone, field, key, "one row for each stone", why)
                return True
        self._first_with |= dict.fromkeys(keys, stone)
        return False

    def _refuse(self, stone: TakenStone, field: str, found: str, expected: str, why: str) -> None:
        cure = "Correct the row and send it again."
        column = self._headers.get((stone.sheet, field)) or field
        self.refused.append(Refusal(stone.sheet, stone.row, column, found, expected, why, cure))

    def _name(self) -> str:
        name = next(self._names, None)
        if name is None:
            self._names = iter(public_ids(2 * ROWS_AT_ONCE))
            name = next(self._names)
        return name
