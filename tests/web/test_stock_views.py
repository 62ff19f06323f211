"""Views of own stock: kept, opened by one link, renamed, deleted, and nobody else's."""

from typing import Any

import pytest

from bourse.search import follower
from bourse.search.actions import keep_view
from bourse.search.kept_views import MOST_VIEWS
from bourse.search.models import StockView
from cast import NOON, Cast
from market.files import A1, A2, A3, listed
from web.conftest import Browse, text_of
from web.test_stock import numbers

pytestmark = pytest.mark.django_db


@pytest.fixture
def stock(cast: Cast) -> Cast:
    """Three stones of Asha's."""
    listed(cast.asha, A1, A2, A3)
    follower.rebuild()
    return cast


def kept() -> list[tuple[str, str]]:
    """Everybody's views."""
    return list(StockView.objects.order_by("pk").values_list("name", "query"))


def keep(client: Any, name: str, query: str) -> Any:
    return client.post("/listings/views/", {"name": name, "next": query})


def test_what_the_table_shows_is_kept_and_opened_by_one_link(browse: Browse, stock: Cast) -> None:
    client = browse(stock.vera)
    answer = keep(client, "  Pears &  ovals ", "order=weight&shape=Pear&shape=Oval&after=xyz")
    assert answer["Location"] == "/listings/?shape=Pear&shape=Oval&order=weight"
    page = text_of(client.get("/listings/"))
    assert "The view Pears & ovals is kept, for you alone." in page
    link = '<a class="button" href="/listings/?shape=Pear&shape=Oval&order=weight"'
    assert f"{link}>Pears & ovals</a>" in page and "Keep this view as" not in page
    opened = text_of(client.get("/listings/?shape=Pear&shape=Oval&order=weight"))
    assert f'{link} aria-current="page">' in opened and "Keep this view as" not in opened
    assert numbers(opened) == ["A-2", "A-3"]
    assert "Keep this view as" in text_of(client.get("/listings/?shape=Pear"))


def test_the_list_says_what_each_view_shows(browse: Browse, stock: Cast) -> None:
    client = browse(stock.asha)
    assert "You keep no view yet." in text_of(client.get("/listings/views/"))
    keep(client, "Old ones", "shape=Pear&unconfirmed=7&order=confirmed")
    page = text_of(client.get("/listings/views/"))
    assert "Shape: Pear · Not confirmed for 7 days · Confirmed longest ago first" in page


def test_a_view_is_renamed_and_deleted_and_can_be_kept_again(browse: Browse, stock: Cast) -> None:
    client = browse(stock.asha)
    keep(client, "Pears", "shape=Pear")
    address = f"/listings/views/{StockView.objects.get().public_id}/"
    assert 'value="Pears"' in text_of(client.get(address))
    assert client.post(address, {"name": "Drops"})["Location"] == "/listings/views/"
    assert kept() == [("Drops", "shape=Pear")]
    assert client.post(f"{address}remove/")["Location"] == "/listings/?shape=Pear"
    page = text_of(client.get("/listings/?shape=Pear"))
    assert "The view Drops is deleted." in page and "Keep this view as" in page
    assert kept() == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Enter a name, for example Pears on memo"),
        ("\u200b", "Give the view a name of at most 60 characters."),
        ("x" * 61, "at most 60 characters"),
        ("Rounds", "You keep a view of this name already. Choose another name."),
    ],
)
def test_a_name_that_is_none_or_taken_is_said_and_nothing_moves(
    browse: Browse, stock: Cast, name: str, said: str
) -> None:
    client = browse(stock.asha)
    keep(client, "Rounds", "shape=Round")
    keep(client, "Pears", "shape=Pear")
    pears = StockView.objects.get(name="Pears").public_id
    for answer in (
        keep(client, name, "shape=Oval"),
        client.post(f"/listings/views/{pears}/", {"name": name}),
    ):
        assert answer.status_code == (409 if name == "Rounds" else 422)
        assert said in text_of(answer)
    assert 'value="shape=Oval"' in text_of(keep(client, name, "shape=Oval"))
    assert kept() == [("Rounds", "shape=Round"), ("Pears", "shape=Pear")]


def test_a_view_has_a_length_and_a_person_so_many(browse: Browse, stock: Cast) -> None:
    client = browse(stock.asha)
    long = "&".join(f"place={number:080}" for number in range(60))
    assert "These filters are too long to keep" in text_of(keep(client, "Long", long))
    for number in range(MOST_VIEWS):
        keep_view(actor=stock.asha, name=str(number), query="", now=NOON)
    answer = keep(client, "One more", "shape=Pear")
    assert answer.status_code == 409 and "You keep 50 views already. Delete one first." in text_of(answer)
    assert StockView.objects.count() == MOST_VIEWS


@pytest.mark.parametrize("who", ["tara", "vera", "ben"])
def test_anothers_view_is_not_there(browse: Browse, stock: Cast, who: str) -> None:
    keep(browse(stock.asha), "Pears", "shape=Pear")
    client, name = browse(getattr(stock, who)), StockView.objects.get().public_id
    assert "Pears" not in text_of(client.get("/listings/")) + text_of(client.get("/listings/views/"))
    for found in (name, "nothing"):
        assert client.get(f"/listings/views/{found}/").status_code == 404
        assert client.post(f"/listings/views/{found}/", {"name": "Mine"}).status_code == 404
        assert client.post(f"/listings/views/{found}/remove/").status_code == 404
    assert kept() == [("Pears", "shape=Pear")]
    keep(client, "Pears", "shape=Oval")  # a name is one's own
    assert len(kept()) == 2


def test_who_acts_for_no_company_keeps_none(browse: Browse, stock: Cast) -> None:
    assert keep(browse(stock.omar), "Pears", "shape=Pear")["Location"] == "/account/company/"
    assert kept() == []
