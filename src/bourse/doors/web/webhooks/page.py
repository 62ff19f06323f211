"""Webhooks and deliveries in finished strings."""

import json
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from bourse.doors.web import figures, sentences
from bourse.notices.queries import DeliveryView, Try, WebhookView

STATE_MARKS = {"delivered": "g", "waiting": "m", "sending": "m", "given up": "x"}


def line(view: WebhookView, now: datetime) -> dict[str, object]:
    """A webhook in the list."""
    return {
        "address": view.address,
        "page": reverse("webhook", args=[view.public_id]),
        "events": ", ".join(view.events),
        "state": _state(view),
        "mark": "x" if view.disabled_at else "m" if view.failures else "g",
        "last": figures.age(view.last_success_at, now) if view.last_success_at else gettext("never"),
    }


def shown(view: WebhookView, now: datetime) -> dict[str, object]:
    """A webhook on its own page."""
    facts = [
        (gettext("State"), _state(view)),
        (
            gettext("Last taken"),
            figures.minute(view.last_success_at) if view.last_success_at else gettext("never"),
        ),
        (gettext("On their way"), figures.count(view.waiting)),
        (
            gettext("Set up by"),
            gettext("%(name)s, %(day)s") % {"name": view.made_by, "day": figures.day(view.created_at)},
        ),
    ]
    if view.rests_until and view.rests_until > now:
        facts.append((gettext("Rests until"), figures.minute(view.rests_until)))
    if view.old_secret_until and view.old_secret_until > now:
        facts.append((gettext("Old secret signs until"), figures.minute(view.old_secret_until)))
    return {
        "public_id": view.public_id,
        "address": view.address,
        "facts": facts,
        "disabled": sentences.said(view.disabled_because),
        "is_disabled": view.disabled_at is not None,
    }


def delivery(view: DeliveryView, webhook_id: str) -> dict[str, object]:
    """A delivery with all that is known of it."""
    return {
        "event": view.event,
        "id": f"msg_{view.event_id}",
        "at": figures.minute_utc(view.at),
        "machine": figures.machine(view.at),
        "state": _delivery_state(view),
        "mark": STATE_MARKS[view.state],
        "body": json.dumps(
            {"type": view.event, "timestamp": view.at.isoformat(), "data": view.data}, indent=2
        ),
        "tries": [_try(one) for one in view.tries],
        "replay": reverse("replay_delivery", args=[webhook_id, view.public_id])
        if view.state in ("delivered", "given up")
        else "",
    }


def _state(view: WebhookView) -> str:
    if view.disabled_at:
        return gettext("Disabled")
    if view.failures:
        said = ngettext("%(count)s failure", "%(count)s failures in a row", view.failures)
        return said % {"count": figures.count(view.failures)}
    return gettext("Works") if view.last_success_at else gettext("Waits for its first event")


def _delivery_state(view: DeliveryView) -> str:
    if view.state == "delivered":
        return gettext("Taken")
    if view.state == "given up":
        return gettext("Given up")
    if not view.tries:
        return gettext("On its way")
    return gettext("Next try at %(time)s") % {"time": figures.minute(view.due_at)}


def _try(one: Try) -> dict[str, object]:
    return {
        "at": figures.minute_utc(one.at),
        "machine": figures.machine(one.at),
        "status": str(one.status) if one.status else gettext("no answer"),
        "why": sentences.said(one.why),
        "took": gettext("%(count)s ms") % {"count": figures.count(one.took_ms)},
    }
