"""Events delivered: what is due for an address is posted, one after another, until each is taken."""

import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from bourse.kit import jobs
from bourse.kit.fetch import Resolver, TookTooLong
from bourse.kit.outbox import announce
from bourse.kit.post import Answered, post
from bourse.kit.refusal import Refusal
from bourse.notices.actions.events import defer_delivery
from bourse.notices.encryption import decrypt
from bourse.notices.facts import WebhookDisabled
from bourse.notices.models import Delivery, DeliveryState, Webhook, WebhookEvent
from bourse.notices.signing import headers

log = structlog.get_logger()

WAKE = "notices.wake"
SECONDS = 15  # for one try
LEASE = timedelta(minutes=1)
TURN = timedelta(seconds=20)  # then other addresses have theirs
MOST_BYTES = 20 * 1024
GONE = 410
KEPT = timedelta(days=30)
HOPELESS = timedelta(days=5)  # without one success, and something was given up
FAILURES_BEFORE_REST = 3
MOST_TRIES_SHOWN = 20


def deliver(*, webhook_id: int, resolver: Resolver, tell_time: Callable[[], datetime]) -> int:
    """What is due for this address posted; how much of it was taken."""
    begun, taken = tell_time(), 0
    while tell_time() - begun < TURN and (found := _take(webhook_id, tell_time())):
        taken += _try(found, resolver, tell_time)
    _come_back(webhook_id, tell_time())
    return taken


def look_for_deliveries(*, now: datetime) -> None:
    """A job for each address that something waits for: what a dead worker left, and what slept too long."""
    due = _due(now).values_list("webhook_id", flat=True).order_by().distinct()
    for webhook_id in due:
        defer_delivery(webhook_id)


def forget_old_events(*, now: datetime) -> None:
    """Events that are a month old, with what became of them."""
    WebhookEvent.objects.filter(at__lt=now - KEPT).delete()


def _due(now: datetime) -> QuerySet[Delivery]:
    left = Q(state=DeliveryState.SENDING, tried_at__lt=now - LEASE)
    waits = Q(state=DeliveryState.WAITING, due_at__lte=now)
    awake = Q(webhook__rests_until=None) | Q(webhook__rests_until__lte=now)
    return Delivery.objects.filter(waits | left, awake, webhook__disabled_at=None, webhook__removed_at=None)


@transaction.atomic
def _take(webhook_id: int, now: datetime) -> Delivery | None:
    """The delivery that has been due longest, marked as being sent in a transaction of its own."""
    found = (
        _due(now)
        .filter(webhook_id=webhook_id)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("webhook", "event")
        .order_by("due_at", "pk")
        .first()
    )
    if found:
        found.state, found.tried_at, found.attempts = DeliveryState.SENDING, now, found.attempts + 1
        found.save(update_fields=["state", "tried_at", "attempts"])
    return found


def _try(found: Delivery, resolver: Resolver, tell_time: Callable[[], datetime]) -> bool:
    """Whether the server took it; what it said is kept beside the delivery."""
    at, begun = tell_time(), time.monotonic()
    why, status, answered, hangs = "", 0, None, False
    try:
        answered = _post(found, resolver, at)
        status = answered.status
        why = "" if 200 <= status < 300 else f"Status {status}"
    except Refusal as refusal:
        why, hangs = str(refusal), isinstance(refusal, TookTooLong)
    took_ms = round((time.monotonic() - begun) * 1000)
    one = {"at": at.isoformat(), "status": status, "why": why, "took_ms": took_ms}
    found.tries = [*found.tries, one][-MOST_TRIES_SHOWN:]
    if why:
        _failed(found, answered, hangs, tell_time())
    else:
        _taken(found, tell_time())
    return not why


def _post(found: Delivery, resolver: Resolver, at: datetime) -> Answered:
    body = body_of(found.event)
    return post(
        found.webhook.address,
        content=body,
        headers=headers(f"msg_{found.event.public_id}", at, body, _keys(found.webhook, at)),
        resolver=resolver,
        seconds=SECONDS,
    )


def body_of(event: WebhookEvent) -> bytes:
    """What is sent of an event, the same at each try."""
    body = msgspec.json.encode({"type": event.name, "timestamp": event.at, "data": event.data})
    if len(body) > MOST_BYTES:
        raise ValueError(f"event {event.pk} has {len(body)} bytes")
    return body


def _keys(hook: Webhook, now: datetime) -> list[str]:
    """The secrets that hold now, the new one first."""
    sealed = [hook.encrypted_secret]
    if hook.encrypted_old_secret and hook.old_secret_until and hook.old_secret_until > now:
        sealed.append(hook.encrypted_old_secret)
    plain = [decrypt(bytes(one)) for one in sealed]
    return [one.decode() for one in plain if one is not None]


@transaction.atomic
def _taken(found: Delivery, now: datetime) -> None:
    found.state, found.delivered_at = DeliveryState.DELIVERED, now
    found.save(update_fields=["state", "delivered_at", "tries"])
    Webhook.objects.filter(pk=found.webhook_id).update(failures=0, rests_until=None, last_success_at=now)
    log.info("webhook_delivered", delivery_id=found.pk, attempts=found.attempts)


@transaction.atomic
def _failed(found: Delivery, answered: Answered | None, hangs: bool, now: datetime) -> None:
    """When it is tried again, whether the address rests, and whether it is left for good."""
    pauses = settings.WEBHOOK_RETRIES_S
    over = found.attempts > len(pauses)
    pause = 0.0 if over else pauses[found.attempts - 1] * random.uniform(1, 1.1)  # noqa: S311
    if answered and answered.retry_after_s:
        pause = max(pause, answered.retry_after_s)
    found.state = DeliveryState.GIVEN_UP if over else DeliveryState.WAITING
    found.due_at = now + timedelta(seconds=pause)
    found.save(update_fields=["state", "due_at", "tries"])
    hook = Webhook.objects.select_for_update().get(pk=found.webhook_id)
    hook.failures += 1
    if hangs or hook.failures >= FAILURES_BEFORE_REST:
        # What comes meanwhile waits with it: a server that hangs shall not keep one of our hands for good.
        hook.rests_until = now + timedelta(seconds=pauses[min(hook.failures, len(pauses)) - 1])
    if answered and answered.status == GONE:
        _disable(hook, "Its server answered 410: it is gone for good.", now)
    elif over and (hook.last_success_at or hook.created_at) < now - HOPELESS:
        _disable(hook, "Its server has taken nothing for five days.", now)
    hook.save()
    log.info("webhook_failed", delivery_id=found.pk, attempts=found.attempts)


def _disable(hook: Webhook, why: str, now: datetime) -> None:
    hook.disabled_at, hook.disabled_because = now, why
    hook.deliveries.filter(state=DeliveryState.WAITING).update(state=DeliveryState.GIVEN_UP)
    announce(WebhookDisabled(webhook_id=hook.pk, company_id=hook.company_id), now=now)


@transaction.atomic
def _come_back(webhook_id: int, now: datetime) -> None:
    """A job at the next moment at which something is due for the address."""
    hook = Webhook.objects.get(pk=webhook_id)
    waits = hook.deliveries.filter(state=DeliveryState.WAITING).order_by("due_at")
    next_at = waits.values_list("due_at", flat=True).first()
    if next_at is None or hook.disabled_at or hook.removed_at:
        return
    if hook.rests_until:
        next_at = max(next_at, hook.rests_until)
    if next_at <= now:
        defer_delivery(webhook_id)
    else:
        # Without the address's lock: a job that sleeps under it would hold up one that is due.
        jobs.defer(WAKE, at=next_at, webhook_id=webhook_id)
