"""What a buyer is shown: the right stones, right counts, natural and lab-grown apart."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from bourse.market.queries import CatalogueRow
from bourse.search import catalogue
from bourse.search.bins import binned
from bourse.search.filter import Filter, from_query
from bourse.search.follower import Memory
from bourse.search.measures import shown_weight
from bourse.search.queries import FACETS, Found, counts, find, histogram, like
from bourse.search.rows import per_carat
from cast import NOON

ROUND = CatalogueRow(
    id=1,
    public_id="listing",
    stone_public_id="stone",
    company_id=1,
    company_public_id="tamarind",
    company_name="Tamarind",
    is_live=True,
    ask_is_hidden=False,
    listed_at=NOON - timedelta(days=3),
    changed_at=NOON,
    confirmed_at=NOON,
    supplier_stock_number="TB-1",
    laboratory="GIA",
    report_number="X100000001",
    growth="Natural",
    shape="Round",
    weight_ct=Decimal("1.010"),
    colour="G",
    colour_to="",
    fancy_colour="",
    fancy_intensity="",
    fancy_overtone="",
    clarity="VS1",
    clarity_to="",
    cut="Excellent",
    polish="Excellent",
    symmetry="Very Good",
    fluorescence="None",
    fluorescence_colour="",
    length_mm=Decimal("6.45"),
    width_mm=Decimal("6.42"),
    depth_mm=Decimal("3.97"),
    depth_percent=Decimal("61.70"),
    table_percent=Decimal("57.00"),
    girdle_from="Medium",
    girdle_to="Medium",
    culet="None",
    treatment="",
    stones=1,
    goods="single",
    pair_stock_number="",
    pair_is_separable=None,
    country="India",
    state="",
    city="Mumbai",
    has_image=False,
    has_video=False,
    has_certificate=False,
    particulars={},
    ask_cents=505_000,
    cash_ask_cents=None,
    availability="Guaranteed available",
)


@pytest.fixture(autouse=True)
def of_no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """These markets are written straight into a catalogue."""
    monkeypatch.setattr(catalogue, "path", lambda: settings.HOME / "catalogue" / "made")


def market(*changes: Mapping[str, object]) -> None:
    """A catalogue of the round stone, changed in these ways."""
    rows = [ROUND._replace(id=place, **change) for place, change in enumerate(changes, 1)]  # type: ignore[arg-type]
    memory = Memory(catalogue.path())
    memory.put(rows)
    memory.publish()


def found(query: str = "") -> Found:
    filter_, left_aside = from_query(query)
    assert not left_aside
    return find(None, filter_)


def names(query: str = "") -> list[str]:
    return [row.public_id for row in found(query).rows]


def count_of(facet: str, query: str = "") -> dict[str, int]:
    """The values of a facet that have stones."""
    return {value.value: value.count for value in found(query).facets[facet] if value.count}


def named(**asks: object) -> list[dict[str, object]]:
    return [{"public_id": name, "ask_cents": ask} for name, ask in asks.items()]


def test_natural_and_lab_grown_never_mix_unless_asked_for() -> None:
    market(
        {"public_id": "earth"},
        {"public_id": "cvd", "growth": "CVD", "shape": "Oval"},
        {"public_id": "hpht", "growth": "HPHT", "shape": "Oval"},
        {"public_id": "grown", "growth": "Lab grown", "shape": "Oval"},
    )
    assert names() == ["earth"]
    assert names("growth=lab-grown") == ["cvd", "hpht", "grown"]
    assert names("growth=both") == ["earth", "cvd", "hpht", "grown"]
    assert count_of("shape") == {"Round": 1}
    assert count_of("shape", "growth=lab-grown") == {"Oval": 3}
    assert count_of("growth") == {"natural": 1, "lab-grown": 3}
    assert [value.chosen for value in found("growth=both").facets["growth"]] == [True, True]


def test_no_ask_comes_last_in_every_order_of_price() -> None:
    market(*named(silent=None, dear=900_000, cheap=100_000, mute=None))
    for sort in ("ppc", "total"):
        assert names(f"sort={sort}") == ["cheap", "dear", "silent", "mute"]
        assert names(f"sort=-{sort}") == ["dear", "cheap", "silent", "mute"]


def test_no_ask_lies_in_no_range_and_enters_no_span() -> None:
    market(*named(silent=None, dear=900_000, cheap=100_000))
    assert names("total=1-&sort=total") == names("ppc=-1000000") == ["cheap", "dear"]
    spans = found().spans
    assert (spans["ct"], spans["ppc"], spans["total"]) == ((101, 101), (99_010, 891_089), (100_000, 900_000))
    assert count_of("total") == {"1000-2499.99": 1, "7500-9999.99": 1}


def test_stones_that_are_not_available_are_shown_only_when_asked_for() -> None:
    market({"public_id": "here"}, {"public_id": "gone", "availability": "Not available"})
    assert names() == ["here"]
    assert names("availability=Not+available") == ["gone"]
    assert count_of("availability") == {"Guaranteed available": 1, "Not available": 1}
    assert count_of("shape") == {"Round": 1}


def test_counts_leave_their_own_facet_out_and_keep_zeros_in_the_trades_order() -> None:
    market(
        {"shape": "Round", "colour": "D"},
        {"shape": "Pear", "colour": "D"},
        {"shape": "Pear", "colour": "H"},
    )
    assert count_of("shape", "shape=Pear&colour=D") == {"Round": 1, "Pear": 1}
    assert count_of("colour", "shape=Pear&colour=D") == {"D": 1, "H": 1}
    colours = found("colour=D").facets["colour"]
    assert [value.value for value in colours] == [*"DEFGHIJKLM", "Fancy"]
    assert [value.chosen for value in colours] == [True] + [False] * 10


def test_a_value_beyond_the_usual_is_shown_where_the_market_has_it_or_it_is_chosen() -> None:
    market({"colour": "O", "colour_to": "P"}, {"shape": "Kite"})
    assert [value.value for value in found("colour=Z").facets["colour"]] == [*"DEFGHIJKLMOPZ", "Fancy"]
    assert count_of("shape", "colour=G") == {"Kite": 1}


def test_fancy_colours_are_values_of_their_own_and_a_group() -> None:
    fancy = {"colour": "", "fancy_intensity": "Fancy Intense"}
    market(
        {"public_id": "white"},
        {"public_id": "canary", "fancy_colour": "Yellow", **fancy},
        {"public_id": "rose", "fancy_colour": "Pink", **fancy},
    )
    assert names("colour=Fancy") == ["canary", "rose"]
    assert names("colour=yellow&colour=G") == ["white", "canary"]
    assert names("intensity=Fancy+Intense") == ["canary", "rose"]
    assert count_of("colour") == {"G": 1, "Fancy": 2, "Pink": 1, "Yellow": 1}


def test_a_parcel_is_found_under_each_of_its_grades() -> None:
    market(
        {
            "public_id": "parcel",
            "goods": "single",
            "colour": "G",
            "colour_to": "I",
            "clarity": "VS1",
            "clarity_to": "SI1",
        }
    )
    for query in ("colour=G", "colour=H", "colour=I&clarity=VS2", "clarity=SI1"):
        assert names(query) == ["parcel"]
    assert names("colour=F") == names("colour=J") == names("clarity=SI2") == []
    assert count_of("clarity") == {"VS1": 1, "VS2": 1, "SI1": 1}


def test_stones_without_a_report_are_a_value_of_the_laboratories() -> None:
    market({"public_id": "graded"}, {"public_id": "bare", "laboratory": "", "report_number": ""})
    assert names("lab=none") == ["bare"]
    assert count_of("lab") == {"GIA": 1, "No report": 1}


def test_a_weight_is_searched_as_a_report_prints_it() -> None:
    weights = {"a": "0.998", "b": "0.999", "c": "1.004", "d": "1.494", "e": "1.499", "f": "1.500"}
    market(*({"public_id": name, "weight_ct": Decimal(weight)} for name, weight in weights.items()))
    assert [shown_weight(Decimal(weight)) for weight in weights.values()] == [99, 100, 100, 149, 150, 150]
    assert names("ct=1.00-1.49&sort=ct") == ["c", "b", "d"]  # equal weights: the lower ask per carat first
    assert count_of("ct") == {"0.90-0.99": 1, "1.00-1.49": 3, "1.50-1.99": 2}


def test_an_ask_per_carat_is_whole_cents_half_a_cent_up() -> None:
    assert per_carat(100, Decimal("3.000")) == 33
    assert per_carat(101, Decimal("2.000")) == 51
    assert per_carat(505_000, Decimal("1.010")) == 500_000
    assert per_carat(None, Decimal("1.010")) is None


@pytest.mark.parametrize(
    "typed", ["X100000001", "x1000-00001", "gia x100000001", "tb1", "TB-1", "nothing, tb-1"]
)
def test_a_number_is_found_however_it_is_typed(typed: str) -> None:
    market({"public_id": "it"}, {"supplier_stock_number": "TB-22", "report_number": "X2"})
    assert names(f"number={typed}") == ["it"]


def test_a_number_that_is_nobodys_finds_those_that_begin_with_it() -> None:
    market(
        {"public_id": "one", "supplier_stock_number": "TB-12", "report_number": ""},
        {"public_id": "two", "supplier_stock_number": "TB-123", "report_number": ""},
        {"public_id": "other", "supplier_stock_number": "TC-12", "report_number": ""},
    )
    assert names("number=TB-1") == ["one", "two"]
    assert names("number=TB-12") == ["one"]
    assert names("number=unheard") == []


def test_one_companys_stones_are_asked_for_by_its_name_in_addresses() -> None:
    market({"public_id": "own"}, {"public_id": "other", "company_public_id": "kestrel"})
    assert names("company=kestrel") == ["other"]
    assert names("company=nobody") == []


def test_sellers_are_counted_by_their_names_whatever_is_chosen_of_them() -> None:
    kestrel = {"company_public_id": "c-1", "company_name": "Kestrel Row"}
    market({}, {}, {**kestrel, "shape": "Pear"}, {"company_public_id": "", "company_name": ""})
    counted = [(one.value, one.name, one.count, one.chosen) for one in found("company=c-1").facets["company"]]
    assert counted == [("c-1", "Kestrel Row", 1, True), ("tamarind", "Tamarind", 2, False)]
    assert count_of("company", "shape=Round") == {"tamarind": 2}
    assert found("company=c-1&company=tamarind").total == 3


def test_pages_follow_each_other_without_gap_or_repeat() -> None:
    market(*({"public_id": f"{number}", "ask_cents": 100_000 + number % 7} for number in range(170)))
    pages = [found(f"page={page}") for page in (1, 2, 3, 4, 5)]
    assert [page.position for page in pages] == [1, 51, 101, 151, 0]
    assert {page.pages for page in pages} == {4}
    shown = [row.public_id for page in pages for row in page.rows]
    assert shown == sorted(map(str, range(170)), key=lambda name: (int(name) % 7, int(name)))


def test_every_order_puts_the_first_stone_first() -> None:
    market(
        {"public_id": "a", "shape": "Round", "colour": "D", "clarity": "SI1", "cut": "Good"},
        {
            "public_id": "b",
            "shape": "Pear",
            "colour": "K",
            "clarity": "IF",
            "cut": "",
            "weight_ct": Decimal(2),
        },
        {"public_id": "c", "listed_at": NOON, "fluorescence": ""},
    )
    first = {"shape": "a", "colour": "a", "-colour": "b", "clarity": "b", "-clarity": "a", "cut": "c"}
    first |= {"newest": "c", "-ct": "b", "ct": "a", "fluorescence": "a", "ppc": "b", "-total": "b"}
    assert {sort: names(f"sort={sort}")[0] for sort in first} == first
    assert names("sort=cut")[-1] == "b"


def test_every_facet_is_there_even_without_a_stone() -> None:
    market()
    nothing = found()
    assert (nothing.is_ready, nothing.total, list(nothing.facets)) == (True, 0, list(FACETS))
    assert sum(value.count for values in nothing.facets.values() for value in values) == 0


def test_the_front_page_counts_natural_and_lab_grown_apart() -> None:
    market(
        {"listed_at": NOON - timedelta(hours=11)},
        {"listed_at": NOON - timedelta(hours=13), "ask_cents": None},
        {"growth": "CVD", "weight_ct": Decimal("2.05"), "company_public_id": "kestrel"},
        {"availability": "Not available"},
    )
    told = counts(NOON)
    assert told is not None
    assert (told.natural.stones, told.natural.new_today, told.natural.asks) == (2, 1, 1)
    assert (told.lab_grown.stones, told.lab_grown.new_today, told.lab_grown.asks) == (1, 0, 1)
    assert told.companies == 2
    assert sizes(told.natural.sizes) == {"1.00-1.49": 2}
    assert sizes(told.lab_grown.sizes) == {"2.00-2.99": 1}


def test_a_parcel_is_one_offer_and_in_no_size() -> None:
    lot = {"goods": "parcel", "stones": 302, "weight_ct": Decimal("48.36")}
    market({}, lot, {"goods": "parcel", "stones": 12, "growth": "HPHT"})
    told = counts(NOON)
    assert told is not None
    assert (told.natural.stones, told.natural.parcels) == (2, 1)
    assert (told.lab_grown.stones, told.lab_grown.parcels) == (1, 1)
    assert sizes(told.natural.sizes) == {"1.00-1.49": 1}
    assert sizes(told.lab_grown.sizes) == {}
    assert (found("ct=48-49").total, found("ct=48-49&goods=parcel").total) == (0, 1)


def sizes(values: Sequence[object]) -> dict[str, int]:
    return {value.value: value.count for value in values if value.count}  # type: ignore[attr-defined]


def test_a_company_page_of_any_size_is_limited() -> None:
    market(*({"public_id": f"{number}"} for number in range(60)))
    assert len(find(None, Filter(), limit=10).rows) == 10
    assert len(find(None, Filter(), limit=10**9).rows) == 60


def test_dates_come_back_with_their_zone() -> None:
    market({"listed_at": datetime(2026, 11, 1, 8, 30, tzinfo=UTC)})
    assert found().rows[0].listed_at == datetime(2026, 11, 1, 8, 30, tzinfo=UTC)


def test_a_parcel_is_shown_when_it_is_asked_for() -> None:
    market(*({"public_id": kind, "goods": kind} for kind in ("single", "pair", "parcel")))
    assert names() == ["single", "pair"]
    assert names("goods=parcel") == ["parcel"]
    assert names("goods=all") == ["single", "pair", "parcel"]
    assert count_of("goods") == {"single": 1, "pair": 1, "parcel": 1}


def test_what_suppliers_say_of_a_stone_is_searched_by() -> None:
    told = {
        "shade": "None",
        "milky": "Light",
        "black_inclusion": "BT1",
        "eye_clean": "Yes",
        "crown_angle": 34.5,
    }
    market({"public_id": "told", "particulars": told}, {"public_id": "silent"})
    assert names("shade=None") == names("milky=light") == names("black=BT1") == ["told"]
    assert names("eye_clean=Not+said") == names("milky=not+light") == ["silent"]
    assert names("crown_angle=34-35") == ["told"]
    assert count_of("eye_clean") == {"Yes": 1, "Not said": 1}
    assert found("shade=None").rows[0].particulars == told


def test_media_are_asked_for_together() -> None:
    market(
        {"public_id": "both", "has_image": True, "has_video": True},
        {"public_id": "image", "has_image": True},
        {"public_id": "none"},
    )
    assert names("media=image") == ["both", "image"]
    assert names("media=image&media=video") == ["both"]
    assert count_of("media", "media=image") == {"image": 2, "video": 1}


def test_a_country_is_one_word_however_it_is_spelt() -> None:
    market(*({"public_id": text, "country": text} for text in ("India", "IN", "INDIA ", "Atlantis", "")))
    assert count_of("country") == {"Atlantis": 1, "India": 3}
    assert names("country=india") == ["India", "IN", "INDIA "]


def test_a_ratio_is_that_of_the_sides_where_none_is_given() -> None:
    sides = {"length_mm": Decimal("5.00"), "width_mm": Decimal("7.005")}
    market({"public_id": "made", **sides}, {"public_id": "given", "particulars": {"ratio": "1.5"}, **sides})
    assert names("ratio=1.40") == ["made"]
    assert names("ratio=1.50") == ["given"]


def test_treatments_strung_together_are_several() -> None:
    market(
        {"public_id": "two", "treatment": "Laser drilled, HPHT"},
        {"public_id": "odd", "treatment": "Waxed"},
        {"public_id": "said", "treatment": "None"},
        {"public_id": "silent"},
    )
    assert names("treatment=HPHT") == names("treatment=Laser+drilled") == ["two"]
    assert names("treatment=Other") == ["odd"]
    assert names("treatment=untreated") == ["said", "silent"]


def test_what_was_listed_within_some_days_needs_the_day() -> None:
    market({"public_id": "new", "listed_at": NOON - timedelta(hours=20)}, {"public_id": "old"})
    wanted = from_query("days=1")[0]
    assert [row.public_id for row in find(None, wanted, now=NOON).rows] == ["new"]
    with pytest.raises(ValueError, match="pass now"):
        find(None, wanted)


def test_the_usual_order_opens_with_regular_goods_of_one_carat() -> None:
    sizes = {"half": "0.50", "three": "3.01", "one": "1.01"}
    market(
        {"public_id": "silent", "ask_cents": None},
        {"public_id": "odd", "clarity": "I1", "ask_cents": 10_000},
        {"public_id": "bare", "report_number": "", "laboratory": "", "ask_cents": 20_000},
        {"public_id": "dear", "ask_cents": 900_000},
        {"public_id": "grown", "growth": "CVD", "ask_cents": 1_000},
        *({"public_id": name, "weight_ct": Decimal(ct)} for name, ct in sizes.items()),
    )
    assert names() == ["one", "dear", "odd", "bare", "three", "half", "silent"]
    assert names("growth=both")[-1] == "grown"


def test_a_result_is_in_order_of_any_measure_and_back() -> None:
    tables = {"a": Decimal(57), "b": None, "c": Decimal("61.5"), "d": Decimal(57)}
    market(*({"public_id": name, "table_percent": table} for name, table in tables.items()))
    assert names("sort=table") == ["a", "d", "c", "b"]
    assert names("sort=-table") == ["c", "d", "a", "b"]


def test_where_an_ask_lies_among_its_like() -> None:
    asks = {"a": 400_000, "b": 500_000, "own": 600_000, "d": 900_000}
    market(
        *({"public_id": name, "ask_cents": ask, "weight_ct": Decimal(1)} for name, ask in asks.items()),
        {"public_id": "silent", "ask_cents": None},
        {"public_id": "grown", "growth": "CVD"},
        {"public_id": "other", "clarity": "VS2"},
        {"public_id": "gone", "ask_cents": 100_000, "weight_ct": Decimal(1), "availability": "Not available"},
        {"public_id": "lot", "goods": "parcel"},
    )
    found_ = like("own")
    assert found_ is not None
    assert (found_.rank, found_.of, found_.ppc_cents) == (3, 4, 600_000)
    assert (found_.lowest, found_.median, found_.mean, found_.highest) == (400_000, 550_000, 600_000, 900_000)
    assert sum(bin_.count for bin_ in found_.bins) == 4
    assert found_.query == "shape=Round&ct=1.00-1.49&colour=G&clarity=VS1"
    silent, gone, grown = like("silent"), like("gone"), like("grown")
    assert silent is not None and gone is not None and grown is not None
    assert (silent.rank, silent.of, gone.rank, gone.of) == (None, 4, 1, 5)
    assert (grown.rank, grown.of) == (1, 1)
    assert (like("lot"), like("nobody")) == (None, None)


def test_a_histogram_leaves_its_own_ranges_out() -> None:
    market(*({"ask_cents": None if number == 0 else 100_000 * number} for number in range(11)))
    bins = histogram(from_query("total=1-2")[0], "total")
    assert sum(bin_.count for bin_ in bins) == 10
    assert (bins[0].low, bins[-1].high) == (None, None)
    assert histogram(from_query("shape=Pear")[0], "total") == []


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=60), st.integers(4, 30))
def test_bins_hold_every_number_once(given_: list[int], most: int) -> None:
    bins = binned(np.array(given_, np.int64), most)
    assert sum(bin_.count for bin_ in bins) == len(given_)
    assert len(bins) <= most + 1
    assert all(one.high is not None and other.low == one.high + 1 for one, other in pairwise(bins))
