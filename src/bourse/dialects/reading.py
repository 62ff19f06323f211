"""What a file was read into: columns with their fields, rows of typed values, and everything left open.

Kept column by column, as it crosses from the confined process; `stones` gives the taken rows one by one in
the types of `vocabulary`, `refused` and `unread` the reasons one by one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import compress
from typing import Any

import msgspec

from bourse.vocabulary import Availability, Clarity, ColourRange, Growth, Laboratory, Shape, state_of

Value = str | float | int | list[str] | None


class Ask(StrEnum):
    """Whether a row names an ask: it does, it says openly that it does not, or a question has to be
    answered first.
    """

    NAMED = "ask"
    NONE = "no ask"
    OPEN = "open"


class Column(msgspec.Struct, frozen=True):
    """A column of the file: where it stands, its header, the field that it holds and how surely, and
    samples.
    """

    sheet: str
    index: int
    header: str
    field: str | None
    confidence: float
    samples: list[str]


class Option(msgspec.Struct, frozen=True):
    """One possible answer: its value, and the sentence that a person reads."""

    value: str
    sentence: str


class Question(msgspec.Struct, frozen=True):
    """What the file does not say: asked once for each layout, answered by the value of one option."""

    key: str
    sheet: str
    header: str
    index: int
    fields: list[str]
    why: str
    options: list[Option]


class RefusedRow(msgspec.Struct, frozen=True):
    """A row that is not taken: where, what was found, what was expected, why, and the cure."""

    sheet: str
    row: int
    column: str
    found: str
    expected: str
    why: str
    cure: str


class UnreadCell(msgspec.Struct, frozen=True):
    """A cell of a taken row that could not be read, with its reason."""

    sheet: str
    row: int
    index: int
    found: str
    why: str


class OddCells(msgspec.Struct, frozen=True):
    """The unread cells of one column: positions in the block, and for each the number of its found text and
    reason.
    """

    index: int
    positions: list[int]
    reasons: list[int]
    texts: list[tuple[str, str]]


class Fault(msgspec.Struct, frozen=True):
    """A reason for which rows are refused, shared by all rows that have it."""

    column: str
    found: str
    expected: str
    why: str
    cure: str


class Block(msgspec.Struct):
    """The rows of one sheet, column by column."""

    sheet: str
    numbers: list[int]
    values: dict[str, list[Value]]
    ask_cents: list[int | None]
    asks: list[Ask]
    faults: list[Fault]
    fault_of: list[int]
    odd: list[OddCells]

    @property
    def taken(self) -> list[bool]:
        """For each row whether it is taken."""
        return [fault < 0 for fault in self.fault_of]

    def row(self, at: int) -> dict[str, Value]:
        """The values of one row, without the empty ones."""
        return {field: column[at] for field, column in self.values.items() if column[at] is not None}

    def stones(self) -> Iterator["TakenStone"]:
        """The taken rows, in order."""
        names = list(self.values)
        rows = zip(self.numbers, self.ask_cents, self.asks, *self.values.values(), strict=True)
        for number, ask_cents, ask, *values in compress(rows, self.taken):
            filled = {name: value for name, value in zip(names, values, strict=True) if value is not None}
            yield TakenStone(self.sheet, number, filled, ask_cents, ask)

    def refused(self) -> Iterator[RefusedRow]:
        """The rows that are not taken, each with its reason."""
        for number, at in zip(self.numbers, self.fault_of, strict=True):
            if at >= 0:
                fault = self.faults[at]
                yield RefusedRow(
                    self.sheet, number, fault.column, fault.found, fault.expected, fault.why, fault.cure
                )

    def unread(self) -> Iterator[UnreadCell]:
        """The unread cells of taken rows, column by column."""
        taken = self.taken
        for column in self.odd:
            for position, reason in zip(column.positions, column.reasons, strict=True):
                if taken[position]:
                    found, why = column.texts[reason]
                    yield UnreadCell(self.sheet, self.numbers[position], column.index, found, why)


class Reading(msgspec.Struct):
    """A file read: its format, its layout's fingerprint, its columns, its rows and its questions."""

    format: str
    encoding: str | None
    delimiter: str | None
    layout: str
    columns: list[Column]
    blocks: list[Block]
    questions: list[Question]
    notes: list[str]

    @property
    def row_count(self) -> int:
        """How many rows of goods the file has."""
        return sum(len(block.numbers) for block in self.blocks)

    @property
    def taken_count(self) -> int:
        """How many of them are taken."""
        return sum(sum(block.taken) for block in self.blocks)

    def stones(self) -> Iterator["TakenStone"]:
        """Every taken stone or parcel, in the order of the file."""
        for block in self.blocks:
            yield from block.stones()

    def refused(self) -> Iterator[RefusedRow]:
        """Every row that is not taken, with its reason."""
        for block in self.blocks:
            yield from block.refused()

    def unread(self) -> Iterator[UnreadCell]:
        """Every unread cell of the taken rows, with its reason."""
        for block in self.blocks:
            yield from block.unread()


@dataclass(frozen=True, slots=True)
class TakenStone:
    """One taken row: its values by field in canonical words, and the ones that the market needs in their
    types.
    """

    sheet: str
    row: int
    values: dict[str, Any]
    ask_cents: int | None
    ask: Ask

    @property
    def shape(self) -> Shape:
        """The outline."""
        return Shape(self.values["shape"])

    @property
    def weight_ct(self) -> Decimal:
        """The weight exactly as written; for a parcel that of the whole lot."""
        return Decimal(str(self.values["carat"]))

    @property
    def colour(self) -> ColourRange | None:
        """The grade or range of the white scale; None for a fancy colour."""
        word = self.values.get("color")
        if word is None or word == "Fancy":
            return None
        return ColourRange.of("-".join(word) if isinstance(word, list) else word)

    @property
    def clarity(self) -> tuple[Clarity, Clarity] | None:
        """The better and the worse end of the clarity, the same for a single grade."""
        word = self.values.get("clarity")
        if word is None:
            return None
        better, worse = word if isinstance(word, list) else (word, word)
        return Clarity(better), Clarity(worse)

    @property
    def growth(self) -> Growth | None:
        """Natural or lab-grown; None while the file's own question about it is open."""
        word = self.values.get("growth_type")
        return None if word is None else Growth(word)

    @property
    def laboratory(self) -> Laboratory | None:
        """Who graded it, if anybody did."""
        word = self.values.get("lab")
        return None if word in (None, "None") else Laboratory(word)

    @property
    def report_no(self) -> str | None:
        """The number of its report."""
        return self.values.get("certificate_no")

    @property
    def stock_no(self) -> str | None:
        """The supplier's own number for it."""
        return self.values.get("stock_no")

    @property
    def availability(self) -> Availability:
        """The exchange's state for the supplier's word."""
        return state_of(self.values.get("availability"))

    @property
    def stones(self) -> int:
        """How many stones the row stands for."""
        return int(self.values.get("parcel_stones") or 1)
