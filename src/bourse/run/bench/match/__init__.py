"""Matching turned round at 1,000,000 standing filters: which of them does each of 10,000 listings satisfy?

Two books of filters are made from a seed, a dense and a sparse one. Each listing is matched against all of a
book, and the names of the filters that it satisfies are written out; some listings of each book are held
against every filter by plain numpy, and what differs counts as wrong. Figures of one thread are processor
time, those of two threads wall time; `one_listing_ms` is the median of single listings, Python included.
"""

import tempfile
from pathlib import Path

from bourse.run.bench import Bound, Result, Size
from bourse.run.bench.match import measured
from bourse.search.engine.compiled import Kernels, compile_into, load

TAKES = ("filters",)
FILTERS, MARKET, LISTINGS, CHECKED = 1_000_000, 1_000_000, 10_000, 40
TOY = (3_000, 5_000, 200, 20)
SEED = 1

BOUNDS = (
    Bound("dense_listings_per_s", at_least=55_000),
    Bound("sparse_listings_per_s", at_least=200_000),
    Bound("two_threads_gain", at_least=1.4),
    Bound("one_listing_ms", at_most=0.06),
    Bound("wrong_answers", at_most=0),
)


def run(toy: bool, size: Size) -> Result:
    """Match listings against both books; a toy is the same on few."""
    most, market, count, checked = TOY if toy else (FILTERS, MARKET, LISTINGS, CHECKED)
    filters = size.filters or most
    figures = measured.all_of(kernels(), filters, measured.taken(market, count, SEED), checked)
    return Result({"filters": filters, "listings": count, "seed": SEED}, figures)


def kernels() -> Kernels:
    """All kernels, compiled for this run alone."""
    with tempfile.TemporaryDirectory(prefix="bourse-bench-") as folder:
        compile_into(Path(folder))
        found = load(Path(folder))
    assert found is not None
    return found
