"""A company's webhooks, and what became of each event."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import msgspec
from django.db.models import QuerySet

from bourse.kit.refusal import NotThere, Refusal
from bourse.members.actor import Actor
from bourse.notices.models import Delivery, DeliveryState, Webhook
from bourse.notices.policy import may_set_webhooks

USUAL, MOST = 50, 100


class OnlyOwnersSetWebhooks(Refusal):
    """Webhooks are for the company's owners."""

    status = 403


class WebhookView(msgspec.Struct, frozen=True):
    """A webhook as its company's owners see it; its secret is not in it."""

    public_id: str
    address: str
    events: list[str]
    created_at: datetime
    made_by: str
    disabled_at: datetime | None
    disabled_because: str
    failures: int
    rests_until: datetime | None
    last_success_at: datetime | None
    old_secret_until: datetime | None
    waiting: int


class Try(msgspec.Struct, frozen=True):
    """One try: when, what the server answered (0: nothing), why it failed, how long it took."""

    at: datetime
    status: int
    why: str
    took_ms: int


class DeliveryView(msgspec.Struct, frozen=True):
    """An event on its way to an address."""

    public_id: str
    event_id: str
    event: str
    data: dict[str, Any]
    at: datetime
    state: str
    due_at: datetime
    delivered_at: datetime | None
    tries: list[Try]


class Deliveries(msgspec.Struct, frozen=True):
    """Some deliveries, the newest first."""

    deliveries: list[DeliveryView]
    after: str | None


def webhooks(actor: Actor) -> list[WebhookView]:
    """The company's webhooks, in the order in which they were made."""
    refuse_others(actor)
    found = Webhook.objects.filter(company_id=actor.company_id or 0, removed_at=None)
    return [_view(hook) for hook in found.select_related("person").order_by("id")]


def webhook(actor: Actor, webhook_id: str) -> WebhookView:
    """One webhook of the company."""
    return _view(own_webhook(actor, webhook_id))


def own_webhook(actor: Actor, webhook_id: str, *, lock: bool = False) -> Webhook:
    """The one guarded way to a webhook: another company's looks like none."""
    refuse_others(actor)
    known = Webhook.objects.select_for_update(of=("self",)) if lock else Webhook.objects.all()
    found = known.select_related("person").filter(
        public_id=webhook_id, company_id=actor.company_id or 0, removed_at=None
    )
    if not (one := found.first()):
        raise NotThere("There is no such webhook.")
    return one


def deliveries(
    actor: Actor, webhook_id: str, after: str | None = None, limit: int = USUAL, state: str = ""
) -> Deliveries:
    """What was sent to one address, or is on its way."""
    found = _of(own_webhook(actor, webhook_id))
    if state in list(DeliveryState):
        found = found.filter(state=state)
    if after:
        place = found.filter(public_id=after).values_list("pk", flat=True).first()
        if place is None:
            raise NotThere("There is no such delivery.")
        found = found.filter(pk__lt=place)
    most = min(limit, MOST)
    rows = list(found[: most + 1])
    return Deliveries(
        [_delivery(row) for row in rows[:most]], rows[most - 1].public_id if len(rows) > most else None
    )


def delivery(actor: Actor, webhook_id: str, delivery_id: str) -> DeliveryView:
    """One delivery with all its tries."""
    return _delivery(own_delivery(actor, webhook_id, delivery_id))


def own_delivery(actor: Actor, webhook_id: str, delivery_id: str) -> Delivery:
    """A delivery to an address of the actor's own company."""
    found = _of(own_webhook(actor, webhook_id)).filter(public_id=delivery_id).first()
    if found is None:
        raise NotThere("There is no such delivery.")
    return found


class DisabledWebhook(msgspec.Struct, frozen=True):
    """A disabled webhook in few words, for whoever tells of it."""

    public_id: str
    host: str
    why: str
    disabled_at: datetime


def disabled_webhook(webhook_id: int) -> DisabledWebhook | None:
    """The webhook, if it is disabled; nobody asks, so nobody is refused."""
    found = Webhook.objects.filter(pk=webhook_id, removed_at=None).first()
    if found is None or found.disabled_at is None:
        return None
    host = urlsplit(found.address).hostname or ""
    return DisabledWebhook(found.public_id, host, found.disabled_because, found.disabled_at)


def refuse_others(actor: Actor) -> None:
    """Webhooks are an owner's: whoever acts for no company has none, others of his company are told so."""
    if actor.company_id is None:
        raise NotThere("There is no such webhook.")
    if not may_set_webhooks(actor):
        raise OnlyOwnersSetWebhooks("Only an owner of your company sets up webhooks and sees them.")


def _of(hook: Webhook) -> QuerySet[Delivery]:
    return Delivery.objects.filter(webhook=hook).select_related("event").order_by("-id")


def _view(hook: Webhook) -> WebhookView:
    waiting = hook.deliveries.filter(state__in=(DeliveryState.WAITING, DeliveryState.SENDING))
    return WebhookView(
        public_id=hook.public_id,
        address=hook.address,
        events=hook.events,
        created_at=hook.created_at,
        made_by=hook.person.name,
        disabled_at=hook.disabled_at,
        disabled_because=hook.disabled_because,
        failures=hook.failures,
        rests_until=hook.rests_until,
        last_success_at=hook.last_success_at,
        old_secret_until=hook.old_secret_until,
        waiting=waiting.count(),
    )


def _delivery(row: Delivery) -> DeliveryView:
    return DeliveryView(
        public_id=row.public_id,
        event_id=row.event.public_id,
        event=row.event.name,
        data=row.event.data,
        at=row.event.at,
        state=row.state,
        due_at=row.due_at,
        delivered_at=row.delivered_at,
        tries=msgspec.convert(row.tries, list[Try]),
    )
