"""What is private appears in no page, export, answer, log or error for anybody who may not see it."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from prometheus_client import generate_latest
from prometheus_client.core import CollectorRegistry

from bourse.kit import confined, outbox
from bourse.market import policy
from bourse.market.policy import Viewer
from bourse.market.queries import seen
from bourse.members.models import Person
from bourse.run import metrics
from bourse.search import catalogue
from bourse.wiring import LISTENERS
from cast import NOON, Cast
from privacy.canaries import CANARIES, World, build
from privacy.canary import Canary
from privacy.routes import ROUTES, Visit, every_route, visits
from privacy.scanning import bytes_of, found_in

pytestmark = pytest.mark.django_db
Hits = dict[Canary, list[str]]
STATUSES = {
    "visitor": {200, 302, 401, 404, 405, 422},
    "member": {200, 302, 400, 404, 405, 422},
    "operator": {200, 302, 400, 404, 405, 422},
    "viewer": {200, 302, 400, 403, 404, 405},
    "owner": {200, 302, 400, 404, 405, 409, 422},
    "quill": {200, 302, 400, 404, 405, 422},
}
"""That every kind of answer was scanned, the errors too."""


@pytest.fixture(autouse=True)
def plain(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Static files under their own names, and files read in the test's own process."""
    storage = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": storage}

    def run(function: Callable[..., Any], *given: Any, **_limits: Any) -> Any:
        return function(*given)

    monkeypatch.setattr(confined, "run", run)


@pytest.fixture
def world(cast: Cast) -> World:
    """The market of the canaries, in the catalogue too."""
    built = build(cast)
    while outbox.deliver(LISTENERS, now=NOON):
        pass
    return built


def client_of(world: World, who: str) -> Client:
    client, actor = Client(SERVER_NAME="localhost", raise_request_exception=False), world.people[who]
    if actor is not None:
        backend = "allauth.account.auth_backends.AuthenticationBackend"
        client.force_login(Person.objects.get(pk=actor.person_id), backend)
    return client


def ask(client: Client, visit: Visit) -> tuple[int, bytes]:
    """The status and the bytes that come back; whatever the request changed is undone."""
    is_json = visit.address.startswith("/api/")
    kind = {"content_type": "application/json"} if is_json and visit.method != "GET" else {}
    with transaction.atomic():
        call = getattr(client, visit.method.lower())
        answer = (
            call(visit.address, visit.form or None, **kind) if visit.method != "GET" else call(visit.address)
        )
        content = bytes_of(answer)
        transaction.set_rollback(True)
    return answer.status_code, content


def driven(world: World, who: str) -> Iterator[tuple[Visit, int, list[Canary]]]:
    """Every request by somebody, its status, and the canaries that he is shown."""
    client = client_of(world, who)
    for visit in visits(world.ids, by_any_method=who == "visitor"):
        status, content = ask(client, visit)
        yield visit, status, found_in(content, CANARIES)


def test_every_route_has_its_row() -> None:
    assert set(every_route()) - ROUTES.keys() == set()
    assert ROUTES.keys() - set(every_route()) == set()


@pytest.mark.parametrize("who", ["visitor", "member", "operator", "viewer", "owner", "quill"])
def test_nobody_is_shown_what_is_not_his(world: World, who: str, capfd: pytest.CaptureFixture[str]) -> None:
    shown: Hits = defaultdict(list)
    statuses = set()
    for visit, status, canaries in driven(world, who):
        statuses.add(status)
        for canary in canaries:
            shown[canary].append(f"{visit.method} {visit.address}")
    assert {canary.name: places[:3] for canary, places in shown.items() if who not in canary.entitled} == {}
    expected = {canary for canary in CANARIES if canary.is_shown and who in canary.entitled}
    assert {canary.name for canary in expected - shown.keys()} == set()
    assert statuses >= STATUSES[who] and 500 not in statuses
    log = "".join(capfd.readouterr())
    assert "request" in log
    assert found_in(log.encode(), CANARIES) == []


def test_neither_catalogue_nor_metrics_hold_a_canary(world: World) -> None:
    place = catalogue.path()
    files = [path.read_bytes() for path in place.parent.glob(f"{place.name}*")]
    assert len(files) >= 1 and b"7000000001" in b"".join(files)
    assert found_in(b"".join(files), CANARIES) == []
    registry = CollectorRegistry()
    registry.register(metrics.House())
    assert found_in(generate_latest(registry), CANARIES) == []


def test_a_page_that_breaks_tells_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: Any) -> Any:
        private = [canary.value for canary in CANARIES]
        raise RuntimeError(f"{len(private)} values were at hand")

    monkeypatch.setattr(seen, "fields", broken)
    monkeypatch.setattr("bourse.market.queries.listings.visible_of", broken)
    for who in ("visitor", "member", "owner"):
        for address in ("/stones/{}/", "/stones/{}/drawing.svg", "/api/v1/listings/{}"):
            visit = Visit("GET", address.format(world.ids["listing_id"][0]))
            status, content = ask(client_of(world, who), visit)
            assert (status, found_in(content, CANARIES)) == (
                401 if who == "visitor" and "/api/" in address else 500,
                [],
            )
    assert found_in("".join(capfd.readouterr()).encode(), CANARIES) == []


def test_nothing_is_found_by_what_is_hidden(world: World) -> None:
    client = client_of(world, "member")
    for query in ("stock=CNRYstock", "total=9000000-", "total=8000000-", "number=CNRYstock"):
        answer = client.get(f"/api/v1/search?growth=both&{query}").json()
        assert (query, [row["report_number"] for row in answer["listings"]]) == (query, [])


@pytest.mark.parametrize(
    ("planted", "leaked"),
    [
        ("everybody is of the house", {"cost", "hidden ask", "hidden name", "field that no table names"}),
        ("names are not hidden", {"hidden name", "hidden stock number", "hidden comment"}),
    ],
)
def test_a_planted_leak_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch, planted: str, leaked: set[str]
) -> None:
    if planted == "everybody is of the house":
        monkeypatch.setattr(seen, "viewer_of", lambda *_: Viewer.OWN)
    else:
        monkeypatch.setattr(seen, "viewer_of", lambda *_: Viewer.OPERATOR)
    client, found = client_of(world, "member"), set()
    for listing_id in world.ids["listing_id"][:2]:
        for address in (f"/stones/{listing_id}/", f"/api/v1/listings/{listing_id}"):
            found |= {canary.name for canary in found_in(ask(client, Visit("GET", address))[1], CANARIES)}
    assert leaked <= found
    assert policy.viewer_of(None, 1) is Viewer.VISITOR
