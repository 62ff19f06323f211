"""A stone drawn from its own figures."""

from decimal import Decimal
from math import hypot

import pytest

from bourse.doors.web.outlines import above
from bourse.doors.web.proportions import Proportions, drawn, picture, proportions_of
from bourse.doors.web.words import MARKS

RATIOS = {"pear": 1.6, "marquise": 2.0, "oval": 1.4, "emerald": 1.4, "radiant": 1.3, "baguette": 2.5}
FULL = Proportions(depth_percent=60, table_percent=50, girdle_percent=4, crown_angle=45)


def test_a_stone_is_drawn_to_the_depth_and_table_that_are_claimed() -> None:
    drawing = drawn(FULL)
    assert drawing is not None and drawing.side is not None
    # A crown of 45° over half a table of 25 % is 25 % high: 60 of 240 units; the pavilion keeps 31 %.
    assert drawing.side.outline.startswith("M80.0 216.0L200.0 216.0L260.0 276.0L260.0 285.6L140.0 360.0L")
    assert drawing.height == 368


def test_crown_and_pavilion_are_taken_as_they_are_said() -> None:
    said = Proportions(depth_percent=60, table_percent=50, crown_percent=15, crown_angle=45, girdle_percent=5)
    drawing = drawn(said)
    assert drawing is not None and drawing.side is not None
    assert drawing.side.outline == (
        "M80.0 216.0L200.0 216.0L260.0 252.0L260.0 264.0L140.0 360.0L20.0 264.0L20.0 252.0Z"
    )


def test_a_culet_is_drawn_as_wide_as_its_word() -> None:
    claimed = {"depth_percent": 60, "table_percent": 50, "culet": "Large", "girdle_from": "Thick"}
    given = proportions_of(claimed, "round")
    assert (given.culet_percent, given.girdle_percent) == (6.0, 5.5)
    drawing = drawn(given)
    assert drawing is not None and drawing.side is not None
    assert "L147.2 360.0L132.8 360.0L" in drawing.side.outline  # 14.4 of 240 units are 6 %


def test_the_measurements_give_what_the_percentages_leave_open() -> None:
    sizes = {"length_mm": Decimal("6.10"), "width_mm": Decimal("9.15"), "depth_mm": Decimal("3.66")}
    given = proportions_of(sizes, "oval")
    assert (given.length_mm, given.width_mm) == (9.15, 6.1)  # the longer side is the length
    assert given.ratio == pytest.approx(1.5)
    assert given.depth_percent == pytest.approx(60)
    heart = proportions_of(sizes, "heart")
    assert heart.ratio == pytest.approx(2 / 3)  # a heart may be wider than long


@pytest.mark.parametrize(
    "given",
    [
        Proportions(depth_percent=61, table_percent=99),
        Proportions(depth_percent=3, table_percent=57),
        Proportions(depth_percent=20, table_percent=57, crown_angle=60),
        Proportions(),
        Proportions(mark="other", length_mm=6, width_mm=5, depth_percent=60, table_percent=57),
        Proportions(mark="pear", depth_percent=60, table_percent=57),
    ],
)
def test_figures_that_close_to_no_stone_are_not_drawn(given: Proportions) -> None:
    assert drawn(given) is None


@pytest.mark.parametrize("mark", sorted({*MARKS.values()}))
@pytest.mark.parametrize("table", [0.45, 0.6, 0.8])
def test_every_shape_lies_within_its_own_length_and_width(mark: str, table: float) -> None:
    ratio = RATIOS.get(mark, 1.0)
    lines = above(mark, ratio, table)
    assert lines is not None
    xs, ys = zip(*lines.girdle, strict=True)
    assert (min(xs), max(xs)) == (pytest.approx(-1, abs=0.02), pytest.approx(1, abs=0.02))
    assert (min(ys), max(ys)) == (pytest.approx(-ratio, abs=0.02), pytest.approx(ratio, abs=0.02))
    drawn_inside = [point for line in (*lines.facets, *lines.through) for point in line]
    assert drawn_inside
    assert all(abs(x) <= 1.001 and abs(y) <= ratio + 0.001 for x, y in drawn_inside)


@pytest.mark.parametrize("mark", sorted({*MARKS.values()} - {"trilliant"}))
def test_the_table_is_as_wide_as_it_is_said_to_be(mark: str) -> None:
    lines = above(mark, RATIOS.get(mark, 1.0), 0.6)
    assert lines is not None
    closed = [line for line in lines.facets if line[0] == line[-1]]
    smallest = min(closed, key=lambda line: max(x for x, _ in line))
    width = max(x for x, _ in smallest) - min(x for x, _ in smallest)
    assert width / 2 == pytest.approx(0.6, abs=0.03)


def test_both_halves_of_a_stone_are_alike() -> None:
    for mark in {*MARKS.values()}:
        lines = above(mark, RATIOS.get(mark, 1.0), 0.6)
        assert lines is not None
        assert all(min(hypot(-x - ox, y - oy) for ox, oy in lines.girdle) < 0.01 for x, y in lines.girdle)


def test_the_picture_of_a_card_is_small_and_fills_its_square() -> None:
    told = picture(Proportions(mark="emerald", length_mm=8, width_mm=5, table_percent=60))
    assert told is not None
    assert told.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120" fill="none"')
    assert 'd="M84.5 4.0L' in told  # 56 units up from the middle, 35 to its right less a corner of 10.5
    assert len(told) < 1_500
    assert picture(Proportions(mark="pear", table_percent=60)) is None
