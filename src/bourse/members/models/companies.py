"""A member firm: what others see of it, what they do not, and its places."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from bourse.kit.public_id import public_id

NATURES = (
    "manufacturer",
    "wholesaler",
    "dealer",
    "broker",
    "retailer",
    "jewellery maker",
    "service",
    "other",
)
TRADES = ("natural polished", "lab-grown polished", "rough", "fancy colours", "small goods", "jewellery")
SIZES = ("1", "2–9", "10–49", "50–249", "250 or more")


def _words(length: int, **options: Any) -> "models.CharField[str, str]":
    return models.CharField(max_length=length, blank=True, default="", db_default="", **options)


def _several(length: int) -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.CharField(max_length=length), default=list, db_default=[])


class Company(models.Model):
    """A member firm, with the profile that other members see."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id)
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2, blank=True)
    city = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField()
    nature = _words(40)
    trades = _several(40)
    associations = _several(100)
    about = models.TextField(max_length=2000, blank=True, default="", db_default="")
    website = _words(200)
    public_email = _words(254)
    public_telephone = _words(40)
    founded = models.PositiveSmallIntegerField(null=True)
    suspended_at = models.DateTimeField(null=True)
    suspended_because = models.TextField(max_length=1000, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("name"), name="one_company_per_name"),
            models.CheckConstraint(
                condition=Q(suspended_at=None, suspended_because="")
                | Q(suspended_at__isnull=False) & ~Q(suspended_because=""),
                name="suspended_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CompanyPrivate(models.Model):
    """What a company told the house and nobody else: for its own people and the operator."""

    company = models.OneToOneField(Company, models.PROTECT, primary_key=True, related_name="private")
    legal_name = _words(200)
    street = _words(300)
    postcode = _words(20)
    registration_number = _words(60)
    tax_number = _words(60)
    size = _words(20)
    buys = models.BooleanField(default=True, db_default=True)
    sells = models.BooleanField(default=True, db_default=True)
    bank_reference = models.TextField(max_length=1000, blank=True, default="", db_default="")
    trade_references = models.TextField(max_length=2000, blank=True, default="", db_default="")


class Branch(models.Model):
    """A place of a company: an address goods are sent to, a place where stock lies, or both."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id)
    company = models.ForeignKey(Company, models.PROTECT, related_name="branches")
    name = models.CharField(max_length=100)
    street = models.CharField(max_length=300)
    city = models.CharField(max_length=100)
    state = _words(100)
    postcode = _words(20)
    country = models.CharField(max_length=2)
    contact = _words(200)
    telephone = _words(40)
    takes_deliveries = models.BooleanField(default=True)
    holds_stock = models.BooleanField(default=True)
    stock_words = _several(100)  # how the place is called in the company's stock files
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "company", Lower("name"), condition=Q(closed_at=None), name="one_open_branch_per_name"
            )
        ]
