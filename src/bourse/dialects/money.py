"""Which amounts make the memo ask and the cash ask of the rows."""

import numpy as np
from numpy.typing import NDArray

from bourse.dialects.arithmetic import Numbers
from bourse.dialects.asks import Amounts
from bourse.dialects.prices import Prices
from bourse.dialects.rows import Rows


def memo_amounts(rows: Rows, prices: Prices) -> Amounts:
    """What makes the memo ask: a memo price, else the plain price, else list and discount."""
    plain = plain_amounts(rows, prices)
    if prices.are_ours:
        return plain
    each, whole = rows.numbers("memo_price"), rows.numbers("memo_total_price")
    if each is None and whole is None:
        return plain
    nothing = np.full(rows.count, np.nan)
    said = np.isfinite(each if each is not None else nothing) | np.isfinite(
        whole if whole is not None else nothing
    )
    return Amounts(
        _where(said, each, plain.per_carat, nothing), _where(said, whole, plain.total, nothing), plain.carats
    )


def _where(
    said: NDArray[np.bool_], memo: Numbers | None, plain: Numbers | None, nothing: Numbers
) -> Numbers | None:
    if memo is None and plain is None:
        return None
    return np.where(said, memo if memo is not None else nothing, plain if plain is not None else nothing)


def plain_amounts(rows: Rows, prices: Prices) -> Amounts:
    """The prices that are called nothing else; list and discount stand in for them where there are none."""
    carats = carats_of(rows)
    per_carat, total = rows.numbers("price_per_carat"), rows.numbers("total_price")
    if per_carat is None and total is None:
        if prices.own_list:
            per_carat = rows.numbers("list_price")
        else:
            per_carat = _off_the_list(rows, "discount_pct")
    return Amounts(per_carat, total, carats)


def cash_amounts(rows: Rows, prices: Prices) -> Amounts:
    """What makes the cash ask: a cash price, else the list and a cash discount."""
    per_carat, total = rows.numbers("cash_price"), rows.numbers("cash_total_price")
    if prices.are_ours:
        return Amounts(None, total, carats_of(rows))
    if per_carat is None and total is None and prices.cash_form:
        per_carat = _off_the_list(rows, "cash_discount_pct")
    return Amounts(per_carat, total, carats_of(rows))


def _off_the_list(rows: Rows, discount: str) -> Numbers | None:
    listed, off = rows.numbers("list_price"), rows.numbers(discount)
    if listed is None or off is None:
        return None
    made: Numbers = np.round(listed * (1.0 + off / 100.0), 2)
    return made


def carats_of(rows: Rows) -> Numbers:
    """Every row's weight, nan where it has none."""
    carats = rows.numbers("carat")
    return carats if carats is not None else np.full(rows.count, np.nan)
