"""What the bench of matching measures."""

import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import numpy as np
from numpy.typing import NDArray

from bourse.run.bench import Figures
from bourse.run.bench.match.books import SCHEMA, dense, listings_of, sparse
from bourse.run.bench.search.made import stones
from bourse.search.engine.compiled import Kernels
from bourse.search.engine.matching import Filters, Listings, Standing, plain

REPEATED, ALONE = 5, 300


def taken(market: int, count: int, seed: int) -> Listings:
    """So many listings, picked at random from a made market."""
    made = stones(market)
    laid = np.lexsort((made["total"], made["shape"], made["carat"]))
    return listings_of(made, laid[np.random.default_rng(seed).choice(market, count, replace=False)])


def all_of(kernels: Kernels, filters: int, listings: Listings, checked: int) -> Figures:
    """The figures of both books."""
    figures: Figures = {"wrong_answers": 0}
    for name, make in (("dense", dense), ("sparse", sparse)):
        book = make(filters).filters
        begun = time.perf_counter()
        standing = Standing(SCHEMA, kernels["match"], book)
        figures[f"{name}_build_s"] = time.perf_counter() - begun
        figures["bytes_per_filter"] = standing.bytes / filters
        figures["wrong_answers"] += _wrong(standing, book, _part(listings, slice(checked)))
        figures[f"{name}_matches_per_listing"] = _written(standing, listings) / len(listings.values)
        figures |= _dense(standing, listings) if name == "dense" else {}
        figures[f"{name}_listings_per_s"] = _rate(standing, listings, time.thread_time)
    return figures


def _dense(standing: Standing, listings: Listings) -> Figures:
    """What only the dense book is asked: two threads beside one, and one listing at a time."""
    single = _rate(standing, listings, time.perf_counter)
    with _two_threads(standing, listings) as both:
        double = len(listings.values) / statistics.median(_timed(both, time.perf_counter))
    return {
        "dense_two_threads_listings_per_s": double,
        "two_threads_gain": double / single,
        "one_listing_ms": _one_at_a_time_ms(standing, listings),
    }


@contextmanager
def _two_threads(standing: Standing, listings: Listings) -> Iterator[Callable[[], object]]:
    """Each thread has the listings of one half of all shapes and weights."""
    order = np.lexsort((listings.numbers[:, 0], listings.values[:, 0]))
    halves = [_part(listings, half) for half in np.array_split(order, 2)]
    with ThreadPoolExecutor(2) as pool:
        yield lambda: sum(pool.map(lambda half: _written(standing, half), halves))


def _rate(standing: Standing, listings: Listings, clock: Callable[[], float]) -> float:
    """Listings a second."""
    spent = _timed(lambda: _written(standing, listings), clock)
    return len(listings.values) / statistics.median(spent)


def _timed(work: Callable[[], object], clock: Callable[[], float]) -> list[float]:
    work()
    return [_spent(work, clock) for _ in range(REPEATED)]


def _spent(work: Callable[[], object], clock: Callable[[], float]) -> float:
    begun = clock()
    work()
    return clock() - begun


def _one_at_a_time_ms(standing: Standing, listings: Listings) -> float:
    alone = [_part(listings, slice(place, place + 1)) for place in range(min(ALONE, len(listings.values)))]
    spent = [_spent(partial(_written, standing, one), time.perf_counter) for one in alone]
    return statistics.median(spent) * 1e3


def _written(standing: Standing, listings: Listings) -> int:
    """Match all; how many names were written out."""
    return sum(found.names.size for found in standing.match(listings))


def _wrong(standing: Standing, book: Filters, listings: Listings) -> int:
    """Listings whose filters are others than plain numpy finds."""
    found: dict[int, NDArray[np.uint32]] = {}
    for part in standing.match(listings):
        ends = np.cumsum(part.counts)
        for place, names in zip(part.listings.tolist(), np.split(part.names, ends[:-1]), strict=True):
            found[place] = np.sort(names)
    true = plain.each_matched(book, listings)
    return sum(not np.array_equal(found[place], np.sort(names)) for place, names in enumerate(true))


def _part(listings: Listings, rows: slice | NDArray[np.intp]) -> Listings:
    return Listings(np.ascontiguousarray(listings.values[rows]), np.ascontiguousarray(listings.numbers[rows]))
