"""Standing filters that listings are matched against: kept inverted, added to and taken from at any time."""

import threading
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bourse.search.engine.matching import layout
from bourse.search.engine.matching.columns import Filters, Listings, Schema, joined, no_filters
from bourse.search.engine.matching.layout import JOB_WORDS, LEADING, LINE, SCRATCH_LINES
from bourse.search.engine.matching.shelf import Shelf, aligned

Kernel = Callable[[int, int], int]

FRESH = 4_096  # filters that were added since the last time all were laid together
MOST_REMOVED = 8  # one of so many, before all are laid together again
_MORE_NAMES = 1 << 19  # room for matches beside those of one listing


class Matched(NamedTuple):
    """What some listings satisfy. The names are overwritten when the next are asked for."""

    listings: NDArray[np.intp]  # [K]: their places among those that were given
    counts: NDArray[np.int64]  # [K]
    names: NDArray[np.uint32]  # [sum of counts]: of one listing after another, in no order


class Standing:
    """Filters by their names. Without a kernel numpy does its work, slower.

    Most lie on one shelf, laid together; those that came since lie on a small one, which is laid anew with
    every addition. One thread changes; several may match meanwhile, and see the filters of before or after.
    """

    def __init__(self, schema: Schema, kernel: Kernel | None, filters: Filters | None = None) -> None:
        self.schema, self._kernel = schema, kernel
        self._shelves = (self._laid(filters or no_filters(schema)), self._laid(no_filters(schema)))
        self._removed = 0
        self._own = threading.local()

    def filters(self) -> Filters:
        """All that stand, in no order."""
        return joined([shelf.filters() for shelf in self._shelves])

    @property
    def count(self) -> int:
        """How many stand, those that were removed since they were laid among them."""
        return sum(shelf.geometry.filters for shelf in self._shelves)

    @property
    def bytes(self) -> int:
        """How much memory they take."""
        return sum(shelf.bytes for shelf in self._shelves)

    def put(self, filters: Filters) -> None:
        """Add filters; those of a name that stands already take its place."""
        self.remove(filters.names)
        main, fresh = self._shelves
        added = joined([fresh.filters(), filters])
        if len(added.names) > FRESH:
            self._lay_together(joined([main.filters(), added]))
        else:
            self._shelves = (main, self._laid(added))

    def remove(self, names: NDArray[np.uint32]) -> None:
        """Filters of these names stand no more."""
        main, fresh = self._shelves
        fresh.remove(names)
        self._removed += main.remove(names)
        if self._removed * MOST_REMOVED > max(FRESH, main.geometry.filters):
            self._lay_together(self.filters())

    def match(self, listings: Listings) -> Iterator[Matched]:
        """Every listing once for each shelf, some at a time."""
        for shelf in self._shelves:
            if self._kernel is None:
                yield from _by_numpy(shelf, listings)
            elif shelf.geometry.filters:
                yield from _by_kernel(self._kernel, shelf, listings, self._desk(shelf))

    def _desk(self, shelf: Shelf) -> NDArray[np.uint32]:
        """Room for names, of this thread alone."""
        desk: NDArray[np.uint32] | None = getattr(self._own, "desk", None)
        if desk is None or desk.size < shelf.capacity + LINE:
            desk = self._own.desk = aligned((shelf.capacity + _MORE_NAMES) * 4 + LINE).view(np.uint32)
        return desk

    def _laid(self, filters: Filters) -> Shelf:
        return Shelf(self.schema, filters)

    def _lay_together(self, filters: Filters) -> None:
        self._shelves = (self._laid(filters), self._laid(no_filters(self.schema)))
        self._removed = 0


def _by_numpy(shelf: Shelf, listings: Listings) -> Iterator[Matched]:
    for place, (values, numbers) in enumerate(zip(*listings, strict=True)):
        names = shelf.matched(values, numbers)
        yield Matched(np.array([place]), np.array([names.size]), names)


def _by_kernel(
    kernel: Kernel, shelf: Shelf, listings: Listings, names: NDArray[np.uint32]
) -> Iterator[Matched]:
    order = _alike(listings)
    counts = np.zeros(order.size, np.int64)
    scratch = aligned(SCRATCH_LINES * LINE + (listings.values.shape[1] + LEADING) * 8)
    job = np.zeros(JOB_WORDS, np.int64)
    for place, what in (
        (layout.ORDER, order),
        (layout.MASKS, listings.values),
        (layout.NUMBERS, listings.numbers),
        (layout.COUNTS, counts),
        (layout.NAMES, names),
        (layout.SCRATCH, scratch),
    ):
        job[place] = what.ctypes.data
    job[layout.COUNT], job[layout.ROOM] = order.size, names.size - LINE // 4
    while (begun := int(job[layout.START])) < order.size:
        job[layout.START] = stopped = kernel(shelf.address, int(job.ctypes.data))
        yield Matched(order[begun:stopped], counts[begun:stopped], names[: job[layout.WRITTEN]])


def _alike(listings: Listings) -> NDArray[np.intp]:
    """Listings of one kind and weight one after another: they find the same blocks in the cache."""
    if len(listings.values) == 1:
        return np.zeros(1, np.intp)
    return np.asarray(np.lexsort((listings.numbers[:, 0], listings.values[:, 0])))
