"""Passwords: changed by who is signed in, set anew by who reads the mail of the address."""

from datetime import datetime

from django.contrib.auth import password_validation
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction

from bourse.kit.outbox import announce
from bourse.members.actions.people import PasswordTooWeak
from bourse.members.actions.signing.mailed_links import send, spend
from bourse.members.actions.signing.recording import record
from bourse.members.actions.signing.sign_ins import end_sign_ins_of
from bourse.members.actor import Actor
from bourse.members.facts import PasswordChanged
from bourse.members.models import OneTimeLink, Person, email_key
from bourse.members.models.signing import MailedLink
from bourse.members.ways import Purpose


@transaction.atomic
def change_password(*, actor: Actor, password: str, session_key: str, now: datetime) -> Person:
    """The actor signs in with this password from now on; his other sign-ins end."""
    person = Person.objects.select_for_update().get(pk=actor.person_id)
    _set(person, password, now)
    ended = end_sign_ins_of(person.pk, but=session_key)
    record("change_password", person.pk, now, company_id=actor.company_id, ended=ended)
    return person


@transaction.atomic
def ask_for_new_password(*, email: str, now: datetime) -> bool:
    """Send a link to the address if somebody signs in with it; whether one was. Nobody may be told which."""
    person = Person.objects.filter(email=email_key(email), is_active=True, erased_at=None).first()
    if person is None:
        return False
    send(person, Purpose.PASSWORD, person.email, now)
    record("ask_for_new_password", person.pk, now)
    return True


@transaction.atomic
def set_new_password(*, secret: str, password: str, now: datetime) -> Person:
    """The password of whoever the link was mailed to; every sign-in of his ends, and he signs in anew.

    A second factor stays as it is and is asked for then.
    """
    link = spend(secret, Purpose.PASSWORD, now)
    person = Person.objects.select_for_update().get(pk=link.person_id)
    _set(person, password, now)
    if person.email == link.email and person.email_verified_at is None:
        Person.objects.filter(pk=person.pk).update(email_verified_at=now)
    MailedLink.objects.filter(person=person, purpose=Purpose.PASSWORD, used_at=None).delete()
    OneTimeLink.objects.filter(person=person, used_at=None).delete()
    record("set_new_password", person.pk, now, ended=end_sign_ins_of(person.pk))
    return person


def _set(person: Person, password: str, now: datetime) -> None:
    try:
        password_validation.validate_password(password, person)
    except ValidationError as error:
        raise PasswordTooWeak(" ".join(error.messages)) from error
    person.password = make_password(password)
    person.save(update_fields=["password"])
    announce(PasswordChanged(person_id=person.pk, at=now), now=now)
