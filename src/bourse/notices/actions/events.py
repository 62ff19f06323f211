"""Events for the programs of a company."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from bourse.kit import jobs
from bourse.notices.models import Delivery, Webhook, WebhookEvent

DELIVER = "notices.deliver"


@transaction.atomic
def emit(*, company_id: int, event: str, data: Mapping[str, object], once: str, now: datetime) -> None:
    """Send the event to those of the company's webhooks that want it; once for each word in `once`."""
    hooks = list(
        Webhook.objects.filter(
            company_id=company_id, disabled_at=None, removed_at=None, events__contains=[event]
        )
    )
    if not hooks:
        return
    made, is_new = WebhookEvent.objects.get_or_create(
        company_id=company_id, once=once, defaults={"name": event, "data": dict(data), "at": now}
    )
    if not is_new:
        return
    Delivery.objects.bulk_create([Delivery(webhook=hook, event=made, due_at=now) for hook in hooks])
    for hook in hooks:
        defer_delivery(hook.pk)


def defer_delivery(webhook_id: int) -> None:
    """Have what waits for this address delivered; addresses do not wait for each other."""
    jobs.defer_once(DELIVER, one_at_a_time=f"webhook {webhook_id}", webhook_id=webhook_id)
