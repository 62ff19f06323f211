"""Pages through Django's test client, without collected static files."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from bourse.members.actor import Actor
from bourse.members.models import Person

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
