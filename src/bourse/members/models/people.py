"""People, the companies they act for, and the links by which they come in."""

import hashlib
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from bourse.kit.public_id import public_id
from bourse.members.actor import Role
from bourse.members.models.companies import Company

ROLES = [(role.value, role.value) for role in Role]


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
    telephone = models.CharField(max_length=40, blank=True, default="", db_default="")
    language = models.CharField(
        max_length=10, blank=True, default="", db_default=""
    )  # "": as the browser says
    time_zone = models.CharField(max_length=60, default="UTC", db_default="UTC")
    erased_at = models.DateTimeField(null=True)
    email_verified_at = models.DateTimeField(null=True)  # when a link mailed there was last opened
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


class Invitation(models.Model):
    """That somebody with this address is wanted as the company's owner, trader or viewer; good once."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id)
    secret_hash = models.CharField(max_length=64, unique=True)
    company = models.ForeignKey(Company, models.PROTECT, related_name="invitations")
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=10, choices=ROLES)
    invited_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="invited_in_small_letters"),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="invited_as_a_role"
            ),
            models.CheckConstraint(
                condition=Q(used_at=None, used_by=None) | Q(used_at__isnull=False, used_by__isnull=False),
                name="invitation_is_used_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(withdrawn_at=None), name="invitation_ends_one_way"
            ),
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


def secret_hash(secret: str) -> str:
    """What is kept of a link's secret: whoever reads the table cannot use the link."""
    return hashlib.sha256(secret.encode()).hexdigest()
