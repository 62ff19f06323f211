"""Callers of the API: signed-in sessions with their token, without a child or a follower behind."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from bourse.kit import confined
from bourse.market.actions import read_upload, restores, uploads
from bourse.members.actor import Actor
from bourse.members.models import Person
from bourse.search import queries as search
from cast import NOON


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read in the test's own process, and no answer waits for a follower that does not run."""

    def run(function: Callable[..., Any], *given: Any, **_limits: Any) -> Any:
        return function(*given)

    monkeypatch.setattr(confined, "run", run)
    for orders in (uploads, restores):
        monkeypatch.setattr(orders, "defer_reading", lambda found: read_upload(upload_id=found.pk, now=NOON))
    monkeypatch.setattr(search, "wait_for", lambda fact_id, seconds=1.0: True)


@pytest.fixture
def signed_in(db: None) -> Callable[[Actor], Client]:
    """A client with the session of the actor's person, as strict about tokens as a browser's server."""

    def sign_in(actor: Actor) -> Client:
        client = Client(enforce_csrf_checks=True)
        client.force_login(Person.objects.get(pk=actor.person_id))
        client.cookies["csrftoken"] = "t" * 32
        client.defaults["HTTP_X_CSRFTOKEN"] = "t" * 32
        return client

    return sign_in
