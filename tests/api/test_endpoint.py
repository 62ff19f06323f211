"""What holds for every address of the API."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from bourse.doors.api.bodies import MOST_FILE_BYTES, MOST_JSON_BYTES
from bourse.doors.api.urls import urlpatterns
from bourse.market.models import Upload
from bourse.members.actor import Actor
from cast import Cast
from market.files import A1, listed, live, stock_file

SignIn = Callable[[Actor], Client]
ROUTES = [str(route.pattern) for route in urlpatterns if str(route.pattern) != "openapi.json"]


@pytest.mark.django_db
@pytest.mark.parametrize("route", ROUTES)
def test_nobody_calls_without_signing_in(route: str) -> None:
    path = "/api/v1/" + re.sub("<str:.*>", "x", route)
    for method in ("get", "post", "patch", "delete"):
        response = getattr(Client(), method)(path)
        assert response.status_code in (401, 405)
        assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("token", ["", "u" * 32])
def test_a_change_needs_the_sessions_token(cast: Cast, signed_in: SignIn, token: str) -> None:
    client = signed_in(cast.asha)
    client.defaults["HTTP_X_CSRFTOKEN"] = token
    refused = client.post(
        "/api/v1/uploads?name=s.csv&mode=replace_all", stock_file(A1), content_type="text/csv"
    )
    assert (refused.status_code, refused.json()["code"]) == (403, "token_missing")
    assert not Upload.objects.exists()
    assert client.get("/api/v1/uploads").status_code == 200


def test_a_method_that_an_address_does_not_know(cast: Cast, signed_in: SignIn) -> None:
    refused = signed_in(cast.asha).put("/api/v1/uploads")
    assert (refused.status_code, refused.json()["code"], refused["Allow"]) == (
        405,
        "method_not_allowed",
        "GET, HEAD, POST",
    )


@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/stones", "/api/v1/uploads/", "/api/v1/uploads/x/y"])
def test_an_address_that_is_not_there(cast: Cast, signed_in: SignIn, path: str) -> None:
    for call in (signed_in(cast.asha).get, signed_in(cast.asha).post):
        refused = call(path)
        assert (refused.status_code, refused.json()["code"]) == (404, "not_there")


@pytest.mark.parametrize("sent", ["", " ", "\t", "a\x7f", "é", "x" * 256])
def test_an_operation_id_that_cannot_be_read_stops_the_order(
    cast: Cast, signed_in: SignIn, sent: str
) -> None:
    refused = signed_in(cast.asha).post(
        "/api/v1/uploads?name=s.csv&mode=replace_all",
        stock_file(A1),
        content_type="text/csv",
        headers={"Idempotency-Key": sent},
    )
    assert (refused.status_code, refused.json()["errors"][0]["cure"]) == (
        400,
        "Send 1 to 255 printable ASCII characters.",
    )
    assert not Upload.objects.exists()


def test_bodies_of_another_kind_are_refused(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.asha)
    form = client.post("/api/v1/uploads", "a=b", content_type="application/x-www-form-urlencoded")
    text = client.post("/api/v1/uploads/x/confirm", "{}", content_type="text/plain")
    assert [(each.status_code, each.json()["code"]) for each in (form, text)] == [
        (415, "media_type_not_taken")
    ] * 2


@pytest.mark.parametrize(
    "body", ["{", "[]", "{}", '{"fingerprint": "x", "force": true}', '{"fingerprint": 1}']
)
def test_bodies_that_are_not_understood_are_refused(cast: Cast, signed_in: SignIn, body: str) -> None:
    refused = signed_in(cast.asha).post("/api/v1/uploads/x/confirm", body, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (400, "body_not_understood")


def test_a_body_has_a_length_and_a_limit(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.asha)
    big = client.post(
        "/api/v1/uploads/x/confirm", "x" * (MOST_JSON_BYTES + 1), content_type="application/json"
    )
    assert (big.status_code, big.json()["code"]) == (413, "body_too_large")
    for path in ("uploads?name=s.csv&mode=replace_all", "search"):
        said = client.generic(
            "POST", f"/api/v1/{path}", b"x", content_type="text/csv", CONTENT_LENGTH=str(2 * MOST_FILE_BYTES)
        )
        assert said.status_code in (405, 413)
    silent = client.generic("POST", "/api/v1/uploads?name=s&mode=replace_all", b"x", CONTENT_LENGTH="")
    assert (silent.status_code, silent.json()["code"]) == (411, "length_missing")


def test_a_file_needs_a_name_and_a_mode(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.asha)
    for query in ("", "?name=s.csv", "?mode=replace_all"):
        refused = client.post(f"/api/v1/uploads{query}", stock_file(A1), content_type="text/csv")
        assert (refused.status_code, refused.json()["code"]) == (422, "file_missing")


def test_answers_are_kept_by_no_cache(cast: Cast, signed_in: SignIn) -> None:
    listed(cast.asha, A1)
    for path in ("listings", f"listings/{live('A-1').public_id}", "listings/none"):
        assert signed_in(cast.asha).get(f"/api/v1/{path}")["Cache-Control"] == "private, no-store"


def test_head_is_get_without_its_body(cast: Cast, signed_in: SignIn) -> None:
    head = signed_in(cast.asha).head("/api/v1/listings")
    assert (head.status_code, head.content) == (200, b"")
