"""One's own stock through the API."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from bourse.market.models import AskChange, Listing
from bourse.members.actor import Actor
from cast import Cast
from market.files import A1, A2, listed, live, many

SignIn = Callable[[Actor], Client]
API = "/api/v1/listings"


def patch(client: Client, number: str, body: dict[str, Any], **headers: str) -> Any:
    return client.patch(
        f"{API}/{live(number).public_id}", body, content_type="application/json", headers=headers
    )


def problem_of(response: Any) -> tuple[int, str]:
    assert response["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


def test_ones_own_stock_comes_in_pages(cast: Cast, signed_in: SignIn) -> None:
    listed(cast.asha, *many(7))
    listed(cast.carl, A1)
    client, after, seen, pages = signed_in(cast.vera), "", [], 0
    while after is not None:
        page = client.get(API, {"limit": "3"} | ({"after": after} if after else {})).json()
        seen += [row["supplier_stock_number"] for row in page["listings"]]
        after, pages = page["after"], pages + 1
    assert (seen, pages, page["total"]) == ([f"M-{number}" for number in range(7, 0, -1)], 3, 7)


def test_a_page_holds_50_unless_told_and_250_at_most(cast: Cast, signed_in: SignIn) -> None:
    listed(cast.asha, *many(251))
    client = signed_in(cast.asha)
    sizes = [len(client.get(API, given).json()["listings"]) for given in ({}, {"limit": "250"})]
    assert sizes == [50, 250]
    for wrong in ("0", "-1", "x", "251", "٣", "9" * 30):
        assert problem_of(client.get(API, {"limit": wrong})) == (400, "parameter_not_understood")
    assert problem_of(client.get(API, {"after": "none"})) == (404, "not_there")


def test_a_listing_is_shown_with_its_version_as_etag(cast: Cast, signed_in: SignIn) -> None:
    listed(cast.asha, A1)
    shown = signed_in(cast.vera).get(f"{API}/{live('A-1').public_id}")
    view = shown.json()
    assert (shown["ETag"], view["version"], view["ask_cents"], view["is_own"]) == ('"1"', 1, 707_000, True)


def test_others_are_told_no_number_that_counts_changes(cast: Cast, signed_in: SignIn) -> None:
    listed(cast.asha, A1)
    shown = signed_in(cast.ben).get(f"{API}/{live('A-1').public_id}")
    view = shown.json()
    assert ("ETag" in shown, view["version"], view["ask_cents"], view["is_own"], view["private"]) == (
        False,
        0,
        707_000,
        False,
        None,
    )


def test_a_trader_hides_the_ask_and_gives_one_for_cash(cast: Cast, signed_in: SignIn) -> None:
    listed(cast.asha, A1)
    address = f"{API}/{live('A-1').public_id}"
    edit = {"cash_ask_cents": 690_000, "hides_ask": True, "version": 1}
    changed = signed_in(cast.tara).patch(address, edit, content_type="application/json").json()["listing"]
    assert (changed["ask_cents"], changed["cash_ask_cents"], changed["hides_ask"]) == (707_000, 690_000, True)
    assert changed["others_see"] == {"ask_cents": None, "cash_ask_cents": 690_000, "is_named": True}
    seen = signed_in(cast.ben).get(address).json()
    assert (seen["ask_cents"], seen["cash_ask_cents"], seen["hides_ask"]) == (None, 690_000, False)


def test_a_trader_changes_the_ask(cast: Cast, signed_in: SignIn) -> None:
    listed(cast.asha, A1)
    changed = patch(signed_in(cast.tara), "A-1", {"ask_cents": 650_000, "version": 1})
    assert (changed.status_code, changed["ETag"], changed.json()["is_searchable"]) == (200, '"2"', True)
    first = live("A-1")
    assert (first.ask_cents, first.availability) == (650_000, "Guaranteed available")


def test_a_trader_changes_availability_and_takes_the_ask_away(cast: Cast, signed_in: SignIn) -> None:
    listed(cast.asha, A1)
    client = signed_in(cast.tara)
    assert patch(client, "A-1", {"availability": "On memo"}, if_match='"1"').status_code == 200
    assert patch(client, "A-1", {"ask_cents": None}, if_match='W/"2"').status_code == 200
    first = live("A-1")
    assert (first.ask_cents, first.availability, first.version) == (None, "On memo", 3)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"ask_cents": 1, "version": 2}, 409, "listing_moved"),
        ({"ask_cents": 1, "version": 0}, 409, "listing_moved"),
        ({"ask_cents": 1}, 428, "version_missing"),
        ({"ask_cents": 0, "version": 1}, 400, "body_not_understood"),
        ({"ask_cents": 1.5, "version": 1}, 400, "body_not_understood"),
        ({"ask_cents": "1", "version": 1}, 400, "body_not_understood"),
        ({"ask": 1, "version": 1}, 400, "body_not_understood"),
        ({"availability": "Perhaps", "version": 1}, 422, "availability_not_known"),
    ],
)
def test_what_cannot_be_changed_is_named_and_nothing_moves(
    cast: Cast, signed_in: SignIn, body: dict[str, Any], status: int, code: str
) -> None:
    listed(cast.asha, A1)
    assert problem_of(patch(signed_in(cast.asha), "A-1", body)) == (status, code)
    assert (live("A-1").version, AskChange.objects.count()) == (1, 1)


def test_a_listing_is_withdrawn(cast: Cast, signed_in: SignIn) -> None:
    listed(cast.asha, A1, A2)
    client, path = signed_in(cast.asha), f"{API}/{live('A-1').public_id}"
    assert problem_of(client.delete(path)) == (428, "version_missing")
    taken = client.delete(path, headers={"if_match": '"1"'})
    assert (taken.status_code, taken.json()["listing"]["is_live"]) == (200, False)
    assert Listing.objects.filter(is_live=True).count() == 1
    assert problem_of(client.delete(path, headers={"if_match": '"2"'})) == (409, "listing_is_ended")
    assert client.get(path).json()["is_live"] is False
    assert problem_of(signed_in(cast.ben).get(path)) == (404, "not_there")


@pytest.mark.parametrize(("who", "told"), [("vera", (403, "viewers_only_look")), ("ben", (404, "not_there"))])
def test_viewers_and_strangers_change_nothing(
    cast: Cast, signed_in: SignIn, who: str, told: tuple[int, str]
) -> None:
    listed(cast.asha, A1)
    client = signed_in(getattr(cast, who))
    assert problem_of(patch(client, "A-1", {"ask_cents": 1, "version": 1})) == told
    gone = client.delete(f"{API}/{live('A-1').public_id}", headers={"if_match": '"1"'})
    assert problem_of(gone) == told
    assert live("A-1").version == 1
