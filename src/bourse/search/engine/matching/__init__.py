"""Matching turned round: which of many standing filters does a listing satisfy?

Pure: numpy and, where it is given one, a compiled kernel.

    standing = Standing(schema, kernel)          kernel None: plain numpy
    standing.put(filters); standing.remove(names)
    for found in standing.match(listings):       found.listings, found.counts, found.names
"""

from bourse.search.engine.matching.columns import (
    HEAVIEST,
    HIGHEST,
    LOWEST,
    Filters,
    Listings,
    Schema,
    joined,
    limits_of,
    numbers_of,
)
from bourse.search.engine.matching.standing import Matched, Standing

__all__ = [
    "HEAVIEST",
    "HIGHEST",
    "LOWEST",
    "Filters",
    "Listings",
    "Matched",
    "Schema",
    "Standing",
    "joined",
    "limits_of",
    "numbers_of",
]
