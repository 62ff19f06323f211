"""Numbers and dates as pages print them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bourse.doors.web import figures
from cast import NOON


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0"), (7, "7"), (999, "999"), (20_018, "20,018"), (1_000_000, "1,000,000")]
)
def test_counts_have_their_thousands_apart(number: int, said: str) -> None:
    assert figures.count(number) == said


@pytest.mark.parametrize(
    ("weight", "said"),
    [("1.5", "1.50"), ("1.500", "1.50"), ("1.505", "1.505"), ("0.3", "0.30"), ("12", "12.00")],
)
def test_a_weight_has_two_decimals_and_a_third_where_it_is_claimed(weight: str, said: str) -> None:
    assert figures.carats(Decimal(weight)) == said


@pytest.mark.parametrize(("number", "said"), [(1.55, "+1.6"), (-8.04, "−8.0"), (0, "0.0")])
def test_a_change_prints_its_sign_and_a_true_minus(number: float, said: str) -> None:
    assert figures.signed(number, 1) == said


def test_money_shows_dollars_in_tables_and_cents_where_it_binds() -> None:
    assert figures.whole_dollars(1_077_120) == "10,771"
    assert figures.dollars(1_077_120) == "$10,771.20"
    assert figures.exact(1_077_120) == "10771.20"


@pytest.mark.parametrize(("cents", "said"), [(704_000, "7,040"), (643_036, "6,430.36")])
def test_a_box_shows_a_sum_as_somebody_would_type_it(cents: int, said: str) -> None:
    assert figures.typed(cents) == said


def test_per_carat_is_rounded_to_the_cent() -> None:
    assert figures.per_carat_cents(360_100, Decimal("0.56")) == 643_036


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        (timedelta(seconds=-5), "0 min"),
        (timedelta(minutes=12), "12 min"),
        (timedelta(minutes=119), "119 min"),
        (timedelta(hours=30), "30 h"),
        (timedelta(days=6), "6 d"),
    ],
)
def test_an_age_is_in_the_unit_that_says_something(gone: timedelta, said: str) -> None:
    assert figures.age(NOON - gone, NOON) == said


def test_moments_are_in_utc_and_say_so() -> None:
    moment = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
    assert figures.minute(moment) == "24 Nov 2026, 09:15 UTC"
    assert figures.day(moment) == "24 Nov 2026"
    assert figures.clock_time(moment) == "09:15 UTC"
    assert figures.machine(moment) == "2026-11-24T09:15:00Z"


@pytest.mark.parametrize(("number", "said"), [(1, "1 stone"), (0, "0 stones"), (5637, "5,637 stones")])
def test_stones_are_counted_in_words_that_fit(number: int, said: str) -> None:
    assert figures.stones(number) == said
