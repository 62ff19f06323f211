"""The page of a company's keys."""

import re

from django.test import Client

from bourse.kit import clock
from bourse.members.actor import Actor
from bourse.members.key_text import is_well_written
from bourse.members.models import ApiKey, Person
from bourse.members.queries import caller_of
from cast import Cast
from web.conftest import prove

KEYS = "/account/keys/"
FORM = {"name": "Stock loader", "scopes": ["manage stock"], "days": "90"}


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=actor.person_id))
    return prove(client)


def shown_key(client: Client) -> str:
    """The key that the page shows whole; empty where it shows none."""
    found = re.search(r'id="new-key">([^<]*)<', client.get(KEYS).content.decode())
    return found[1] if found else ""


def test_an_owner_makes_a_key_and_is_shown_it_once(cast: Cast) -> None:
    client = signed_in(cast.asha)
    assert client.post(f"{KEYS}add/", FORM)["Location"] == KEYS
    secret = shown_key(client)
    assert is_well_written(secret) and caller_of(secret, clock.now()).actor.person_id == cast.asha.person_id
    assert shown_key(client) == ""
    page = client.get(KEYS).content.decode()
    assert f"_…{secret[-4:]}" in page and secret not in page


def test_whoever_came_in_long_ago_shows_again_who_he_is(cast: Cast) -> None:
    client = Client()
    client.force_login(Person.objects.get(pk=cast.asha.person_id))
    assert client.get(KEYS).status_code == 200
    assert client.post(f"{KEYS}add/", FORM).status_code == 403  # the page that asks, or its refusal
    assert not ApiKey.objects.exists()


def test_a_form_that_lacks_something_says_so_and_makes_nothing(cast: Cast) -> None:
    client = signed_in(cast.asha)
    for wrong, said in (({"name": ""}, "Enter a name"), ({"scopes": []}, "Choose at least one thing")):
        answer = client.post(f"{KEYS}add/", FORM | wrong)
        assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not ApiKey.objects.exists()


def test_a_key_is_replaced_and_revoked(cast: Cast) -> None:
    client = signed_in(cast.asha)
    client.post(f"{KEYS}add/", FORM)
    old = shown_key(client)
    key = ApiKey.objects.get()
    assert "Stock loader" in client.get(f"{KEYS}{key.public_id}/replace/").content.decode()
    client.post(f"{KEYS}{key.public_id}/replace/", {"days": "1"})
    assert is_well_written(shown_key(client)) and caller_of(old, clock.now())
    client.post(f"{KEYS}{key.public_id}/revoke/")
    key.refresh_from_db()
    assert (key.revoked_at is not None, ApiKey.objects.filter(revoked_at=None).count()) == (True, 1)


def test_who_is_no_owner_is_told_so_and_a_stranger_finds_nothing(cast: Cast) -> None:
    client = signed_in(cast.asha)
    client.post(f"{KEYS}add/", FORM)
    path = f"{KEYS}{ApiKey.objects.get().public_id}"
    for who in (cast.tara, cast.vera):
        for address in (KEYS, f"{KEYS}add/", f"{path}/replace/"):
            assert signed_in(who).get(address).status_code == 403
        assert signed_in(who).post(f"{path}/revoke/").status_code == 403
    assert signed_in(cast.ben).get(f"{path}/replace/").status_code == 404
    assert signed_in(cast.ben).post(f"{path}/revoke/").status_code == 404
    assert ApiKey.objects.filter(revoked_at=None).count() == 1
