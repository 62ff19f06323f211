"""What the confined child makes of a file. Imports no framework: the child starts anew with each file."""

<<<<<<< HEAD
from collections.abc import Iterable, Iterator
from itertools import chain
=======
from collections.abc import Iterator
>>>>>>> d63708f (wip)

import msgspec

from bourse.dialects import (
    Column,
    Correction,
    Question,
    Reading,
    SheetFound,
    ValueMapping,
    read_file,
)
from bourse.dialects.answers import AnswerNotUsable
from bourse.market.lines import REFUSAL, Slices, slices_of
from bourse.market.staged_lines import StagedLines

Answers = dict[str, str]

UNREAD = ("sheet", "row", "index", "column", "found", "expected", "why", "cure", "is_doubt")
OF_THE_FILE = ("sheet", "header", "encoding")  # answers about one file's own sheets and bytes


class Prepared(msgspec.Struct, frozen=True):
    """A file read, its rows ready for the database."""

    format: str
    layout: str
    columns: list[Column]
    questions: list[Question]
    notes: list[str]
    sheets: list[SheetFound]
    values: list[ValueMapping]
    staged: Slices
    refused: Slices
    unread: Slices


def read_for_market(
    content: bytes,
    file_name: str,
    answers: Answers,
    memory: dict[str, Answers],
    corrections: list[Correction],
) -> tuple[Prepared, Answers]:
    """The file read with these answers, else with those that the company gave for its layout; and they."""
    reading = read_file(content, file_name, answers, corrections)
    if not answers and (known := memory.get(reading.layout)):
        del reading  # a large one and its better twin would not fit side by side
        reading, answers = _with_memory(content, file_name, known, corrections)
    return prepare(reading), answers


def _with_memory(
    content: bytes, file_name: str, known: Answers, corrections: list[Correction]
) -> tuple[Reading, Answers]:
    """The file read with remembered answers, without those of them that mean nothing for it."""
    try:
        return read_file(content, file_name, known, corrections), known
    except AnswerNotUsable:
        kept = {key: answer for key, answer in known.items() if key.partition(":")[0] not in OF_THE_FILE}
        return read_file(content, file_name, kept, corrections), kept


def prepare(reading: Reading) -> Prepared:
    """The rows of a reading as the columns of a listing; one that no listing can hold is refused by name."""
    rows = StagedLines(reading.columns)
    staged = Slices.of(part for block in reading.blocks for part in rows.of(block))
    by_reader = (tuple(getattr(row, name) for name in REFUSAL) for row in reading.refused())
    return Prepared(
        format=reading.format,
        layout=reading.layout,
        columns=reading.columns,
        questions=reading.questions,
        notes=reading.notes,
        sheets=reading.sheets,
        values=reading.values,
        staged=staged,
        refused=slices_of(chain(by_reader, map(msgspec.structs.astuple, rows.refused))),
        unread=slices_of(_odd_cells(reading)),
    )


def _odd_cells(reading: Reading) -> Iterator[tuple[object, ...]]:
    """The columns of UNREAD for each cell that was not read, and for each that was read with a doubt."""
    for is_doubt, cells in (("f", reading.unread()), ("t", reading.doubtful())):
        for cell in cells:
            yield (*(getattr(cell, name) for name in UNREAD[:-1]), is_doubt)
<<<<<<< HEAD


class _Rows:
    """The rows of one file, on their way from values to columns."""

    def __init__(self, columns: list[Column]) -> None:
        self._columns = {(column.sheet, column.field): column for column in columns}
        self._fields: dict[str, dict[int, str | None]] = {}
        for column in columns:
            self._fields.setdefault(column.sheet, {})[column.index] = column.field
        self.refused: list[Refusal] = []
        self._first_with: dict[str, dict[str, int]] = {field: {} for field in _NAMES}
        self._names: Iterator[str] = iter(())

    def staged(self, stones: Iterable[TakenStone]) -> Iterator[tuple[object, ...]]:
        """The columns of STAGED for each row that can be listed."""
        for stone in stones:
            try:
                claims = claims_of(stone.values, _asked(stone))
            except NotStorable as error:
                self._refuse(stone, error.field, error.found, error.expected, TOO_MUCH)
                continue
            if not self._stands_twice(stone, claims):
                yield (stone.sheet[:LONGEST_SHEET], stone.row, self._name(), self._name(), *claims)

    def _stands_twice(self, stone: TakenStone, claims: Claims) -> bool:
        """Whether an earlier row took this stock number or report: the reader asks, here is the wall."""
        keys = [("stock_no", claims.stock_key), ("certificate_no", claims.report_key)]
        for field, key in keys:
            if first := self._first_with[field].get(key):
                why = f"Row {first} of the same file has the same {_NAMES[field]}."
                self._refuse(stone, field, key, "one row for each stone", why)
                return True
        for field, key in keys:
            if key:
                self._first_with[field][key] = stone.row
        return False

    def _refuse(self, stone: TakenStone, field: str, found: str, expected: str, why: str) -> None:
        cure = "Correct the row and send it again."
        column = self._columns.get((stone.sheet, field))
        header, index = (column.header, column.index) if column else (field, -1)
        cells = self._cells(stone)
        self.refused.append(Refusal(stone.sheet, stone.row, header, found, expected, why, cure, index, cells))

    def _cells(self, stone: TakenStone) -> list[str]:
        """The row as texts of what was read of it, under its own headers: the file itself is gone by now."""
        fields = self._fields.get(stone.sheet, {})
        return [_words(stone.values.get(fields.get(at) or "")) for at in range(max(fields, default=-1) + 1)]

    def _name(self) -> str:
        name = next(self._names, None)
        if name is None:
            self._names = iter(public_ids(2 * ROWS_AT_ONCE))
            name = next(self._names)
        return name
=======
>>>>>>> d63708f (wip)
