"""A company's addresses that hear its events, the events, and how each reached each address."""

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from bourse.kit.public_id import public_id


class Webhook(models.Model):
    """An address of a company's own program. Its secrets are encrypted: a copy of the table signs nothing."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id)
    company = models.ForeignKey("members.Company", models.PROTECT, related_name="+")
    person = models.ForeignKey("members.Person", models.PROTECT, related_name="+")  # who set it up
    address = models.CharField(max_length=2000)
    events = ArrayField(models.CharField(max_length=60))
    encrypted_secret = models.BinaryField()
    encrypted_old_secret = models.BinaryField(null=True)
    old_secret_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    disabled_at = models.DateTimeField(null=True)
    disabled_because = models.CharField(max_length=500, blank=True, default="")
    failures = models.PositiveIntegerField(default=0)  # in a row
    rests_until = models.DateTimeField(null=True)
    last_success_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(disabled_at=None, disabled_because="")
                | Q(disabled_at__isnull=False) & ~Q(disabled_because=""),
                name="webhook_is_disabled_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(encrypted_old_secret=None, old_secret_until=None)
                | Q(encrypted_old_secret__isnull=False, old_secret_until__isnull=False),
                name="old_secret_holds_until_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["company"], condition=Q(removed_at=None), name="webhooks_of_a_company")
        ]


class WebhookEvent(models.Model):
    """An event as the company's programs hear it: thin, ids and counts only."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id)
    company = models.ForeignKey("members.Company", models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    once = models.CharField(max_length=200)
    data = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "once"], name="one_webhook_event_per_event")
        ]
        indexes = [models.Index(fields=["at"], name="webhook_events_by_age")]


class DeliveryState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"  # a worker holds it; `tried_at` says since when
    DELIVERED = "delivered"
    GIVEN_UP = "given up"


class Delivery(models.Model):
    """An event on its way to one address."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id)
    webhook = models.ForeignKey(Webhook, models.PROTECT, related_name="deliveries")
    event = models.ForeignKey(WebhookEvent, models.CASCADE, related_name="deliveries")
    state = models.CharField(max_length=10, default=DeliveryState.WAITING.value)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    tries = models.JSONField(default=list)  # each try: when, what was answered, how long it took

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["webhook", "event"], name="one_delivery_per_webhook_and_event"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in DeliveryState]),
                name="delivery_state_is_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["webhook", "due_at"],
                condition=Q(state__in=["waiting", "sending"]),
                name="deliveries_to_be_made",
            ),
            models.Index(fields=["webhook", "-id"], name="deliveries_of_a_webhook"),
        ]
