"""What people type."""

from decimal import Decimal

import pytest

from bourse.doors.web import typed


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7040", "7040"),
        ("7,040", "7040"),
        ("$7,040", "7040"),
        ("7 040", "7040"),
        ("7'040", "7040"),
        ("38,1", "38.1"),
        ("7.040,50", "7040.50"),
        ("7,040.50", "7040.50"),
        ("1.53ct", "1.53"),
        ("7,040 /ct", "7040"),
        ("US$ 7,040", "7040"),
        ("7040 usd", "7040"),
    ],
)
def test_numbers_are_read_as_they_are_meant(text: str, number: str) -> None:
    assert typed.number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "-5", "seven", "7-8", "1e5", "..", "7.0.4"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert typed.number(text) is None


@pytest.mark.parametrize(("text", "cents"), [("7,040", 704_000), ("0.005", 1), ("0", None), ("9" * 13, None)])
def test_a_sum_is_in_whole_cents_above_zero(text: str, cents: int | None) -> None:
    assert typed.cents(text) == cents


@pytest.mark.parametrize(("text", "count"), [("664", 664), ("1,087", 1087), ("6.5", None), ("", None)])
def test_a_count_is_whole(text: str, count: int | None) -> None:
    assert typed.whole(text) == count
