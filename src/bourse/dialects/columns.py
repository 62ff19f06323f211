"""A column of cells, and what it says when it is read as one field: typed values, and every cell that is odd."""

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bourse.dialects.cells import (
    DOTTED_THOUSANDS,
    Money,
    Odd,
    decimal_number,
    free_text,
    identifier,
    number,
    text_of,
)
from bourse.dialects.dictionary import Dictionary
from bourse.dialects.fields import FIELDS, Field, Kind, reader_for
from bourse.dialects.tables import Cell

Value = str | float | int | list[str] | None
_SAMPLES = 3
_LARGE = frozenset(
    {"price_per_carat", "list_price", "cash_price", "memo_price", "total_price", "pair_price", "cost"}
)


@dataclass(eq=False)
class RawColumn:
    """One column as it stands under its header, before anyone knows its field."""

    sheet: str
    index: int
    header: str
    cells: Sequence[Cell]
    context: str = ""

    @cached_property
    def counts(self) -> dict[Cell, int]:
        """Each different cell, and how often it stands here."""
        return Counter(self.cells)

    @cached_property
    def filled(self) -> dict[Cell, int]:
        """The different cells that say something, with their counts."""
        return {cell: count for cell, count in self.counts.items() if free_text(cell) is not None}

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


Reading = tuple[dict[Cell, tuple[Value, ...]], dict[Cell, Odd], Counter[str]]


def fill(raw: RawColumn, name: str, dictionary: Dictionary) -> Filled:
    """The column read as this field."""
    known = FIELDS[name]
    if known.kind in (Kind.TEXT, Kind.IDENTIFIER) and (plain := _as_it_stands(raw)) is not None:
        return Filled(raw, known, {name: plain}, [], {})
    table, odd, foreign = read_cells(raw, known, dictionary)
    values = {
        filled: list(map(picked.__getitem__, raw.cells))
        for at, filled in enumerate(known.fills)
        if (picked := _picked(table, at)) is not None
    }
    odd_rows = [row for row, cell in enumerate(raw.cells) if cell in odd] if odd else []
    return Filled(raw, known, values, odd_rows, odd, foreign)


def _picked(table: dict[Cell, tuple[Value, ...]], at: int) -> dict[Cell, Value] | None:
    picked = {cell: values[at] if at < len(values) else None for cell, values in table.items()}
    return picked if at == 0 or any(value is not None for value in picked.values()) else None


# What makes a column of texts worth a look at each cell: spaces to trim, placeholders, spreadsheet damage.
_DOUBTFUL = re.compile(
    r"(?:^|\0)(?:[\s\-.?*/_–—#]|(?:0+|[nN]/?[aA]|[nN](?:ull|ULL|il|IL|one|ONE|an)|[uU]n(?:known|specified)|[nN]ot .*)(?:\0|$))"
    r"|\s(?:\0|$)|E\+"
)


def _as_it_stands(raw: RawColumn) -> list[Value] | None:
    """The cells themselves where all are texts without anything to trim, to drop or to doubt; else None."""
    try:
        whole = "\0".join(raw.cells)  # type: ignore[arg-type]
    except TypeError:
        return None
    return None if _DOUBTFUL.search(whole) else [cell or None for cell in raw.cells]  # type: ignore[misc]


def read_cells(raw: RawColumn, known: Field, dictionary: Dictionary) -> Reading:
    """Every different cell of the column read as this field: what it fills, why it is odd, which currency it names."""
    if known.kind in (Kind.WORDS, Kind.FLAG):
        reader = reader_for(known, raw.header)
        return _sorted_out(raw, lambda cell: reader(cell, dictionary))
    if known.kind is Kind.IDENTIFIER:
        return _sorted_out(raw, lambda cell: _single(identifier(cell)))
    if known.kind is Kind.TEXT:
        return _sorted_out(raw, lambda cell: _single(free_text(cell)))
    return _numbers(raw, known)


def _single(value: str | float | Odd | None) -> tuple[Value, ...] | Odd | None:
    return value if value is None or isinstance(value, Odd) else (value,)


def _sorted_out(raw: RawColumn, read: Callable[[Cell], tuple[Value, ...] | Odd | None]) -> Reading:
    table: dict[Cell, tuple[Value, ...]] = {}
    odd: dict[Cell, Odd] = {}
    for cell in raw.counts:
        value = read(cell)
        if isinstance(value, Odd):
            odd[cell] = value
        table[cell] = () if value is None or isinstance(value, Odd) else value
    return table, odd, Counter()


def _numbers(raw: RawColumn, known: Field) -> Reading:
    numbers, odd, foreign = parsed_numbers(raw, known.name)
    scale = 100.0 if known.kind is Kind.PERCENT and are_fractions(numbers, raw.counts) else 1.0
    table: dict[Cell, tuple[Value, ...]] = dict.fromkeys(raw.counts, ())
    for cell, value in numbers.items():
        scaled = round(value * scale, 6) if scale != 1.0 and abs(value) <= 1.5 else value
        if known.low <= scaled <= known.high:
            table[cell] = (scaled,)
        else:
            odd[cell] = Odd(f"{text_of(cell)} is not plausible here.", known.expected)
    return table, odd, foreign


def parsed_numbers(raw: RawColumn, name: str) -> tuple[dict[Cell, float], dict[Cell, Odd], Counter[str]]:
    """The numbers in a column's different cells, the cells that hold none, and the currencies that they name."""
    parse = number if name in _LARGE else decimal_number
    dotted = name in _LARGE and _all_dotted(raw)
    numbers: dict[Cell, float] = {}
    odd: dict[Cell, Odd] = {}
    foreign: Counter[str] = Counter()
    for cell, count in raw.counts.items():
        value = parse(cell.replace(".", "") if dotted and isinstance(cell, str) else cell)
        if isinstance(value, Odd):
            odd[cell] = value
        elif isinstance(value, Money):
            foreign[value.currency] += count
            odd[cell] = Odd(f"This amount is in {value.currency}, not in US dollars.")
        elif value is not None:
            numbers[cell] = value
    return numbers, odd, foreign


def _all_dotted(raw: RawColumn) -> bool:
    # No price per carat has three decimals throughout: "1.450" and "12.300" are thousands written the European way.
    texts = [cell.strip() for cell in raw.filled if isinstance(cell, str)]
    return len(texts) > 1 and all(DOTTED_THOUSANDS.match(text) or text in {"0", "0.00"} for text in texts)


def are_fractions(numbers: dict[Cell, float], counts: dict[Cell, int]) -> bool:
    """Whether a column of percentages is written as fractions of one: nine in ten of its numbers lie within 1.5."""
    total = sum(counts[cell] for cell in numbers)
    small = sum(counts[cell] for cell, value in numbers.items() if abs(value) <= 1.5)
    return total > 0 and small >= 0.9 * total
