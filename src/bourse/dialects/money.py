"""Which amounts make the ask, and in which currency they are."""

import re
from collections.abc import Sequence

import numpy as np

from bourse.dialects.arithmetic import Numbers
from bourse.dialects.cells import KNOWN_CURRENCIES, text_of
from bourse.dialects.columns import RawColumn, parsed_numbers
from bourse.dialects.meaning import Meaning
from bourse.dialects.prices import Prices
from bourse.dialects.questions import Questions
from bourse.dialects.rows import Rows
from bourse.dialects.spelling import words_of

_PRICED = frozenset({"price_per_carat", "total_price", "list_price", "cost"})
_ASKS = frozenset({"price_per_carat", "total_price"})
_DOLLARS_IN_HEADER = frozenset({"usd", "us", "dollar", "dollars"})
_SIGNS = {"€": "EUR", "£": "GBP", "₹": "INR", "¥": "CNY", "₪": "ILS"}
_DOLLARS = frozenset({"USD", "US$", "$", "DOLLAR", "DOLLARS", "US", "US DOLLAR", "US DOLLARS"})


def ask_columns(rows: Rows, prices: Prices) -> tuple[Numbers | None, Numbers | None, Numbers]:
    """Prices per carat, totals and weights, from which the asks follow; list and discount stand in for a
    price.
    """
    carats = carats_of(rows)
    per_carat, total = rows.numbers("price_per_carat"), rows.numbers("total_price")
    if per_carat is None and total is None:
        listed, discount = rows.numbers("list_price"), rows.numbers("discount_pct")
        if prices.own_list:
            return listed, None, carats
        if listed is not None and discount is not None:
            per_carat = np.round(listed * (1.0 + discount / 100.0), 2)
    return per_carat, total, carats


def carats_of(rows: Rows) -> Numbers:
    """Every row's weight, nan where it has none."""
    carats = rows.numbers("carat")
    return carats if carats is not None else np.full(rows.count, np.nan)


def currency_of(meanings: Sequence[Meaning], rows: Rows, prices: Prices, questions: Questions) -> None:
    """Ask what to do with amounts that are not in US dollars; until it is answered no ask is named."""
    named = next(filter(None, (_named(meaning) for meaning in meanings)), None)
    if named is None and not _says_dollars(meanings):
        named = next(filter(None, map(_beside, meanings)), None)
    if named is None or not any(meaning.field in _PRICED or len(meaning.fields) > 1 for meaning in meanings):
        return
    answer = questions.currency(*named)
    prices.open |= answer is None
    prices.no_ask |= answer != "usd"


def leave_foreign_aside(meanings: Sequence[Meaning]) -> None:
    """Where one price says that it is in dollars, those in another currency only repeat it."""
    priced = [meaning for meaning in meanings if _ASKS & set(meaning.fields) and meaning.raw.filled]
    if not _says_dollars(priced):
        return
    for meaning in priced:
        if _in_header(meaning.raw.header):
            meaning.settle(None, 0.0)


def _says_dollars(meanings: Sequence[Meaning]) -> bool:
    return any(
        _DOLLARS_IN_HEADER & set(words_of(meaning.raw.header))
        for meaning in meanings
        if _PRICED & set(meaning.fields)
    )


def _beside(meaning: Meaning) -> tuple[RawColumn, str] | None:
    """The foreign currency of amounts that no header explains: the prices beside them are in it too."""
    if meaning.is_own or meaning.fields or not meaning.raw.filled:
        return None
    _numbers, odd, foreign = parsed_numbers(meaning.raw, "total_price")
    named = foreign.most_common(1)
    return (meaning.raw, named[0][0]) if named and sum(foreign.values()) >= 0.5 * len(odd) else None


def _named(meaning: Meaning) -> tuple[RawColumn, str] | None:
    """The foreign currency that a column names: in its cells, in its header, or in the signs beside its
    amounts.
    """
    raw = meaning.raw
    if meaning.field == "currency":
        words = {text_of(cell).upper() for cell in raw.filled} - _DOLLARS
        return (raw, sorted(words)[0]) if words else None
    if not _PRICED & set(meaning.fields):
        return None
    if currency := _in_header(f"{raw.context} {raw.header}"):
        return raw, currency
    foreign = parsed_numbers(raw, "price_per_carat")[2]
    return (raw, foreign.most_common(1)[0][0]) if foreign else None


def _in_header(header: str) -> str | None:
    words = set(re.findall(r"[A-Za-z]+", header.upper()))
    codes = sorted((words & KNOWN_CURRENCIES) - {"USD"})
    signs = [code for sign, code in _SIGNS.items() if sign in header]
    return (codes + signs + [None])[0] if codes or signs else None
