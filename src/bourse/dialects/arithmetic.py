"""What numbers say of one another: whether two columns are the same, and which reading makes more of them
agree.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
_LEAST_ROWS = 2
_NEAR_ONE_CARAT = 0.02


def as_numbers(values: Sequence[Any]) -> Numbers:
    """A column of numbers as an array, nan where there is none."""
    return np.array(values, dtype=np.float64)


def share_equal(left: Numbers, right: Numbers, tolerance: float = 0.01) -> float:
    """The share of rows, among those that have both, where two amounts are the same within a hundredth; -1
    for none.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        off = np.abs(left / right - 1.0)
    known = np.isfinite(off)
    return float(np.mean(off[known] <= tolerance)) if known.sum() >= _LEAST_ROWS else -1.0


def away_from_one(carats: Numbers, values: Numbers) -> Numbers:
    """The values of stones that do not weigh a carat: only those tell a price per carat from a total."""
    return np.where(np.abs(carats - 1.0) > _NEAR_ONE_CARAT, values, np.nan)


def share_round(values: Numbers, step: float, blur: Numbers) -> float:
    """The share of values within their blur of a multiple of the step, where the blur lets one tell; -1 for
    too few.
    """
    sharp = np.isfinite(values) & (blur < step / 6) & (values > step)
    if sharp.sum() < 20:
        return -1.0
    off = np.abs(values[sharp] - step * np.round(values[sharp] / step))
    return float(np.mean(off <= blur[sharp] + 1e-6))


def spread(values: Numbers) -> float:
    """How far the middle half of some positive ratios lies apart, in logarithms."""
    known = values[np.isfinite(values) & (values > 0)]
    if len(known) < 10:
        return np.inf
    low, high = np.percentile(np.log(known), [25, 75])
    return float(high - low)


def growth_with_weight(
    amounts: Numbers, carats: Numbers, kinds: Sequence[Sequence[Any]]
) -> tuple[float, float] | None:
    """The exponent with which amounts grow with weight among stones of one kind,
    and its error; None for too few.

    Within a shape, colour and clarity a natural stone's price per carat grows about as its weight does, its
    total price about as the square of it.
    """
    known = np.isfinite(amounts) & np.isfinite(carats) & (amounts > 0) & (carats > 0)
    if known.sum() < 30:
        return None
    weight, price = np.log(carats[known]), np.log(amounts[known])
    columns = [weight, *(dummy for kind in kinds for dummy in _dummies(kind, known))]
    design = np.column_stack([np.ones(len(weight)), *columns])
    if len(weight) < 2 * design.shape[1] or float(np.std(weight)) < 0.1:
        return None
    answer, _rest, _rank, _singular = np.linalg.lstsq(design, price, rcond=None)
    left = price - design @ answer
    error = float(np.sqrt(left @ left / max(1, len(left) - design.shape[1]) / (np.var(weight) * len(weight))))
    return float(answer[1]), error


def _dummies(kind: Sequence[Any], known: NDArray[np.bool_]) -> list[Numbers]:
    words = np.array([str(word) for word in kind])[known]
    different, counts = np.unique(words, return_counts=True)
    common = [word for word, count in zip(different, counts, strict=True) if count >= 3][1:]
    return [(words == word).astype(np.float64) for word in common]
