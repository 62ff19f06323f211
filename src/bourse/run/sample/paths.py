"""How the sample's market moved until today: a random walk by the week for each kind of goods.

Everything is told against today's level, so that the price surface of prices.py holds at every path's end.
"""

from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Array = NDArray[Any]

SIZES = np.array([0.5, 1.0, 2.0, 4.0])  # where one kind of goods ends and the next begins
KINDS = 2 * (SIZES.size + 1) * 2
WEEK = 7.0
WEEKS_A_YEAR = 365.25 / WEEK

NATURAL_A_YEAR, LAB_GROWN_A_YEAR = -0.05, -0.22  # logarithms
COMMON, OWN = 0.0035, 0.0045  # weekly spread of all goods together, and of one kind
LAB_GROWN_IS_WILDER = 1.6


def kinds(is_grown: Array, carats: Array, is_round: Array) -> Array:
    """Which path a stone's price follows: by growth, size and whether it is round."""
    size = np.searchsorted(SIZES, carats + 1e-9, side="right")
    kind: Array = (is_grown.astype(int) * (SIZES.size + 1) + size) * 2 + is_round.astype(int)
    return kind


class Paths:
    """The level of each kind so many days before today, as a logarithm against today's."""

    def __init__(self, dice: Generator, days: float) -> None:
        weeks = int(days / WEEK) + 2
        is_grown = np.arange(KINDS) >= KINDS // 2
        drift = np.where(is_grown, LAB_GROWN_A_YEAR, NATURAL_A_YEAR) / WEEKS_A_YEAR
        wildness = np.where(is_grown, LAB_GROWN_IS_WILDER, 1.0)
        common = np.repeat(dice.normal(0, COMMON, (2, weeks)), KINDS // 2, axis=0)
        steps = drift[:, None] + wildness[:, None] * (common + dice.normal(0, OWN, (KINDS, weeks)))
        self._levels = np.concatenate([np.zeros((KINDS, 1)), -np.cumsum(steps, axis=1)], axis=1)

    def at(self, ages: Array) -> Array:
        """A row for each kind, a column for each age in days."""
        weeks = np.arange(self._levels.shape[1]) * WEEK
        return np.array([np.interp(ages, weeks, level) for level in self._levels])
