"""The bench of pages measures what it says, on little data; sizes and shifts are no times, so they count."""

import pytest

from bourse.run.bench import pages

pytestmark = pytest.mark.alone


def test_paints_shifts_and_actions_are_measured() -> None:
    told = pages.run(toy=True)
    assert set(told.figures) >= {bound.figure for bound in pages.BOUNDS}
    assert 0 < told.figures["search_script_kib"] <= 150
    assert told.figures["phone_lcp_p75_ms"] > 0 and told.figures["results_p75_ms"] > 0
