"""The two asks of every row in whole US cents: for memo or credit, and for cash."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from bourse.dialects.arithmetic import Numbers
from bourse.dialects.asks import Amounts, Asks, asks_of, exchanged, share_apart
from bourse.dialects.currencies import Currencies
from bourse.dialects.money import cash_amounts, memo_amounts
from bourse.dialects.prices import Prices
from bourse.dialects.questions import Questions
from bourse.dialects.reading import Ask, DoubtfulCell, Rate
from bourse.dialects.rows import Rows, Verdicts, refuse_apart

_OFTEN = 0.1
_WHY_APART = (
    "The cash price per carat times the weight is not the cash price of the stone, so neither was taken."
)
_CURE_APART = "Correct the cash price that is wrong, or leave one of the two empty."
_WHY_ABOVE = "The cash ask is above the memo ask; it was taken as it stands."
_CURE_ABOVE = "Check which of the two prices is for cash."


@dataclass
class RowAsks:
    """For each row both asks in cents or None (no list where no row has a cash ask), what it says of its
    ask, and at which rate it was exchanged (-1 for none); and the cells that ask for a second look.
    """

    cents: list[int | None]
    cash: list[int | None]
    states: list[Ask]
    rates: list[Rate] = field(default_factory=list)
    rate_of: list[int] = field(default_factory=list)
    doubts: list[DoubtfulCell] = field(default_factory=list)


def row_asks(
    rows: Rows,
    prices: Prices,
    currencies: Currencies,
    questions: Questions,
    verdicts: Verdicts,
    numbers: Sequence[int],
) -> RowAsks:
    """The asks of all rows; prices of one row that contradict each other keep it out or are doubted."""
    memo, asks = _memo(rows, prices, questions)
    refuse_apart(rows, verdicts, asks.apart)
    cash_of = cash_amounts(rows, prices)
    cash = asks_of(cash_of.per_carat, cash_of.total, cash_of.carats)
    cash.cents[cash.apart] = -1
    for code, rate in currencies.rates.items():
        in_it = currencies.rows_in({code})
        exchanged(asks.cents, memo, in_it, rate.dollars)
        exchanged(cash.cents, cash_of, in_it, rate.dollars)
    gone = currencies.rows_in(currencies.without_ask | currencies.still_open)
    asks.cents[gone] = cash.cents[gone] = -1
    has_cash = bool((cash.cents > 0).any())
    cash_cents = _or_none(cash.cents) if has_cash else []
    made = RowAsks(_or_none(asks.cents), cash_cents, _states(asks, cash, prices, currencies))
    _add_rates(made, currencies)
    made.doubts = [*_apart(rows, cash, numbers), *_above(rows, asks, cash, numbers)]
    return made


def _memo(rows: Rows, prices: Prices, questions: Questions) -> tuple[Amounts, Asks]:
    """The amounts of the memo ask, and that ask: by a memo price where one stands, else by the plain one."""
    amounts = memo_amounts(rows, prices)
    asks = asks_of(amounts.per_carat, amounts.total, amounts.carats)
    if amounts.per_carat is None or amounts.total is None:
        return amounts, asks
    if share_apart(asks, amounts.per_carat, amounts.total) <= _OFTEN:
        return amounts, asks
    return _one_of_two(rows, prices, questions, amounts)


def _one_of_two(rows: Rows, prices: Prices, questions: Questions, amounts: Amounts) -> tuple[Amounts, Asks]:
    """Two prices that contradict each other throughout: the answer says which stands; until then none
    does.
    """
    each, whole = ("price_per_carat", "total_price")
    if each not in rows.sources or whole not in rows.sources:
        each, whole = ("memo_price", "memo_total_price")
    answer = questions.two_prices(rows.sources[each], rows.sources[whole])
    carats = amounts.carats
    if answer is None:
        prices.open = True
        return amounts, Asks(np.full(rows.count, -1, dtype=np.int64), [])
    per_carat: Numbers | None = amounts.per_carat if answer == "price_per_carat" else None
    total = amounts.total if answer == "total_price" else None
    stands = Amounts(amounts.total if answer == "other_per_carat" else per_carat, total, carats)
    return stands, asks_of(stands.per_carat, stands.total, carats)


def _or_none(cents: NDArray[np.int64]) -> list[int | None]:
    return [amount if amount > 0 else None for amount in cents.tolist()]


def _states(asks: Asks, cash: Asks, prices: Prices, currencies: Currencies) -> list[Ask]:
    without = Ask.OPEN if prices.open else Ask.NONE
    states = [Ask.NAMED if named else without for named in ((asks.cents > 0) | (cash.cents > 0)).tolist()]
    for row in currencies.rows_in(currencies.without_ask).tolist():
        states[row] = Ask.NONE
    for row in currencies.rows_in(currencies.still_open).tolist():
        states[row] = Ask.OPEN
    return states


def _add_rates(made: RowAsks, currencies: Currencies) -> None:
    if currencies.code_of is None or not currencies.rates:
        return
    made.rates = list(currencies.rates.values())
    place = {code: at for at, code in enumerate(currencies.rates)}
    made.rate_of = [
        place.get(code, -1) if cents or cash else -1
        for code, cents, cash in zip(
            currencies.code_of.tolist(), made.cents, made.cash or repeat(None), strict=False
        )
    ]


def _apart(rows: Rows, cash: Asks, numbers: Sequence[int]) -> list[DoubtfulCell]:
    return [
        _doubt(rows, "cash_total_price", at, numbers, "the cash price per carat times the weight",
               _WHY_APART, _CURE_APART)
        for at in cash.apart
    ]  # fmt: skip


def _above(rows: Rows, asks: Asks, cash: Asks, numbers: Sequence[int]) -> list[DoubtfulCell]:
    above = np.flatnonzero((asks.cents > 0) & (cash.cents > asks.cents)).tolist()
    name = "cash_total_price" if "cash_total_price" in rows.sources else "cash_price"
    return [_doubt(rows, name, at, numbers, "at most the memo ask", _WHY_ABOVE, _CURE_ABOVE) for at in above]


def _doubt(
    rows: Rows, name: str, at: int, numbers: Sequence[int], expected: str, why: str, cure: str
) -> DoubtfulCell:
    source = rows.sources.get(name)
    sheet = source.sheet if source else ""
    found = rows.found(name, at)
    return DoubtfulCell(sheet, numbers[at], rows.index(name), rows.header(name), found, expected, why, cure)
