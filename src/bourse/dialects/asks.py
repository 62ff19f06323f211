"""The ask of every row in whole cents, and where two prices of a row contradict each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from numpy.typing import NDArray

from bourse.dialects.arithmetic import Numbers

MOST_APART = 0.01
_CENT = Decimal("0.01")
_LEAST, _TENTH_OF_MILLS = 0.005, 10_000


@dataclass
class Amounts:
    """Prices per carat, prices of whole stones, and weights."""

    per_carat: Numbers | None
    total: Numbers | None
    carats: Numbers


@dataclass
class Asks:
    """For each row the ask in cents (-1 for none) and the rows whose two prices contradict each other."""

    cents: NDArray[np.int64]
    apart: list[int]


def cents_of(totals: Numbers) -> NDArray[np.int64]:
    """Totals as whole cents, halves up; -1 where there is none."""
    known = np.isfinite(totals)
    scaled = np.where(known, totals, 0.0) * 100.0
    # A half cent written in decimal may lie a hair below in binary: the nearest millionth is what was
    # written.
    return np.where(known, np.floor(np.round(scaled, 6) + 0.5), -1).astype(np.int64)


def per_carat_cents(per_carat: Numbers, carats: Numbers) -> NDArray[np.int64]:
    """Price per carat times weight in whole cents, halves up, exact in decimal; -1 where either is
    missing.
    """
    known = np.isfinite(per_carat) & np.isfinite(carats)
    price = np.where(known, per_carat, 0.0) * _TENTH_OF_MILLS
    weight = np.where(known, carats, 0.0) * 1000.0
    whole_price, whole_weight = np.rint(price), np.rint(weight)
    small = (whole_price < 4e11) & (whole_weight < 2e6)
    exact = small & (np.abs(price - whole_price) < 1e-4) & (np.abs(weight - whole_weight) < 1e-6)
    product = np.where(exact, whole_price, 0).astype(np.int64) * np.where(exact, whole_weight, 0).astype(
        np.int64
    )
    cents = np.where(known, (product + 50_000) // 100_000, -1)
    for row in np.flatnonzero(known & ~exact):
        cents[row] = _one(float(per_carat[row]), float(carats[row]))
    return cents


def _one(per_carat: float, carats: float) -> int:
    total = Decimal(str(per_carat)) * Decimal(str(carats))
    return int(total.quantize(_CENT, rounding=ROUND_HALF_UP) * 100)


def asks_of(per_carat: Numbers | None, total: Numbers | None, carats: Numbers) -> Asks:
    """The total where it is given, else the price per carat times the weight; contradictions are named, not
    settled.
    """
    rows = len(carats)
    nothing = np.full(rows, -1, dtype=np.int64)
    by_weight = per_carat_cents(per_carat, carats) if per_carat is not None else nothing
    given = cents_of(total) if total is not None else nothing
    cents = np.where(given > 0, given, by_weight)
    both = (given > 0) & (by_weight > 0)
    # A total may be rounded to the dollar, which is more than a hundredth of a small stone.
    apart = both & (np.abs(given - by_weight) > np.maximum(MOST_APART * np.maximum(given, by_weight), 100))
    return Asks(np.where(cents > 0, cents, -1), np.flatnonzero(apart).tolist())


def exchanged(cents: NDArray[np.int64], amounts: Amounts, rows: NDArray[np.intp], dollars: Decimal) -> None:
    """Turn the asks of these rows into US cents: each amount exactly as written, times the rate, rounded
    once.
    """
    for row in rows[cents[rows] > 0].tolist():
        total = amounts.total[row] if amounts.total is not None else np.nan
        if total >= _LEAST:
            amount = Decimal(str(float(total)))
        else:
            assert amounts.per_carat is not None
            amount = Decimal(str(float(amounts.per_carat[row]))) * Decimal(str(float(amounts.carats[row])))
        cents[row] = int((amount * dollars * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def share_apart(
    asks: Asks, per_carat: Sequence[object] | Numbers, total: Sequence[object] | Numbers
) -> float:
    """The share of rows with both prices in which the two contradict each other."""
    both = np.isfinite(np.asarray(per_carat, dtype=float)) & np.isfinite(np.asarray(total, dtype=float))
    return len(asks.apart) / int(both.sum()) if both.any() else 0.0
