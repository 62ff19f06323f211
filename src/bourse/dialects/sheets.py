"""One table of stock read: columns given their fields, cells their values, rows their verdict."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import cast

import numpy as np

from bourse.dialects import goods, identity
from bourse.dialects.align import Aligned, aligned
from bourse.dialects.answers import Own
from bourse.dialects.cells import text_of
from bourse.dialects.columns import Filled, RawColumn, Value, fill
from bourse.dialects.currencies import (
    SECOND,
    Currencies,
    currencies_of,
    leave_foreign_aside,
    take_what_is_answered,
)
from bourse.dialects.dictionary import Dictionary
from bourse.dialects.discounts import FORMS
from bourse.dialects.doubts import doubtful_reports
from bourse.dialects.ends import join_ends
from bourse.dialects.fields import Kind
from bourse.dialects.growth import settle_growth, states_all_growth
from bourse.dialects.growth_columns import settle_growth_columns
from bourse.dialects.heading import growth_by_heading
from bourse.dialects.layout import Placed
from bourse.dialects.meaning import PRICES, Meaning, meanings_of, settle_own
from bourse.dialects.money import carats_of
from bourse.dialects.own import settle_asks
from bourse.dialects.prices import Prices, Settling, Stones
from bourse.dialects.questions import WHICH_PRICE, Questions
from bourse.dialects.reading import Block, Column, OddCells, Surety, ValueMapping
from bourse.dialects.row_asks import row_asks
from bourse.dialects.rows import (
    Rows,
    Verdicts,
    refuse_incomplete,
    refuse_twins,
    refuse_two_colours,
    settle_colours,
)
from bourse.dialects.second_asks import settle_cash_discounts, settle_second_asks
from bourse.dialects.shapes import settle_letter_r
from bourse.dialects.tables import Cell
from bourse.dialects.value_mappings import values_of
from bourse.dialects.which import find_columns

ESSENTIAL = ("carat", "shape", "color", "clarity")
_KNOWN = 0.9


@dataclass
class SheetRead:
    """A sheet read: its columns and rows, whether it is a list of stock at all, and what is worth a note."""

    placed: Placed
    columns: list[Column]
    block: Block
    is_stock: bool
    natural_by_default: bool
    notes: list[str]
    values: list[ValueMapping] = field(default_factory=list)


def read_sheet(
    placed: Placed, dictionary: Dictionary, questions: Questions, own: Own | None = None
) -> SheetRead:
    """A placed table read into columns and rows, by the supplier's own word where he has given one."""
    own = own or Own()
    given, meanings = placed, meanings_of(placed.columns(), dictionary)
    settle_own(meanings, own.columns)
    words = dictionary.with_own(own.words)
    if own.words:
        _let_go(meanings)  # of what was read without them
    gone = _no_rows(placed, meanings, words) | _left_out(placed)
    if gone:
        placed = _without(placed, gone)
        meanings = _again(placed, meanings)
    made = aligned(placed, meanings, dictionary)
    if made.placed is not placed:
        placed = made.placed
        meanings = _again(placed, meanings)
    asked = find_columns(meanings, dictionary, questions)
    if not placed.is_wanted and not _is_stock(meanings, asked):
        return _set_aside(placed, meanings, questions)
    # The columns hold every cell now; the rows would keep them when the columns have let go of theirs.
    given.rows.clear()
    made.placed.rows.clear()
    return _read_rows(made, meanings, words, questions)


def _let_go(meanings: Sequence[Meaning]) -> None:
    for meaning in meanings:
        meaning.raw.let_go()


def _left_out(placed: Placed) -> set[int]:
    """The rows that its supplier leaves out, once it is known what the columns are."""
    return {at for at, number in enumerate(placed.numbers) if number in placed.left_out}


def _no_rows(placed: Placed, meanings: Sequence[Meaning], dictionary: Dictionary) -> set[int]:
    others = set() if placed.is_ours else goods.no_diamonds([meaning.raw for meaning in meanings])
    essentials = [_first(meanings, name, dictionary) for name in ESSENTIAL]
    held = [column for column in essentials if column is not None]
    if essentials[0] is None or len(held) < 2 or len(others) == len(placed.rows):
        return set() if len(others) == len(placed.rows) else others
    return others | goods.no_goods(placed, held)


def _first(meanings: Sequence[Meaning], name: str, dictionary: Dictionary) -> list[Value] | None:
    merged: list[Value] | None = None
    for meaning in meanings:
        if meaning.field == name and meaning.raw.filled:
            values = fill(meaning.raw, name, dictionary).values[name]
            if name == "color":
                texts = {cell: text_of(cell) or None for cell in meaning.raw.different}
                values = meaning.raw.spread(texts)
            merged = values if merged is None else _filled_up(merged, values)
    return merged


def _filled_up(first: list[Value], second: list[Value]) -> list[Value]:
    return [value if value is not None else other for value, other in zip(first, second, strict=True)]


def _without(placed: Placed, gone: set[int]) -> Placed:
    kept = [at for at in range(len(placed.rows)) if at not in gone]
    return replace(placed, rows=placed.rows.only(kept), numbers=[placed.numbers[at] for at in kept])


def _again(placed: Placed, meanings: Sequence[Meaning]) -> list[Meaning]:
    return [
        Meaning(raw, meaning.fields, meaning.confidence, meaning.is_own)
        for raw, meaning in zip(placed.columns(), meanings, strict=True)
    ]


def _is_stock(meanings: Sequence[Meaning], asked: set[str]) -> bool:
    held = {name for meaning in meanings for name in meaning.fields} | asked
    grades = {"color", "fancy_color", "clarity"} & held
    return {"carat", "shape"} <= held and bool(grades)


def _set_aside(placed: Placed, meanings: Sequence[Meaning], questions: Questions) -> SheetRead:
    block = Block(placed.sheet, [], {}, [], [], [], [], [])
    columns = _columns(meanings, questions)
    return SheetRead(placed, columns, block, is_stock=False, natural_by_default=False, notes=[])


def _columns(meanings: Sequence[Meaning], questions: Questions) -> list[Column]:
    return [
        Column(
            meaning.raw.sheet, meaning.raw.index, meaning.raw.header, meaning.field,
            round(meaning.confidence, 2) if meaning.field else 0.0, meaning.raw.samples,
            meaning.raw.key, _surety(meaning, questions),
        )
        for meaning in meanings
    ]  # fmt: skip


def _surety(meaning: Meaning, questions: Questions) -> Surety:
    if meaning.is_own:
        return Surety.YOURS
    if (meaning.raw.sheet, meaning.raw.index) in questions.settled:
        return Surety.ASKED
    if meaning.field is None:
        return Surety.ASIDE
    return Surety.KNOWN if meaning.confidence >= _KNOWN else Surety.LIKELY


def _read_rows(
    made: Aligned, meanings: list[Meaning], dictionary: Dictionary, questions: Questions
) -> SheetRead:
    elsewhere = settle_growth_columns(meanings, dictionary, questions)
    filled = [
        _packed(fill(meaning.raw, meaning.field, dictionary))
        for meaning in meanings
        if meaning.field and not _is_price(meaning)
    ]
    placed = made.placed
    rows = _merged(placed, filled)
    rows.aside = [meaning.raw for meaning in meanings if _is_aside(meaning)]
    settle_letter_r(rows, questions)
    apart_colours = settle_colours(rows)
    verdicts = Verdicts([-1] * rows.count)
    for at, fault in made.faults.items():
        verdicts.refuse(at, fault)
    goods.refuse_simulants([meaning.raw for meaning in meanings], verdicts)
    refuse_two_colours(rows, verdicts, apart_colours)
    shown_at = rows.sources.get("shape", meanings[0].raw)  # an open question may be which column is the shape
    silent = None if states_all_growth(rows) else growth_by_heading(placed, shown_at, questions)
    natural = settle_growth(rows, verdicts, filled, elsewhere, silent) and silent == "Natural"
    prices, currencies, more = _prices(meanings, rows, dictionary, questions)
    filled += more
    _add(rows, more, prices)
    asks = row_asks(rows, prices, currencies, questions, verdicts, placed.numbers)
    refuse_incomplete(rows, verdicts)
    _twins(placed, [meaning.raw.cells for meaning in meanings], rows, verdicts, questions)
    doubts = chain(asks.doubts, doubtful_reports(rows, placed.numbers))
    refused = {number for number, fault in zip(placed.numbers, verdicts.fault_of, strict=True) if fault >= 0}
    block = Block(
        placed.sheet, placed.numbers, rows.values, asks.cents, asks.states,
        verdicts.faults, verdicts.fault_of,
        [_odd(column, rows) for column in filled if column.odd_rows],
        cash_cents=asks.cash, rates=asks.rates, rate_of=asks.rate_of,
        doubts=[doubt for doubt in doubts if doubt.row not in refused],
        refused_cells=_refused_cells(made, [meaning.raw for meaning in meanings], verdicts),
    )  # fmt: skip
    if placed.is_ours:
        settle_asks(block)
    mapped = values_of(filled, dictionary)
    _let_go(meanings)
    return SheetRead(placed, _columns(meanings, questions), block, True, natural, [], mapped)


def _is_aside(meaning: Meaning) -> bool:
    """Whether a column is read as no field, and no question of prices will settle it."""
    return meaning.field is None and PRICES.isdisjoint(meaning.fields) and bool(meaning.raw.filled)


def _packed(column: Filled) -> Filled:
    column.raw.pack()
    return column


def _is_price(meaning: Meaning) -> bool:
    return meaning.field in PRICES | SECOND | {"cash_discount_pct"}


def _merged(placed: Placed, filled: Sequence[Filled]) -> Rows:
    """Columns that fill one field put together: a column's own field first, then what others say beside
    theirs.
    """
    rows = Rows(len(placed.numbers), {}, {})
    join_ends(filled)
    own = [(column, column.field.name) for column in sorted(filled, key=_wordiness)]
    beside = [(column, name) for column in filled for name in column.field.fills if name != column.field.name]
    for column, name in [*own, *beside]:
        rows.sources.setdefault(name, column.raw)
        if name in column.values:
            put(rows, name, column.values[name])
    return rows


def _wordiness(column: Filled) -> float:
    """Words before codes: where two columns fill one field, the longer texts are the clearer ones."""
    if column.field.name == "growth_type":
        # The process says more than the word lab-grown.
        return -1.0 if {"CVD", "HPHT"} & set(column.values["growth_type"]) else 0.0
    if column.field.name == "stock_no":
        # Where a lot and a stock number stand side by side, the stock number counts.
        return -1.0 if "stock" in column.raw.header.casefold() else 0.0
    if column.field.kind is not Kind.WORDS or not column.raw.filled:
        return 0.0
    texts = [len(text_of(cell)) for cell in column.raw.filled]
    return -sum(texts) / len(texts)


def put(rows: Rows, name: str, values: list[Value]) -> None:
    """Add a column's values to a field, where no earlier column said something."""
    held = rows.values.get(name)
    if held is not None and name == "treatment":
        # A no to one treatment leaves room for another: only what was done counts.
        held = [
            None if value == "None" and other is not None else value
            for value, other in zip(held, values, strict=True)
        ]
    rows.values[name] = values if held is None else _filled_up(held, values)


def _prices(
    meanings: Sequence[Meaning], rows: Rows, dictionary: Dictionary, questions: Questions
) -> tuple[Prices, Currencies, list[Filled]]:
    prices, currencies = Prices(are_ours=True), Currencies()
    if not any(meaning.raw.is_ours for meaning in meanings):
        prices, currencies = _settled_prices(meanings, rows, questions)
    filled = [
        _packed(fill(meaning.raw, meaning.field, dictionary))
        for meaning in meanings
        if meaning.field and _is_price(meaning)
    ]
    return prices, currencies, filled


def _settled_prices(
    meanings: Sequence[Meaning], rows: Rows, questions: Questions
) -> tuple[Prices, Currencies]:
    grown = [word for word in rows.column("growth_type") if word != "Natural"]
    kinds = [rows.column(name) for name in ("shape", "color", "clarity")]
    leave_foreign_aside(meanings)
    take_what_is_answered(meanings, questions)
    stones = Stones(carats_of(rows), kinds, len(grown) * 2 > rows.count)
    settling = Settling(meanings, stones, questions)
    prices = settling.settle()
    prices.open |= questions.is_open(WHICH_PRICE, meanings[0].raw.sheet)
    prices.open |= settle_second_asks(meanings, stones, settling.per_carat(), questions)
    settle_cash_discounts(meanings, prices, questions)
    return prices, currencies_of(meanings, rows.count, questions)


def _add(rows: Rows, filled: Sequence[Filled], prices: Prices) -> None:
    for column in filled:
        name = column.field.name
        rows.sources.setdefault(name, column.raw)
        if name == "discount_pct" or column.raw.index in prices.forms:
            _add_discounts(rows, column, prices)
        else:
            put(rows, name, column.values[name])


def _add_discounts(rows: Rows, column: Filled, prices: Prices) -> None:
    """Discounts as signed percentages, once it is known how they are written."""
    form = prices.forms.get(column.raw.index)
    if form is None:
        return
    signed = FORMS[form](prices.written[column.raw.index])
    kept = np.where((signed >= -99.5) & (signed <= 400), np.round(signed, 4), np.nan)
    put(rows, column.field.name, [None if value != value else value for value in kept.tolist()])


def _twins(
    placed: Placed, cells: Sequence[Sequence[Cell]], rows: Rows, verdicts: Verdicts, questions: Questions
) -> None:
    by_stock = identity.twins_by_stock_no(rows.column("stock_no"))
    by_report = identity.twins_by_report(rows.column("lab"), rows.column("certificate_no"))
    for name, groups in (("stock_no", by_stock), ("certificate_no", by_report)):
        standing = [[at for at in group if verdicts.fault_of[at] < 0] for group in groups]
        standing = [group for group in standing if len(group) > 1]
        differing = [group for group in standing if not identity.are_the_same(cells, group)]
        answer = None
        if differing:
            answer = questions.duplicates(rows.sources[name], name, rows.found(name, differing[0][0]))
        fallen = identity.fallen(standing, answer)
        refuse_twins(rows, verdicts, name, fallen, placed.numbers)


def _odd(column: Filled, rows: Rows) -> OddCells:
    """A column's unread cells, but for those whose field another column has filled in the same row."""
    held = rows.column(column.field.name)
    positions = [row for row in column.odd_rows if held[row] is None]
    texts = [_why(column, cell) for cell in column.odd]
    number_of = {cell: number for number, cell in enumerate(column.odd)}
    reasons = [number_of[cell] for cell in column.raw.cells_at(np.array(positions, dtype=np.intp))]
    return OddCells(column.raw.index, positions, reasons, texts, column.raw.header)


def _why(column: Filled, cell: Cell) -> tuple[str, str, str, str]:
    odd, found = column.odd[cell], text_of(cell)
    expected = odd.expected or column.field.expected
    is_word = column.field.kind in (Kind.WORDS, Kind.FLAG)
    usual = f"Write {expected} instead of “{found}”" + (", or say what it means." if is_word else ".")
    return found, f"{odd.why} Expected: {expected}.", expected, odd.cure or usual


def _refused_cells(made: Aligned, raws: Sequence[RawColumn], verdicts: Verdicts) -> list[list[str]]:
    """The cells of the rows that are not taken, as texts; of a row that fits no header all that it has."""
    rows = np.flatnonzero(np.array(verdicts.fault_of, dtype=np.int32) >= 0)
    turned = [_texts(raw.cells_at(rows)) for raw in raws]
    fitting = map(list, zip(*turned, strict=True))
    if not made.whole:
        return list(fitting)
    return [
        _texts(made.whole[at]) if at in made.whole else cells
        for at, cells in zip(rows.tolist(), fitting, strict=True)
    ]


def _texts(cells: Sequence[Cell]) -> list[str]:
    if set(map(type, cells)) == {str}:
        return cast("list[str]", cells)
    return [cell if isinstance(cell, str) else text_of(cell) for cell in cells]


__all__ = ["RawColumn", "SheetRead", "put", "read_sheet"]
