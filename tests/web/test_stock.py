"""Manage listings: the table, its filters, an edit in its row, and every no."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest

from bourse.market.models import LinkCheck, Listing
from bourse.market.refusals import ListingMoved
from bourse.search import follower
from cast import NOON, Cast
from market.files import A1, A2, A3, like, listed, live, many
from web.conftest import Browse, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def stock(cast: Cast) -> Cast:
    """Three stones of Asha's and one of Ben's."""
    listed(cast.asha, A1, A2, A3)
    listed(cast.ben, like(A1, stock="B-1", report="7000000009"))
    follower.rebuild()
    return cast


def numbers(page: str) -> list[str]:
    """The stock numbers of the table's rows, in its order."""
    return re.findall(r'<td role="cell" class="f quiet">([^<]*)</td>', page)


def sent(client: Any, number: str, **form: str) -> Any:
    """The row's form, as the page has it but for these boxes."""
    found = live(number)
    page = client.get(f"/listings/?stone={found.public_id}").content.decode()
    boxes = dict(re.findall(rf'form="edit-{found.public_id}" name="([\w-]+)" value="([^"]*)"', page))
    availability = html.unescape(re.findall(r'<option value="([^"]*)" selected>', page.split("<tbody")[1])[0])
    given = {"version": str(found.version), "availability": availability, "next": "order=weight"} | boxes
    return client.post(f"/listings/stones/{found.public_id}/", given | form)


def test_the_table_holds_ones_own_stones_and_their_sums(browse: Browse, stock: Cast) -> None:
    page = text_of(browse(stock.tara).get("/listings/"))
    assert numbers(page) == ["A-3", "A-2", "A-1"]
    assert "3 stones · 3.61 ct · $27,470 asked" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("shape=Pear", ["A-2"]),
        ("shape=Pear&shape=Oval&order=weight", ["A-2", "A-3"]),
        ("text=7000000003", ["A-3"]),
        ("ct_from=0,4&ct_to=1.01", ["A-2", "A-1"]),
        ("availability=On+memo", ["A-2"]),
        ("ask=none", []),
        ("health=no_picture&order=-per_carat", ["A-3", "A-1", "A-2"]),
        ("place=Nowhere", []),
        ("state=ended", []),
        ("order=no&rows=9&health=no&unconfirmed=5", ["A-3", "A-2", "A-1"]),
    ],
)
def test_the_address_filters_and_orders(browse: Browse, stock: Cast, query: str, found: list[str]) -> None:
    assert numbers(text_of(browse(stock.asha).get(f"/listings/?{query}"))) == found


def test_days_tell_what_was_confirmed_and_changed(browse: Browse, stock: Cast) -> None:
    client = browse(stock.asha)
    sent(client, "A-1", per_carat="6900")  # confirms it too
    assert "A-1" in numbers(text_of(client.get("/listings/?changed=1")))
    assert "A-1" not in numbers(text_of(client.get("/listings/?unconfirmed=14")))


def test_what_a_form_sends_becomes_the_one_address(browse: Browse, stock: Cast) -> None:
    answer = browse(stock.asha).get("/listings/?text=&ct_from=1.00&ct_to=&order=latest&rows=50&state=")
    assert answer["Location"] == "/listings/?ct_from=1.00"


def test_a_weight_that_is_none_is_said_and_left_out(browse: Browse, stock: Cast) -> None:
    page = text_of(browse(stock.asha).get("/listings/?ct_from=big"))
    assert "A weight is a number of carats" in page
    assert 'name="ct_from" value="big"' in page and len(numbers(page)) == 3


def test_pages_follow_each_other(browse: Browse, cast: Cast) -> None:
    listed(cast.asha, *many(60))
    client = browse(cast.asha)
    first = text_of(client.get("/listings/?order=stock"))
    after = re.findall(r'rel="next" href="([^"]*)"', first)[0]
    second = text_of(client.get(after))
    assert (len(numbers(first)), len(numbers(second))) == (50, 10)
    assert not set(numbers(first)) & set(numbers(second))
    assert "From the start" in second and 'rel="next"' not in second


def test_heads_sort_and_say_which_way(browse: Browse, stock: Cast) -> None:
    page = text_of(browse(stock.asha).get("/listings/?order=per_carat"))
    assert 'aria-sort="ascending"><a href="/listings/?order=-per_carat">Ask</a>' in page


def test_columns_are_chosen_for_own_stock_apart(browse: Browse, stock: Cast) -> None:
    client = browse(stock.asha)
    client.post(
        "/listings/columns/", {"order": ["make", "per_carat"], "shown": ["make"], "next": "shape=Pear"}
    )
    page = text_of(client.get("/listings/"))
    assert ">Make</th>" in page.replace("\n", "") and "Ask per carat of" not in page
    assert "Ask" in text_of(client.get("/search/"))
    answer = client.post("/listings/columns/", {"reset": "1", "next": "shape=Pear"})
    assert answer["Location"] == "/listings/?shape=Pear"
    assert "Ask per carat of A-1" in text_of(client.get("/listings/"))


def test_an_ask_is_changed_in_its_row(browse: Browse, stock: Cast) -> None:
    answer = sent(browse(stock.tara), "A-1", per_carat="6,900")
    found = live("A-1")
    assert answer["Location"] == f"/listings/?order=weight#row-{found.public_id}"
    assert (found.ask_cents, found.availability) == (696_900, "Guaranteed available")
    page = text_of(browse(stock.tara).get("/listings/"))
    assert 'value="6,900"' in page


def test_a_total_and_an_availability_are_changed_in_the_row(browse: Browse, stock: Cast) -> None:
    client = browse(stock.asha)
    sent(client, "A-1", total="7,000")
    sent(client, "A-2", availability="Subject to prior sale")
    assert live("A-1").ask_cents == 700_000
    assert (live("A-2").ask_cents, live("A-2").availability) == (150_000, "Subject to prior sale")


def test_an_empty_box_takes_the_ask_back(browse: Browse, stock: Cast) -> None:
    sent(browse(stock.asha), "A-1", per_carat="")
    assert live("A-1").ask_cents is None


def test_a_script_gets_the_row_with_its_undo(browse: Browse, stock: Cast) -> None:
    client = browse(stock.asha)
    page = text_of(sent(client, "A-1", per_carat="6900", quiet="on"))
    assert page.startswith("<tr") and "Saved" in page and 'value="6,900"' in page
    found = live("A-1")
    undo = dict(re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', page.split("data-row-undo")[1]))
    back = client.post(f"/listings/stones/{found.public_id}/", undo | {"quiet": "on"})
    assert "Undone" in text_of(back) and "data-row-undo" not in text_of(back)
    assert live("A-1").ask_cents == 707_000


def test_a_row_that_moved_says_what_it_is_now(browse: Browse, stock: Cast) -> None:
    client = browse(stock.asha)
    version = live("A-1").version
    sent(browse(stock.tara), "A-1", per_carat="6900")
    answer = sent(client, "A-1", per_carat="5000", version=str(version), quiet="on")
    page = text_of(answer)
    assert answer.status_code == ListingMoved.status
    assert "This listing was changed after you saw it." in page
    assert "Now: 6,900 $/ct, Guaranteed." in page
    assert live("A-1").ask_cents == 696_900


@pytest.mark.parametrize("typed", ["soon", "0", "-5", "99,999,999,999"])
def test_what_is_no_ask_is_said_at_the_row_and_on_the_page(browse: Browse, stock: Cast, typed: str) -> None:
    client = browse(stock.asha)
    for form in ({}, {"quiet": "on"}):
        answer = sent(client, "A-1", per_carat=typed, **form)
        assert answer.status_code == 422
        assert "Enter an a" in text_of(answer)
    assert live("A-1").ask_cents == 707_000


@pytest.mark.parametrize("who", ["ben", "carl"])
def test_anothers_row_is_not_there(browse: Browse, stock: Cast, who: str) -> None:
    client = browse(getattr(stock, who))
    for name in (live("A-1").public_id, "nothing"):
        assert client.post(f"/listings/stones/{name}/", {"version": "1", "per_carat": "1"}).status_code == 404
    assert Listing.objects.get(public_id=live("A-1").public_id).ask_cents == 707_000
    assert "A-1" not in text_of(client.get("/listings/"))


def test_a_viewer_looks_and_has_no_boxes(browse: Browse, stock: Cast) -> None:
    client = browse(stock.vera)
    page = text_of(client.get("/listings/"))
    assert numbers(page) == ["A-3", "A-2", "A-1"] and "data-row-edit" not in page
    form = {"version": "1", "per_carat": "1"}
    assert client.post(f"/listings/stones/{live('A-1').public_id}/", form).status_code == 403


def hidden(page: str) -> dict[str, list[str]]:
    """What the form that does it carries along."""
    form = page.split("fingerprint")[0].rsplit("<form", 1)[1] + page.split("fingerprint", 1)[1][:200]
    carried: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', form):
        carried.setdefault(name, []).append(value)
    mark = re.findall(r'name="fingerprint" value="(\w+)"', page)
    return carried | {"fingerprint": mark}


def picks(*names: str) -> list[str]:
    return [f"{live(name).public_id}.{live(name).version}" for name in names]


def test_asks_of_chosen_stones_change_by_percent_once_they_were_shown(browse: Browse, stock: Cast) -> None:
    client = browse(stock.tara)
    form = {"act": "percent", "pick": picks("A-1", "A-3"), "percent": "−10", "next": "order=weight"}
    page = text_of(client.post("/listings/change/", form))
    assert "Asks in all: $25,970.00 now, $23,373.00 after" in page
    assert "<del>$7,070.00</del>" in page and "<ins>$6,363.00</ins>" in page
    assert live("A-1").ask_cents == 707_000
    assert "Change the asks of 2 stones" in page
    answer = client.post("/listings/change/", hidden(page))
    assert answer["Location"] == "/listings/?order=weight"
    assert [live(name).ask_cents for name in ("A-1", "A-2", "A-3")] == [636_300, 150_000, 1_701_000]
    assert "2 stones are changed." in text_of(client.get("/listings/"))


def test_all_that_the_filter_finds_are_changed(browse: Browse, stock: Cast) -> None:
    client = browse(stock.asha)
    form = {"act": "availability", "all": "on", "next": "shape=Pear&shape=Oval", "availability": "On memo"}
    page = text_of(client.post("/listings/change/", form))
    assert "Change the availability of 1 stone" in page and "stay the same" in page
    client.post("/listings/change/", hidden(page))
    assert [live(name).availability for name in ("A-1", "A-3")] == ["Guaranteed available", "On memo"]


def test_what_moved_after_it_was_chosen_is_left_out_and_said(browse: Browse, stock: Cast) -> None:
    client = browse(stock.asha)
    chosen = picks("A-1", "A-2")
    sent(browse(stock.tara), "A-1", per_carat="6900")
    page = text_of(client.post("/listings/change/", {"act": "percent", "pick": chosen, "percent": "2"}))
    assert "Changed by somebody since you saw it." in page and "Change the asks of 1 stone<" in page


def test_what_moved_after_it_was_shown_is_shown_anew(browse: Browse, stock: Cast) -> None:
    client = browse(stock.asha)
    page = text_of(client.post("/listings/change/", {"act": "percent", "all": "on", "percent": "2"}))
    sent(browse(stock.tara), "A-1", per_carat="6900")
    answer = client.post("/listings/change/", hidden(page))
    assert answer.status_code == 409
    assert "changed after this was shown" in text_of(answer)
    assert live("A-2").ask_cents == 150_000


@pytest.mark.parametrize("percent", ["", "0", "x", "NaN", "1e99", "-95"])
def test_what_is_no_percentage_is_said_at_its_box(browse: Browse, stock: Cast, percent: str) -> None:
    form = {"act": "percent", "all": "on", "percent": percent}
    answer = browse(stock.asha).post("/listings/change/", form)
    assert answer.status_code == 422 and "There is a problem" in text_of(answer)


@pytest.mark.parametrize(("rank", "most"), [("", ""), ("x", ""), ("1", "x")])
def test_what_is_no_rank_is_said_at_its_box(browse: Browse, stock: Cast, rank: str, most: str) -> None:
    form = {"act": "rank", "all": "on", "rank": rank, "most_percent": most}
    answer = browse(stock.asha).post("/listings/change/", form)
    assert answer.status_code == 422 and "There is a problem" in text_of(answer)


def test_an_ask_goes_to_a_rank_among_its_like(browse: Browse, stock: Cast) -> None:
    client = browse(stock.asha)
    form = {"act": "rank", "pick": picks("A-1", "A-3"), "rank": "1"}
    page = text_of(client.post("/listings/change/", form))
    assert "Change the asks of 1 stone<" in page and "Fewer of its like are offered by others." in page
    client.post("/listings/change/", hidden(page))
    assert live("A-1").ask_cents == 706_999 and live("A-3").ask_cents == 1_890_000


def test_nothing_chosen_is_said(browse: Browse, stock: Cast) -> None:
    client = browse(stock.asha)
    answer = client.post("/listings/change/", {"act": "delist", "next": "shape=Pear", "pick": ["x", "y.z"]})
    assert answer["Location"] == "/listings/?shape=Pear"
    assert "Choose stones first" in text_of(client.get("/listings/"))


def test_delisted_stones_come_back(browse: Browse, stock: Cast) -> None:
    client = browse(stock.asha)
    page = text_of(client.post("/listings/change/", {"act": "delist", "pick": picks("A-1", "A-2")}))
    assert "Delist 2 stones" in page and "off the exchange" in page
    client.post("/listings/change/", hidden(page))
    page = text_of(client.get("/listings/"))
    assert numbers(page) == ["A-3"] and "2 stones delisted at" in page
    order = re.findall(r'name="order" value="(\w+)"', page)[0]
    client.post("/listings/undo/", {"order": order})
    page = text_of(client.get("/listings/"))
    assert numbers(page) == ["A-3", "A-2", "A-1"] and "Put them back" not in page


def test_stones_are_confirmed_with_one_press(browse: Browse, stock: Cast) -> None:
    client = browse(stock.asha)
    client.post("/listings/change/", {"act": "confirm", "pick": picks("A-1")})
    assert "1 stone is confirmed as of now." in text_of(client.get("/listings/"))
    assert "A-1" not in numbers(text_of(client.get("/listings/?unconfirmed=14")))
    client.post("/listings/change/", {"act": "confirm_all"})
    assert numbers(text_of(client.get("/listings/?unconfirmed=14"))) == []


def test_all_is_confirmed_or_all_that_the_filter_finds(browse: Browse, stock: Cast) -> None:
    client = browse(stock.tara)
    page = text_of(client.get("/listings/?shape=Pear"))
    assert ">Confirm the 1 stone found</button>" in page
    client.post("/listings/change/", {"act": "confirm_all", "next": "shape=Pear"})
    assert numbers(text_of(client.get("/listings/?unconfirmed=1"))) == ["A-3", "A-1"]
    assert ">Confirm all 3 stones</button>" in text_of(client.get("/listings/"))
    client.post("/listings/change/", {"act": "confirm_all", "next": "order=weight"})
    assert numbers(text_of(client.get("/listings/?unconfirmed=1"))) == []
    for who, query in ((stock.tara, "state=ended"), (stock.vera, "")):
        assert "Confirm all" not in text_of(browse(who).get(f"/listings/?{query}"))


@pytest.mark.parametrize(("who", "status"), [("vera", 403), ("ben", 200), ("omar", 302)])
def test_nobody_else_changes_many(browse: Browse, stock: Cast, who: str, status: int) -> None:
    client = browse(getattr(stock, who))
    form = {"act": "delist", "pick": picks("A-1")}
    assert client.post("/listings/change/", form | {"fingerprint": "x"}).status_code in (status, 409)
    assert client.post("/listings/undo/", {"order": "nothing"}).status_code in (404, 403, 302)
    assert live("A-1").is_live


def test_a_price_is_tried_before_it_is_asked(browse: Browse, stock: Cast) -> None:
    client, address = browse(stock.tara), f"/listings/stones/{live('A-1').public_id}/"
    assert f'<a href="{address}" aria-label="Rank of A-1: 1 of 2">' in text_of(client.get("/listings/"))
    page = text_of(client.get(f"{address}?at=7,100"))
    assert "2 of 2" in page and "Ask $7,171.00" in page and "−5 %" in page
    assert "Enter an amount in US dollars" in text_of(client.get(f"{address}?at=soon"))
    form = {"version": live("A-1").version, "total": "6,716.50", "initial-total": "7,070"}
    client.post(address, form)
    assert live("A-1").ask_cents == 671_650


def test_a_dead_link_is_told_with_what_was_found_and_when(browse: Browse, stock: Cast) -> None:
    found = live("A-2")
    dead = {"state": "dead", "failures": 3, "failing_since": NOON, "checked_at": NOON + timedelta(hours=7)}
    why = "pictures.example has no file at this address (status 404). Copy the address anew."
    LinkCheck.objects.create(listing=found, kind="picture", address="x", host="x", why=why, **dead)
    page = text_of(browse(stock.asha).get("/listings/?health=dead_link"))
    assert numbers(page) == ["A-2"]
    day = "24 Nov 2026"
    assert f'title="{why} Looked at 3 times since {day}, last on {day}."' in page
    assert f'href="/stones/{found.public_id}/#h-media"' in page
