"""Tales told through the doors, with a follower that comes as soon as it is called."""

from collections.abc import Callable

import pytest
from django.test import Client

from bourse.kit import outbox
from bourse.members.actor import Actor
from bourse.members.models import Person
from bourse.search import follower
from bourse.search import queries as search
from bourse.wiring import LISTENERS
from cast import NOON


@pytest.fixture(autouse=True)
def following(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits for his own edit is the follower himself for that moment."""

    def follow(fact_id: int, seconds: float = 1.0) -> bool:
        while outbox.deliver(LISTENERS, now=NOON):
            pass
        return outbox.is_delivered(fact_id)

    follower.rebuild()
    monkeypatch.setattr(search, "wait_for", follow)


@pytest.fixture
def signed_in() -> Callable[[Actor], Client]:
    """A client with the session of the actor's person."""

    def sign_in(actor: Actor) -> Client:
        client = Client()
        client.force_login(Person.objects.get(pk=actor.person_id))
        return client

    return sign_in
