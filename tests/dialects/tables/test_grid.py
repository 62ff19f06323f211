"""A grid holds the same rows as a list of lists would, however they come and are taken away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bourse.dialects.tables.cell import Cell
from bourse.dialects.tables.grid import Grid

ROWS = st.lists(st.lists(st.one_of(st.none(), st.integers(), st.text(max_size=3)), max_size=6), max_size=700)


def padded(row: list[Cell], width: int) -> list[Cell]:
    return (row + [None] * width)[:width]


@given(ROWS, st.lists(st.integers(0, 700), max_size=4))
def test_rows_come_back_as_they_were_taken_in(rows: list[list[Cell]], cuts: list[int]) -> None:
    grid = Grid()
    for start, stop in zip([0, *sorted(cuts)], [*sorted(cuts), len(rows)], strict=True):
        grid.add(rows[start:stop])
    assert (list(grid), len(grid), grid.lengths()) == (rows, len(rows), list(map(len, rows)))
    assert grid == rows
    assert [grid[at] for at in range(len(rows))] == rows
    assert grid[2:9] == rows[2:9]


@given(ROWS, st.integers(0, 700), st.sets(st.integers(0, 699)))
def test_rows_below_a_place_and_rows_left_out(rows: list[list[Cell]], first: int, gone: set[int]) -> None:
    first = min(first, len(rows))
    below = Grid(rows).below(first)
    assert list(below) == rows[first:]
    kept = [row for at, row in enumerate(rows[first:]) if at not in gone]
    assert list(below.without(gone)) == kept
    width = max(map(len, rows), default=0)
    assert [list(column) for column in below.columns(width + 1)] == [
        [padded(row, width + 1)[at] for row in rows[first:]] for at in range(width + 1)
    ]


@given(ROWS, st.dictionaries(st.integers(0, 699), st.lists(st.integers(), max_size=9), max_size=4))
def test_changed_rows_stand_in_their_places(rows: list[list[Cell]], changed: dict[int, list[Cell]]) -> None:
    changed = {at: row for at, row in changed.items() if at < len(rows)}
    grid = Grid(rows)
    assert list(grid.with_rows(changed)) == [changed.get(at, row) for at, row in enumerate(rows)]
    assert list(grid) == rows
    assert list(grid.filled_up(9, "")) == [row + [""] * (9 - len(row)) for row in rows]


def test_a_column_is_read_like_any_sequence() -> None:
    column = Grid([[1, "a"], [2, "b"], [3, "c"]]).below(1).columns(2)[1]
    assert (len(column), column[0], column[-1], column[:1], column[::2]) == (2, "b", "c", ["b"], ["b"])
    with pytest.raises(IndexError):
        column[2]


def test_nothing_is_left_of_a_grid_that_was_cleared() -> None:
    grid = Grid([[1], [2, 3]])
    grid.clear()
    assert (list(grid), len(grid), grid.columns(1)) == ([], 0, [()])
