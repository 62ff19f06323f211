"""When a supplier last said that his stones are there, and the orders that changed many of them at once."""

from django.db import models
from django.db.models import Q

from bourse.kit.public_id import public_id


class StockConfirmation(models.Model):
    """When a company last confirmed its whole stock, and when it was reminded of what nobody confirmed."""

    company = models.OneToOneField(
        "members.Company", models.PROTECT, primary_key=True, related_name="stock_confirmation"
    )
    at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    reminded_days = models.PositiveSmallIntegerField(null=True)  # after how many days a listing ended then
    spared_until = models.DateTimeField(null=True)  # nothing ends before: it was not reminded in time


class ListingConfirmation(models.Model):
    """When one listing was last confirmed by itself; see docs/decisions/0026."""

    listing = models.OneToOneField(
        "market.Listing", models.PROTECT, primary_key=True, related_name="confirmation", db_constraint=False
    )  # the statement that writes it takes the listing from the stock that it has locked
    at = models.DateTimeField()


class BulkAct(models.TextChoices):
    REPRICED = "repriced"
    AVAILABILITY = "availability"
    DELISTED = "delisted"
    LISTED_AGAIN = "listed_again"
    EXPIRED = "expired"


class BulkChange(models.Model):
    """One order that changed many listings. Their rows and past rows bear its revision."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id)
    company = models.ForeignKey("members.Company", models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "members.Person", models.PROTECT, null=True, related_name="+"
    )  # null: the house
    act = models.CharField(max_length=20, choices=BulkAct.choices)
    revision = models.BigIntegerField(unique=True)
    changed = models.PositiveIntegerField()
    at = models.DateTimeField()
    fingerprint = models.CharField(max_length=64, blank=True)
    fact_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(act__in=BulkAct.values), name="bulk_act_is_known")]
