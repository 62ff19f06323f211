"""What an upload changed, and the stock as before it, through the API."""

from collections.abc import Callable

import pytest
from django.test import Client

from api.calls import API, confirm, confirmed, post, problem_of, send, sentence_of
from bourse.market.models import Listing, Upload
from bourse.members.actor import Actor
from cast import Cast
from market.files import A1, A2, A3, like, many, stock_file

SignIn = Callable[[Actor], Client]


def test_what_an_upload_changed_stays_known_page_by_page(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.asha)
    first = confirmed(client, A1, A2, *many(3))
    second = confirmed(client, like(A1, price="9090"), A3, *many(3), mode="replace_all")
    third = confirmed(client, like(A2, price="1600"))

    def told(upload: str, kind: str) -> list[str]:
        answer = signed_in(cast.vera).get(f"{API}/uploads/{upload}/changes?kind={kind}").json()
        assert (answer["kind"], answer["after"]) == (kind, None)
        return [row["supplier_stock_number"] for row in answer["rows"]]

    assert told(first, "new") == ["A-1", "A-2", "M-1", "M-2", "M-3"]
    assert [told(second, kind) for kind in ("new", "changed", "removed", "returned")] == [
        ["A-3"],
        ["A-1"],
        ["A-2"],
        [],
    ]
    assert told(third, "new") + told(third, "returned") == ["A-2"]
    changed = client.get(f"{API}/uploads/{second}/changes?kind=changed").json()["rows"][0]["changes"]
    assert changed == [{"field": "ask_cents", "old": 707_000, "new": 909_000}]
    page = client.get(f"{API}/uploads/{first}/changes?kind=new&limit=3").json()
    rest = client.get(f"{API}/uploads/{first}/changes?kind=new&limit=3&after={page['after']}").json()
    assert [len(page["rows"]), len(rest["rows"]), rest["after"]] == [3, 2, None]


def test_changes_are_asked_for_by_a_known_kind_of_a_confirmed_upload(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.asha)
    upload = confirmed(client, A1)
    for query in ("", "?kind=", "?kind=lost"):
        asked = client.get(f"{API}/uploads/{upload}/changes{query}")
        assert problem_of(asked) == (400, "parameter_not_understood")
        assert [one["pointer"] for one in asked.json()["errors"]] == ["/kind"]
    waiting = send(client, stock_file(A2)).json()["public_id"]
    for path in (f"{upload}/changes?kind=new&after=none", f"{waiting}/changes?kind=new"):
        assert problem_of(client.get(f"{API}/uploads/{path}")) == (404, "not_there")
    stranger = signed_in(cast.carl).get(f"{API}/uploads/{upload}/changes?kind=new")
    assert sentence_of(stranger) == (404, "There is no such upload.")


@pytest.mark.parametrize("who", ["asha", "tara"])
def test_the_stock_of_before_an_upload_comes_back(cast: Cast, signed_in: SignIn, who: str) -> None:
    client = signed_in(getattr(cast, who))
    confirmed(client, A1, A2)
    upload = confirmed(client, like(A1, price="9090"), A3, mode="replace_all")
    begun = post(client, f"/uploads/{upload}/restore", {})
    restore = begun.json()
    assert (begun.status_code, begun["Location"]) == (201, f"{API}/uploads/{restore['public_id']}")
    assert (restore["kind"], restore["restores"], restore["state"]) == ("restore", upload, "ready")
    told = client.get(f"{begun['Location']}/difference").json()["counts"]
    assert told == {"new": 1, "changed": 1, "removed": 1, "unchanged": 0, "refused": 0, "kept": 0}
    confirm(client, restore["public_id"])
    live = Listing.objects.filter(is_live=True).order_by("supplier_stock_number")
    assert list(live.values_list("supplier_stock_number", "ask_cents")) == [
        ("A-1", 707_000),
        ("A-2", 150_000),
    ]


def test_what_never_went_live_is_not_taken_back(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.asha)
    upload = send(client, stock_file(A1)).json()["public_id"]
    refused = post(client, f"/uploads/{upload}/restore", {})
    assert sentence_of(refused) == (409, "This upload never went live, so there is nothing to take back.")
    assert Upload.objects.count() == 1


def test_viewers_and_strangers_take_nothing_back(cast: Cast, signed_in: SignIn) -> None:
    upload = confirmed(signed_in(cast.asha), A1)
    refused = post(signed_in(cast.vera), f"/uploads/{upload}/restore", {})
    assert sentence_of(refused) == (403, "Viewers look; owners and traders change stock.")
    for stranger in (cast.carl, cast.omar):
        refused = post(signed_in(stranger), f"/uploads/{upload}/restore", {})
        assert sentence_of(refused) == (404, "There is no such upload.")
    assert Upload.objects.count() == 1
