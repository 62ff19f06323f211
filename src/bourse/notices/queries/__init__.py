"""Questions about notices."""

from bourse.notices.queries.inbox import Box, InboxFilter, InboxPage, NoticeView, inbox, unread
from bourse.notices.queries.preferences import (
    PreferencesView,
    choices_for,
    choices_of,
    hours_of,
    preferences,
)
from bourse.notices.queries.webhooks import (
    Deliveries,
    DeliveryView,
    OnlyOwnersSetWebhooks,
    Try,
    WebhookView,
    deliveries,
    delivery,
    disabled_webhook,
    webhook,
    webhooks,
)

__all__ = [
    "Box",
    "Deliveries",
    "DeliveryView",
    "InboxFilter",
    "InboxPage",
    "NoticeView",
    "OnlyOwnersSetWebhooks",
    "PreferencesView",
    "Try",
    "WebhookView",
    "choices_for",
    "choices_of",
    "deliveries",
    "delivery",
    "disabled_webhook",
    "hours_of",
    "inbox",
    "preferences",
    "unread",
    "webhook",
    "webhooks",
]
