"""The bench of matching at a toy size: the same code on few filters."""

import numpy as np
import pytest

from bourse.run.bench import Size, match
from bourse.run.bench.command import measure
from bourse.run.bench.match import books
from bourse.search.engine.compiled import Kernels
from search.conftest import kernels  # noqa: F401


def test_the_bench_matches_both_books_and_finds_nothing_wrong(
    kernels: Kernels,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(match, "kernels", lambda: kernels)
    measured = measure("match", toy=True, size=Size(filters=2_000))
    assert measured.setting["filters"] == 2_000
    assert measured.figures["wrong_answers"] == 0
    keys = {"dense_listings_per_s", "sparse_listings_per_s", "dense_two_threads_listings_per_s"}
    assert keys | {"one_listing_ms"} <= set(measured.figures)
    assert measured.figures["dense_matches_per_listing"] > 10 * measured.figures["sparse_matches_per_listing"]


def test_the_made_books_are_the_same_for_the_same_seed() -> None:
    once, again = books.dense(500), books.dense(500)
    np.testing.assert_array_equal(once.accepted, again.accepted)
    everything = [[(1 << width) - 1] for width in books.FACETS.values()]
    assert (once.accepted != everything).sum() == 2_589
