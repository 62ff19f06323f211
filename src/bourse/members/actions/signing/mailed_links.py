"""Links sent by mail: that an address is read by its person, that he signs in with another from now on."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from bourse.kit.outbox import announce
from bourse.kit.public_id import public_id
from bourse.members.actions.people import EmailNotValid, EmailTaken, LinkNotValid
from bourse.members.actions.signing.recording import record
from bourse.members.actor import Actor
from bourse.members.facts import EmailChanged, LinkAsked
from bourse.members.models import Person, email_key, secret_hash
from bourse.members.models.signing import MailedLink
from bourse.members.secrets import derived_secret
from bourse.members.ways import Purpose

LIVES = {Purpose.ADDRESS: timedelta(days=1), Purpose.PASSWORD: timedelta(hours=1)}


@transaction.atomic
def ask_for_verification(*, actor: Actor, now: datetime) -> None:
    """Send a link to the address that the actor signs in with."""
    person = Person.objects.select_for_update().get(pk=actor.person_id)
    send(person, Purpose.ADDRESS, person.email, now)
    record("ask_for_verification", person.pk, now, company_id=actor.company_id)


@transaction.atomic
def ask_for_email(*, actor: Actor, email: str, now: datetime) -> None:
    """Send a link to the address that the actor wants to sign in with; until it is opened nothing changes.

    Where somebody else has the address nothing is sent, and the asker is not told.
    """
    wanted = email_key(email)
    try:
        validate_email(wanted)
    except ValidationError as error:
        raise EmailNotValid(f"{email} is not an e-mail address.") from error
    person = Person.objects.select_for_update().get(pk=actor.person_id)
    if not Person.objects.filter(email=wanted).exclude(pk=person.pk).exists():
        send(person, Purpose.ADDRESS, wanted, now)
    record("ask_for_email", person.pk, now, company_id=actor.company_id)


@transaction.atomic
def confirm_email(*, secret: str, now: datetime) -> bool:
    """The person of the link signs in with its address from now on; whether it is another than before."""
    link = spend(secret, Purpose.ADDRESS, now)
    person = Person.objects.select_for_update().get(pk=link.person_id)
    before, is_other = person.email, link.email != person.email
    person.email, person.email_verified_at = link.email, now
    try:
        with transaction.atomic():
            person.save(update_fields=["email", "email_verified_at"])
    except IntegrityError as error:
        raise EmailTaken("Somebody signs in with this address already.") from error
    record("confirm_email", person.pk, now, is_other=is_other)
    if is_other:
        # A link that waits for the old address must not open the account any more.
        MailedLink.objects.filter(person=person, used_at=None).delete()
        MailedLink.objects.filter(pk=link.pk).update(replaced_email=before)
        announce(EmailChanged(person_id=person.pk, link_id=link.pk), now=now)
    return is_other


def send(person: Person, purpose: Purpose, email: str, now: datetime) -> None:
    """Have a link mailed; an earlier one for the same purpose is good no longer."""
    MailedLink.objects.filter(person=person, purpose=purpose, used_at=None).delete()
    name = public_id()
    link = MailedLink.objects.create(
        public_id=name,
        secret_hash=secret_hash(derived_secret(purpose, name)),
        purpose=purpose.value,
        person=person,
        email=email,
        created_at=now,
        expires_at=now + LIVES[purpose],
    )
    announce(LinkAsked(link_id=link.pk, purpose=purpose.value), now=now)


def spend(secret: str, purpose: Purpose, now: datetime) -> MailedLink:
    """The link, marked as used in the statement that found it good: of two users only one can pass."""
    given = MailedLink.objects.filter(secret_hash=secret_hash(secret), purpose=purpose.value)
    if not given.filter(used_at=None, expires_at__gt=now, person__is_active=True).update(used_at=now):
        raise LinkNotValid("This link is not valid, or was used, or is too old. Ask for a new one.")
    return given.get()
