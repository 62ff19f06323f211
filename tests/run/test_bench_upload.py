"""The bench of uploads at a toy size: the same code in a real house with little stock."""

import pytest

from bourse.run.bench.command import measure
from bourse.run.bench.upload import made


@pytest.mark.alone
def test_the_bench_brings_three_files_while_others_search() -> None:
    measured = measure("upload", toy=True)
    assert measured.figures["same_rows_written"] == 0
    assert min(measured.figures[f"{name}_s"] for name in ("first_searchable", "next_day_difference")) > 0
    assert measured.figures["searches"] > 0
    assert set(measured.rivals) == {"csv_dictreader_upserts", "polars_copy"}
    assert measured.must == []


def test_a_made_stock_is_the_same_for_the_same_seed() -> None:
    first, later = made.stock(500, seed=3, prefix="S"), made.next_day(500, seed=3, prefix="S")
    assert first == made.stock(500, seed=3, prefix="S")
    assert (first.count(b"\n") - 1, later.count(b"\n") - 1) == (500, made.left(500)) == (500, 505)
