"""security.txt: absent until the operator sets a contact, then by RFC 9116."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
ADDRESS = "/.well-known/security.txt"


def test_there_is_none_until_a_contact_is_set(settings: Any) -> None:
    settings.SECURITY_CONTACTS = []
    assert Client(SERVER_NAME="localhost").get(ADDRESS).status_code == 404


def test_it_names_the_contacts_in_their_order_and_expires_within_a_year(settings: Any) -> None:
    settings.URL = "https://bourse.example"
    settings.SECURITY_CONTACTS = ["mailto:security@bourse.example", "https://bourse.example/report"]
    settings.SECURITY_POLICY = "https://bourse.example/policy"
    answer = Client(SERVER_NAME="localhost").get(ADDRESS)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    text = answer.content.decode()
    expires = re.search(r"^Expires: (.+)$", text, re.MULTILINE)
    assert expires is not None
    assert text == (
        "Contact: mailto:security@bourse.example\n"
        "Contact: https://bourse.example/report\n"
        f"Expires: {expires[1]}\n"
        "Preferred-Languages: en\n"
        "Canonical: https://bourse.example/.well-known/security.txt\n"
        "Policy: https://bourse.example/policy\n"
    )
    ahead = datetime.fromisoformat(expires[1]) - datetime.now(UTC)
    assert timedelta(days=88) < ahead <= timedelta(days=90)
