"""What a file was read into: columns with their fields, rows of typed values, and everything left open.

Kept column by column, as it crosses from the confined process; `stones` gives the taken rows one by one in
the types of `vocabulary`, `refused` and `unread` the reasons one by one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import compress, repeat
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


class Surety(StrEnum):
    """How surely a column holds its field, in a word: the dictionary knows its header, its words or cells
    make it likely, a question settles it, the supplier said so, or it holds nothing that is read.
    """

    KNOWN = "known"
    LIKELY = "likely"
    ASKED = "asked"
    YOURS = "yours"
    ASIDE = "left aside"


class Column(msgspec.Struct, frozen=True):
    """A column of the file: where it stands, its header, the field that it holds and how surely, and
    samples. By its key (`column:<key>`) the supplier maps it himself.
    """

    sheet: str
    index: int
    header: str
    field: str | None
    confidence: float
    samples: list[str]
    key: str = ""
    surety: Surety = Surety.ASIDE


class SheetFound(msgspec.Struct, frozen=True):
    """A sheet of the file: its rows, in which of them the headers stand (None where no row names columns),
    whether it is read, its first rows as texts under their numbers, and the number of its last row, with the
    stretches before it in which nothing stands.
    """

    name: str
    rows: int
    header_row: int | None
    is_read: bool
    hidden: bool
    preview: list[list[str]]
    numbers: list[int]
    last: int = 0
    blank: list[tuple[int, int]] = []

    def has_row(self, number: int) -> bool:
        """Whether something stands in the row with this number."""
        return 1 <= number <= self.last and not any(first <= number <= last for first, last in self.blank)


class ValueMapping(msgspec.Struct, frozen=True):
    """A spelling in a column of words: how often it stands there and which word it was read as, "" for
    none. By its key (`value:<field>:<folded text>`) the supplier gives it a word of his own.
    """

    key: str
    field: str
    header: str
    text: str
    count: int
    word: str
    is_own: bool


class Correction(msgspec.Struct, frozen=True):
    """A cell of the file as the supplier mends it, before anything is read; index -1 with the text "leave"
    leaves its row out.
    """

    sheet: str
    row: int
    index: int
    text: str


LEAVE = "leave"


class Option(msgspec.Struct, frozen=True):
    """One possible answer: its value, and the sentence that a person reads."""

    value: str
    sentence: str


class Question(msgspec.Struct, frozen=True):
    """What the file does not say: asked once for each layout, answered by the value of one option.

    Where `typed` is "rate" the option "rate" stands for an answer that is typed: "rate:1.0842:2026-11-24",
    US dollars for one unit and the day of that rate (`rates.rate_of` checks it).
    """

    key: str
    sheet: str
    header: str
    index: int
    fields: list[str]
    why: str
    options: list[Option]
    typed: str = ""


class RefusedRow(msgspec.Struct, frozen=True):
    """A row that is not taken: where, what was found, what was expected, why, the cure, and its cells as
    texts. `index` is the column that keeps it out, -1 where it is none or several.
    """

    sheet: str
    row: int
    column: str
    found: str
    expected: str
    why: str
    cure: str
    index: int = -1
    cells: list[str] = []


class UnreadCell(msgspec.Struct, frozen=True):
    """A cell of a taken row that could not be read, with its reason and cure."""

    sheet: str
    row: int
    index: int
    found: str
    why: str
    column: str = ""
    expected: str = ""
    cure: str = ""


class DoubtfulCell(msgspec.Struct, frozen=True):
    """A cell that was read as it stands although something about it is odd: a warning, with what to look
    at.
    """

    sheet: str
    row: int
    index: int
    column: str
    found: str
    expected: str
    why: str
    cure: str


class OddCells(msgspec.Struct, frozen=True):
    """The unread cells of one column: positions in the block, and for each the number of its texts: what was
    found, why it is not read, what was expected, and the cure.
    """

    index: int
    positions: list[int]
    reasons: list[int]
    texts: list[tuple[str, str, str, str]]
    header: str = ""


class Fault(msgspec.Struct, frozen=True):
    """A reason for which rows are refused, shared by all rows that have it."""

    column: str
    found: str
    expected: str
    why: str
    cure: str
    index: int = -1


class Rate(msgspec.Struct, frozen=True):
    """What one unit of a currency was in US dollars on a day."""

    currency: str
    dollars: Decimal
    day: date


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
    cash_cents: list[int | None] = []
    rates: list[Rate] = []
    rate_of: list[int] = []
    refused_cells: list[list[str]] = []
    doubts: list[DoubtfulCell] = []

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
        cash = self.cash_cents or repeat(None, len(self.numbers))
        rates = self.rate_of or repeat(-1, len(self.numbers))
        rows = zip(self.numbers, self.ask_cents, self.asks, cash, rates, *self.values.values(), strict=True)
        for number, ask_cents, ask, cash_cents, rate, *values in compress(rows, self.taken):
            filled = {name: value for name, value in zip(names, values, strict=True) if value is not None}
            at = self.rates[rate] if rate >= 0 else None
            yield TakenStone(self.sheet, number, filled, ask_cents, ask, cash_cents, at)

    def refused(self) -> Iterator[RefusedRow]:
        """The rows that are not taken, each with its reason."""
        cells = iter(self.refused_cells or repeat([]))
        for number, at in zip(self.numbers, self.fault_of, strict=True):
            if at >= 0:
                fault = self.faults[at]
                yield RefusedRow(
                    self.sheet, number, fault.column, fault.found, fault.expected, fault.why, fault.cure,
                    fault.index, next(cells),
                )  # fmt: skip

    def unread(self) -> Iterator[UnreadCell]:
        """The unread cells of taken rows, column by column."""
        taken = self.taken
        for column in self.odd:
            for position, reason in zip(column.positions, column.reasons, strict=True):
                if taken[position]:
                    found, why, expected, cure = column.texts[reason]
                    number, header = self.numbers[position], column.header
                    yield UnreadCell(self.sheet, number, column.index, found, why, header, expected, cure)


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
    sheets: list[SheetFound] = []
    values: list[ValueMapping] = []

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

    def doubtful(self) -> Iterator[DoubtfulCell]:
        """Every cell of the taken rows that was read with a warning."""
        for block in self.blocks:
            yield from block.doubts


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
    cash_cents: int | None = None
    priced_at: Rate | None = None

    @property
    def priced_in(self) -> str:
        """The currency that the file names its prices in; "" for US dollars."""
        return self.priced_at.currency if self.priced_at else ""

    @property
    def rate(self) -> Decimal | None:
        """US dollars for one unit of that currency."""
        return self.priced_at.dollars if self.priced_at else None

    @property
    def rate_date(self) -> date | None:
        """The day of that rate."""
        return self.priced_at.day if self.priced_at else None

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
