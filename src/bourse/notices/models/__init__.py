"""The tables of the notices."""

from bourse.notices.models.inbox import Notice, Preference, Rhythm
from bourse.notices.models.mail import Mail, MailState
from bourse.notices.models.webhooks import Delivery, DeliveryState, Webhook, WebhookEvent

__all__ = [
    "Delivery",
    "DeliveryState",
    "Mail",
    "MailState",
    "Notice",
    "Preference",
    "Rhythm",
    "Webhook",
    "WebhookEvent",
]
