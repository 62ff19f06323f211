"""Own stock and orders for many of it, through the API."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from api.calls import API, post, problem_of
from bourse.kit import clock
from bourse.market.models import AskChange, Listing, StockConfirmation
from bourse.members.actor import Actor
from bourse.search import follower
from cast import Cast
from market.offering import offered

SignIn = Callable[[Actor], Client]
ALL: dict[str, Any] = {"selection": {"filter": {}}}
CHEAPER = {"kind": "percent", "percent": "-10"}


def stock_of(cast: Cast) -> list[Listing]:
    """Two rounds and a pear of Asha's, and a round of Ben's."""
    offered(cast.ben, "B-1", "7100000001", ask_cents=505_000)
    own = [offered(cast.asha, f"A-{number}", f"700000000{number}") for number in (1, 2)]
    return [*own, offered(cast.asha, "A-3", "7000000003", shape="Pear", ask_cents=None)]


def asks() -> list[int | None]:
    return list(Listing.objects.order_by("supplier_stock_number").values_list("ask_cents", flat=True))


def test_a_filter_an_order_and_pages(cast: Cast, signed_in: SignIn) -> None:
    stock_of(cast)
    client = signed_in(cast.vera)

    def numbers(query: str) -> list[str]:
        page = client.get(f"{API}/listings?{query}").json()
        return [row["supplier_stock_number"] for row in page["listings"]]

    assert numbers("shapes=Round&shapes=Oval&order=stock") == ["A-1", "A-2"]
    assert numbers("asks=none") == ["A-3"]
    assert numbers("low_ct=1.02") == numbers("state=ended") == numbers("text=B-1") == []
    Listing.objects.update(changed_at=clock.now() - timedelta(days=2), listed_at=clock.now())
    assert numbers("changed_days=1") == numbers("unconfirmed_days=1") == []
    assert numbers("high_ct=1.01&changed_days=3&limit=1") == ["A-3"]
    first = client.get(f"{API}/listings?order=-ask&limit=2").json()
    assert (first["total"], [row["ask_cents"] for row in first["listings"]]) == (3, [707_000, 707_000])
    rest = client.get(f"{API}/listings?order=-ask&limit=2&after={first['after']}").json()
    assert ([row["supplier_stock_number"] for row in rest["listings"]], rest["after"]) == (["A-3"], None)
    assert "listing_key" not in first["listings"][0]


@pytest.mark.parametrize("query", ["shape=Round", "health=x", "low_ct=1e9", "changed_days=0", "order=x"])
def test_what_a_filter_does_not_know_is_refused(cast: Cast, signed_in: SignIn, query: str) -> None:
    assert problem_of(signed_in(cast.asha).get(f"{API}/listings?{query}")) == (
        400,
        "parameter_not_understood",
    )


def test_many_are_looked_at_and_then_changed_once(cast: Cast, signed_in: SignIn) -> None:
    stock_of(cast)
    client, order = signed_in(cast.tara), ALL | {"change": CHEAPER}
    told = post(client, "/listings/preview", order).json()
    assert (told["selected"], told["changing"], told["before_cents"]) == (3, 2, 1_414_000)
    assert [(one["why"], one["count"]) for one in told["refused"]] == [("no_ask", 1)]
    assert (told["lowest"]["new_ask_cents"], asks()) == (636_300, [707_000, 707_000, None, 505_000])
    confirmed = order | {"fingerprint": told["fingerprint"]}
    done = post(client, "/listings/change", confirmed).json()
    assert (done["changed"], done["left"], done["is_searchable"]) == (2, 1, True)
    assert asks() == [636_300, 636_300, None, 505_000]
    again = post(client, "/listings/change", confirmed).json()
    assert (again["order"], again["changed"], AskChange.objects.count()) == (done["order"], 2, 6)


def test_what_moved_since_the_preview_is_not_changed(cast: Cast, signed_in: SignIn) -> None:
    own = stock_of(cast)
    client, order = signed_in(cast.asha), ALL | {"change": CHEAPER}
    told = post(client, "/listings/preview", order).json()
    Listing.objects.filter(pk=own[0].pk).update(version=2, ask_cents=1_000)
    before, lines = asks(), AskChange.objects.count()
    confirmed = order | {"fingerprint": told["fingerprint"]}
    assert problem_of(post(client, "/listings/change", confirmed)) == (409, "preview_moved")
    assert (asks(), AskChange.objects.count()) == (before, lines)


def test_listings_as_they_were_seen_are_taken_down_and_come_back(cast: Cast, signed_in: SignIn) -> None:
    own = stock_of(cast)
    client = signed_in(cast.asha)
    seen = [{"listing": own[0].public_id, "version": 1}, {"listing": own[1].public_id, "version": 9}]
    order: dict[str, Any] = {"selection": {"listings": seen}, "change": {"kind": "delist"}}
    told = post(client, "/listings/preview", order).json()
    done = post(client, "/listings/change", order | {"fingerprint": told["fingerprint"]}).json()
    assert (done["changed"], done["left"]) == (1, 1)
    assert not Listing.objects.get(pk=own[0].pk).is_live
    back = post(client, "/listings/undo", {"order": done["order"]}).json()
    assert (back["changed"], Listing.objects.get(pk=own[0].pk).is_live) == (1, True)
    assert problem_of(post(client, "/listings/undo", {"order": done["order"]})) == (422, "nothing_to_change")


def test_a_selection_is_meant_in_one_way(cast: Cast, signed_in: SignIn) -> None:
    stock_of(cast)
    client = signed_in(cast.asha)
    wrong: list[dict[str, Any]] = [{}, {"filter": {}, "order": "x"}, {"listings": []}]
    for selection in wrong:
        refused = post(client, "/listings/preview", {"selection": selection, "change": CHEAPER})
        assert problem_of(refused) == (422, "nothing_selected")
    for change, code in (
        ({"kind": "percent", "percent": "-95"}, "percent_not_taken"),
        ({"kind": "availability", "availability": "x"}, "availability_not_known"),
    ):
        assert problem_of(post(client, "/listings/preview", ALL | {"change": change})) == (422, code)
    nothing = ALL | {"change": {"kind": "list_again"}}
    told = post(client, "/listings/preview", nothing).json()
    refused = post(client, "/listings/change", nothing | {"fingerprint": told["fingerprint"]})
    assert problem_of(refused) == (422, "nothing_to_change")


def test_the_stock_is_kept_alive_whole_or_in_part(cast: Cast, signed_in: SignIn) -> None:
    stock_of(cast)
    client = signed_in(cast.tara)
    kept = post(client, "/listings/keep-alive", {"selection": {"filter": {"shapes": ["Pear"]}}}).json()
    assert (kept, StockConfirmation.objects.count()) == ({"count": 1, "is_searchable": True}, 0)
    assert post(client, "/listings/keep-alive", {}).json()["count"] == 3
    assert StockConfirmation.objects.get().company_id == cast.asha.company_id


def test_where_an_ask_lies_and_what_others_would_make_of_it(cast: Cast, signed_in: SignIn) -> None:
    own = stock_of(cast)
    follower.rebuild()
    client, address = signed_in(cast.vera), f"{API}/listings/{own[0].public_id}"
    place = client.get(f"{address}/position").json()["position"]
    assert (place["rank"], place["of"], place["lowest"], place["ppc_cents"]) == (2, 3, 500_000, 700_000)
    found = client.get(f"{address}/simulation?ppc_cents=499999&percent=1&percent=-0.5").json()["prices"]
    assert [(one["ppc_cents"], one["rank"], one["of"]) for one in found] == [
        (499_999, 1, 3),
        (707_000, 3, 3),
        (696_500, 2, 3),
    ]
    assert problem_of(signed_in(cast.ben).get(f"{address}/position")) == (404, "not_there")
    assert problem_of(signed_in(cast.ben).get(f"{address}/simulation?percent=1")) == (404, "not_there")


def test_viewers_change_nothing(cast: Cast, signed_in: SignIn) -> None:
    stock_of(cast)
    client, before = signed_in(cast.vera), list(Listing.objects.order_by("pk").values())
    calls: dict[str, Any] = {"change": ALL | {"change": CHEAPER, "fingerprint": "x"}, "undo": {"order": "x"}}
    for path, body in {**calls, "preview": ALL | {"change": CHEAPER}, "keep-alive": {}}.items():
        assert problem_of(post(client, f"/listings/{path}", body)) == (403, "viewers_only_look")
    assert list(Listing.objects.order_by("pk").values()) == before
    assert not StockConfirmation.objects.exists()
