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


class AuditBlock(models.Model):
    """A run of audit entries under one hash, which holds the hash of the block before it; see kit.audit."""

    number = models.BigIntegerField(primary_key=True)
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    entries = models.PositiveIntegerField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField()


class AuditEntry(models.Model):
    """An act with actor, company, time, address, before and after; added, sealed once, never changed."""

    at = models.DateTimeField()
    act = models.CharField(max_length=60)
    person_id = models.BigIntegerField(null=True)
    company_id = models.BigIntegerField(null=True)
    about = models.CharField(max_length=200)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    address = models.CharField(max_length=45, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=18, blank=True)
    block = models.ForeignKey(AuditBlock, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=Q(block=None), name="audit_unsealed"),
            models.Index(fields=["company_id", "-id"], name="audit_of_a_company"),
        ]


class OperationId(models.Model):
    """What was answered to a call with an operation id of the caller's; see kit.idempotency."""

    company_id = models.BigIntegerField()
    key = models.CharField(max_length=255)
    fingerprint = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=b"")  # compressed
    is_final = models.BooleanField(default=False)  # nothing more is added to the answer

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company_id", "key"], name="one_operation_per_company_and_id")
        ]
        indexes = [
            models.Index(fields=["at"], name="operation_ids_by_age"),
            models.Index(fields=["company_id", "-id"], name="operation_ids_of_a_company"),
        ]
