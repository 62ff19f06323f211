"""A round stone drawn from its own figures."""

import pytest

from bourse.doors.web.proportions import Proportions, drawn


def test_a_stone_is_drawn_to_the_depth_and_table_that_are_claimed() -> None:
    drawing = drawn(Proportions(depth_percent=60, table_percent=50, girdle_percent=4, crown_angle=45))
    assert drawing is not None
    # A crown of 45° over half a table of 25 % is 25 % high: 60 of 240 units; the pavilion keeps 31 %.
    assert drawing.outline.startswith("M80.0 190.0L200.0 190.0L260.0 250.0L260.0 259.6L140.0 334.0L")
    assert drawing.height == 342


@pytest.mark.parametrize(
    "given",
    [
        Proportions(depth_percent=61, table_percent=99),
        Proportions(depth_percent=3, table_percent=57),
        Proportions(depth_percent=20, table_percent=57, crown_angle=60),
    ],
)
def test_figures_that_close_to_no_stone_are_not_drawn(given: Proportions) -> None:
    assert drawn(given) is None
