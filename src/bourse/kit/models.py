"""The outbox's table."""

from django.db import models
from django.db.models import Q


class Fact(models.Model):
    """News of an order, written in the order's own transaction; see kit.outbox."""

    name = models.TextField()
    body = models.JSONField()
    announced_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=Q(delivered_at=None), name="facts_waiting")]


class Mark(models.Model):
    """What the installation remembers of itself, by name; see kit.marks."""

    name = models.TextField(primary_key=True)
    word = models.TextField()
    made_at = models.DateTimeField()


class JobFailure(models.Model):
    """Why a job failed the last time, by the job's number; see kit.jobs."""

    number = models.BigIntegerField(primary_key=True)
    words = models.TextField()
    failed_at = models.DateTimeField()
