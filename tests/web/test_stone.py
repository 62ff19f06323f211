"""The page of one stone: what its seller says, who may change it, and what a stale edit gets."""

import re

import pytest

from bourse.kit.models import Fact
from bourse.market.actions import change_ask, set_showing
from bourse.market.models import AskChange, Listing
from bourse.members.models import Company
from bourse.search import follower
from cast import NOON, Cast
from market.files import A1, A2, listed, live
from market.offering import offered
from web.conftest import Browse, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def stone(cast: Cast) -> Listing:
    """Asha's round of 1.01 ct at $7,070."""
    listed(cast.asha, A1, A2)
    return live("A-1")


def form(stone: Listing, **changes: str) -> dict[str, str]:
    """The edit form as the page fills it."""
    shown = {"per_carat": "7,000", "total": "7,070"}
    hidden = {f"initial-{name}": value for name, value in shown.items()}
    state = {"version": str(stone.version), "availability": stone.availability}
    return {**shown, **hidden, **state, **changes}


def moved(stone: Listing) -> tuple[object, ...]:
    stone.refresh_from_db()
    return stone.version, stone.ask_cents, stone.is_live, AskChange.objects.count(), Fact.objects.count()


def test_every_claim_has_its_unit_or_is_not_given(browse: Browse, cast: Cast, stone: Listing) -> None:
    page = text_of(browse(cast.ben).get(f"/stones/{stone.public_id}/"))
    assert '<h1 class="stone-name">Round 1.01 ct G VS1</h1>' in page
    assert "Natural · GIA 7000000001" in page
    facts = dict(re.findall(r"<dt>([^<]+)</dt><dd[^>]*>([^<]*)</dd>", page))
    assert facts["Weight"] == "1.01 ct"
    assert facts["Laboratory"] == "GIA"
    assert '<data value="7000000001">7000000001</data>' in page and 'data-copy="7000000001"' in page
    assert facts["Fluorescence"] == facts["Depth"] == facts["Culet"] == "not given"
    seller = Company.objects.get(pk=cast.asha.company_id)
    assert f'<dt>Seller</dt><dd><a href="/companies/{seller.public_id}/">Asha Gems</a></dd>' in page
    assert '<data value="7000.00">7,000.00</data>' in page.replace("$", "")
    assert "$7,070.00" in page


def test_ones_own_company_may_change_it_and_viewers_look(browse: Browse, cast: Cast, stone: Listing) -> None:
    pages = {
        who: text_of(browse(getattr(cast, who)).get(f"/stones/{stone.public_id}/"))
        for who in ("asha", "tara", "vera", "ben")
    }
    assert {who: "Change the listing" in page for who, page in pages.items()} == {
        "asha": True,
        "tara": True,
        "vera": False,
        "ben": False,
    }
    assert "Your stone" in pages["vera"]


def test_a_trader_changes_the_ask_per_carat(browse: Browse, cast: Cast, stone: Listing) -> None:
    client = browse(cast.tara)
    answer = client.post(f"/stones/{stone.public_id}/", form(stone, per_carat="$6,900"))
    assert (answer.status_code, answer["Location"]) == (302, f"/stones/{stone.public_id}/")
    assert moved(stone)[1] == 696_900
    assert answer.cookies["after"]["httponly"]
    page = text_of(client.get(answer["Location"]))
    assert "The listing is changed. Buyers see it now." in page
    assert "−1.4" in page


def test_the_total_counts_where_the_total_was_changed(browse: Browse, cast: Cast, stone: Listing) -> None:
    browse(cast.tara).post(f"/stones/{stone.public_id}/", form(stone, total="6.999,99"))
    assert moved(stone)[1] == 699_999


@pytest.mark.parametrize(
    ("box", "typed"),
    [("per_carat", "70,000,000"), ("per_carat", "0.5"), ("total", "10,200,000"), ("total", "1")],
)
def test_an_ask_that_no_file_may_bring_is_no_ask(
    browse: Browse, cast: Cast, stone: Listing, box: str, typed: str
) -> None:
    before = moved(stone)
    answer = browse(cast.tara).post(f"/stones/{stone.public_id}/", form(stone, **{box: typed}))
    assert answer.status_code == 422
    assert f'<a href="#id_{box}">Enter an ask from 1 to 10,000,000 US dollars per carat</a>' in text_of(
        answer
    )
    assert moved(stone) == before


def test_boxes_that_follow_each_other_agree(browse: Browse, cast: Cast, stone: Listing) -> None:
    browse(cast.tara).post(f"/stones/{stone.public_id}/", form(stone, per_carat="6,930.68", total="6,999.99"))
    assert moved(stone)[1] == 699_999


def test_boxes_that_contradict_each_other_are_refused(browse: Browse, cast: Cast, stone: Listing) -> None:
    before = moved(stone)
    answer = browse(cast.tara).post(
        f"/stones/{stone.public_id}/", form(stone, per_carat="6,900", total="9,000")
    )
    assert answer.status_code == 422
    page = text_of(answer)
    assert "do not agree: 1.01 ct at that ask are $6,969.00" in page
    assert 'value="9,000"' in page
    assert moved(stone) == before


def test_empty_boxes_mean_no_ask(browse: Browse, cast: Cast, stone: Listing) -> None:
    browse(cast.tara).post(f"/stones/{stone.public_id}/", form(stone, per_carat="", total=""))
    assert moved(stone)[1] is None
    assert "No ask given" in text_of(browse(cast.ben).get(f"/stones/{stone.public_id}/"))


@pytest.mark.parametrize("typed", ["seven", "-5", "0"])
def test_what_is_no_amount_is_said_at_its_box(browse: Browse, cast: Cast, stone: Listing, typed: str) -> None:
    before = moved(stone)
    answer = browse(cast.tara).post(f"/stones/{stone.public_id}/", form(stone, per_carat=typed))
    page = text_of(answer)
    assert answer.status_code == 422
    assert "<title>Error: Round 1.01 ct G VS1" in page
    assert '<a href="#id_per_carat">Enter an amount in US dollars' in page
    assert moved(stone) == before


def test_an_edit_of_what_has_moved_comes_back_as_typed(browse: Browse, cast: Cast, stone: Listing) -> None:
    sent = form(stone, per_carat="6,900")
    change_ask(
        actor=cast.asha,
        listing_id=stone.public_id,
        ask_cents=800_000,
        availability=stone.availability,
        version=stone.version,
        now=NOON,
    )
    answer = browse(cast.tara).post(f"/stones/{stone.public_id}/", sent)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "was changed after you saw it" in page
    assert "$8,000.00" in page
    assert 'value="6,900"' in page
    assert re.search(r'name="version" value="2"', page)
    assert moved(stone)[1] == 800_000


@pytest.mark.parametrize(("who", "status"), [("vera", 403), ("ben", 404), ("carl", 404)])
def test_others_change_nothing(browse: Browse, cast: Cast, stone: Listing, who: str, status: int) -> None:
    before = moved(stone)
    client = browse(getattr(cast, who))
    assert client.post(f"/stones/{stone.public_id}/", form(stone, per_carat="1")).status_code == status
    gone = {"version": str(stone.version), "sure": "on"}
    assert client.post(f"/stones/{stone.public_id}/withdraw/", gone).status_code == status
    assert moved(stone) == before


def test_withdrawing_asks_for_the_box_to_be_ticked(browse: Browse, cast: Cast, stone: Listing) -> None:
    client, address = browse(cast.asha), f"/stones/{stone.public_id}/withdraw/"
    answer = client.post(address, {"version": str(stone.version)})
    assert answer.status_code == 422
    assert "Tick the box if the stone is to leave the exchange" in text_of(answer)
    answer = client.post(
        f"/stones/{stone.public_id}/withdraw/", {"version": str(stone.version), "sure": "on"}
    )
    assert answer["Location"] == "/listings/"
    assert "Round 1.01 ct G VS1 is withdrawn." in text_of(client.get("/listings/"))
    assert moved(stone)[2] is False


def test_an_ended_stone_is_there_for_its_own_company_only(browse: Browse, cast: Cast, stone: Listing) -> None:
    browse(cast.asha).post(f"/stones/{stone.public_id}/withdraw/", {"version": "1", "sure": "on"})
    assert "No longer offered" in text_of(browse(cast.vera).get(f"/stones/{stone.public_id}/"))
    assert browse(cast.ben).get(f"/stones/{stone.public_id}/").status_code == 404


def test_the_same_stone_of_another_company_is_named(browse: Browse, cast: Cast, stone: Listing) -> None:
    listed(cast.ben, A1)
    page = text_of(browse(cast.carl).get(f"/stones/{stone.public_id}/"))
    assert re.search(r'<a href="/stones/\w+/">Ben & Bea</a>', page)


def test_a_stone_that_never_was_looks_like_one_that_is_not_yours(browse: Browse, cast: Cast) -> None:
    assert browse(cast.ben).get("/stones/nothing/").status_code == 404


def test_a_visitor_sees_the_public_fields_and_the_way_in(browse: Browse, cast: Cast) -> None:
    shown = offered(
        cast.asha, state="Flanders", comment="call Asha", image_urls=["https://asha.example/1.jpg"]
    )
    address = f"/stones/{shown.public_id}/"
    page = text_of(browse(None).get(address))
    assert '<h1 class="stone-name">Round 1.01 ct G VS1</h1>' in page
    assert f'<a href="/account/sign-in/?next={address}">Sign in</a> to see what is asked and by whom.' in page
    facts = dict(re.findall(r"<dt>([^<]+)</dt><dd[^>]*>([^<]*)</dd>", page))
    assert (facts["Laboratory"], facts["Lies in"], facts["Table"]) == ("GIA", "Belgium", "57.0 %")
    assert facts["Culet"] == "not given"
    private = ("7,070", "7,000", "7000000001", "A-1", "Asha", "Antwerp", "Flanders", "elsewhere", "Seller")
    assert [word for word in private if word in page] == []
    assert browse(None).post(address, {})["Location"].startswith("/account/sign-in/")


def test_a_member_sees_both_asks_and_an_own_trader_what_others_see(browse: Browse, cast: Cast) -> None:
    shown = offered(cast.asha, cash_ask_cents=690_000)
    seen = text_of(browse(cast.ben).get(f"/stones/{shown.public_id}/"))
    assert "<dt>Cash ask</dt><dd>$6,831.68 /ct · $6,900.00</dd>" in seen
    assert "Others see" not in seen
    Listing.objects.filter(pk=shown.pk).update(hides_ask=True)
    own = text_of(browse(cast.vera).get(f"/stones/{shown.public_id}/"))
    assert "Others see the cash ask $6,900.00, and your name." in own and "$7,070.00" in own
    seen = text_of(browse(cast.ben).get(f"/stones/{shown.public_id}/"))
    assert '<h2 id="h-price">Cash ask</h2>' in seen and "7,070" not in seen


def test_an_ask_of_another_currency_says_by_which_rate(browse: Browse, cast: Cast) -> None:
    shown = offered(cast.asha, priced_in="EUR", rate="1.0842", rate_date="2026-11-20")
    page = text_of(browse(cast.ben).get(f"/stones/{shown.public_id}/"))
    assert "<dt>Converted by</dt><dd>1 EUR = $1.0842, 20 Nov 2026</dd>" in page


def test_a_hidden_supplier_is_a_member(browse: Browse, cast: Cast) -> None:
    shown = offered(cast.asha, comment="call Asha")
    set_showing(actor=cast.asha, hides_name=True, hides_ask=False, hides_cash_ask=False, now=NOON)
    page = text_of(browse(cast.ben).get(f"/stones/{shown.public_id}/"))
    assert "<dt>Seller</dt><dd>A member</dd>" in page
    assert "Asha" not in page and "A-1" not in page and "Antwerp" not in page
    own = text_of(browse(cast.tara).get(f"/stones/{shown.public_id}/"))
    assert "Others see the ask $7,070.00, and “A member” for your name." in own


def test_of_an_unnamed_seller_the_history_tells_days(browse: Browse, cast: Cast) -> None:
    stone = offered(cast.asha)
    minute, day = '<time datetime="2026-11-24T12:00:00Z">24 Nov 2026, 12:00</time>', ">24 Nov 2026</time>"
    for is_named, shown, other in ((True, minute, day), (False, day, minute)):
        set_showing(actor=cast.asha, hides_name=not is_named, hides_ask=False, hides_cash_ask=False, now=NOON)
        page = browse(cast.ben).get(f"/stones/{stone.public_id}/").content.decode()
        assert (shown in page, other in page) == (True, False)


def test_the_own_company_reads_who_says_otherwise(browse: Browse, cast: Cast) -> None:
    shown, other = offered(cast.asha), offered(cast.carl, "C-1", colour="F")
    said = "Colour: you say G, Carl Trading says F"
    assert said in text_of(browse(cast.vera).get(f"/stones/{shown.public_id}/"))
    assert "Others say otherwise" not in text_of(browse(cast.ben).get(f"/stones/{shown.public_id}/"))
    set_showing(actor=cast.carl, hides_name=True, hides_ask=False, hides_cash_ask=False, now=NOON)
    page = text_of(browse(cast.vera).get(f"/stones/{shown.public_id}/"))
    assert "Colour: you say G, another member says F" in page
    assert f'<a href="/stones/{other.public_id}/">Their offer</a>' in page


def test_links_leave_the_house_and_carry_no_script(browse: Browse, cast: Cast) -> None:
    shown = offered(
        cast.asha,
        image_urls=["https://pictures.example/1.jpg", "javascript:alert(1)"],
        video_urls=["https://films.example/1"],
        certificate_url="http://reports.example/1.pdf",
        particulars={"eye_clean": "Yes", "mine_of_origin": "Karowe"},
    )
    page = text_of(browse(cast.ben).get(f"/stones/{shown.public_id}/"))
    assert '<a href="https://pictures.example/1.jpg" rel="noopener noreferrer nofollow">Picture</a>' in page
    assert '<a href="https://films.example/1" rel="noopener noreferrer nofollow">Film</a>' in page
    assert (
        '<a href="http://reports.example/1.pdf" rel="noopener noreferrer nofollow">Open the report</a>'
        in page
    )
    assert "javascript:" not in page and "<img" not in page
    assert "<dt>Mine of origin</dt>" in page and "<dt>Eye-clean</dt>" in page


def test_a_trader_gives_a_cash_ask_per_carat_and_hides_it(browse: Browse, cast: Cast, stone: Listing) -> None:
    sent = form(stone, cash_per_carat="6,800", hides_cash_ask="on")
    assert browse(cast.tara).post(f"/stones/{stone.public_id}/", sent).status_code == 302
    stone.refresh_from_db()
    assert (stone.ask_cents, stone.cash_ask_cents, stone.hides_ask, stone.hides_cash_ask) == (
        707_000,
        686_800,
        False,
        True,
    )
    page = text_of(browse(cast.tara).get(f"/stones/{stone.public_id}/"))
    assert 'value="6,800"' in page and 'value="6,868"' in page


def test_a_wrong_cash_ask_is_said_at_its_box(browse: Browse, cast: Cast, stone: Listing) -> None:
    before = moved(stone)
    answer = browse(cast.tara).post(f"/stones/{stone.public_id}/", form(stone, cash_total="much"))
    assert answer.status_code == 422
    assert '<a href="#id_cash_total">Enter an amount in US dollars' in text_of(answer)
    assert moved(stone) == before


def test_where_an_ask_lies_among_its_like(browse: Browse, cast: Cast) -> None:
    own = offered(cast.asha)
    for number, cents in enumerate((500_000, 606_000, 909_000), start=1):
        offered(cast.carl, f"C-{number}", f"710000000{number}", ask_cents=cents)
    offered(cast.carl, "C-9", "7100000009", ask_cents=1, growth="CVD")
    follower.rebuild()
    page = text_of(browse(cast.ben).get(f"/stones/{own.public_id}/"))
    assert "Number 3 of 4, counted from the lowest." in page
    assert "Lowest 4,951 · median 6,500 · mean 6,738 · highest 9,000, in $/ct" in page
    assert ">4 asks for its like</a>" in page and "this stone 7,000" in page
    assert page.count('<rect class="you"') == 2
    Listing.objects.filter(pk=own.pk).update(hides_ask=True)
    follower.rebuild()
    page = text_of(browse(cast.asha).get(f"/stones/{own.public_id}/"))
    assert "This stone bears no ask that others see, so it is not among them." in page
    assert "Where this ask lies" not in text_of(browse(None).get(f"/stones/{own.public_id}/"))
