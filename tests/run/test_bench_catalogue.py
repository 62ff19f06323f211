"""The bench of the catalogue measures what it says, on little data."""

import pytest

from bourse.run.bench import catalogue

pytestmark = pytest.mark.alone


def test_engine_rival_page_and_edit_are_measured() -> None:
    told = catalogue.run(toy=True)
    assert set(told.figures) >= {bound.figure for bound in catalogue.BOUNDS}
    assert told.figures["wrong_answers"] == 0
    assert told.figures["rows"] == told.setting["stones"] == 400
    assert set(told.rivals["postgresql"]) == {"engine_p50_ms", "engine_p95_ms"}
