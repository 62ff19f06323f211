"""Stones side by side: what differs from the first is marked, and nobody sees more than in the search."""

import re

import pytest

from bourse.market.actions import set_showing
from bourse.market.models import Listing
from bourse.search import follower
from cast import NOON, Cast
from market.files import A1, A2, A3, listed, many
from web.conftest import Browse, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def picked(cast: Cast) -> list[str]:
    """The public ids of three stones of Asha's, in the order of their stock numbers."""
    listed(cast.asha, A1, A2, A3)
    follower.rebuild()
    return [one.public_id for one in Listing.objects.order_by("supplier_stock_number")]


def lines_of(page: str) -> dict[str, list[str]]:
    """The cells of each row by its head; a cell that is marked begins with an exclamation mark."""
    found = {}
    for line in re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", page, re.DOTALL):
        head, *cells = re.split(r"<td ", line)
        found[re.split(r"<", head)[0].strip()] = [
            ("!" if "differs" in cell.partition(">")[0] else "")
            + re.sub(r"<[^>]*>", "", cell.partition(">")[2])
            for cell in cells
        ]
    return found


def test_what_differs_from_the_first_is_marked(browse: Browse, cast: Cast, picked: list[str]) -> None:
    one, two = picked[:2]
    page = text_of(browse(cast.ben).get(f"/search/compare/?pick={one}&pick={two}"))
    lines = lines_of(page)
    assert (lines["Weight"], lines["Clarity"]) == (["1.01", "!0.50"], ["VS1", "!SI1"])
    assert lines["Natural or lab-grown"] == ["Natural", "Natural"]
    assert not any(cell.startswith("!") for cell in lines["Seller"])
    marked = sum(any(cell.startswith("!") for cell in cells) for cells in lines.values())
    assert f"What differs from the first stone is marked, in {marked} of {len(lines)} rows." in page


def test_filters_of_the_search_are_left_behind(browse: Browse, cast: Cast, picked: list[str]) -> None:
    answer = browse(cast.ben).get(
        f"/search/compare/?shape=Round&pick={picked[0]}&pick={picked[0]}&sort=total"
    )
    assert (answer.status_code, answer["Location"]) == (302, f"/search/compare/?pick={picked[0]}")


def test_a_stone_is_left_out_by_its_link(browse: Browse, cast: Cast, picked: list[str]) -> None:
    query = "&".join(f"pick={one}" for one in picked)
    page = text_of(browse(cast.ben).get(f"/search/compare/?{query}"))
    assert f'href="/search/compare/?pick={picked[0]}&pick={picked[2]}"' in page


def test_what_is_no_longer_there_is_told(browse: Browse, cast: Cast, picked: list[str]) -> None:
    page = text_of(browse(cast.ben).get(f"/search/compare/?pick={picked[0]}&pick=gone&pick=neither"))
    assert "2 stones that you picked are no longer offered." in page
    assert "Pick two to 8 stones in a search to see them side by side." in page
    nothing = text_of(browse(cast.ben).get("/search/compare/"))
    assert 'href="/search/">Search for diamonds</a>' in nothing


def test_at_most_eight_stand_side_by_side(browse: Browse, cast: Cast) -> None:
    listed(cast.asha, *many(9))
    follower.rebuild()
    query = "&".join(f"pick={one.public_id}" for one in Listing.objects.all())
    page = text_of(browse(cast.ben).get(f"/search/compare/?{query}"))
    assert page.count('<th scope="col">') == 8
    assert "Only the first 8 of the stones picked are compared." in page


def test_a_hidden_ask_is_hidden_here_too(browse: Browse, cast: Cast, picked: list[str]) -> None:
    set_showing(actor=cast.asha, hides_name=False, hides_ask=True, hides_cash_ask=True, now=NOON)
    follower.rebuild()
    query = f"/search/compare/?pick={picked[0]}&pick={picked[1]}"
    for who, said in ((cast.ben, "no ask"), (cast.asha, "hidden")):
        lines = lines_of(text_of(browse(who).get(query)))
        assert lines["Ask per carat"] == [said, said]
        assert "Ask for the whole stone" not in lines


def test_without_a_catalogue_it_says_so(browse: Browse, cast: Cast) -> None:
    assert browse(cast.ben).get("/search/compare/?pick=x").status_code == 503
