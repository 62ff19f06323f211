"""Numbers sorted into bins with round edges, for the small histograms above boxes and beside a stone."""

from collections.abc import Sequence
from itertools import pairwise

import msgspec
import numpy as np
from numpy.typing import NDArray

WIDE = 20  # from here on, high to low, bins widen as the numbers grow
_STEPS = (1, 2, 5)
_GROWING = (10, 15, 20, 30, 50, 70)


class Bin(msgspec.Struct, frozen=True):
    """How many numbers lie from low to high, both included; None where the bin is open."""

    low: int | None
    high: int | None
    count: int


def binned(values: NDArray[np.int64], most: int) -> list[Bin]:
    """The numbers in at most so many bins; the rare ones far out are in the open bins at the ends."""
    if not values.size:
        return []
    low, high = (int(number) for number in np.percentile(values, (1, 99), method="nearest"))
    edges = _edges(low, high, most)
    counts = np.histogram(np.clip(values, edges[0], edges[-1] - 1), bins=np.array(edges))[0].tolist()
    bins = [Bin(start, end - 1, count) for (start, end), count in zip(pairwise(edges), counts, strict=True)]
    bins[0] = msgspec.structs.replace(bins[0], low=None)
    bins[-1] = msgspec.structs.replace(bins[-1], high=None)
    return bins


def _edges(low: int, high: int, most: int) -> Sequence[int]:
    """Round numbers from below the lowest to above the highest."""
    if low > 0 and high / low >= WIDE:
        growing = _grown(low, high)
        stride = -(-(len(growing) - 1) // most)
        return growing[::stride] if (len(growing) - 1) % stride == 0 else [*growing[::stride], growing[-1]]
    step = _step(high - low + 1, most)
    return range(low // step * step, high // step * step + step + 1, step)


def _step(width: int, most: int) -> int:
    """The smallest round step with which so many bins are enough, wherever they begin."""
    power = 1
    while True:
        for digit in _STEPS:
            if width <= digit * power * (most - 1):
                return digit * power
        power *= 10


def _grown(low: int, high: int) -> list[int]:
    """Edges that grow by about half each."""
    edges, power = [], 1
    while power <= high * 10:
        edges += [digit * power // 10 for digit in _GROWING if digit * power % 10 == 0]
        power *= 10
    first = max((place for place, edge in enumerate(edges) if edge <= low), default=0)
    last = next(place for place, edge in enumerate(edges) if edge > high)
    return edges[first : last + 1]
