"""Pictures, certificates and films by API."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from api.calls import API, post, problem_of
from bourse.market.models import Listing, Media
from bourse.members.actor import Actor
from cast import Cast
from market import media_made as made
from market.offering import offered

SignedIn = Callable[[Actor], Client]
FILM = "https://films.example/a.mp4"


@pytest.fixture
def stone(cast: Cast) -> Listing:
    return offered(cast.asha)


def send(client: Client, stone: Listing, content: bytes, kind: str = "application/octet-stream") -> Any:
    return client.post(f"{API}/listings/{stone.public_id}/media?name=a.jpg", content, content_type=kind)


def test_a_picture_and_a_certificate_are_added_looked_at_and_removed(
    signed_in: SignedIn, cast: Cast, stone: Listing
) -> None:
    client, path = signed_in(cast.asha), f"{API}/listings/{stone.public_id}/media"
    added = send(client, stone, made.picture(), "image/jpeg")
    assert (added.status_code, added.json()["is_searchable"]) == (201, True)
    (picture,) = added.json()["added"]
    (pdf,) = send(client, stone, made.pdf(), "application/pdf").json()["added"]
    kept = signed_in(cast.ben).get(path).json()
    assert [(one["public_id"], one["kind"]) for one in kept["media"]] == [
        (picture, "picture"),
        (pdf, "certificate"),
    ]
    shown = signed_in(cast.ben).get(f"{path}/{picture}?small=true")
    assert (shown["Content-Type"], shown.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert shown["Content-Disposition"] == f'attachment; filename="{picture}.jpg"'
    assert signed_in(cast.ben).get(f"{path}/{pdf}").content == made.pdf()
    gone = client.delete(f"{path}/{picture}")
    assert [one["kind"] for one in gone.json()["media"]] == ["certificate"]
    assert problem_of(client.get(f"{path}/{picture}")) == (404, "not_there")


def test_links_are_told_to_the_own_company_alone(signed_in: SignedIn, cast: Cast, stone: Listing) -> None:
    path = f"/listings/{stone.public_id}"
    assert post(signed_in(cast.asha), f"{path}/films", {"address": FILM}).status_code == 201
    (link,) = signed_in(cast.vera).get(f"{API}{path}/media").json()["links"]
    assert (link["address"], link["kind"], link["state"]) == (FILM, "film", "waiting")
    other = signed_in(cast.ben).get(f"{API}{path}/media").json()
    assert (other["links"], other["media"][0]["address"]) == ([], FILM)


def test_every_no_has_its_code_and_moves_nothing(signed_in: SignedIn, cast: Cast, stone: Listing) -> None:
    client = signed_in(cast.asha)
    for content, kind, said in (
        (b"<svg/>", "image/svg+xml", (422, "picture_not_taken")),
        (made.pdf(b"/Launch"), "application/pdf", (422, "certificate_not_taken")),
        (b"{}", "application/json", (415, "media_type_not_taken")),
        (bytes(20 * 1024 * 1024 + 1), "image/png", (422, "media_too_large")),
    ):
        assert problem_of(send(client, stone, content, kind)) == said
    films = f"/listings/{stone.public_id}/films"
    assert problem_of(post(client, films, {"address": "http://a.example"})) == (422, "not_https")
    assert problem_of(send(signed_in(cast.vera), stone, made.picture())) == (403, "viewers_only_look")
    assert problem_of(send(signed_in(cast.ben), stone, made.picture())) == (404, "not_there")
    assert not Media.objects.exists()


def test_sent_twice_with_one_id_it_is_added_once(signed_in: SignedIn, cast: Cast, stone: Listing) -> None:
    client, path = signed_in(cast.asha), f"{API}/listings/{stone.public_id}/media"
    given = {"content_type": "image/png", "headers": {"Idempotency-Key": "once"}}
    first, again = (client.post(path, made.picture("PNG"), **given) for _ in range(2))
    assert first.json() == again.json() and again["Idempotency-Replayed"] == "true"
    other = client.post(path, made.picture("PNG", (9, 9)), **given)
    assert problem_of(other) == (422, "operation_id_used")
    assert Media.objects.count() == 1
