"""The first page: what the exchange holds now."""

import re

import pytest
from django.test import Client

from bourse.market.models import Listing
from bourse.search import follower
from cast import Cast
from market.files import A1, A2, A3, listed, live
from web.conftest import Browse, text_of

pytestmark = pytest.mark.django_db


def rows(client: Client) -> dict[str, tuple[str, str]]:
    """The table of sizes: natural and lab-grown by the head of the row."""
    table = text_of(client.get("/")).split("<tbody>")[1].split("</tbody>")[0]
    cells = re.findall(r'<th scope="row">(.*?)</th><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td>', table)
    return {re.sub("<.*?>", "", head): (natural, grown) for head, natural, grown in cells}


def test_sizes_are_of_single_stones_and_parcels_stand_apart(browse: Browse, cast: Cast) -> None:
    listed(cast.asha, A1, A2, A3)
    Listing.objects.filter(pk=live("A-3").pk).update(goods="parcel", stones=40, weight_ct="21.50")
    follower.rebuild()
    assert rows(browse(cast.ben)) == {
        "0.50–0.69 ct": ("1", "0"),
        "1.00–1.49 ct": ("1", "0"),
        "Parcels, each counted once": ("1", "0"),
    }


def test_in_an_empty_house_the_first_step_comes_first(browse: Browse, cast: Cast) -> None:
    follower.rebuild()
    ways = {"omar": "Members", "asha": "Upload stock", "vera": "Search for diamonds"}
    for who, first in ways.items():
        page = text_of(browse(getattr(cast, who)).get("/"))
        assert re.findall(r'<a class="button first" href="[^"]*">([^<]*)</a>', page) == [first]


def test_a_visitor_sees_the_sizes_without_a_way_into_the_search(browse: Browse, cast: Cast) -> None:
    listed(cast.asha, A1)
    follower.rebuild()
    assert rows(browse(None)) == {"1.00–1.49 ct": ("1", "0")}
    page = text_of(browse(None).get("/"))
    assert "?ct=" not in page and "Parcels" not in page
    assert '<a href="/search/?ct=1.00-1.49">' in text_of(browse(cast.ben).get("/"))
