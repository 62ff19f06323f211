"""From the dictionary's values to a listing's columns."""

import json
from decimal import Decimal

import pytest

from bourse.market import models
from bourse.market.claims import Asked, Claims, claims_of, report_key, stock_key
from bourse.market.values import NotStorable

ROUND = {"shape": "Round", "carat": 1.01, "color": "G", "clarity": "VS1", "growth_type": "Natural"}


def claims(ask_cents: int | None = None, **values: object) -> Claims:
    return claims_of(ROUND | values, Asked(ask_cents))


def test_the_columns_are_the_tables_own_in_order() -> None:
    fields = [field.name for field in models.Claims._meta.get_fields()]
    assert list(Claims._fields) == fields


def test_a_plain_stone() -> None:
    found = claims(707_000, stock_no="A-1", lab="GIA", certificate_no="700 000 0001", cut_grade="Excellent")
    assert (found.stock_key, found.report_key, found.report_number) == ("a-1", "GIA 7000000001", "7000000001")
    assert (found.shape, found.weight_ct, found.colour, found.colour_to) == (
        "Round",
        Decimal("1.01"),
        "G",
        "",
    )
    assert (found.cut, found.polish, found.ask_cents, found.stones) == ("Excellent", "", 707_000, 1)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("G", ("G", "")),
        (["G", "H"], ("G", "H")),
        ("O-P", ("O", "P")),
        (["G", "G"], ("G", "")),
        ("Fancy", ("", "")),
    ],
)
def test_a_colour_may_be_a_range(value: object, expected: tuple[str, str]) -> None:
    found = claims(color=value)
    assert (found.colour, found.colour_to) == expected


@pytest.mark.parametrize(
    ("word", "state"),
    [
        (None, "Subject to prior sale"),
        ("Available", "Subject to prior sale"),
        ("Consignment", "On memo"),
        ("On hold", "Not available"),
        ("Sold", "Not available"),
        ("Guaranteed available", "Guaranteed available"),
    ],
)
def test_the_words_for_availability_become_four_states(word: str | None, state: str) -> None:
    assert claims(availability=word).availability == state


def test_measurements_stand_apart_or_together() -> None:
    together, apart = (
        claims(measurements=[6.4, 6.42, 3.9]),
        claims(length_mm=6.4, width_mm=6.42, depth_mm=3.9),
    )
    sizes = (Decimal("6.4"), Decimal("6.42"), Decimal("3.9"))
    assert (together.length_mm, together.width_mm, together.depth_mm) == sizes
    assert (apart.length_mm, apart.width_mm, apart.depth_mm) == sizes


def test_a_girdle_is_a_range_of_one_or_two_words() -> None:
    for given in ({"girdle": ["Thin", "Medium"]}, {"girdle_min": "Thin", "girdle_max": "Medium"}):
        assert (claims(**given).girdle_from, claims(**given).girdle_to) == ("Thin", "Medium")
    assert claims(girdle="Thin").girdle_to == "Thin"


def test_several_pictures_are_kept_in_order() -> None:
    found = claims(image_url=["https://a.example/1", "https://a.example/2"], video_url="https://a.example/v")
    assert found.image_urls == ["https://a.example/1", "https://a.example/2"]
    assert found.video_urls == ["https://a.example/v"]


def test_no_fluorescence_is_a_statement_and_no_cut_is_none() -> None:
    found = claims(fluorescence_intensity="None", cut_grade="None")
    assert (found.fluorescence, found.cut) == ("None", "")


def test_what_has_no_column_is_kept_by_name_and_money_beside_the_ask_is_not() -> None:
    found = claims(
        crown_angle=34.5, milky="None", cost=900, price_per_carat=7000, list_price=9000, updated_at="x"
    )
    assert json.loads(found.particulars) == {"crown_angle": 34.5, "milky": "None"}
    assert json.loads(found.private) == {"cost": 900}


def test_a_report_of_a_laboratory_without_name_names_no_stone() -> None:
    assert report_key("Other", "123") == ""
    assert report_key("", "123") == ""
    assert report_key("GIA", "") == ""


def test_capitals_and_spaces_do_not_part_stock_numbers() -> None:
    assert stock_key(" Ab  1 ") == stock_key("aB 1")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"stock_no": "x" * 61}, "stock_no"),
        ({"carat": 0.0001}, "carat"),
        ({"carat": 100_000}, "carat"),
        ({"shape": ""}, "shape"),
        ({"shape": "Blob"}, "shape"),
        ({"color": "g"}, "color"),
        ({"depth_pct": float("nan")}, "depth_pct"),
        ({"availability": "Perhaps"}, "availability"),
    ],
)
def test_what_no_listing_can_hold_is_named(values: dict[str, object], field: str) -> None:
    with pytest.raises(NotStorable) as refused:
        claims(**values)
    assert refused.value.field == field


@pytest.mark.parametrize("cents", [0, -1, 10**15])
def test_an_ask_is_positive(cents: int) -> None:
    with pytest.raises(NotStorable):
        claims(cents)


def test_a_zero_byte_does_not_reach_the_database() -> None:
    found = claims(member_comment="nice\x00stone", brand="a\x00b")
    assert found.comment == "nicestone"
    assert json.loads(found.particulars) == {"brand": "ab"}
