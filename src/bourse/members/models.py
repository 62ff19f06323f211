"""The tables of who is who."""

import hashlib
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from bourse.kit.public_id import public_id
from bourse.members.actor import Role

ROLES = [(role.value, role.value) for role in Role]


class Company(models.Model):
    """A member firm."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id)
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2, blank=True)
    city = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="one_company_per_name")]

    def __str__(self) -> str:
        return self.name


class People(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=email_key(username or ""))


def email_key(email: str) -> str:
    """The form in which an address is kept and compared: nobody's mail cares for capitals."""
    return email.strip().lower()


class Person(AbstractBaseUser):
    """Somebody who signs in, by e-mail address."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200)
    is_operator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    companies = models.ManyToManyField(Company, through="Membership", related_name="people")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[People] = People()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="email_is_kept_in_small_letters")
        ]

    def __str__(self) -> str:
        return self.email


class Membership(models.Model):
    """That a person acts for a company, and as what."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    company = models.ForeignKey(Company, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=ROLES)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "company"], name="one_role_per_person_and_company"),
            models.CheckConstraint(condition=Q(role__in=[role.value for role in Role]), name="role_is_known"),
        ]


class OneTimeLink(models.Model):
    """A link that lets one person set a password once: the first operator, or a member's new colleague."""

    secret_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="links")
    makes_operator = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, makes_operator=True) | Q(person__isnull=False, makes_operator=False),
                name="link_is_for_a_person_or_the_first_operator",
            )
        ]


class Exchange(models.Model):
    """How the operator has set the house: its name, its look, and what a visitor sees of a stone. One row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=60, default="Bourse")
    logo = models.BinaryField(null=True)
    logo_type = models.CharField(max_length=40, blank=True)
    colours = models.JSONField(default=dict)  # role of the palette → "#rrggbb"
    public_fields = ArrayField(models.CharField(max_length=40), null=True)  # null: the house's own choice
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="there_is_one_exchange")]


def secret_hash(secret: str) -> str:
    """What is kept of a link's secret: whoever reads the table cannot use the link."""
    return hashlib.sha256(secret.encode()).hexdigest()
