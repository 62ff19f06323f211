"""Rows as COPY's text: what is written comes back as it was."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from bourse.market.lines import ROWS_AT_ONCE, Slices, slices_of

HARD = ["", "\\", "\\N", "\\.", "\t", "\n", "\r\n", "{}", '"', "a,b", "NULL", "'", "é", "💎", " x ", "\\\\n"]


def back(slices: Slices, types: str) -> list[tuple[object, ...]]:
    """The rows as PostgreSQL understands the lines."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE lines (first bigint, {types})")
        for lines in slices.lines(7):
            with cursor.copy("COPY lines FROM STDIN") as copy:
                copy.write(lines)
        cursor.execute("SELECT * FROM lines")
        rows: list[tuple[object, ...]] = cursor.fetchall()
        cursor.execute("DROP TABLE lines")
    return rows


@pytest.mark.django_db
def test_hard_texts_numbers_lists_and_nulls_come_back() -> None:
    rows: Sequence[tuple[object, ...]] = [(text, [text, "x"], Decimal("1.010"), None) for text in HARD]
    slices = slices_of(rows)
    assert slices.count == len(HARD)
    assert back(slices, "a text, b text[], c numeric, d bigint") == [(7, *row) for row in rows]
    assert back(slices_of([([], 5)]), "a text[], b bigint") == [(7, [], 5)]


@pytest.mark.django_db
def test_slices_are_cut_and_lose_nothing() -> None:
    slices = slices_of((number, f"row {number}") for number in range(2 * ROWS_AT_ONCE + 1))
    assert (slices.count, len(slices.parts)) == (2 * ROWS_AT_ONCE + 1, 3)
    assert [row[1] for row in back(slices, "a bigint, b text")] == list(range(2 * ROWS_AT_ONCE + 1))
    assert slices_of([]) == Slices(0, [])


@given(st.lists(st.tuples(st.text(), st.lists(st.text())), max_size=3))
def test_every_text_stays_on_its_own_line(rows: list[tuple[str, list[str]]]) -> None:
    lines = b"".join(slices_of(rows).lines(7)).decode()
    assert lines.count("\n") == len(rows)
    assert all(line.count("\t") == 2 for line in lines.split("\n")[:-1])
