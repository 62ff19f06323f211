"""The query string holds the whole filter, and is read as people type."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bourse.search.filter import PARAMETERS, Filter, NotUnderstood, from_query
from bourse.search.measures import HIGHEST, Range
from bourse.search.scales import BANDS, CHOICES, LISTS, MEASURES, TAGS, Goods, Growing, Report, Sort, Unsaid
from bourse.vocabulary import (
    Availability,
    Clarity,
    Colour,
    FancyColour,
    Laboratory,
    Make,
    Milky,
    Shape,
    Treatment,
)

UNITS = st.integers(0, HIGHEST - 1)
RANGES = st.one_of(
    st.tuples(UNITS, UNITS).map(lambda ends: Range(min(ends), max(ends))),
    UNITS.map(lambda low: Range(low=low)),
    UNITS.map(lambda high: Range(high=high)),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(
    lambda text: " ".join(text.split())
)


NUMBERS = st.from_regex(r"[A-Z]{0,2}-?[0-9]{1,9}", fullmatch=True)


def some_of(values: Any) -> "st.SearchStrategy[tuple[Any, ...]]":
    return st.lists(st.sampled_from(values), max_size=5).map(tuple)


VALUES: dict[str, Any] = {
    "growth": st.sampled_from(Growing),
    "days": st.integers(0, 3_650),
    "confirmed": st.integers(0, 3_650),
    "sort": st.sampled_from(Sort),
    "page": st.integers(1, 1_000_000),
    **{name: some_of(choice.values) for name, choice in CHOICES.items()},
    **{name: st.lists(RANGES, max_size=3).map(tuple) for name in MEASURES},
    **{name: st.lists(TEXTS.filter(bool), max_size=3).map(tuple) for name in TAGS},
    **{name: st.lists(NUMBERS, max_size=5).map(tuple) for name in LISTS},
}


@st.composite
def filters(draw: st.DrawFn) -> Filter:
    """A filter that says something of a few parameters."""
    names = draw(st.lists(st.sampled_from(sorted(VALUES)), max_size=6, unique=True))
    return Filter(**{name: draw(VALUES[name]) for name in names})


FILTERS = filters()


def test_every_row_of_the_tables_is_a_parameter() -> None:
    others = {"growth", "days", "confirmed", "sort", "page"}
    assert set(PARAMETERS) == {*CHOICES, *MEASURES, *TAGS, *LISTS, *others}


@given(FILTERS)
def test_the_query_string_holds_the_whole_filter(filter_: Filter) -> None:
    assert from_query(filter_.to_query()) == (filter_, [])


@given(st.text(max_size=200))
def test_any_text_is_read_or_named(text: str) -> None:
    filter_, _ = from_query(text)
    assert from_query(filter_.to_query()) == (filter_, [])


@given(FILTERS, st.sampled_from(sorted(CHOICES)), st.data())
def test_a_value_toggled_twice_is_as_before(filter_: Filter, facet: str, data: st.DataObject) -> None:
    value = str(data.draw(st.sampled_from(CHOICES[facet].values)))
    first_page = filter_.on_page(1)
    if facet == "colour" and {"Fancy"} <= set(filter_.values_of("colour")):
        return  # one colour less is no longer the group
    assert filter_.toggled(facet, value).toggled(facet, value) == first_page
    assert filter_.toggled(facet, value) != first_page


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ("1.00-1.50", 100, 150),
        ("1.0-1.2", 100, 120),
        ("1,0 – 1,2", 100, 120),
        ("1 to 1.5ct", 100, 150),
        ("0.3..0.39", 30, 39),
        ("38,1", 3810, 3810),
        (".3-.4", 30, 40),
        ("1.499", 149, 149),
        ("2-", 200, HIGHEST),
        ("2+", 200, HIGHEST),
        (">=2 ct", 200, HIGHEST),
        ("from 2", 200, HIGHEST),
        ("-0.5", 0, 50),
        ("up to 0.5", 0, 50),
    ],
)
def test_weights_are_read_as_people_type_them(typed: str, low: int, high: int) -> None:
    assert from_query(f"ct={typed.replace('+', '%2B')}") == (Filter(ct=(Range(low, high),)), [])


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ("5000-8000", 500_000, 800_000),
        ("$7,040", 704_000, 704_000),
        ("7,040.50-8k", 704_050, 800_000),
        ("5k-8k", 500_000, 800_000),
        ("1'250'000-", 125_000_000, HIGHEST),
        ("<900", 0, 90_000),
    ],
)
def test_prices_are_read_as_people_type_them(typed: str, low: int, high: int) -> None:
    assert from_query(f"ppc={typed}") == (Filter(ppc=(Range(low, high),)), [])


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("shape=round&shape=PEAR", {"shape": (Shape.ROUND, Shape.PEAR)}),
        ("shape=rb,ps", {"shape": (Shape.ROUND, Shape.PEAR)}),
        ("colour=D-F", {"colour": (Colour.D, Colour.E, Colour.F)}),
        ("colour=g,pink", {"colour": (Colour.G, FancyColour.PINK)}),
        ("colour=fancy", {"colour": tuple(FancyColour)}),
        ("clarity=vs", {"clarity": (Clarity.VS1, Clarity.VS2)}),
        ("clarity=VVS2%2B", {"clarity": (Clarity.FL, Clarity.IF, Clarity.VVS1, Clarity.VVS2)}),
        ("cut=ex%2B", {"cut": (Make.EIGHT_X, Make.IDEAL, Make.EXCELLENT)}),
        ("lab=gia&lab=none", {"lab": (Laboratory.GIA, Report.NONE)}),
        ("availability=memo", {"availability": (Availability.MEMO,)}),
        ("availability=available", {"availability": tuple(Availability)[:3]}),
        ("growth=lab_grown", {"growth": Growing.LAB_GROWN}),
        ("growth=natural&growth=lab-grown", {"growth": Growing.BOTH}),
        ("ct_from=1&ct_to=1.5", {"ct": (Range(100, 150),)}),
        ("ppc_to=8000&ct_from=", {"ppc": (Range(high=800_000),)}),
        ("number=%20GIA%20%20123%20", {"number": ("123",)}),
        ("report=2141438171,IGI:123,%0A2141438171", {"report": ("2141438171", "123")}),
        ("country=India&country=israel", {"country": ("India", "israel")}),
        ("goods=pairs", {"goods": (Goods.PAIR,)}),
        ("treatment=untreated", {"treatment": (Treatment.NONE, Unsaid.NOT_SAID)}),
        ("milky=not+Heavy", {"milky": (Milky.NONE, Milky.LIGHT, Milky.MEDIUM, Unsaid.NOT_SAID)}),
        ("table=57-60.5%25", {"table": (Range(5700, 6050),)}),
        ("days=3&days=7", {"days": 7}),
        ("confirmed=2", {"confirmed": 2}),
        ("sort=-ppc&page=7", {"sort": Sort.PRICE_PER_CARAT_FALLING, "page": 7}),
    ],
)
def test_words_are_read_as_people_type_them(query: str, meant: dict[str, Any]) -> None:
    assert from_query(query) == (Filter(**meant), [])


@pytest.mark.parametrize(
    ("query", "left_aside"),
    [
        ("colour=Q7", [("colour", "Q7")]),
        ("ct=1.5-1.0", [("ct", "1.5-1.0")]),
        ("ct=many", [("ct", "many")]),
        ("ppc=1e99", [("ppc", "1e99")]),
        ("growth=wild", [("growth", "wild")]),
        ("page=0", [("page", "0")]),
        ("page=-1", [("page", "-1")]),
        ("sort=luck", [("sort", "luck")]),
        ("rap=-30", [("rap", "-30")]),
    ],
)
def test_what_is_not_understood_is_named_and_left_aside(
    query: str, left_aside: list[tuple[str, str]]
) -> None:
    assert from_query(query) == (Filter(), [NotUnderstood(*one) for one in left_aside])


def test_a_monstrous_query_is_cut_and_named() -> None:
    many = "&".join(f"colour=Q{n}" for n in range(10_000)) + "&shape=" + "x" * 1_000_000
    filter_, left_aside = from_query(many)
    assert filter_ == Filter()
    assert (len(left_aside), left_aside[-1]) == (202, NotUnderstood("shape", "x" * 80))
    assert len(from_query("&".join(f"p{n}=1" for n in range(10_000)))[1]) == 500


def test_a_group_of_colours_is_written_as_its_name() -> None:
    assert Filter(colour=(*FancyColour, Colour.G)).to_query() == "colour=Fancy&colour=G"


def test_a_band_is_toggled_by_its_range() -> None:
    filter_ = Filter(page=3).toggled("ct", "1.00-1.49")
    assert (filter_, filter_.to_query()) == (Filter(ct=(Range(100, 149),)), "ct=1.00-1.49")


def test_bands_leave_no_gap() -> None:
    for bands in BANDS.values():
        assert (bands[0].low, bands[-1].high) == (0, HIGHEST)
        assert [band.low for band in bands[1:]] == [band.high + 1 for band in bands[:-1]]
