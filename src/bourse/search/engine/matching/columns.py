"""Standing filters and listings as columns: what is accepted, what is had, a bit for each value of a facet.

Shapes: F filters or L listings; facets and measures in the order of the schema.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

MOST_VALUES = 64  # of a facet
HEAVIEST = 2**16 - 3  # of the first measure, from 0; what lies beyond is taken to be this
LOWEST, HIGHEST = -(2**31) + 2, 2**31 - 2  # of the others


@dataclass(frozen=True, slots=True)
class Schema:
    """What filters may ask.

    `facets` holds how many values each facet has: what says nothing needs a value of its own. The first two
    `measures` are those that nearly every filter limits, a weight and a price; `together` names facets by
    whose values filters are laid together, after the first facet and the weight.
    """

    facets: tuple[tuple[str, int], ...]
    measures: tuple[str, ...]
    together: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.measures) < 2 or not self.facets:
            raise ValueError("A schema has a facet and two measures at the least.")
        if not all(0 < count <= MOST_VALUES for _, count in self.facets):
            raise ValueError(f"A facet has at most {MOST_VALUES} values.")

    @property
    def widths(self) -> tuple[int, ...]:
        """How many values each facet has."""
        return tuple(count for _, count in self.facets)

    def place(self, facet: str) -> int:
        """The column of a facet."""
        return [name for name, _ in self.facets].index(facet)


class Filters(NamedTuple):
    """Standing filters by their names, which are numbers of 32 bits."""

    names: NDArray[np.uint32]  # [F]
    accepted: NDArray[np.uint64]  # [F, facets]: a bit for each value that is accepted
    limits: NDArray[np.uint32]  # [F, 2 * measures]: lower, upper of each measure, as `limits_of` gives them

    def picked(self, places: NDArray[np.intp] | NDArray[np.bool_]) -> "Filters":
        """Those at the places."""
        return Filters(self.names[places], self.accepted[places], self.limits[places])


class Listings(NamedTuple):
    """Listings that are matched together."""

    values: NDArray[np.uint64]  # [L, facets]: a bit for each value that the listing has
    numbers: NDArray[np.uint32]  # [L, 2 * measures], as `numbers_of` gives them


def no_filters(schema: Schema) -> Filters:
    """None at all."""
    return Filters(
        np.zeros(0, np.uint32),
        np.zeros((0, len(schema.facets)), np.uint64),
        np.zeros((0, 2 * len(schema.measures)), np.uint32),
    )


def joined(filters: Sequence[Filters]) -> Filters:
    """All of them, one after another."""
    return Filters(*(np.concatenate(columns) for columns in zip(*filters, strict=True)))


def limits_of(
    low: NDArray[np.int64], high: NDArray[np.int64], is_asked: NDArray[np.bool_]
) -> NDArray[np.uint32]:
    """Ranges [F, measures] as limits [F, 2 * measures]; what says nothing passes only what is not asked.

    A limit is passed where it is not above the number that is held against it: an upper one is told by what
    is left above it.
    """
    pairs = np.stack([_lower(low), _tops(low) - _lower(high)], axis=2)
    asked = np.where(is_asked[:, :, np.newaxis], pairs, 0)
    return asked.reshape(len(low), 2 * low.shape[1]).astype(np.uint32)


def numbers_of(given: NDArray[np.int64], is_said: NDArray[np.bool_]) -> NDArray[np.uint32]:
    """Numbers [L, measures] as they are held against the limits: [L, 2 * measures]."""
    return limits_of(given, given, is_said)


def _lower(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """From 1 on; 0 is what is not asked or not said."""
    weight = np.clip(numbers[:, :1], 0, HEAVIEST) + 1
    others = np.clip(numbers[:, 1:], LOWEST, HIGHEST) - LOWEST + 1
    return np.concatenate([weight, others], axis=1)


def _tops(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """What upper limits are taken from, one above the most that `_lower` gives."""
    tops = np.full(numbers.shape[1], HIGHEST - LOWEST + 2)
    tops[0] = HEAVIEST + 2
    return tops
