"""Made books of standing filters: a dense one, and one of pickier buyers.

Seven or eight criteria a filter. In the dense book a listing satisfies 0.3 % of all filters, in the sparse
one 0.005 %: there buyers ask for narrower weights and grades, and for a price floor.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bourse.run.bench.search.made import FACETS, Stones
from bourse.search.engine.matching import Filters, Listings, Schema, limits_of, numbers_of

MEASURES = ("carat", "total", "ppc", "discount", "table_pct", "depth_pct", "ratio")
SCHEMA = Schema(tuple(FACETS.items()), MEASURES, together=("origin",))

_OPEN = 2**31 - 1  # an end that is not asked
_SHAPES = (0.55, 0.08, 0.07, 0.06, 0.05, 0.05, 0.04, 0.03, 0.02, 0.02, 0.02, 0.01)
_SIZES = np.array([30, 40, 50, 70, 90, 100, 120, 150, 200, 300])
_BEST_TWO = {"cut": 0.4, "polish": 0.25, "sym": 0.25, "fluor": 0.35, "lab": 0.5}

Bits = NDArray[np.uint32]
Ends = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Book:
    """Filters column by column: bits of accepted values [facets, filters], ranges [measures, filters]."""

    accepted: Bits
    low: Ends
    high: Ends

    @property
    def filters(self) -> Filters:
        """The same as the engine takes them, named by their places."""
        is_asked = (self.low > -_OPEN) | (self.high < _OPEN)
        return Filters(
            np.arange(self.low.shape[1], dtype=np.uint32),
            self.accepted.T.astype(np.uint64, order="C"),
            limits_of(self.low.T.astype(np.int64), self.high.T.astype(np.int64), is_asked.T),
        )


def dense(count: int, seed: int = 3) -> Book:
    """A book of so many filters."""
    return _Maker(count, seed).book()


def sparse(count: int, seed: int = 3) -> Book:
    """The same of pickier buyers."""
    book, random = dense(count, seed), np.random.default_rng(9)
    accepted, low, high = book.accepted.copy(), book.low.copy(), book.high.copy()
    weight, price = MEASURES.index("carat"), MEASURES.index("total")
    narrow = np.maximum(low[weight] * 1.04, low[weight] + 1).astype(np.int32)
    high[weight] = np.where(low[weight] > 0, narrow, high[weight])
    for name in ("color", "clarity"):
        first = random.integers(0, FACETS[name] - 1, count)
        accepted[_row(name)] = np.where(
            random.random(count) < 0.95, 3 << first & _all(name), accepted[_row(name)]
        )
    low[price] = np.where(high[price] < _OPEN, (high[price] * 0.7).astype(np.int32), low[price])
    accepted[_row("cut")] = np.where(random.random(count) < 0.9, 1, accepted[_row("cut")])
    accepted[_row("lab")] = np.where(accepted[_row("lab")] == _all("lab"), 1, accepted[_row("lab")])
    return _ordered(replace(book, accepted=accepted, low=low, high=high))


def listings_of(stones: Stones, rows: NDArray[np.intp]) -> Listings:
    """Some of the stones as the engine takes them."""
    codes = np.stack([stones[name][rows] for name in FACETS], axis=1).astype(np.uint64)
    numbers = np.stack([stones[name][rows] for name in MEASURES], axis=1).astype(np.int64)
    return Listings(np.uint64(1) << codes, numbers_of(numbers, np.ones(numbers.shape, bool)))


class _Maker:
    """Draws one criterion after another for all filters."""

    def __init__(self, count: int, seed: int) -> None:
        self.count, self.random = count, np.random.default_rng(seed)
        self.accepted = np.repeat(np.array([[_all(name)] for name in FACETS], np.uint32), count, axis=1)
        self.low = np.full((len(MEASURES), count), -_OPEN, np.int32)
        self.high = np.full((len(MEASURES), count), _OPEN, np.int32)

    def book(self) -> Book:
        """The draws, one after another: their order is part of the seed."""
        self._shapes()
        self._facets()
        self._prices(self._weights())
        self._rare()
        return _ordered(Book(self.accepted, self.low, self.high))

    def _some(self, share: float) -> NDArray[np.bool_]:
        return self.random.random(self.count) < share

    def _accept(self, name: str, share: float, bits: Bits) -> None:
        chosen = self._some(share)
        self.accepted[_row(name)][chosen] = bits[chosen]

    def _limit(self, name: str, chosen: NDArray[np.bool_], low: Ends | int | None, high: Ends | int) -> None:
        measure = MEASURES.index(name)
        for ends, column in ((low, self.low), (high, self.high)):
            if ends is not None:
                column[measure][chosen] = np.broadcast_to(ends, self.count)[chosen]

    def _either(self, share: float, one: int, other: int) -> Bits:
        return np.where(self.random.random(self.count) < share, one, other).astype(np.uint32)

    def _run(self, values: int, least: int, most: int) -> Bits:
        """Some neighbouring grades."""
        width = self.random.integers(least, most + 1, self.count)
        first = (self.random.random(self.count) * np.maximum(1, values - width)).astype(np.int64)
        return ((1 << width) - 1 << first).astype(np.uint32) & np.uint32((1 << values) - 1)

    def _one_bit(self, values: int) -> Bits:
        return (1 << self.random.integers(0, values, self.count)).astype(np.uint32)

    def _shapes(self) -> None:
        bits = (1 << np.searchsorted(np.cumsum(_SHAPES)[:-1], self.random.random(self.count))).astype(
            np.uint32
        )
        more = self._some(0.25)
        bits[more] |= self._one_bit(12)[more]
        self._accept("shape", 0.93, bits)

    def _facets(self) -> None:
        for name in ("color", "clarity"):
            self._accept(name, 0.7, self._run(10, 2, 5))
        for name, share in _BEST_TWO.items():
            self._accept(name, share, self._either(0.5, 1, 3))
        self._accept("origin", 0.8, self._either(0.6, 1, 2))
        self._accept("country", 0.06, self._one_bit(20) | self._one_bit(20))
        for name, share in (("avail", 0.2), ("shade", 0.08)):
            self._accept(name, share, np.ones(self.count, np.uint32))

    def _weights(self) -> NDArray[np.int64]:
        sizes = _SIZES[self.random.integers(0, 10, self.count)]
        chosen = self._some(0.96)
        wide = np.round(sizes * (1 + self.random.uniform(0.03, 0.35, self.count)))
        self._limit("carat", chosen, sizes, wide.astype(np.int32))
        return sizes

    def _prices(self, sizes: NDArray[np.int64]) -> None:
        carats = sizes / 100.0
        usual = carats * np.minimum(2500 * carats**0.85 * 0.9, 1e6) * 100
        spread = np.exp(self.random.normal(-0.25, 0.6, self.count))
        highest = np.round(usual * spread).clip(5000, _OPEN - 1).astype(np.int32)
        self._limit("total", self._some(0.9), None, highest)

    def _rare(self) -> None:
        chosen = self._some(0.08)
        ppc = np.round(np.exp(self.random.normal(7.3, 0.7, self.count))).astype(np.int32)
        self._limit("ppc", chosen, None, ppc)
        chosen = self._some(0.12)
        self._limit("discount", chosen, None, self.random.integers(-450, -150, self.count).astype(np.int32))
        self._limit("table_pct", self._some(0.08), 540, 610)
        self._limit("depth_pct", self._some(0.08), 590, 630)
        self._limit("ratio", self._some(0.04), None, 130)


def _row(name: str) -> int:
    return list(FACETS).index(name)


def _all(name: str) -> int:
    return (1 << FACETS[name]) - 1


def _ordered(book: Book) -> Book:
    order = np.lexsort((book.high[1], book.low[0], book.accepted[0]))
    return Book(book.accepted[:, order], book.low[:, order], book.high[:, order])
