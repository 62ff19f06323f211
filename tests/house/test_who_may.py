"""Every address and every operation of the API answers everybody as the table of who may says."""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from bourse.doors.api.urls import described
from bourse.kit import confined, outbox
from bourse.market.queries.uploads import __name__ as UPLOADS
from bourse.members.actor import Actor, Role
from bourse.members.models import Person
from bourse.search import follower
from bourse.search import queries as search
from bourse.wiring import LISTENERS
from cast import NOON, Cast, company, joins
from house import who_may
from house.things import THINGS, things_of
from house.who_may import ANOTHERS, HOUSE, METHODS, MISSING, OWN, ROLES, Asked, Cell, Ids
from market.files import A1, A2
from privacy.routes import ROUTES, every_route

PLAIN = {"kind": "csv", "version": "0", "rest": "nothing", "secret": "nothing"}
SEEN = {"If-Match": '"1"'}
EDIT = {"version": "1", "per_carat": "7,000", "total": "", "availability": "On memo"}
ASKS = {"ask_cents": 700_000, "availability": "On memo"}
ALONG = {
    ("POST", "stones/<slug:listing_id>/"): Asked(EDIT),
    ("POST", "stones/<slug:listing_id>/withdraw/"): Asked({"version": "1", "sure": "on"}),
    ("PATCH", "api/v1/listings/<str:listing_id>"): Asked(ASKS, headers=SEEN),
    ("DELETE", "api/v1/listings/<str:listing_id>"): Asked(headers=SEEN),
    ("POST", "api/v1/listings/<str:listing_id>/films"): Asked({"address": "https://films.example/a"}),
    ("GET", "api/v1/uploads/<str:upload_id>/changes"): Asked(query="?kind=new"),
    ("PATCH", "api/v1/webhooks/<str:webhook_id>"): Asked({"events": ["upload.finished"]}),
    ("PATCH", "api/v1/layouts/<str:layout>"): Asked({"answers": {}}),
}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": storage}
    monkeypatch.setattr(search, "wait_for", lambda fact_id, seconds=1.0: True)

    def run(function: Callable[..., Any], *given: Any, **_limits: Any) -> Any:
        return function(*given)

    monkeypatch.setattr(confined, "run", run)


def table() -> list[Cell]:
    return list(who_may.read(who_may.TABLE.read_text(), THINGS, frozenset(PLAIN)))


@pytest.fixture
def ids(cast: Cast) -> Ids:
    """The house's things, another company's, and ids of nothing."""
    ours, theirs = (
        things_of(owner, cast.omar, stock, report)
        for owner, stock, report in ((cast.asha, A1, "7000000901"), (cast.ben, A2, "7000000902"))
    )
    while outbox.deliver(LISTENERS, now=NOON):
        pass
    follower.rebuild()
    missing = dict.fromkeys(ours, who_may.NOTHING)
    return {OWN: ours | PLAIN, ANOTHERS: theirs | PLAIN, MISSING: missing | PLAIN}


@pytest.fixture
def clients(cast: Cast) -> dict[str, Client]:
    """Everybody in a browser of his own, and just signed in."""
    stopped = company("Stopped Stones")
    stopped.suspended_at, stopped.suspended_because = NOON, "It did not answer."
    stopped.save()
    people = {
        **{"owner": cast.asha, "trader": cast.tara, "viewer": cast.vera, "stranger": cast.carl},
        **{"suspended": joins("Sid", stopped, Role.OWNER), "operator": cast.omar, "visitor": None},
    }
    return {role: _client(people[role]) for role in ROLES}


def _client(actor: Actor | None) -> Client:
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    if actor is not None:
        backend = "allauth.account.auth_backends.AuthenticationBackend"
        client.force_login(Person.objects.get(pk=actor.person_id), backend)
        session = client.session
        session["proved_at"] = int(time.time())
        session.save()
    return client


def along_with(method: str, route: str) -> Asked:
    """What is sent: what the order needs to get as far as asking who may, or the first form of the scan."""
    return ALONG.get((method, route)) or Asked((ROUTES[route].forms or ({},))[0])


def asked(cell: Cell, client: Client, ids: Ids) -> Iterator[str]:
    """Where the answers to a cell are not what the table says."""
    bodies: dict[str, bytes] = {}
    along = along_with(cell.method, cell.route)
    for whose, expected in cell.expected.items():
        # Whoever is not of the house finds the house's thing where people of the house find another's.
        real = ids[OWN if whose == ANOTHERS and cell.role not in HOUSE else whose or MISSING]
        address = who_may.address_of(cell.route, real)
        word, body = who_may.answered(client, cell.method, address, along)
        bodies[whose] = who_may.alike(body, real)
        if word != expected:
            yield f"{cell.method} {cell.route} {cell.role} {whose}: {word}, not {expected}"
    if cell.hides and bodies[ANOTHERS] != bodies[MISSING]:
        yield f"{cell.method} {cell.route} {cell.role}: another's and missing differ"


@pytest.mark.parametrize("role", ROLES)
def test_everybody_is_answered_as_the_table_says(role: str, ids: Ids, clients: dict[str, Client]) -> None:
    cells = [cell for cell in table() if cell.role == role]
    assert [wrong for cell in cells for wrong in asked(cell, clients[role], ids)] == []


def test_every_address_and_every_operation_has_its_line() -> None:
    told: dict[str, set[str]] = {}
    for cell in table():
        told.setdefault(cell.route, set()).add(cell.method)
    assert sorted(set(every_route()) ^ told.keys()) == []
    pages = {route: told[route] for route in told if not route.startswith("api/")}
    assert [route for route, methods in pages.items() if not {"GET", "POST"} <= methods] == []
    paths = json.loads(json.dumps(described()))["paths"]
    calls = {
        (method.upper(), path.lstrip("/"))
        for path, item in paths.items()
        for method in item
        if method.upper() in METHODS
    }
    spelt = {
        (method, _as_described(route))
        for route, methods in told.items()
        if route.startswith("api/")
        for method in methods
    }
    assert sorted(calls - spelt) == []


def _as_described(route: str) -> str:
    for name in who_may.names_in(route):
        route = route.replace(f"<str:{name}>", f"{{{name}}}")
    return route


def test_most_is_asked_of_what_is_not_ones_own_and_answered_as_if_it_were_missing() -> None:
    """Somebody else's thing and a missing one, with equal bodies: at least half of all cells."""
    whose = Counter(who for cell in table() for who in cell.expected)
    alike = Counter(who for cell in table() if cell.hides for who in cell.foreign)
    assert sum(whose.values()) >= 4_000
    assert sum(alike.values()) >= sum(whose.values()) / 2
    assert {name for cell in table() for name in who_may.names_in(cell.route)} == THINGS | PLAIN.keys()


def test_what_is_not_yours_is_nowhere_told_apart_from_what_is_not_there() -> None:
    """Only stones and companies that others may see answer otherwise than what is missing."""
    seen = {"stones/<slug:listing_id>/", "stones/<slug:listing_id>/drawing.svg"}
    seen |= {"api/v1/listings/<str:listing_id>", "companies/<slug:company_id>/"}
    seen |= {f"api/v1/listings/<str:listing_id>/media{one}" for one in ("", "/<str:media_id>")}
    seen |= {"stones/<slug:listing_id>/sheet/", "stones/<slug:listing_id>/media/<slug:media_id>/"}
    told = {(cell.route, cell.role) for cell in table() if ANOTHERS in cell.expected and not cell.hides}
    assert {route for route, role in told if role != "operator"} <= seen


def test_a_planted_hole_is_found(
    ids: Ids, clients: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[UPLOADS], "may_see_stock_of", lambda *_: True)
    holed = [
        wrong
        for cell in table()
        if cell.role == "stranger" and "upload_id" in cell.route and cell.method == "GET"
        for wrong in asked(cell, clients["stranger"], ids)
    ]
    assert len(holed) >= 5
