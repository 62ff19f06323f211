"""The search page: one address for one state, counts in the rail, chips, sorting, nothing found."""

import re

import pytest

from bourse.market.actions import set_showing
from bourse.market.models import Listing
from bourse.members.actor import Role
from bourse.search import follower, queries
from cast import NOON, Cast, company, joins
from market.files import A1, A2, A3, like, listed, live, many
from web.conftest import Browse, text_of

pytestmark = pytest.mark.django_db

LAB = like(A2, stock="A-4", report="7000000004", colour="D")


@pytest.fixture
def market(cast: Cast) -> Cast:
    """Three natural stones of Asha's, in the catalogue."""
    listed(cast.asha, A1, A2, A3)
    follower.rebuild()
    return cast


def test_a_visitor_is_led_to_the_sign_in(browse: Browse) -> None:
    assert browse(None).get("/search/?shape=Round")["Location"].startswith("/account/sign-in/?next=/search/")


@pytest.mark.parametrize("who", ["asha", "vera", "ben", "carl", "omar"])
def test_every_member_searches(browse: Browse, market: Cast, who: str) -> None:
    page = text_of(browse(getattr(market, who)).get("/search/"))
    assert "3 stones" in page
    assert page.count('<tr role="row"') == 4


def test_before_there_is_a_catalogue_the_page_says_so(browse: Browse, cast: Cast) -> None:
    answer = browse(cast.ben).get("/search/?shape=Round")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    page = text_of(answer)
    assert "Search is being built." in page
    assert "0 stones" not in page
    assert '<a class="button first" href="/search/?shape=Round">Try again</a>' in page


def test_the_boxes_of_the_form_become_the_one_address_of_their_state(browse: Browse, market: Cast) -> None:
    answer = browse(market.ben).get(
        "/search/?growth=natural&shape=Pear&shape=Round&ct_from=0,5&ct_to=1.20&ppc_from=&ppc_to=&sort=usual"
    )
    assert answer.status_code == 302
    assert answer["Location"] == "/search/?shape=Round&shape=Pear&ct=0.50-1.20"
    assert "2 stones" in text_of(browse(market.ben).get(answer["Location"]))


def test_filters_in_force_are_chips_that_lead_out(browse: Browse, market: Cast) -> None:
    page = text_of(browse(market.ben).get("/search/?shape=Round&ct=1.00-1.20&colour=F&colour=G&clarity=VS1"))
    assert (
        '<a class="chip" href="/search/?ct=1.00-1.20&colour=F&colour=G&clarity=VS1">Shape: Round</a>' in page
    )
    assert "Colour: F–G</a>" in page
    assert "1.00–1.20 ct</a>" in page
    assert "1 stone" in page


def test_a_facet_counts_what_is_left_without_its_own_choice(browse: Browse, market: Cast) -> None:
    page = text_of(browse(market.ben).get("/search/?shape=Round"))
    assert re.search(r'value="Round" checked>.*?Round<span class="vh">, 1 stone</span>', page)
    assert re.search(r'value="Pear">.*?Pear<span class="vh">, 1 stone</span>', page)
    assert re.search(r'value="Heart" disabled>.*?Heart<span class="vh">, 0 stones</span>', page)


def test_own_stones_are_marked_as_ones_own(browse: Browse, market: Cast) -> None:
    assert "Your stone" in text_of(browse(market.vera).get("/search/"))
    assert "Your stone" not in text_of(browse(market.ben).get("/search/"))


def test_a_head_sorts_and_says_how(browse: Browse, market: Cast) -> None:
    page = text_of(browse(market.ben).get("/search/?sort=ct"))
    assert 'class="n strong" aria-sort="ascending"><a href="/search/?sort=-ct">Weight</a>' in page
    assert re.findall(r'wide-only n strong"><data value="[\d.]+">(\d\.\d\d)</data>', page) == [
        "0.50",
        "1.01",
        "2.10",
    ]


def test_a_report_number_finds_its_stone(browse: Browse, market: Cast) -> None:
    answer = browse(market.ben).get("/search/?q=GIA+7000000002")
    page = text_of(browse(market.ben).get(answer["Location"]))
    assert "1 stone" in page
    assert "GIA 7000000002</td>" in page


def test_what_was_not_understood_is_said_and_left_aside(browse: Browse, market: Cast) -> None:
    answer = browse(market.ben).get("/search/?shape=Blob&colour=G")
    assert answer.status_code == 200
    assert "“Blob” in Shape was not understood and is left aside." in text_of(answer)
    assert "1 stone" in text_of(answer)


def sellers_in(page: str) -> list[str]:
    """The sellers of the rail with their counts, and the box to narrow them."""
    found = re.search(r'data-fold="seller".*?</details>', page, flags=re.DOTALL)
    boxes = re.findall(
        r'name="company" value="[^"]+"[^>]*> ([^<]*) <small>(\d+)</small>', found[0] if found else ""
    )
    return [f"{name} {count}" for name, count in boxes] + ["narrowed"] * ("data-narrows" in page)


def test_the_rail_has_the_sellers_and_one_is_chosen(browse: Browse, market: Cast) -> None:
    listed(market.carl, like(A2, stock="C-1", report="7000000009"))
    follower.rebuild()
    client = browse(market.ben)
    page = text_of(client.get("/search/"))
    assert sellers_in(page) == ["Asha Gems 3", "Carl Trading 1"]
    (asha,) = re.findall(r'name="company" value="([^"]+)"> Asha Gems', page)
    page = text_of(client.get(f"/search/?company={asha}"))
    assert sellers_in(page) == ["Asha Gems 3", "Carl Trading 1"]
    assert '<a class="chip" href="/search/">Seller: Asha Gems</a>' in page
    assert "3 stones" in page
    page = text_of(client.get(f"/search/?company={asha}&shape=Heart"))
    assert "One filter kills it: Shape: Heart" in page


def test_a_seller_without_a_name_is_nowhere_in_the_rail(browse: Browse, market: Cast) -> None:
    client = browse(market.ben)
    (asha,) = re.findall(r'name="company" value="([^"]+)"> Asha Gems', text_of(client.get("/search/")))
    set_showing(actor=market.asha, hides_name=True, hides_ask=False, hides_cash_ask=False, now=NOON)
    follower.rebuild()
    page = text_of(client.get("/search/"))
    assert sellers_in(page) == []
    assert "Asha Gems" not in page
    page = text_of(client.get(f"/search/?company={asha}"))
    assert "Asha Gems" not in page
    assert "Seller: a member" in page
    assert f'<input type="hidden" name="company" value="{asha}">' in page


def test_a_long_list_of_sellers_has_a_box_to_narrow_it(browse: Browse, market: Cast) -> None:
    for number in range(12):
        listed(
            joins(f"P{number}", company(f"House {number}"), Role.OWNER),
            like(A2, report=f"71000000{number:02}"),
        )
    follower.rebuild()
    page = text_of(browse(market.ben).get("/search/"))
    assert len(sellers_in(page)) == 14
    assert 'data-narrows="company" aria-label="Seller: part of the name"' in page


@pytest.mark.parametrize(
    ("typed", "sentence", "boxes"),
    [
        ("5-2", "“5-2” in Carat runs backwards and is left aside. Write 2-5.", ("5", "2")),
        (
            "big-",
            "“big-” in Carat is no range and is left aside. Write for example 1.00-1.49, 2+.",
            ("big", ""),
        ),
    ],
)
def test_a_bad_range_is_told_with_its_cure_and_stays_in_its_boxes(
    browse: Browse, market: Cast, typed: str, sentence: str, boxes: tuple[str, str]
) -> None:
    low, _, high = typed.partition("-")
    page = text_of(browse(market.ben).get(f"/search/?ct_from={low}&ct_to={high}&shape=Round"))
    assert sentence in page
    found = re.findall(r'name="ct_(?:from|to)" value="([^"]*)"[^>]* aria-invalid="true"', page)
    assert tuple(found) == boxes
    assert "1 stone" in page


def test_the_words_of_a_phrase_that_are_left_aside_are_said_together(browse: Browse, market: Cast) -> None:
    page = text_of(browse(market.ben).get("/search/?q=round+sparkling+not+india"))
    assert "“sparkling”, “not india” were not understood, and nothing of them is applied." in page
    assert "Shape: Round</a>" in page
    assert "Country" not in page.partition('class="results')[2].partition("<table")[0]


def test_numbers_that_are_in_no_listing_are_named(browse: Browse, market: Cast) -> None:
    client = browse(market.ben)
    page = text_of(client.get("/search/?number=7000000001,A-2,9999999999,ZZ-1"))
    assert "2 stones" in page
    assert "In no listing: 9999999999, ZZ-1." in page
    many_numbers = ",".join(str(8_000_000_000 + number) for number in range(25))
    assert "8000000019 and 5 more." in text_of(client.get(f"/search/?number={many_numbers}"))
    assert "In no listing" not in text_of(client.get("/search/?number=7000000001"))


def test_parcels_are_counted_as_parcels_and_a_pair_is_named(browse: Browse, market: Cast) -> None:
    Listing.objects.filter(pk=live("A-1").pk).update(goods="parcel", stones=120)
    Listing.objects.filter(pk=live("A-2").pk).update(goods="pair", pair_stock_number="A-3")
    follower.rebuild()
    client = browse(market.ben)
    page = text_of(client.get("/search/?goods=parcel"))
    assert '<span class="total" role="status">1 parcel</span>' in page
    assert "Round, parcel of 120" in page
    page = text_of(client.get("/search/?goods=pair"))
    assert '<span class="total" role="status">1 stone</span>' in page
    assert "Pear, of a pair" in page


def test_where_two_filters_are_to_blame_both_are_left_out(browse: Browse, market: Cast) -> None:
    page = text_of(browse(market.ben).get("/search/?shape=Round&ct=9.00-10.00&lab=HRD"))
    assert "No stone fits all of these filters." in page
    assert ">Without Carat and Laboratory: 1 stone</a>" in page


def test_countries_are_spelt_out_in_the_rail_the_chip_and_the_cell(browse: Browse, market: Cast) -> None:
    Listing.objects.filter(pk=live("A-1").pk).update(country="be", city="Antwerp")
    Listing.objects.filter(pk=live("A-2").pk).update(country="ZM")
    follower.rebuild()
    client = browse(market.ben)
    client.post("/search/columns/", {"order": ["place"], "shown": ["place"]})
    page = text_of(client.get("/search/?country=Belgium"))
    assert "> Belgium <small>1</small>" in page
    assert "> Zambia <small>1</small>" in page
    assert "Country: Belgium</a>" in page
    assert ">Antwerp, Belgium</td>" in page


def test_nothing_found_names_the_filter_that_kills_it(browse: Browse, market: Cast) -> None:
    page = text_of(browse(market.ben).get("/search/?shape=Round&colour=E"))
    assert "No stone fits all of these filters." in page
    page = text_of(browse(market.ben).get("/search/?shape=Round&colour=G&clarity=FL"))
    assert "No stone fits. One filter kills it: Clarity: FL." in page
    assert 'href="/search/?shape=Round&colour=G">Without Clarity: 1 stone</a>' in page


def test_nothing_found_offers_one_grade_wider(browse: Browse, market: Cast) -> None:
    page = text_of(browse(market.ben).get("/search/?colour=H"))
    assert ">Colour one grade wider: 1 stone</a>" in page


def test_a_number_that_is_listed_but_not_shown_is_led_to(browse: Browse, cast: Cast) -> None:
    listed(cast.asha, A1, like(A2, availability="Sold"))
    Listing.objects.filter(pk=live("A-1").pk).update(growth="CVD")
    follower.rebuild()
    page = text_of(browse(cast.ben).get("/search/?number=A-1"))
    assert (
        '<a class="button first" href="/search/?growth=lab-grown&number=A-1">Among the lab-grown: 1 stone</a>'
        in page
    )
    page = text_of(browse(cast.ben).get("/search/?number=A-2"))
    assert ">Listed, but not available: 1 stone</a>" in page


@pytest.mark.parametrize(
    "query", ["shape=Heart&colour=D&clarity=FL&ct=9.00-10.00", "number=nothing", "ct=20-30"]
)
def test_every_dead_end_has_a_way_out(browse: Browse, market: Cast, query: str) -> None:
    page = text_of(browse(market.ben).get(f"/search/?{query}"))
    assert '<a class="button first" href="/search/' in page


def test_a_long_result_has_pages(browse: Browse, cast: Cast) -> None:
    listed(cast.asha, *many(120))
    follower.rebuild()
    client = browse(cast.ben)
    first, last = text_of(client.get("/search/")), text_of(client.get("/search/?page=3"))
    assert "1 to 50 of 120" in first and 'rel="next" href="/search/?page=2"' in first
    assert "101 to 120 of 120" in last and 'rel="prev" href="/search/?page=2"' in last
    assert 'rel="next"' not in last


def test_a_page_behind_the_last_is_the_last(browse: Browse, market: Cast) -> None:
    assert browse(market.ben).get("/search/?page=9&shape=Round")["Location"] == "/search/?shape=Round"


def test_a_search_writes_nothing_and_asks_a_fixed_number_of_questions(
    browse: Browse, cast: Cast, django_assert_num_queries: "object"
) -> None:
    listed(cast.asha, *many(3))
    follower.rebuild()
    client = browse(cast.ben)
    client.get("/search/")
    # Session, person, his role and company twice (actor and masthead), the sample's mark, the exchange's
    # settings twice, his columns, the clock twice.
    with django_assert_num_queries(12):  # type: ignore[operator]
        client.get("/search/?shape=Round")


def test_a_search_that_lags_behind_ones_own_edit_says_so(
    browse: Browse, market: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, stone = browse(market.asha), live("A-1")
    form = {"per_carat": "7,000", "total": "", "version": str(stone.version), "availability": "On memo"}
    client.post(f"/stones/{stone.public_id}/", form)
    monkeypatch.setattr(queries, "wait_for", lambda fact_id: False)
    assert "Your last change is not in this search yet." in text_of(client.get("/search/"))
    monkeypatch.setattr(queries, "wait_for", lambda fact_id: True)
    assert "Your last change" not in text_of(client.get("/search/"))


def test_visitors_see_what_the_market_holds(browse: Browse, market: Cast) -> None:
    page = text_of(browse(None).get("/"))
    assert re.search(r"Natural stones</dt><dd[^>]*><data value=\"3\">3</data>", page)
    assert "1.00–1.49 ct</th>" in page
    assert "/search/?ct=" not in page
    assert "Dealers are admitted one by one" in page and "/join/" in page


def test_members_go_from_a_size_to_its_stones(browse: Browse, market: Cast) -> None:
    client = browse(market.ben)
    assert '<a href="/search/?ct=1.00-1.49">1.00–1.49 ct</a>' in text_of(client.get("/"))
    assert "1 stone" in text_of(client.get("/search/?ct=1.00-1.49"))
