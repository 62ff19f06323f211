"""The bench of the reader at a toy size: the same code on little data."""

from bourse.dialects import read_file
from bourse.run.bench.command import measure
from bourse.run.bench.read import made


def test_the_bench_measures_ours_and_the_rivals() -> None:
    measured = measure("read", toy=True)
    assert set(measured.figures) == {"csv_rows_per_s", "xlsx_rows_per_s", "rss_mib"}
    assert set(measured.rivals) == {"csv_dictreader", "polars", "openpyxl"}
    assert measured.must == []


def test_the_made_files_are_the_same_for_the_same_seed_and_spoilt_as_they_should_be() -> None:
    table = made.rows(300, seed=7)
    assert table == made.rows(300, seed=7)
    for kind, write in made.WRITERS.items():
        reading = read_file(write(table), f"stock.{kind}")
        assert reading.row_count == 300
        assert reading.questions == []
        assert 0.7 * 300 < reading.taken_count < 0.95 * 300
