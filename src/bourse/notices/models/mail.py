"""Mail on its way out."""

from enum import StrEnum

from django.db import models
from django.db.models import Q

from bourse.kit.public_id import public_id


class MailState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"  # a worker holds it; `tried_at` says since when
    SENT = "sent"
    GIVEN_UP = "given up"


class Mail(models.Model):
    """A mail, and whether it has gone. What it says is encrypted, and forgotten once it has gone."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id)
    person = models.ForeignKey("members.Person", models.PROTECT, null=True, related_name="+")
    address = models.EmailField(max_length=254)
    once = models.CharField(max_length=200, unique=True)
    subject = models.CharField(max_length=200)
    encrypted = models.BinaryField()  # text, link, how to unsubscribe; empty once it has gone
    state = models.CharField(max_length=10, default=MailState.WAITING.value)
    written_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in MailState]), name="mail_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent") & Q(sent_at=None),
                name="mail_is_sent_at_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state__in=["waiting", "sending"]), name="mail_to_be_sent"
            )
        ]
