"""Matching in plain numpy: every filter is held against every listing. The measure of the other one."""

import numpy as np
from numpy.typing import NDArray

from bourse.search.engine.matching.columns import Filters, Listings


def matched(filters: Filters, values: NDArray[np.uint64], numbers: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The names of the filters that a listing satisfies: its values [facets], its numbers [2 * measures]."""
    accepted = ((filters.accepted & values) != 0).all(axis=1)
    passed = (filters.limits <= numbers).all(axis=1)
    names: NDArray[np.uint32] = filters.names[accepted & passed]
    return names


def each_matched(filters: Filters, listings: Listings) -> list[NDArray[np.uint32]]:
    """The same of each of the listings."""
    return [matched(filters, *listing) for listing in zip(*listings, strict=True)]
