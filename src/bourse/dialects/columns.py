"""A column of cells, and what it says when it is read as one field: typed values, and every cell that is
odd.
"""

import dataclasses
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from bourse.dialects.arithmetic import Numbers
from bourse.dialects.cells import (
    DOTTED_THOUSANDS,
    NOTHING,
    Money,
    Odd,
    decimal_number,
    free_text,
    identifier,
    number,
    text_of,
)
from bourse.dialects.dictionary import Dictionary, fold
from bourse.dialects.fields import FIELDS, Field, Kind, reader_for
from bourse.dialects.grades import LABELLED, Words
from bourse.dialects.growth_words import codes_among
from bourse.dialects.own_layout import APOSTROPHE, Reader, reader_of
from bourse.dialects.tables import Cell

Value = str | float | int | list[str] | None
_SAMPLES = 3
_SAMPLED_ROWS = 2_000
_LARGE = frozenset(
    {
        "price_per_carat",
        "list_price",
        "cash_price",
        "memo_price",
        "total_price",
        "cash_total_price",
        "memo_total_price",
        "pair_price",
        "cost",
    }
)


class _Places(dict[Cell, int]):
    """Numbers cells as they first come."""

    def __missing__(self, cell: Cell) -> int:
        place = self[cell] = len(self)
        return place


class _Packed(Sequence[Cell]):
    """Cells by their numbers among the different ones."""

    def __init__(self, different: list[Cell], codes: NDArray[np.int32]) -> None:
        self._different, self._codes = different, codes

    def __len__(self) -> int:
        return len(self._codes)

    def __iter__(self) -> Iterator[Cell]:
        return map(self._different.__getitem__, self._codes.tolist())

    @overload
    def __getitem__(self, at: int) -> Cell: ...
    @overload
    def __getitem__(self, at: slice) -> list[Cell]: ...
    def __getitem__(self, at: int | slice) -> Cell | list[Cell]:
        if isinstance(at, slice):
            return [self._different[code] for code in self._codes[at].tolist()]
        return self._different[int(self._codes[at])]


@dataclass(eq=False)
class RawColumn:
    """One column as it stands under its header, before anyone knows its field."""

    sheet: str
    index: int
    header: str
    cells: Sequence[Cell]
    context: str = ""
    key: str = ""
    is_ours: bool = False
    accepted: frozenset[str] = frozenset()
    money: dict[Cell, str] = dataclasses.field(default_factory=dict)
    read_as: dict[str, "Filled"] = dataclasses.field(default_factory=dict)
    numbers: dict[bool, "Numbered"] = dataclasses.field(default_factory=dict)

    @cached_property
    def _numbered(self) -> tuple[list[Cell], NDArray[np.int32]]:
        places = _Places()
        codes = np.fromiter(map(places.__getitem__, self.cells), np.int32, len(self.cells))
        return list(places), codes

    @property
    def different(self) -> list[Cell]:
        """Each different cell once, in the order of the rows."""
        return self._numbered[0]

    @property
    def codes(self) -> NDArray[np.int32]:
        """For each row the place of its cell among the different ones."""
        return self._numbered[1]

    def spread(self, values: Mapping[Cell, Any]) -> list[Any]:
        """For each row what a table of the different cells holds for its cell, None where it holds
        nothing.
        """
        table = np.empty(len(self.different), dtype=object)
        table[:] = list(map(values.get, self.different))
        spread: list[Any] = table.take(self.codes).tolist()
        return spread

    def floats(self, numbers: Mapping[Cell, float]) -> Numbers:
        """For each row the number that a table holds for its cell, nan where it holds none."""
        table = np.fromiter(
            (numbers.get(cell, np.nan) for cell in self.different), np.float64, len(self.different)
        )
        return table.take(self.codes)

    def rows_of(self, cells: Collection[Cell]) -> list[int]:
        """The rows in which one of these cells stands."""
        marked = np.fromiter((cell in cells for cell in self.different), np.bool_, len(self.different))
        return np.flatnonzero(marked.take(self.codes)).tolist()

    @cached_property
    def counts(self) -> dict[Cell, int]:
        """How often each cell stands in an even sample of the rows; in all of them where they are not
        many.
        """
        step = 1 + len(self.cells) // _SAMPLED_ROWS
        return Counter(self.cells[::step])

    @cached_property
    def filled(self) -> dict[Cell, int]:
        """The cells of that sample which say something, with their counts; all such cells where the sample
        has none.
        """
        filled = {cell: count for cell, count in self.counts.items() if free_text(cell) is not None}
        return filled or {cell: 1 for cell in self.different if free_text(cell) is not None}

    def accept(self, currencies: frozenset[str]) -> None:
        """Let amounts in these currencies count as numbers from now on."""
        self.accepted = currencies
        self.numbers.clear()
        self.read_as.clear()

    def cells_at(self, rows: NDArray[np.intp]) -> list[Cell]:
        """The cells of these rows."""
        if "_numbered" in self.__dict__:
            return list(map(self.different.__getitem__, self.codes[rows].tolist()))
        return list(map(self.cells.__getitem__, rows.tolist()))

    def pack(self) -> None:
        """Keep of cells that were numbered only the different ones: the table that they came from is let
        go.
        """
        if "_numbered" in self.__dict__:
            self.cells = _Packed(*self._numbered)

    def let_go(self) -> None:
        """Forget what was read: each reading holds its column, and such a ring outlives its use."""
        self.read_as.clear()

    @cached_property
    def samples(self) -> list[str]:
        """The first few different texts, for people to look at."""
        return [text_of(cell) for cell, _count in zip(self.filled, range(_SAMPLES), strict=False)]


@dataclass(eq=False)
class Filled:
    """A column read as a field: values by the field that they fill, and the odd cells by where they stand."""

    raw: RawColumn
    field: Field
    values: dict[str, list[Value]]
    odd_rows: list[int]
    odd: dict[Cell, Odd]
    foreign: Counter[str] = dataclasses.field(default_factory=Counter)


Read = tuple[dict[Cell, tuple[Value, ...]], dict[Cell, Odd], Counter[str]]
Numbered = tuple[dict[Cell, float], dict[Cell, Odd], Counter[str]]


def fill(raw: RawColumn, name: str, dictionary: Dictionary) -> Filled:
    """The column read as this field; read once, however often it is asked for."""
    if name not in raw.read_as:
        raw.read_as[name] = _fill(raw, name, dictionary)
    return raw.read_as[name]


def _fill(raw: RawColumn, name: str, dictionary: Dictionary) -> Filled:
    known = FIELDS[name]
    is_plain = known.kind in (Kind.TEXT, Kind.IDENTIFIER) and not (known.reader and _is_labelled(raw))
    if is_plain and (plain := _as_it_stands(raw)) is not None:
        raw.cells = plain  # type: ignore[assignment]  # texts and None
        return Filled(raw, known, {name: plain}, [], {})
    table, odd, foreign = read_cells(raw, known, dictionary)
    values = {
        filled: raw.spread(picked)
        for at, filled in enumerate(known.fills)
        if (picked := _picked(table, at)) or filled == name
    }
    odd_rows = raw.rows_of(odd) if odd else []
    return Filled(raw, known, values, odd_rows, odd, foreign)


def _is_labelled(raw: RawColumn) -> bool:
    return any(isinstance(cell, str) and LABELLED.match(cell.strip()) for cell in raw.counts)


def _picked(table: dict[Cell, tuple[Value, ...]], at: int) -> dict[Cell, Value]:
    """What the cells say at one place of their tuples; a cell that says nothing there is left out."""
    return {cell: values[at] for cell, values in table.items() if at < len(values) and values[at] is not None}


# Cells that a spreadsheet spoilt; the longer ones no placeholder list has to hold.
_SPOILT = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!")
_TO_DROP = frozenset(
    [form for word in NOTHING for form in (word, word.upper(), word.capitalize(), word.title()) if word]
    + [*_SPOILT, "0", "00", "0.0"]
)


def _as_it_stands(raw: RawColumn) -> list[Value] | None:
    """The cells themselves where all are different texts without anything to trim, to drop or to doubt; else
    None.
    """
    if 2 * len(raw.counts) < len(raw.cells[:_SAMPLED_ROWS]):
        return None
    try:
        whole = "\0".join(raw.cells)  # type: ignore[arg-type]
    except TypeError:
        return None
    if _is_untidy(whole) or (raw.is_ours and APOSTROPHE in whole) or not _TO_DROP.isdisjoint(raw.cells):
        return None
    return list(raw.cells) if all(raw.cells) else [cell or None for cell in raw.cells]  # type: ignore[arg-type, misc]


def _is_untidy(whole: str) -> bool:
    """Whether texts joined by a nought need care; single signs are looked for first, which takes no time."""
    if (
        any(sign in whole for sign in ("\t", "\n", "\r", "\u00a0", "\ufffd"))
        or whole[:1].isspace()
        or whole[-1:].isspace()
    ):
        return True
    return (" " in whole and (" \0" in whole or "\0 " in whole)) or ("+" in whole and "E+" in whole)


def read_cells(raw: RawColumn, known: Field, dictionary: Dictionary) -> Read:
    """Every different cell of the column read as this field: what it fills, why it is odd, which currency
    it names.
    """
    if known.kind not in (Kind.WORDS, Kind.FLAG, Kind.IDENTIFIER, Kind.TEXT):
        return _numbers(raw, known)
    read = _reader(raw, known, dictionary)
    return _sorted_out(raw, reader_of(known.fills, known.name, read) if raw.is_ours else read)


def _reader(raw: RawColumn, known: Field, dictionary: Dictionary) -> Reader:
    if known.kind is Kind.TEXT:
        return lambda cell: _single(free_text(cell))
    if known.kind is Kind.IDENTIFIER and not known.reader:
        return lambda cell: _single(identifier(cell))
    reader = known.reader if known.kind is Kind.IDENTIFIER else reader_for(known, raw.header)
    assert reader is not None
    own = dictionary.own.get(known.name, {})
    if known.name == "growth_type":
        own = {**codes_among(raw.different, raw.header), **own}

    def read(cell: Cell) -> Words | Odd | None:
        said = own.get(fold(text_of(cell))) if own else None  # the supplier's own words before the trade's
        return reader(cell, dictionary) if said is None else said

    return read


def _single(value: str | float | Odd | None) -> tuple[Value, ...] | Odd | None:
    return value if value is None or isinstance(value, Odd) else (value,)


def _sorted_out(raw: RawColumn, read: Reader) -> Read:
    table: dict[Cell, tuple[Value, ...]] = {}
    odd: dict[Cell, Odd] = {}
    for cell in raw.different:
        value = read(cell)
        if isinstance(value, Odd):
            odd[cell] = value
        table[cell] = () if value is None or isinstance(value, Odd) else value
    return table, odd, Counter()


def _numbers(raw: RawColumn, known: Field) -> Read:
    numbers, no_numbers, foreign = parsed_numbers(raw, known.name)
    odd = dict(no_numbers)
    scale = (
        100.0
        if known.kind is Kind.PERCENT and not raw.is_ours and are_fractions(numbers, raw.counts)
        else 1.0
    )
    table: dict[Cell, tuple[Value, ...]] = dict.fromkeys(raw.different, ())
    for cell, value in numbers.items():
        scaled = round(value * scale, 6) if scale != 1.0 and abs(value) <= 1.5 else value
        if known.low <= scaled <= known.high:
            table[cell] = (scaled,)
        else:
            odd[cell] = Odd(f"{text_of(cell)} is not plausible here.", known.expected)
    return table, odd, foreign


def parsed_numbers(raw: RawColumn, name: str) -> "Numbered":
    """The numbers in a column's different cells, the cells that hold none, and the currencies that they
    name.
    """
    large = name in _LARGE
    if large not in raw.numbers:
        raw.numbers[large] = _parse_numbers(raw, large=large)
    return raw.numbers[large]


def _parse_numbers(raw: RawColumn, *, large: bool) -> "Numbered":
    parse = number if large else decimal_number
    dotted = large and _all_dotted(raw)
    numbers: dict[Cell, float] = {}
    odd: dict[Cell, Odd] = {}
    foreign: Counter[str] = Counter()
    for cell in raw.different:
        value = parse(cell.replace(".", "") if dotted and isinstance(cell, str) else cell)
        if isinstance(value, Odd):
            odd[cell] = value
        elif isinstance(value, Money) and value.currency in raw.accepted:
            numbers[cell], raw.money[cell] = value.amount, value.currency
        elif isinstance(value, Money):
            raw.money[cell] = value.currency
            foreign[value.currency] += raw.counts.get(cell, 1)
            odd[cell] = Odd(f"This amount is in {value.currency}, not in US dollars.")
        elif value is not None:
            numbers[cell] = value
    return numbers, odd, foreign


def _all_dotted(raw: RawColumn) -> bool:
    # No price per carat has three decimals throughout: "1.450" and "12.300" are thousands written the
    # European way.
    texts = [cell.strip() for cell in raw.filled if isinstance(cell, str)]
    return len(texts) > 1 and all(DOTTED_THOUSANDS.match(text) or text in {"0", "0.00"} for text in texts)


def are_fractions(numbers: dict[Cell, float], counts: dict[Cell, int]) -> bool:
    """Whether a column of percentages is written as fractions of one: nine in ten of its numbers lie within
    1.5.
    """
    total = sum(counts.get(cell, 0) for cell in numbers)
    small = sum(counts.get(cell, 0) for cell, value in numbers.items() if abs(value) <= 1.5)
    return total > 0 and small >= 0.9 * total
