"""Why a stone is in a result or not: every filter is held against the stone, by the engine that searches."""

import re

import pytest

from bourse.search import follower
from bourse.search.filter import from_query
from bourse.search.queries import find
from bourse.search.why import explained
from cast import NOON, Cast
from market.files import A1, A2, A3, listed
from web.conftest import Browse, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def market(cast: Cast) -> Cast:
    listed(cast.asha, A1, A2, A3)
    follower.rebuild()
    return cast


def judged(page: str) -> dict[str, tuple[str, ...]]:
    """By filter: what is asked, what the stone says, whether it meets it."""
    lines = re.findall(r'<tr><th scope="row">(.*?)</th><td>(.*?)</td><td>(.*?)</td><td>(.*?)</td></tr>', page)
    return {one: tuple(re.sub(r"<[^>]*>", "", cell) for cell in rest) for one, *rest in lines}


def test_the_filter_that_leaves_it_out_is_named(browse: Browse, market: Cast) -> None:
    page = text_of(browse(market.ben).get("/search/why/?shape=Round&ct=1.00-1.20&colour=D&about=7000000001"))
    lines = judged(page)
    assert "Not in the result: " in page and "filters leaves it out." in page
    assert lines["Colour"] == ("D", "G", "no")
    assert lines["Carat"] == ("1.00–1.20 ct", "1.01", "yes")
    assert lines["Growth"] == ("Natural", "Natural", "yes")
    assert 'href="/search/?shape=Round&ct=1.00-1.20">Search without what leaves it out</a>' in page


def test_a_stone_of_the_result_meets_every_filter(browse: Browse, market: Cast) -> None:
    page = text_of(browse(market.ben).get("/search/why/?shape=Round&colour=G&about=7000000001"))
    assert "In the result: it meets every filter." in page
    assert {verdict for *_, verdict in judged(page).values()} == {"yes"}
    assert judged(page)["Goods"] == ("Single stone, Pair", "Single stone", "yes")
    assert "Search without what leaves it out" not in page


def test_what_is_asked_without_a_choice_is_told_too(browse: Browse, market: Cast) -> None:
    page = text_of(browse(market.ben).get("/search/why/?growth=lab-grown&about=7000000001"))
    assert judged(page)["Growth"] == ("Lab-grown", "Natural", "no")


def test_a_number_of_no_stone_is_told(browse: Browse, market: Cast) -> None:
    page = text_of(browse(market.ben).get("/search/why/?about=%3Cb%3E404"))
    assert "No stone with the number &lt;b&gt;404 is on the exchange." in page or "<b>404" in page
    assert "No stone" not in text_of(browse(market.ben).get("/search/why/"))


@pytest.mark.parametrize("query", ["shape=Round", "ppc=1-2", "colour=not G", "days=1&ct=0.5-1", "company=x"])
def test_it_agrees_with_the_search(market: Cast, query: str) -> None:
    filter, _ = from_query(query)
    found = {row.public_id for row in find(market.ben, filter, now=NOON).rows}
    every = [
        one
        for number in ("7000000001", "7000000002", "7000000003")
        for one in explained(market.ben, filter, number, NOON)
    ]
    assert len(every) == 3
    assert {one.row.public_id for one in every if not one.failing} == found
