"""Calls by a key: who it is, what it may do, how fast, and what is left in the log."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from api.calls import API, problem_of, sentence_of
from bourse.kit import buckets
from bourse.kit.models import AuditEntry
from bourse.members import actions
from bourse.members.actor import Actor, Scope
from bourse.members.key_text import new_key
from bourse.members.models import ApiKey, ApiRequest, Company
from cast import NOON, Cast
from market.files import A1, listed, live

Keyed = Callable[..., Client]


@pytest.fixture(autouse=True)
def full_buckets(home: Path) -> None:
    """Limits of another test are none of this one's."""
    for key in ("api failures 127.0.0.1",):
        buckets.fill(key)


@pytest.fixture
def keyed(db: None) -> Keyed:
    """A client that sends a key of the actor's company, and no cookie."""

    def client(actor: Actor, *scopes: Scope) -> Client:
        given = {"name": "Test", "scopes": scopes or tuple(Scope), "expires_at": None}
        made = actions.make_key(actor=actor, **given, now=NOON)  # type: ignore[arg-type]
        return with_key(made.secret)

    return client


def with_key(secret: str) -> Client:
    return Client(enforce_csrf_checks=True, headers={"authorization": f"Bearer {secret}"})


def change(client: Client, **said: Any) -> Any:
    path = f"{API}/listings/{live('A-1').public_id}"
    return client.patch(path, {"ask_cents": 650_000, "version": 1, **said}, content_type="application/json")


def test_a_key_changes_stock_without_a_token_and_the_record_names_it(cast: Cast, keyed: Keyed) -> None:
    listed(cast.asha, A1)
    changed = change(keyed(cast.asha))
    assert (changed.status_code, live("A-1").ask_cents) == (200, 650_000)
    key = ApiKey.objects.get()
    last = AuditEntry.objects.filter(act="market.change_ask").last()
    if last is not None:  # once every order of the market is recorded
        assert (last.key, last.person_id) == (key.public_id, cast.asha.person_id)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Bearer", "not_signed_in"),
        ("Basic YTpi", "not_signed_in"),
        ("Bearer bourse_live_abcdefgh_x", "key_mistyped"),
        ("Bearer UNKNOWN", "key_unknown"),
    ],
)
def test_what_is_no_key_of_ours_is_told_apart(db: None, text: str, code: str) -> None:
    text = text.replace("UNKNOWN", new_key().whole)
    refused = Client(headers={"authorization": text}).get(f"{API}/listings")
    assert problem_of(refused) == (401, code)
    assert refused["WWW-Authenticate"].startswith('Bearer realm="bourse"')


def test_a_key_that_is_revoked_or_expired_says_so_and_ends_with_the_call_after(
    cast: Cast, keyed: Keyed
) -> None:
    client = keyed(cast.asha)
    assert client.get(f"{API}/listings").status_code == 200
    ApiKey.objects.update(expires_at=NOON)
    assert problem_of(client.get(f"{API}/listings")) == (401, "key_expired")
    actions.revoke_key(actor=cast.asha, key_id=ApiKey.objects.get().public_id, now=NOON)
    assert sentence_of(client.get(f"{API}/listings")) == (
        401,
        "This key was revoked on 2026-11-24. Make another one.",
    )


def test_a_key_goes_before_a_session(cast: Cast, signed_in: Callable[[Actor], Client], keyed: Keyed) -> None:
    client = signed_in(cast.ben)
    keyed(cast.asha)
    listed(cast.asha, A1)
    secret = actions.make_key(
        actor=cast.asha, name="x", scopes=[Scope.MANAGE_STOCK], expires_at=None, now=NOON
    ).secret
    headers = {"authorization": f"Bearer {secret}"}
    assert client.get(f"{API}/listings").json()["total"] == 0
    assert client.get(f"{API}/listings", headers=headers).json()["total"] == 1


def test_a_key_without_the_scope_is_told_what_it_may(cast: Cast, keyed: Keyed) -> None:
    listed(cast.asha, A1)
    client = keyed(cast.asha, Scope.READ_SEARCH)
    assert sentence_of(change(client)) == (
        403,
        "This key may do: read search. The call needs “manage stock”; make a key that may do it.",
    )
    assert client.get(f"{API}/listings/{live('A-1').public_id}").status_code == 200
    assert live("A-1").version == 1


def test_a_suspended_company_is_told_so_and_keeps_what_is_general(cast: Cast, keyed: Keyed) -> None:
    client = keyed(cast.asha)
    suspended = Company.objects.filter(pk=cast.asha.company_id)
    suspended.update(suspended_at=NOON, suspended_because="Unpaid.")
    assert problem_of(client.get(f"{API}/listings")) == (403, "company_suspended")
    assert client.get(f"{API}/schema").status_code == 200


def test_every_answer_says_how_many_calls_are_left(cast: Cast, keyed: Keyed, settings: LazySettings) -> None:
    settings.API_CALLS_A_MINUTE = 3
    client = keyed(cast.asha)
    told = [client.get(f"{API}/schema") for _ in range(4)]
    assert [answer.status_code for answer in told] == [200, 200, 200, 429]
    assert {answer["RateLimit-Policy"] for answer in told} == {'"caller";q=3;w=60'}
    assert [answer["RateLimit"].split(";")[1] for answer in told] == ["r=2", "r=1", "r=0", "r=0"]
    assert (problem_of(told[3])[1], 1 <= int(told[3]["Retry-After"]) <= 20) == ("too_many_calls", True)


def test_whoever_tries_keys_is_slowed_down_and_locks_nobody_else_out(cast: Cast, keyed: Keyed) -> None:
    neighbour = keyed(cast.asha)  # behind the same address
    client = with_key(new_key().whole)
    statuses = [client.get(f"{API}/schema").status_code for _ in range(62)]
    assert (statuses[:60], 429 in statuses[60:]) == ([401] * 60, True)
    assert neighbour.get(f"{API}/schema").status_code == 200


def test_a_call_is_in_the_log_by_the_id_that_its_answer_had(cast: Cast, keyed: Keyed, home: Path) -> None:
    actions.take_in(home, now=NOON)
    ApiRequest.objects.all().delete()
    answer = keyed(cast.asha).get(f"{API}/listings/nothing-of-this-name")
    assert not ApiRequest.objects.exists()  # no table is written while anybody waits
    actions.take_in(home, now=NOON)
    row = ApiRequest.objects.get()
    assert row.request_id == answer["X-Request-ID"] == answer.json()["request_id"]
    assert (row.status, row.code, row.method, row.path) == (
        404,
        "not_there",
        "GET",
        "/api/v1/listings/nothing-of-this-name",
    )
    assert row.key == ApiKey.objects.get()


def test_a_read_by_key_writes_no_table(cast: Cast, keyed: Keyed, django_assert_num_queries: Any) -> None:
    client = keyed(cast.asha)
    client.get(f"{API}/schema")
    with django_assert_num_queries(3) as asked:  # the time, the key, its maker's membership
        client.get(f"{API}/schema")
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)
