"""The bench of search measures what it says, on little data."""

import pytest

from bourse.run.bench import search

pytestmark = pytest.mark.alone


def test_engine_rival_page_and_edit_are_measured() -> None:
    told = search.run(toy=True)
    assert set(told.figures) >= {bound.figure for bound in search.BOUNDS}
    assert told.figures["wrong_answers"] == 0
    assert told.figures["rows"] == told.setting["stones"] == 400
    assert set(told.rivals["postgresql"]) == {"engine_p50_ms", "engine_p95_ms"}
