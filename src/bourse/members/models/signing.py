"""How people sign in: passkeys, codes of an app and on paper, links by mail; and where they are in."""

from enum import StrEnum

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from bourse.kit.public_id import public_id
from bourse.members.models.people import Person
from bourse.members.ways import How, Purpose


def _one_of(field: str, words: type[StrEnum], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": [word.value for word in words]}), name=name)


class SignIn(models.Model):
    """That a person is signed in on a device; it goes with its session."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id)
    person = models.ForeignKey(Person, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    how = models.CharField(max_length=30)
    address = models.CharField(max_length=45, blank=True)
    device = models.CharField(max_length=300, blank=True)  # as its browser calls itself
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [_one_of("how", How, "signed_in_by_a_known_way")]


class Passkey(models.Model):
    """A key pair of a person's device or security key; the house has its public half."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id)
    person = models.ForeignKey(Person, models.CASCADE, related_name="passkeys")
    name = models.CharField(max_length=60)
    credential_id = models.BinaryField(max_length=1023, unique=True)
    credential = models.BinaryField()  # attested credential data as WebAuthn writes it, public key included
    sign_count = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("person", Lower("name"), name="one_passkey_of_a_name_per_person")
        ]


class CodeApp(models.Model):
    """The app of a person that shows a new code each half minute (RFC 6238)."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="code_app")
    sealed_secret = models.TextField()
    last_step = models.BigIntegerField()  # of the last code that was used: none before it is taken again
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class RecoveryCode(models.Model):
    """A code on paper for the day on which everything else is lost; good once."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class MailedLink(models.Model):
    """A link sent to an address: whoever opens it reads the mail that goes there. Good once."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id)
    secret_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=10)
    person = models.ForeignKey(Person, models.CASCADE, related_name="mailed_links")
    email = models.EmailField(max_length=254)  # where it was sent
    replaced_email = models.EmailField(max_length=254, blank=True)  # what he signed in with before, once used
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            _one_of("purpose", Purpose, "mailed_for_a_known_purpose"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="mailed_in_small_letters"),
        ]
