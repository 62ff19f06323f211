"""The pages for those who write programs."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from bourse.doors.api import description
from bourse.doors.api.urls import addresses
from bourse.doors.web.developer.examples import EXAMPLES
from bourse.members import actions
from bourse.members.actions import RequestLine
from bourse.members.actor import Actor, Scope
from bourse.members.models import ApiKey, Person
from cast import NOON, Cast


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=actor.person_id))
    return client


def asked(home: Path, actor: Actor, **said: Any) -> None:
    told = {
        "at": NOON,
        "request_id": "0123456789abcdef",
        "company_id": actor.company_id,
        "key_id": None,
        "person_id": actor.person_id,
        "method": "GET",
        "path": "/api/v1/listings",
        "status": 200,
        "took_ms": 7,
        "code": "",
        "address": "192.0.2.7",
    }
    actions.hand_over(home, RequestLine(**(told | said)))
    actions.take_in(home, now=NOON)


@pytest.mark.django_db
def test_everybody_reads_the_examples_the_codes_and_every_call() -> None:
    page = Client().get("/developer/").content.decode()
    assert all(f'id="{one.name}"' in page for one in EXAMPLES)
    known = list(description.operations(addresses))
    for refusal in {each for one in known for each in description.refusals_of(one)}:
        assert f">{refusal.code}</code>" in page
    reference = Client().get("/developer/reference/").content.decode()
    assert all(f">{one.method} {one.path}</code>" in reference for one in known)


@pytest.mark.django_db
def test_a_visitor_is_shown_no_log() -> None:
    assert Client().get("/developer/requests/").status_code == 302


def test_a_member_sees_how_many_calls_are_left(cast: Cast) -> None:
    page = signed_in(cast.tara).get("/developer/").content.decode()
    assert "600 of 600" in page and "2,400 of 2,400" in page
    assert "/account/keys/" not in page
    assert "/account/keys/" in signed_in(cast.asha).get("/developer/").content.decode()


def test_the_log_is_filtered_by_status_key_path_and_id(cast: Cast, home: Path) -> None:
    given = {"name": "Loader", "scopes": [Scope.MANAGE_STOCK], "expires_at": None, "now": NOON}
    actions.make_key(actor=cast.asha, **given)  # type: ignore[arg-type]
    key = ApiKey.objects.get()
    asked(home, cast.asha, status=404, code="not_there", path="/api/v1/uploads/x")
    asked(home, cast.asha, key_id=key.pk, request_id="fedcba9876543210")
    client = signed_in(cast.asha)

    def shown(query: str) -> list[bool]:
        page = client.get(f"/developer/requests/{query}").content.decode()
        return ["/api/v1/uploads/x" in page, ">fedcba9876543210</code>" in page]

    assert shown("") == [True, True]
    assert shown("?status=4") == shown("?status=404") == [True, False]
    assert shown(f"?key={key.public_id}") == shown("?request=fedcba9876543210") == [False, True]
    assert client.get("/developer/requests/?status=x").status_code == 422
    assert "No such call." in signed_in(cast.vera).get("/developer/requests/").content.decode()
    assert "No such call." in signed_in(cast.ben).get("/developer/requests/").content.decode()


def test_the_log_leads_on_to_earlier_calls(cast: Cast, home: Path) -> None:
    for number in range(51):
        actions.hand_over(
            home,
            RequestLine(
                NOON,
                f"id-{number:06}",
                cast.asha.company_id or 0,
                None,
                None,
                "GET",
                "/api/v1/x",
                200,
                1,
                "",
                "",
            ),
        )
    actions.take_in(home, now=NOON)
    client = signed_in(cast.asha)
    first = client.get("/developer/requests/").content.decode()
    assert ("id-000050" in first, "id-000000" in first) == (True, False)
    query = first.split('class="pager"><a href="')[1].split('"')[0].replace("&amp;", "&")
    assert "id-000000" in client.get(f"/developer/requests/{query}").content.decode()
