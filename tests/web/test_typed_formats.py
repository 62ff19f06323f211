"""Fifty ways to write what a dealer means: asks, ranges of the search, rates, counts, days."""

from datetime import date
from decimal import Decimal

import pytest

from bourse.doors.web import typed
from bourse.search.measures import Measure, Range

ASKS = {
    "704000": (
        *(
            "7040",
            "7,040",
            "7 040",
            "7\u00a0040",
            "7\u202f040",
            "7'040",
            "7\u2019040",
            "7.040,00",
            "7,040.00",
        ),
        *("$7040", "$ 7,040", "$7,040.00", "7,040 $", "US$7,040", "US $7,040", "USD 7,040", "7040 usd"),
        *("7,040/ct", "7,040 / ct", "$7,040 per carat", " 7040 ", "7040.-", "\uff17\uff10\uff14\uff10"),
    ),
    "704050": ("7040.5", "7040.50", "7,040.50", "7.040,50", "7 040,50", "$7,040.50"),
}
CARATS = {
    (101, 101): ("1.01", "1,01", "1.01ct", "1.01 ct", "1.01 carat", "1.01 cts", " 1.01 "),
    (100, 149): (
        *("1.00-1.49", "1-1.49", "1.00 - 1.49", "1.00–1.49", "1.00 to 1.49", "1,00-1,49", "1.00-1.49 ct"),
        *("1.00ct-1.49ct", "1.00..1.49"),
    ),
}
DOLLARS = {
    (500_000, 700_000): [
        "5000-7000",
        "5,000-7,000",
        "$5,000-$7,000",
        "5k-7k",
        "5 000 - 7 000",
        "5'000–7'000",
    ],
}
OPEN = ["5000-", "5000+", ">=5000", "> 5000", "from 5000", "5k+", "$5,000+"]
DAYS = ["2026-11-24", "2026/11/24", "2026.11.24", " 2026-11-24 ", "2026-11-24\n"]


@pytest.mark.parametrize(
    ("cents", "text"), [(int(cents), text) for cents, texts in ASKS.items() for text in texts]
)
def test_an_ask_is_read_as_it_is_meant(cents: int, text: str) -> None:
    assert typed.cents(text) == cents


@pytest.mark.parametrize(("ends", "text"), [(ends, text) for ends, texts in CARATS.items() for text in texts])
def test_a_weight_or_a_span_of_weights_is_read_as_it_is_meant(ends: tuple[int, int], text: str) -> None:
    assert Measure.CARATS.range_of(text) == Range(*ends)


@pytest.mark.parametrize(
    ("ends", "text"), [(ends, text) for ends, texts in DOLLARS.items() for text in texts]
)
def test_a_span_of_dollars_is_read_as_it_is_meant(ends: tuple[int, int], text: str) -> None:
    assert Measure.DOLLARS.range_of(text) == Range(*ends)


@pytest.mark.parametrize("text", OPEN)
def test_a_span_may_have_no_end(text: str) -> None:
    assert Measure.DOLLARS.range_of(text) == Range(low=500_000)


@pytest.mark.parametrize("text", ["1.0842", "1,0842", " 1.0842 ", "$1.0842", "USD 1.0842"])
def test_a_rate_keeps_its_four_places(text: str) -> None:
    assert typed.number(text) == Decimal("1.0842")


@pytest.mark.parametrize("text", ["1087", "1,087", "1 087", "1'087", "1.087,0", " 1,087 "])
def test_a_count_is_read_as_it_is_meant(text: str) -> None:
    assert typed.whole(text) == 1087


@pytest.mark.parametrize("text", DAYS)
def test_a_day_is_read_year_first(text: str) -> None:
    assert typed.day(text) == date(2026, 11, 24)


@pytest.mark.parametrize(
    "text", ["11/24/2026", "24.11.2026", "24 Nov", "2026-13-01", "2026-02-30", "tomorrow"]
)
def test_a_day_that_could_be_another_is_none(text: str) -> None:
    assert typed.day(text) is None
