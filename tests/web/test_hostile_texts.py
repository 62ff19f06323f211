"""Texts that could break a question of the database, at every place that takes one."""

from urllib.parse import quote

import pytest

from bourse.members.models import Person
from bourse.search import follower
from cast import Cast
from privacy.routes import ROUTES
from web.conftest import Browse

pytestmark = pytest.mark.django_db
HOSTILE = "'; DROP TABLE members_person; --%s%%\\\"$$"
BOXES = ("q", "text", "stock", "number", "about", "person", "day", "after", "sort", "order", "box", "kind")

OPERATORS = ("/operator/", "/operations/", "/vetting/", "/members/")


def addresses() -> list[str]:
    """Every address that names no thing, with a hostile text in each box that some page reads."""
    query = "&".join(f"{box}={quote(HOSTILE)}" for box in BOXES)
    plain = [route for route in ROUTES if "<" not in route]
    named = [
        "".join(part if odd % 2 == 0 else quote(HOSTILE, safe="") for odd, part in enumerate(parts))
        for route in ROUTES
        if "<str:" in route
        for parts in [route.replace("<", "\0").replace(">", "\0").split("\0")]
    ]
    return [f"/{route}?{query}" for route in plain] + [f"/{route}" for route in named]


def test_a_hostile_text_breaks_no_question(browse: Browse, cast: Cast) -> None:
    follower.rebuild()
    asha, omar, people = browse(cast.asha), browse(cast.omar), Person.objects.count()
    found = {}
    for address in addresses():
        browser = omar if address.startswith(OPERATORS) else asha
        browser.raise_request_exception = False
        found[address] = browser.get(address).status_code
    assert len(found) >= 100
    assert {address: status for address, status in found.items() if status >= 500} == {}
    assert Person.objects.count() == people
