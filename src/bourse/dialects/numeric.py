"""Columns of numbers that no header names, recognised by what they are to columns that are known."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bourse.dialects.arithmetic import Numbers, as_numbers, away_from_one, share_equal, spread
from bourse.dialects.columns import RawColumn, parsed_numbers
from bourse.dialects.lengths import sides_in

_NEARLY_ALL = 0.9
_CONFIDENCE = 0.75
_LEAST_ROWS = 5
_GROWING = 0.6
_ANY_PRICE = frozenset(
    {
        "price_per_carat", "total_price", "list_price", "discount_pct", "cost", "cash_price",
        "cash_total_price", "memo_price", "memo_total_price",
    }
)  # fmt: skip
_SIDES = ("length_mm", "width_mm", "depth_mm")
# Carats in a cubic millimetre of the box around a stone, for all shapes from marquise to baguette.
_LIGHTEST, _HEAVIEST = 0.0045, 0.0105


@dataclass(eq=False)
class Meaning:
    """A column with the fields that it may hold: one when settled, several while open, none when it is left
    aside.
    """

    raw: RawColumn
    fields: tuple[str, ...]
    confidence: float
    is_own: bool = False

    @property
    def field(self) -> str | None:
        """The one field of a settled column."""
        return self.fields[0] if len(self.fields) == 1 else None

    def settle(self, field: str | None, confidence: float) -> None:
        """Give the column its field, or leave it aside; not where its supplier has."""
        if self.is_own:
            return
        self.fields, self.confidence = (field,) if field else (), confidence if field else 0.0


class _Known:
    """The numbers of the columns that are settled, and those of the columns still without a name."""

    def __init__(self, meanings: Sequence[Meaning]) -> None:
        self.meanings = meanings
        self.unnamed = {
            at: numbers
            for at, meaning in enumerate(meanings)
            if not meaning.fields and not meaning.is_own and (numbers := _numbers(meaning.raw)) is not None
        }

    def of(self, name: str) -> Numbers | None:
        """The numbers of the first settled column of a field."""
        for meaning in self.meanings:
            if meaning.field == name and (numbers := _numbers(meaning.raw)) is not None:
                return numbers
        return None

    def settle(self, at: int, name: str) -> None:
        """Give an unnamed column its field."""
        self.meanings[at].settle(name, _CONFIDENCE)
        self.unnamed.pop(at, None)


def find_by_numbers(meanings: Sequence[Meaning]) -> None:
    """Name the columns whose numbers can be only one thing: weight, prices, depth, by arithmetic with the
    others.
    """
    known = _Known(meanings)
    if len(known.unnamed) == 0:
        return
    _find_sides(known)
    _find_weight(known)
    _find_prices(known)
    _find_depth(known)
    _find_table(known)
    _leave_price_open(known)


def _numbers(raw: RawColumn) -> Numbers | None:
    if not raw.filled:
        return None
    table, odd, _foreign = parsed_numbers(raw, "price_per_carat")
    read = sum(raw.counts.get(cell, 0) for cell in table)
    wrong = sum(raw.counts.get(cell, 0) for cell in odd)
    if read < _LEAST_ROWS or read < _NEARLY_ALL * (read + wrong):
        return None
    return raw.floats(table)


def _find_weight(known: _Known) -> None:
    """A weight is what the box of the stone's sides holds, or what makes a price per carat a total."""
    if known.of("carat") is not None:
        return
    fitting = [at for at, numbers in known.unnamed.items() if _is_weight(known, numbers)]
    if len(fitting) == 1:
        known.settle(fitting[0], "carat")


def _is_weight(known: _Known, numbers: Numbers) -> bool:
    sides = _sides(known)
    if sides is None:
        return False
    length, width, depth = sides
    density = numbers / (length * width * depth)
    likely = float(np.nanmedian(density))
    return _LIGHTEST <= likely <= _HEAVIEST and spread(density) < 0.3


def _find_prices(known: _Known) -> None:
    """Two columns of which one is the other times the weight are the price per carat and the total."""
    carats = known.of("carat")
    if carats is None:
        return
    per_carat, total = known.of("price_per_carat"), known.of("total_price")
    if per_carat is None and total is None:
        _find_both_prices(known, carats)
    elif per_carat is None and total is not None:
        _settle_equal(known, total / carats, carats, "price_per_carat")
    elif total is None and per_carat is not None:
        _settle_equal(known, per_carat * carats, carats, "total_price")


def _find_both_prices(known: _Known, carats: Numbers) -> None:
    pairs = [
        (first, second)
        for first, each in known.unnamed.items()
        for second, whole in known.unnamed.items()
        if first != second
        and _is_price(each)
        and share_equal(each * carats, away_from_one(carats, whole)) >= _NEARLY_ALL
    ]
    if len(pairs) == 1:
        known.settle(pairs[0][0], "price_per_carat")
        known.settle(pairs[0][1], "total_price")


def _is_price(numbers: Numbers) -> bool:
    return float(np.nanmedian(numbers)) >= 50


def _leave_price_open(known: _Known) -> None:
    """Where nothing else is a price: the one column of large numbers that grow with the weight may be it."""
    large = _price_like(known)
    if len(large) == 1:
        large[0].fields = ("price_per_carat", "total_price")


def price_like(meanings: Sequence[Meaning]) -> list[Meaning]:
    """The columns that could be the price where none surely is: those of large numbers that grow with the
    weight.
    """
    return _price_like(_Known(meanings))


def _price_like(known: _Known) -> list[Meaning]:
    if any(_ANY_PRICE & set(meaning.fields) and meaning.raw.filled for meaning in known.meanings):
        return []
    carats = known.of("carat")
    return [
        known.meanings[at]
        for at, numbers in known.unnamed.items()
        if _is_price(numbers) and (not known.meanings[at].raw.header or _grows(numbers, carats))
    ]


def _grows(numbers: Numbers, carats: Numbers | None) -> bool:
    if carats is None:
        return False
    both = np.isfinite(numbers) & np.isfinite(carats) & (numbers > 0) & (carats > 0)
    if both.sum() < _LEAST_ROWS or min(np.ptp(numbers[both]), np.ptp(carats[both])) == 0:
        return False
    together = np.corrcoef(np.log(numbers[both]), np.log(carats[both]))[0, 1]
    return bool(together >= _GROWING)


def _settle_equal(known: _Known, expected: Numbers, carats: Numbers, name: str) -> None:
    fitting = [
        at
        for at, numbers in known.unnamed.items()
        if share_equal(numbers, away_from_one(carats, expected)) >= _NEARLY_ALL
    ]
    if len(fitting) == 1:
        known.settle(fitting[0], name)


def _find_depth(known: _Known) -> None:
    """The depth percentage is the depth in millimetres over the smaller of the other two sides."""
    if known.of("depth_pct") is not None:
        return
    sides = _sides(known)
    if sides is None:
        return
    length, width, depth = sides
    fitting = [
        at for at, numbers in known.unnamed.items() if _share_depth(numbers, length, width, depth) >= 0.8
    ]
    if len(fitting) == 1:
        known.settle(fitting[0], "depth_pct")


def _share_depth(percent: Numbers, length: Numbers, width: Numbers, depth: Numbers) -> float:
    """The share of stones whose depth percentage follows from their sides: over the mean of a round, else
    the width.
    """
    return share_equal(percent, _depth_percent(length, width, depth), 0.015)


def _depth_percent(length: Numbers, width: Numbers, depth: Numbers) -> Numbers:
    mean, narrow = (length + width) / 2.0, np.minimum(length, width)
    return 100.0 * depth / np.where(np.abs(length / width - 1.0) < 0.05, mean, narrow)


def _find_sides(known: _Known) -> None:
    """Three columns in a row whose third over the narrower of the others is the depth percentage are the
    sides.
    """
    percent = known.of("depth_pct")
    if percent is None or any(known.of(name) is not None for name in _SIDES):
        return
    if any(meaning.field == "measurements" and meaning.raw.filled for meaning in known.meanings):
        return
    for at in list(known.unnamed):
        three = [known.unnamed.get(at + step) for step in range(3)]
        if all(side is not None for side in three) and _are_sides(
            percent, [side for side in three if side is not None]
        ):
            for step, name in enumerate(_SIDES):
                known.settle(at + step, name)
            return


def _are_sides(percent: Numbers, three: Sequence[Numbers]) -> bool:
    length, width, depth = three
    return share_equal(percent, _depth_percent(length, width, depth), 0.03) >= 0.8


def _sides(known: _Known) -> tuple[Numbers, Numbers, Numbers] | None:
    split = [known.of(name) for name in _SIDES]
    if all(side is not None for side in split):
        length, width, depth = (side for side in split if side is not None)
        return length, width, depth
    whole = next((meaning.raw for meaning in known.meanings if meaning.field == "measurements"), None)
    if whole is None or not whole.filled:
        return None
    read = [sides_in(cell) for cell in whole.cells]
    length, width, depth = (as_numbers([sides[at] for sides in read]) for at in range(3))
    return length, width, depth


def _find_table(known: _Known) -> None:
    """The one column of percentages from 50 to 75 that is not the depth is the table."""
    if known.of("table_pct") is not None or known.of("depth_pct") is None:
        return
    fitting = [at for at, numbers in known.unnamed.items() if _is_table(numbers)]
    if len(fitting) == 1:
        known.settle(fitting[0], "table_pct")


def _is_table(numbers: Numbers) -> bool:
    known = numbers[np.isfinite(numbers)]
    inside = float(np.mean((known >= 48) & (known <= 82)))
    whole = float(np.mean(known == np.round(known)))
    return (
        inside >= 0.97 and 54 <= float(np.median(known)) <= 66 and whole > 0.7 and len(np.unique(known)) > 4
    )
