"""What an owner decides about his company's webhooks."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

import msgspec
from django.db import transaction

from bourse.kit import audit
from bourse.kit.refusal import Refusal
from bourse.kit.web_address import read_address
from bourse.members.actor import Actor
from bourse.notices.actions.events import defer_delivery
from bourse.notices.catalogue import EVENTS, TEST
from bourse.notices.encryption import encrypt
from bourse.notices.models import Delivery, DeliveryState, Webhook, WebhookEvent
from bourse.notices.queries.webhooks import (
    DeliveryView,
    WebhookView,
    delivery,
    own_delivery,
    own_webhook,
    refuse_others,
    webhook,
)
from bourse.notices.signing import new_secret

MOST_WEBHOOKS = 10
OLD_SECRET_HOLDS = timedelta(hours=24)


class EventsNotKnown(Refusal):
    """A webhook wants events that there are."""


class TooManyWebhooks(Refusal):
    """The company has as many webhooks as one may have."""

    status = 409


class WebhookIsDisabled(Refusal):
    """Nothing is sent to a webhook that is disabled."""

    status = 409


class DeliveryOnItsWay(Refusal):
    """What is on its way need not be sent again."""

    status = 409


class MadeWebhook(msgspec.Struct, frozen=True):
    """A webhook with its secret, which is told this once."""

    webhook: WebhookView
    secret: str


@transaction.atomic
def add_webhook(*, actor: Actor, address: str, events: Collection[str], now: datetime) -> MadeWebhook:
    """A new address that hears these events from now on."""
    refuse_others(actor)
    wanted, chosen = str(read_address(address)), _known(events)
    # Counted under a lock, so that two windows do not make an eleventh.
    own = Webhook.objects.select_for_update().filter(company_id=actor.company_id or 0, removed_at=None)
    if len(own.values_list("pk")) >= MOST_WEBHOOKS:
        raise TooManyWebhooks(f"A company has {MOST_WEBHOOKS} webhooks at most. Remove one first.")
    secret = new_secret()
    made = Webhook.objects.create(
        company_id=actor.company_id or 0,
        person_id=actor.person_id,
        address=wanted,
        events=chosen,
        encrypted_secret=encrypt(secret.encode()),
        created_at=now,
    )
    _record(actor, "add_webhook", made, now, after={"events": chosen})
    return MadeWebhook(webhook(actor, made.public_id), secret)


@transaction.atomic
def change_webhook(
    *, actor: Actor, webhook_id: str, address: str, events: Collection[str], now: datetime
) -> WebhookView:
    """The webhook with another address or other events; what waits goes to the new address."""
    found = own_webhook(actor, webhook_id, lock=True)
    before = {"events": found.events}
    found.address, found.events = str(read_address(address)), _known(events)
    found.rests_until = None
    found.save(update_fields=["address", "events", "rests_until"])
    _record(actor, "change_webhook", found, now, before=before, after={"events": found.events})
    return webhook(actor, webhook_id)


@transaction.atomic
def rotate_webhook_secret(*, actor: Actor, webhook_id: str, now: datetime) -> MadeWebhook:
    """A new secret; for a day each message is signed with the old one too."""
    found = own_webhook(actor, webhook_id, lock=True)
    secret = new_secret()
    found.encrypted_old_secret, found.old_secret_until = found.encrypted_secret, now + OLD_SECRET_HOLDS
    found.encrypted_secret = encrypt(secret.encode())
    found.save(update_fields=["encrypted_secret", "encrypted_old_secret", "old_secret_until"])
    _record(actor, "rotate_webhook_secret", found, now)
    return MadeWebhook(webhook(actor, webhook_id), secret)


@transaction.atomic
def enable_webhook(*, actor: Actor, webhook_id: str, now: datetime) -> WebhookView:
    """A disabled webhook hears events again, from now on; what was given up can be replayed."""
    found = own_webhook(actor, webhook_id, lock=True)
    found.disabled_at, found.disabled_because = None, ""
    found.failures, found.rests_until = 0, None
    found.save(update_fields=["disabled_at", "disabled_because", "failures", "rests_until"])
    _record(actor, "enable_webhook", found, now)
    return webhook(actor, webhook_id)


@transaction.atomic
def remove_webhook(*, actor: Actor, webhook_id: str, now: datetime) -> None:
    """Nothing more goes to this address."""
    found = own_webhook(actor, webhook_id, lock=True)
    found.removed_at = now
    found.save(update_fields=["removed_at"])
    found.deliveries.filter(state=DeliveryState.WAITING).update(state=DeliveryState.GIVEN_UP)
    _record(actor, "remove_webhook", found, now)


@transaction.atomic
def send_test_event(*, actor: Actor, webhook_id: str, now: datetime) -> DeliveryView:
    """A test event on its way to this address alone."""
    found = own_webhook(actor, webhook_id, lock=True)
    _refuse_disabled(found)
    event = WebhookEvent.objects.create(
        company_id=found.company_id, name=TEST, once=f"test {now.isoformat()}", data={}, at=now
    )
    made = Delivery.objects.create(webhook=found, event=event, due_at=now)
    defer_delivery(found.pk)
    _record(actor, "send_test_event", found, now)
    return delivery(actor, webhook_id, made.public_id)


@transaction.atomic
def replay_delivery(*, actor: Actor, webhook_id: str, delivery_id: str, now: datetime) -> DeliveryView:
    """The event sent again under its own id, whatever became of it before."""
    hook = own_webhook(actor, webhook_id, lock=True)
    _refuse_disabled(hook)
    found = own_delivery(actor, webhook_id, delivery_id)
    settled = Delivery.objects.filter(
        pk=found.pk, state__in=(DeliveryState.DELIVERED, DeliveryState.GIVEN_UP)
    )
    if not settled.update(state=DeliveryState.WAITING, due_at=now, attempts=0, delivered_at=None):
        raise DeliveryOnItsWay("This event is on its way already.")
    Webhook.objects.filter(pk=hook.pk).update(rests_until=None)
    defer_delivery(hook.pk)
    _record(actor, "replay_delivery", hook, now, after={"delivery": delivery_id})
    return delivery(actor, webhook_id, delivery_id)


def _known(events: Collection[str]) -> list[str]:
    chosen = [event for event in EVENTS if event in events]
    if not chosen or set(events) - set(EVENTS):
        raise EventsNotKnown("Choose at least one event, and only events that there are.")
    return chosen


def _refuse_disabled(found: Webhook) -> None:
    if found.disabled_at is not None:
        raise WebhookIsDisabled("This webhook is disabled. Enable it first.")


def _record(
    actor: Actor,
    act: str,
    hook: Webhook,
    now: datetime,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    audit.record(
        f"notices.{act}",
        person_id=actor.person_id,
        company_id=hook.company_id,
        about=f"webhook {hook.public_id}",
        before=before,
        after=after,
        now=now,
    )
