"""Pages through Django's test client, without collected static files."""

import html
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from bourse.kit import confined
from bourse.market.actions import read_upload, restores, uploads
from bourse.members.actor import Actor
from bourse.members.models import Person
from cast import NOON

Browse = Callable[[Actor | None], Client]


@pytest.fixture(autouse=True)
def plain_static_files(settings: Any) -> None:
    """Static files under their own names: nothing was collected."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture
def browse() -> Browse:
    """A browser in which somebody of the cast is signed in, or nobody."""

    def browser(actor: Actor | None) -> Client:
        client = Client(SERVER_NAME="localhost")
        if actor is not None:
            client.force_login(
                Person.objects.get(pk=actor.person_id), "allauth.account.auth_backends.AuthenticationBackend"
            )
        return client

    return browser


def prove(client: Client) -> Client:
    """The browser of somebody who has shown just now who he is."""
    session = client.session
    session["proved_at"] = int(time.time())
    session.save()
    return client


@pytest.fixture(autouse=True)
def read_in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """No child for each tiny file: tests/kit and the browser's tales go through the real one."""

    def run(function: Callable[..., Any], *given: Any, **_limits: Any) -> Any:
        return function(*given)

    monkeypatch.setattr(confined, "run", run)
    for orders in (uploads, restores):
        monkeypatch.setattr(orders, "defer_reading", lambda found: read_upload(upload_id=found.pk, now=NOON))


def text_of(answer: Any) -> str:
    """The page as text, entities undone: what a person reads of it, tags included."""
    return html.unescape(answer.content.decode())
