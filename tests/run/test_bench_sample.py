"""The bench of the sample measures what it says, on little data."""

import pytest

from bourse.run.bench import sample

pytestmark = pytest.mark.alone


def test_both_markets_are_loaded_and_timed() -> None:
    told = sample.run(toy=True)
    assert told.setting == {"stones": 400, "months": 24, "stones_without_history": 400}
    assert set(told.figures) >= {bound.figure for bound in sample.BOUNDS}
    assert all(figure > 0 for figure in told.figures.values())
    assert told.figures["with_history_rows_per_s"] * told.figures["with_history_s"] == pytest.approx(
        4_800, abs=200
    )
