"""What a header says by itself: by its spelling, by its words, by nearness, and with spellings taken out."""

import pytest

from bourse.dialects.dictionary import standard
from bourse.dialects.headers import hint_of
from bourse.dialects.spelling import squeeze, within_one, words_of

WORDS = standard()


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Certificate #", "certificate_no"), ("CERT.NO", "certificate_no"), ("RapnetDiscountPercent",
        "discount_pct"),
        ("Cr Ht %", "crown_height"), ("FlrColor", "fluorescence_color"), ("MeasWidth", "width_mm"),
        ("StoneTablePct1", "table_pct"), ("vendorstocknumber", "stock_no"), ("Pavillion Depht",
        "pavilion_depth"),
        ("Symmetery", "symmetry"), ("Girdle %", "girdle_pct"), ("$/ct", "price_per_carat"), ("צבע",
        "color"), ("净度", "clarity"),
        ("Is Lab Grown?", "growth_type"),
    ],
)  # fmt: skip
def test_a_header_is_recognised(header: str, field: str) -> None:
    assert hint_of(header, WORDS).fields == (field,)


@pytest.mark.parametrize(
    "header",
    [
        "Stone2Shape",
        "Center Clarity of side",
        "Gender",
        "Vendor City Zip",
        "WatchCaseShape",
        "ShowcasePrice",
        "Terms",
        "",
        "...",
    ],
)
def test_a_header_of_something_else_is_left_alone(header: str) -> None:
    assert hint_of(header, WORDS).fields == ()


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("Cut", {"shape", "cut_grade"}), ("Price", {"price_per_carat", "total_price"}),
        ("Certificate", {"certificate_no", "lab"}), ("Cost", {"cost", "price_per_carat", "total_price"}),
    ],
)  # fmt: skip
def test_an_ambiguous_header_keeps_all_its_meanings(header: str, fields: set[str]) -> None:
    assert set(hint_of(header, WORDS).fields) == fields


def test_a_header_is_still_composed_when_its_spelling_is_taken_out() -> None:
    less = WORDS.without(["Fluorescence Intensity", "MeasLength"])
    assert hint_of("Fluorescence Intensity", less).fields == ("fluorescence_intensity",)
    assert hint_of("MeasLength", less).fields == ("length_mm",)
    assert hint_of("idxl", WORDS.without(["idxl"])).fields == ()


def test_words_are_told_by_case_sign_and_space() -> None:
    assert words_of("FlrColor") == ["flr", "color"]
    assert words_of("Disc %") == ["disc", "pct"]
    assert squeeze("Stock #") == "stockno"


def test_nearness_is_one_letter() -> None:
    assert within_one("clarity", "clarty")
    assert within_one("symmetry", "symmetyr")
    assert not within_one("clarity", "colarti")
