"""How results are looked at: the phrase box, columns, cards, and the view as a file that reads back."""

import html
import re
from decimal import Decimal
from typing import Any

import pytest

from bourse.dialects import read_file
from bourse.search import follower
from bourse.search.models import TableColumns
from cast import Cast
from market.files import A1, A2, A3, listed
from web.conftest import Browse, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def market(cast: Cast) -> Cast:
    """Three natural stones of Asha's, in the catalogue."""
    listed(cast.asha, A1, A2, A3)
    follower.rebuild()
    return cast


def heads_of(page: str) -> list[str]:
    """The heads of the results table as they read, the box to pick by apart."""
    heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', page, flags=re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", head)).strip() for head in heads[1:]]


def test_a_phrase_becomes_the_address_of_what_it_says(browse: Browse, market: Cast) -> None:
    answer = browse(market.ben).get("/search/?q=rd+1.0-1.2+G-H+VS+GIA+none&sort=ct")
    assert answer.status_code == 302
    assert answer["Location"] == (
        "/search/?shape=Round&ct=1.00-1.20&colour=G&colour=H&clarity=VS1&clarity=VS2&lab=GIA"
        "&fluorescence=None&sort=ct"
    )


def test_a_word_that_a_phrase_cannot_mean_is_said_and_stays_in_the_box(browse: Browse, market: Cast) -> None:
    page = text_of(browse(market.ben).get("/search/?q=round+sparkling"))
    assert "“sparkling”" in page
    assert 'name="q" type="search" value="round sparkling"' in page


def test_the_usual_columns_stand_in_the_order_of_the_trade(browse: Browse, market: Cast) -> None:
    page = text_of(browse(market.ben).get("/search/"))
    assert heads_of(page) == [
        *("Shape", "Weight ct", "Col.", "Clar.", "Make", "Fluor.", "Report", "Depth %", "Table %"),
        *("Ask $/ct", "Total $", "Availability", "Seller", "Confirmed ago"),
    ]


def test_chosen_columns_stay_in_their_order_for_the_person_alone(browse: Browse, market: Cast) -> None:
    client = browse(market.ben)
    sent = {"order": ["total", "weight", "colour"], "shown": ["weight", "total"], "next": "shape=Round"}
    answer = client.post("/search/columns/", sent)
    assert answer["Location"] == "/search/?shape=Round"
    assert heads_of(text_of(client.get("/search/"))) == ["Shape", "Total $", "Weight ct"]
    assert heads_of(text_of(browse(market.ben).get("/search/"))) == ["Shape", "Total $", "Weight ct"]
    assert len(heads_of(text_of(browse(market.bea).get("/search/")))) == 14


def test_a_column_moves_by_a_button_and_nothing_is_kept_before_the_order_is(
    browse: Browse, market: Cast
) -> None:
    client = browse(market.ben)
    sent = {"order": ["weight", "colour", "clarity"], "shown": ["colour"], "up": "clarity", "next": ""}
    page = text_of(client.post("/search/columns/", sent))
    assert re.findall(r'name="order" value="(\w+)"', page)[:3] == ["weight", "clarity", "colour"]
    assert 'name="shown" value="colour" checked' in page
    assert not TableColumns.objects.exists()


def test_the_usual_columns_come_back_at_a_press(browse: Browse, market: Cast) -> None:
    client = browse(market.ben)
    client.post("/search/columns/", {"order": ["total"], "shown": ["total"]})
    client.post("/search/columns/", {"order": ["total"], "shown": ["total"], "reset": "1"})
    assert len(heads_of(text_of(client.get("/search/")))) == 14
    assert not TableColumns.objects.exists()


@pytest.mark.parametrize("sent", [{"order": ["cost"], "shown": ["cost"]}, {"shown": ["weight"] * 3}, {}])
def test_columns_that_there_are_not_are_left_aside(
    browse: Browse, market: Cast, sent: dict[str, Any]
) -> None:
    client = browse(market.ben)
    assert client.post("/search/columns/", sent).status_code == 302
    heads = heads_of(text_of(client.get("/search/")))
    assert heads == (["Shape", "Weight ct"] if sent.get("shown") == ["weight"] * 3 else heads)
    assert heads[0] == "Shape"


def test_the_way_back_leads_nowhere_but_to_the_search(browse: Browse, market: Cast) -> None:
    sent = {"shown": ["weight"], "next": "//elsewhere.example/?a=1"}
    assert browse(market.ben).post("/search/columns/", sent)["Location"] == "/search/"


def test_cards_stay_chosen_and_draw_each_stone(browse: Browse, market: Cast) -> None:
    client = browse(market.ben)
    answer = client.post("/search/view/", {"view": "cards", "next": "sort=ct"})
    assert answer["Location"] == "/search/?sort=ct"
    page = text_of(client.get("/search/"))
    assert page.count('<li class="card') == 3
    assert '<table class="ledger' not in page
    client.post("/search/view/", {"view": "table"})
    assert '<table class="ledger' in text_of(client.get("/search/"))


def test_a_view_that_there_is_not_is_refused(browse: Browse, market: Cast) -> None:
    answer = browse(market.ben).post("/search/view/", {"view": "globe"})
    assert answer.status_code == 422
    assert "Results are shown as one of: table, cards." in text_of(answer)
    assert not TableColumns.objects.exists()


def content_of(answer: Any) -> bytes:
    """What was sent, whether in pieces or whole."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_view_as_a_file_reads_back_to_what_it_showed(browse: Browse, market: Cast, kind: str) -> None:
    answer = browse(market.ben).get(f"/search/export/?shape=Round&shape=Oval&format={kind}")
    assert re.fullmatch(
        rf'attachment; filename="search-\d{{4}}-\d\d-\d\d-\d{{4}}Z\.{kind}"', answer["Content-Disposition"]
    )
    reading = read_file(content_of(answer), f"view.{kind}")
    assert reading.questions == []
    read = {stone.stock_no: stone for stone in reading.stones()}
    assert sorted(read) == ["A-1", "A-3"]
    first = read["A-1"]
    assert (first.weight_ct, first.report_no, first.ask_cents) == (Decimal("1.01"), "7000000001", 707_000)
    assert (first.values["color"], first.values["clarity"], first.values["lab"]) == ("G", "VS1", "GIA")
    assert first.values["availability"] == "Guaranteed available"


def test_only_the_picked_stones_are_written(browse: Browse, market: Cast) -> None:
    client = browse(market.ben)
    pick = re.findall(r'name="pick" value="([\w-]+)"', text_of(client.get("/search/")))[0]
    lines = content_of(client.get(f"/search/export/?pick={pick}&format=csv")).decode("utf-8-sig").splitlines()
    assert len(lines) == 2


def test_a_filter_that_is_not_understood_writes_no_file(browse: Browse, market: Cast) -> None:
    answer = browse(market.ben).get("/search/export/?shape=Blob&format=csv")
    assert answer["Location"] == "/search/?shape=Blob"


@pytest.mark.parametrize("asked", ["format=csv", "format=xlsx", "format=csv&pick=x"])
def test_before_search_is_built_there_is_no_file_that_looks_like_an_empty_market(
    browse: Browse, cast: Cast, asked: str
) -> None:
    answer = browse(cast.ben).get(f"/search/export/?{asked}")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Content-Disposition" not in answer
    assert "Search is being built. Ask again in a few seconds." in text_of(answer)


def test_a_visitor_has_no_file_and_chooses_nothing(browse: Browse, market: Cast) -> None:
    visitor = browse(None)
    for address in ("/search/export/?format=csv", "/search/columns/"):
        assert visitor.get(address)["Location"].startswith("/account/sign-in/?next=/search/")
    assert visitor.post("/search/view/", {"view": "cards"}).status_code == 302
    assert not TableColumns.objects.exists()
