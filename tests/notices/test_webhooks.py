"""Every event reaches every address at least once, signed, whatever the servers do; each for itself."""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from standardwebhooks.webhooks import Webhook as Receiver

from bourse.kit import jobs, outbox
from bourse.kit.fetch import Resolver
from bourse.kit.models import AuditEntry
from bourse.kit.refusal import NotThere, Refusal
from bourse.members.actor import Actor
from bourse.notices import actions
from bourse.notices.actions import deliver, emit
from bourse.notices.actions import delivering as orders
from bourse.notices.models import Delivery, Notice, Webhook, WebhookEvent
from bourse.notices.queries import OnlyOwnersSetWebhooks, deliveries, delivery, webhook, webhooks
from bourse.wiring import LISTENERS
from cast import NOON, Cast, assemble
from kit.conftest import Serve, authority, certificate, serve  # noqa: F401
from kit.web import HOST, Listener, Names, Request
from market.files import A1, A2, listed

EVENT = "upload.finished"
SECOND = timedelta(seconds=1)


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        """What it shows."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """It stands at noon."""
    return Clock()


@pytest.fixture(autouse=True)
def brief(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Pauses of seconds, and a server that hangs is left after a fraction of one."""
    settings.WEBHOOK_RETRIES_S = [1, 2, 3, 4, 5, 6, 7, 8]
    monkeypatch.setattr(orders, "SECONDS", 0.3)


def added(actor: Actor, path: str = "/hook") -> tuple[Webhook, str]:
    made = actions.add_webhook(actor=actor, address=f"https://{HOST}{path}", events=[EVENT], now=NOON)
    return Webhook.objects.get(public_id=made.webhook.public_id), made.secret


def happened(actor: Actor, number: int, now: datetime = NOON) -> None:
    assert actor.company_id is not None
    emit(company_id=actor.company_id, event=EVENT, data={"new": number}, once=f"event {number}", now=now)


def says(status: int = 200) -> Callable[[Request], None]:
    return lambda request: request.send(b"", status=status)


def until_settled(hooks: list[Webhook], names: Resolver, clock: Clock, seconds: int = 600) -> None:
    """The clock goes on until nothing waits."""
    for _ in range(seconds):
        for hook in hooks:
            deliver(webhook_id=hook.pk, resolver=names, tell_time=clock)
        if not Delivery.objects.filter(state__in=("waiting", "sending")).exists():
            return
        clock.now += SECOND
    raise AssertionError(Counter(Delivery.objects.values_list("state", "attempts")))


def stamps(request: Request) -> dict[str, str]:
    return {name.lower(): value for name, value in request.headers.items()}


def verify(secret: str, request: Request) -> None:
    """What the reference library says of the signature; its own clock is set to that of the test."""
    with pytest.MonkeyPatch.context() as patch:
        at = datetime.fromtimestamp(int(stamps(request)["webhook-timestamp"]), NOON.tzinfo)
        patch.setattr(Receiver, "_Webhook__verify_timestamp", lambda *_: at)
        Receiver(secret).verify(request.body.decode(), stamps(request))


class Difficult:
    """Servers that do what servers do: each path counts how often it was asked."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.answers = {
            "/half": lambda request: request.send(b"", status=500 if self._time(request) % 2 else 200),
            "/hangs": self._hangs,
            "/redirects": self._redirects,
            "/breaks": self._breaks,
            "/busy": self._busy,
        }

    def _time(self, request: Request) -> int:
        self.asked[request.path] += 1
        return self.asked[request.path]

    def _hangs(self, request: Request) -> None:
        if self._time(request) <= 2:
            request.server.is_over.wait(1)
        request.send(b"", status=204)

    def _redirects(self, request: Request) -> None:
        moved = self._time(request) <= 3
        request.send(b"", status=307 if moved else 200, Location=f"https://{HOST}/elsewhere")

    def _breaks(self, request: Request) -> None:
        if self._time(request) % 3:
            request.close_connection = True
        else:
            request.send(b"")

    def _busy(self, request: Request) -> None:
        if self._time(request) % 2:
            request.send(b"", status=429, Retry_After="3")
        else:
            request.send(b"")


def test_whatever_servers_do_every_event_comes_and_is_signed(
    cast: Cast,
    serve: Serve,  # noqa: F811
    clock: Clock,
) -> None:
    web, names = serve(Difficult().answers)
    made = {path: added(cast.asha, path) for path in web.answers}
    for number in range(12):
        happened(cast.asha, number)
    until_settled([hook for hook, _ in made.values()], names, clock)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"delivered"}
    for path, (_, secret) in made.items():
        came = [request for request in web.heard if request.path == path]
        assert {json.loads(one.body)["data"]["new"] for one in came} == set(range(12)), path
        for one in came:
            verify(secret, one)
    ids = {(one.headers["webhook-id"], json.loads(one.body)["data"]["new"]) for one in web.heard}
    assert len(ids) == 12  # the same id at each try, and at each address
    assert "/elsewhere" not in {one.path for one in web.heard}


def test_a_hanging_server_delays_no_other(
    transactional_db: None,
    serve: Serve,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asha = assemble().asha
    monkeypatch.setattr(orders, "SECONDS", 3)
    _, names = serve({"/hangs": lambda request: request.server.is_over.wait(5), "/good": says()})
    (hangs, _), (good, _) = added(asha, "/hangs"), added(asha, "/good")
    for number in range(20):
        happened(asha, number)

    def stuck() -> None:
        deliver(webhook_id=hangs.pk, resolver=names, tell_time=lambda: NOON)
        connection.close()

    thread = threading.Thread(target=stuck)
    begun = time.monotonic()
    thread.start()
    assert deliver(webhook_id=good.pk, resolver=names, tell_time=lambda: NOON) == 20
    assert time.monotonic() - begun < 2.5 and thread.is_alive()
    thread.join()
    states = Counter(Delivery.objects.filter(webhook=hangs).values_list("state", "attempts"))
    assert states == {("waiting", 1): 1, ("waiting", 0): 19}  # after one time-out the address rests


def test_the_schedule_is_kept_and_ends(
    cast: Cast,
    serve: Serve,  # noqa: F811
    clock: Clock,
    settings: Any,
) -> None:
    settings.WEBHOOK_RETRIES_S = [5, 60]
    _, names = serve({"/hook": says(500)})
    hook, _ = added(cast.asha)
    happened(cast.asha, 1)
    moments, tried = [], 0
    for _ in range(80):
        deliver(webhook_id=hook.pk, resolver=names, tell_time=clock)
        if (attempts := Delivery.objects.get().attempts) > tried:
            moments.append((clock.now - NOON).total_seconds())
            tried = attempts
        clock.now += SECOND
    assert len(moments) == 3 and moments[0] == 0
    assert 5 <= moments[1] <= 6 and 60 <= moments[2] - moments[1] <= 67
    assert Delivery.objects.get().state == "given up"
    assert Webhook.objects.get().disabled_at is None  # one lost event is no reason


def test_410_disables_and_tells_the_owners(
    cast: Cast,
    serve: Serve,  # noqa: F811
    clock: Clock,
) -> None:
    web, names = serve({"/hook": says(410)})
    hook, _ = added(cast.asha)
    happened(cast.asha, 1)
    happened(cast.asha, 2)
    deliver(webhook_id=hook.pk, resolver=names, tell_time=clock)
    hook.refresh_from_db()
    assert (hook.disabled_because, len(web.heard)) == ("Its server answered 410: it is gone for good.", 1)
    happened(cast.asha, 3)
    assert Delivery.objects.count() == 2
    outbox.deliver(LISTENERS, now=NOON)
    assert list(Notice.objects.values_list("person_id", "subject")) == [
        (cast.asha.person_id, f"Your webhook at {HOST} is disabled")
    ]
    view = actions.enable_webhook(actor=cast.asha, webhook_id=hook.public_id, now=NOON)
    assert (view.disabled_at, view.failures) == (None, 0)


def test_a_server_that_takes_nothing_for_days_is_disabled(
    cast: Cast,
    serve: Serve,  # noqa: F811
    clock: Clock,
    settings: Any,
) -> None:
    settings.WEBHOOK_RETRIES_S = [1]
    _, names = serve({"/hook": says(404)})
    hook, _ = added(cast.asha)
    clock.now = NOON + timedelta(days=6)
    happened(cast.asha, 1, clock.now)
    until_settled([hook], names, clock)
    hook.refresh_from_db()
    assert hook.disabled_because == "Its server has taken nothing for five days."


def test_while_a_secret_changes_both_sign(
    cast: Cast,
    serve: Serve,  # noqa: F811
    clock: Clock,
) -> None:
    web, names = serve({"/hook": says()})
    hook, old = added(cast.asha)
    new = actions.rotate_webhook_secret(actor=cast.asha, webhook_id=hook.public_id, now=NOON).secret
    assert new != old
    happened(cast.asha, 1)
    deliver(webhook_id=hook.pk, resolver=names, tell_time=clock)
    clock.now += timedelta(hours=24)
    happened(cast.asha, 2)
    deliver(webhook_id=hook.pk, resolver=names, tell_time=clock)
    both, alone = web.heard
    assert [stamps(one)["webhook-signature"].count("v1,") for one in (both, alone)] == [2, 1]
    verify(old, both)
    verify(new, both)
    verify(new, alone)
    with pytest.raises(Exception, match="No matching signature"):
        verify(old, alone)


def test_a_secret_is_kept_encrypted_and_never_shown_again(cast: Cast) -> None:
    hook, secret = added(cast.asha)
    assert secret.startswith("whsec_")
    assert secret.encode() not in bytes(hook.encrypted_secret)
    assert secret not in repr(webhook(cast.asha, hook.public_id))
    assert secret not in repr(list(AuditEntry.objects.values()))


def test_an_event_goes_again_under_its_own_id(
    cast: Cast,
    serve: Serve,  # noqa: F811
    clock: Clock,
) -> None:
    web, names = serve({"/hook": says()})
    hook, _ = added(cast.asha)
    happened(cast.asha, 1)
    sent = deliveries(cast.asha, hook.public_id).deliveries[0]

    def replay() -> None:
        actions.replay_delivery(
            actor=cast.asha, webhook_id=hook.public_id, delivery_id=sent.public_id, now=NOON
        )

    with pytest.raises(actions.DeliveryOnItsWay):
        replay()
    deliver(webhook_id=hook.pk, resolver=names, tell_time=clock)
    replay()
    deliver(webhook_id=hook.pk, resolver=names, tell_time=clock)
    assert [one.headers["webhook-id"] for one in web.heard] == [f"msg_{sent.event_id}"] * 2
    assert len(delivery(cast.asha, hook.public_id, sent.public_id).tries) == 2


def test_a_test_event_goes_to_one_address(
    cast: Cast,
    serve: Serve,  # noqa: F811
    clock: Clock,
) -> None:
    web, names = serve({"/hook": says(), "/other": says()})
    (hook, _), (other, _) = added(cast.asha), added(cast.asha, "/other")
    actions.send_test_event(actor=cast.asha, webhook_id=hook.public_id, now=NOON)
    for one in (hook, other):
        deliver(webhook_id=one.pk, resolver=names, tell_time=clock)
    assert [json.loads(one.body)["type"] for one in web.heard] == ["webhook.test"]


def test_what_a_dead_worker_held_goes_after_its_lease(
    cast: Cast,
    serve: Serve,  # noqa: F811
    clock: Clock,
) -> None:
    _, names = serve({"/hook": says()})
    hook, _ = added(cast.asha)
    happened(cast.asha, 1)
    Delivery.objects.update(state="sending", tried_at=NOON, attempts=1)
    assert deliver(webhook_id=hook.pk, resolver=names, tell_time=clock) == 0
    clock.now += timedelta(seconds=61)
    actions.look_for_deliveries(now=clock.now)
    assert deliver(webhook_id=hook.pk, resolver=names, tell_time=clock) == 1


def test_only_the_open_internet_is_posted_to(cast: Cast, clock: Clock) -> None:
    inside = Listener()
    hook, _ = added(cast.asha)
    happened(cast.asha, 1)
    deliver(webhook_id=hook.pk, resolver=Names(inside.port, **{HOST: ["127.0.0.1"]}), tell_time=clock)
    assert inside.knocks() == 0
    assert Delivery.objects.get().tries[0]["why"] == (
        f"No public server has the name {HOST}. Check the name; "
        "servers inside a private network are not asked."
    )
    inside.close()


def test_an_event_is_emitted_once_and_only_to_those_who_want_it(cast: Cast) -> None:
    added(cast.asha)
    added(cast.ben)
    for _ in range(2):
        happened(cast.asha, 1)
    assert cast.asha.company_id is not None
    emit(company_id=cast.asha.company_id, event="feed.failed", data={}, once="f", now=NOON)
    assert (WebhookEvent.objects.count(), Delivery.objects.count()) == (1, 1)
    waiting = jobs.by_state()["waiting"]
    happened(cast.asha, 2)
    assert jobs.by_state()["waiting"] == waiting  # the job that waits finds both


def test_a_file_that_goes_live_is_an_event(cast: Cast) -> None:
    added(cast.asha)
    listed(cast.tara, A1, A2)
    outbox.deliver(LISTENERS, now=NOON)
    event = WebhookEvent.objects.get()
    assert (event.name, event.data["new"]) == (EVENT, 2)
    assert set(event.data) == {"upload", "new", "changed", "removed"}


def changed(actor: Actor, name: str) -> object:
    return actions.change_webhook(
        actor=actor, webhook_id=name, address=f"https://{HOST}/x", events=[EVENT], now=NOON
    )


Order = Callable[[Actor, str], object]
ORDERS: list[Order] = [
    changed,
    lambda actor, name: actions.rotate_webhook_secret(actor=actor, webhook_id=name, now=NOON),
    lambda actor, name: actions.enable_webhook(actor=actor, webhook_id=name, now=NOON),
    lambda actor, name: actions.remove_webhook(actor=actor, webhook_id=name, now=NOON),
    lambda actor, name: actions.send_test_event(actor=actor, webhook_id=name, now=NOON),
    webhook,
    deliveries,
]


@pytest.mark.parametrize("order", ORDERS)
def test_webhooks_are_the_owners_own(cast: Cast, order: Order) -> None:
    hook, _ = added(cast.asha)

    def everything() -> list[Any]:
        return [list(table.objects.values()) for table in (Webhook, Delivery, AuditEntry)]

    before = everything()
    for actor in (cast.tara, cast.vera):
        with pytest.raises(OnlyOwnersSetWebhooks):
            order(actor, hook.public_id)
    for actor in (cast.ben, cast.carl, cast.omar):
        with pytest.raises(NotThere):
            order(actor, hook.public_id)
    assert everything() == before
    order(cast.asha, hook.public_id)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"address": "http://hooks.example/"}, "not_https"),
        ({"address": "https://127.0.0.1/"}, "host_is_number"),
        ({"address": "https://u:p@hooks.example/"}, "address_holds_password"),
        ({"events": []}, "events_not_known"),
        ({"events": ["upload.finished", "x"]}, "events_not_known"),
    ],
)
def test_what_cannot_be_a_webhook_is_refused(cast: Cast, given: dict[str, Any], code: str) -> None:
    whole: dict[str, Any] = {"address": "https://hooks.example/", "events": [EVENT]} | given
    with pytest.raises(Refusal) as caught:
        actions.add_webhook(actor=cast.asha, now=NOON, **whole)
    assert (caught.value.code, Webhook.objects.count()) == (code, 0)


def test_a_company_has_ten_webhooks_at_most(cast: Cast) -> None:
    for _ in range(10):
        hook, _ = added(cast.asha)
    with pytest.raises(actions.TooManyWebhooks):
        added(cast.asha)
    added(cast.ben)
    actions.remove_webhook(actor=cast.asha, webhook_id=hook.public_id, now=NOON)
    assert len(webhooks(cast.asha)) == 9
    added(cast.asha)
