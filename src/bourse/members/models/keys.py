"""Keys by which a company's programs come in, and what they asked."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from bourse.kit.public_id import public_id
from bourse.members.actor import Scope
from bourse.members.models.companies import Company
from bourse.members.models.people import Person


class ApiKey(models.Model):
    """A key of a company; only a hash of its secret is kept."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id)
    company = models.ForeignKey(Company, models.PROTECT, related_name="keys")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")  # who made it and answers for it
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=16, unique=True)  # shown, so that people know which it is
    last_four = models.CharField(max_length=4, default="", db_default="")  # shown beside it
    secret_hash = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=20))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    last_used_at = models.DateTimeField(null=True)
    last_used_from = models.CharField(max_length=45, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(scopes__contained_by=[scope.value for scope in Scope]), name="scopes_are_known"
            )
        ]


class ApiRequest(models.Model):
    """A line of the request log, kept for 30 days; written in batches by one process."""

    at = models.DateTimeField()
    request_id = models.CharField(max_length=64)
    company = models.ForeignKey(Company, models.CASCADE, related_name="+")
    key = models.ForeignKey(ApiKey, models.CASCADE, null=True, related_name="requests")  # None: a session
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    method = models.CharField(max_length=7)
    path = models.CharField(max_length=200)
    status = models.PositiveSmallIntegerField()
    took_ms = models.PositiveIntegerField()
    code = models.CharField(max_length=60, blank=True)  # of the problem
    address = models.CharField(max_length=45, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["company", "-id"], name="requests_of_a_company"),
            models.Index(fields=["at"], name="requests_by_age"),
        ]
