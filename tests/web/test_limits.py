"""What a company may look at, as its people read it on the pages and in the API."""

from typing import Any

import pytest

from bourse.members.actions import set_exchange
from bourse.members.models import Exchange
from bourse.members.queries import Limits
from bourse.search import follower, limits
from cast import NOON, Cast
from market.files import listed, many
from web.conftest import Browse, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def market(cast: Cast) -> Cast:
    listed(cast.asha, *many(60))
    follower.rebuild()
    house: dict[str, Any] = {"name": "House", "colours": {}, "public_fields": [], "now": NOON}
    set_exchange(actor=cast.omar, limits=Limits(export_rows_a_day=100), **house)
    return cast


def test_what_is_left_of_the_day_is_told_before_the_export(browse: Browse, market: Cast) -> None:
    ben = browse(market.ben)
    assert "a day are left" not in text_of(ben.get("/search/"))
    assert ben.get("/search/export/").status_code == 200
    assert "40 of the 100 a day are left; your own are free" in text_of(ben.get("/search/"))
    refused = ben.get("/search/export/?format=xlsx")
    assert (refused.status_code, int(refused["Retry-After"]) > 0) == (429, True)
    assert "60 stones of others" in text_of(refused)
    assert browse(market.asha).get("/search/export/").status_code == 200


def test_a_page_too_deep_says_so_by_page_and_api(
    browse: Browse, market: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LEAST_DEPTH", 1)
    Exchange.objects.update(search_depth_rows=50)
    ben = browse(market.ben)
    assert ben.get("/search/").status_code == 200
    deep = ben.get("/search/?page=2")
    assert (deep.status_code, "A search shows its first 50 stones." in text_of(deep)) == (403, True)
    told = ben.get("/api/v1/search?page=2")
    assert (told.status_code, told.json()["code"]) == (403, "result_too_deep")
    assert browse(market.omar).get("/search/?page=2").status_code == 200


def test_the_operator_sets_the_limits(browse: Browse, market: Cast) -> None:
    omar = browse(market.omar)
    said = {
        "name": "House",
        "listing_days": "7",
        "search_depth_rows": "20000",
        "export_rows_a_day": "0",
        "declined_days": "30",
    }
    assert omar.post("/operator/exchange/", said).status_code == 302
    assert Exchange.objects.values_list(*Limits.__struct_fields__).get() == (7, 20_000, 0, 30)
    wrong = omar.post("/operator/exchange/", said | {"search_depth_rows": "many"})
    assert "Enter a whole number from 1,000 to 1,000,000" in text_of(wrong)
