"""In which currency each row's amounts are, and what becomes of those that are not in US dollars."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bourse.dialects.cells import KNOWN_CURRENCIES, text_of
from bourse.dialects.columns import RawColumn, parsed_numbers
from bourse.dialects.meaning import Meaning
from bourse.dialects.questions import DOLLARS_ALL_THE_SAME, Questions
from bourse.dialects.rates import is_rate, rate_of
from bourse.dialects.reading import Rate
from bourse.dialects.spelling import words_of

ASKS = frozenset({"price_per_carat", "total_price"})
SECOND = frozenset({"cash_price", "cash_total_price", "memo_price", "memo_total_price"})
_PRICED = ASKS | SECOND | {"list_price", "cost"}
_DOLLARS_IN_HEADER = frozenset({"usd", "us", "dollar", "dollars"})
_SIGNS = {"€": "EUR", "£": "GBP", "₹": "INR", "¥": "CNY", "₪": "ILS"}
_DOLLARS = frozenset({"USD", "US$", "$", "DOLLAR", "DOLLARS", "US", "US DOLLAR", "US DOLLARS"})
_MOST_CURRENCIES = 8

Codes = NDArray[np.int8]


@dataclass
class Currencies:
    """The foreign currencies of a file, for each row which of them it is in (-1 for US dollars), and what
    was answered: a rate, no ask, or nothing yet.
    """

    names: list[str] = field(default_factory=list)
    code_of: Codes | None = None
    rates: dict[int, Rate] = field(default_factory=dict)
    without_ask: set[int] = field(default_factory=set)
    still_open: set[int] = field(default_factory=set)

    def rows_in(self, codes: set[int]) -> NDArray[np.intp]:
        """The rows that are in one of these currencies."""
        if self.code_of is None or not codes:
            return np.array([], dtype=np.intp)
        return np.flatnonzero(np.isin(self.code_of, list(codes)))


def take_what_is_answered(meanings: Sequence[Meaning], questions: Questions) -> None:
    """Let amounts in a currency that was asked about before count as numbers."""
    for meaning in meanings:
        if _PRICED & set(meaning.fields):
            named = set(parsed_numbers(meaning.raw, "price_per_carat")[2])
            taken = {code for code in named if _counts(questions.given(f"currency:{code}"))}
            if taken:
                meaning.raw.accept(frozenset(taken))


def _counts(answer: str) -> bool:
    return answer == DOLLARS_ALL_THE_SAME or is_rate(answer)


def leave_foreign_aside(meanings: Sequence[Meaning]) -> None:
    """Where one price says that it is in dollars, those in another currency only repeat it."""
    priced = [meaning for meaning in meanings if ASKS & set(meaning.fields) and meaning.raw.filled]
    if not _says_dollars(priced):
        return
    for meaning in priced:
        if _in_header(meaning.raw.header):
            meaning.settle(None, 0.0)


def currencies_of(meanings: Sequence[Meaning], rows: int, questions: Questions) -> Currencies:
    """The currencies of the rows, each foreign one asked about."""
    found = Currencies()
    if not any(meaning.field in _PRICED or len(meaning.fields) > 1 for meaning in meanings):
        return found
    sources: dict[str, RawColumn] = {}
    code_of = np.full(rows, -1, dtype=np.int8)
    for raw, at, names in _named(meanings, rows):
        for name, marked in names.items():
            if name:
                sources.setdefault(name, raw)
            code_of[at[marked]] = list(sources).index(name) if name else -1
    for code, (name, raw) in enumerate(sources.items()):
        if (code_of == code).any():
            _settle(found, code, name, raw, questions)
    found.names, found.code_of = list(sources), code_of if sources else None
    return found


def _settle(found: Currencies, code: int, name: str, raw: RawColumn, questions: Questions) -> None:
    answer = questions.currency(raw, name)
    if answer is None:
        found.still_open.add(code)
    elif is_rate(answer):
        found.rates[code] = rate_of(answer, name)
    elif answer != DOLLARS_ALL_THE_SAME:
        found.without_ask.add(code)


Named = tuple[RawColumn, NDArray[np.intp], dict[str, NDArray[np.bool_]]]


def _named(meanings: Sequence[Meaning], rows: int) -> Iterator[Named]:
    """What names currencies, from the widest to the nearest: a header for all rows, a column of currencies
    for each, an amount for its own; and for each name ("" for the dollar) the rows that it holds for.
    """
    every = np.arange(rows)
    whole = next(filter(None, map(_by_header, meanings)), None)
    if whole is None and not _says_dollars(meanings):
        whole = next(filter(None, map(_beside, meanings)), None)
    if whole is not None:
        yield whole[0], every, {whole[1]: np.full(rows, True)}
    for meaning in meanings:
        if meaning.field == "currency" and meaning.raw.filled:
            yield meaning.raw, every, _by_word(meaning.raw)
    for meaning in meanings:
        if _PRICED & set(meaning.fields) and (names := _by_cells(meaning.raw)):
            yield meaning.raw, every, names


def _by_word(raw: RawColumn) -> dict[str, NDArray[np.bool_]]:
    words = [text_of(cell).upper() for cell in raw.different]
    foreign = sorted({word for word in words if word and word not in _DOLLARS})[:_MOST_CURRENCIES]
    names = {name: np.array([word == name for word in words]) for name in foreign}
    names[""] = np.array([word in _DOLLARS for word in words])
    return {name: marked[raw.codes] for name, marked in names.items()}


def _by_cells(raw: RawColumn) -> dict[str, NDArray[np.bool_]]:
    parsed_numbers(raw, "price_per_carat")
    names = sorted(set(raw.money.values()))[:_MOST_CURRENCIES]
    return {
        name: np.array([raw.money.get(cell) == name for cell in raw.different])[raw.codes] for name in names
    }


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


def _by_header(meaning: Meaning) -> tuple[RawColumn, str] | None:
    if not _PRICED & set(meaning.fields):
        return None
    currency = _in_header(f"{meaning.raw.context} {meaning.raw.header}")
    return (meaning.raw, currency) if currency else None


def _in_header(header: str) -> str | None:
    words = set(re.findall(r"[A-Za-z]+", header.upper()))
    codes = sorted((words & KNOWN_CURRENCIES) - {"USD"})
    signs = [code for sign, code in _SIGNS.items() if sign in header]
    return (codes + signs + [None])[0] if codes or signs else None
