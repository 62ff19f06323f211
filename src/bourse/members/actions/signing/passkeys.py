"""Passkeys: added, named, used, removed. Whether a key signed what it should is checked at the door."""

from datetime import datetime

from django.db import IntegrityError, transaction

from bourse.kit.outbox import announce
from bourse.kit.refusal import NotThere, Refusal
from bourse.members.actions.signing.factors import forget_recovery_codes_if_last, refuse_removing_last
from bourse.members.actions.signing.recording import record
from bourse.members.actor import Actor
from bourse.members.facts import SecondFactorAdded, SecondFactorRemoved
from bourse.members.models import Person
from bourse.members.models.signing import Passkey

MOST_PASSKEYS = 20
LONGEST_NAME = 60


class PasskeyTaken(Refusal):
    """The key is known already."""

    status = 409


class PasskeyNameTaken(Refusal):
    """Two passkeys of one person are told apart by their names."""

    status = 409


class PasskeyNameMissing(Refusal):
    """A passkey has a name, so that a lost one can be found and removed."""


class TooManyPasskeys(Refusal):
    """A person has a limited number of passkeys."""


class PasskeyCopied(Refusal):
    """The key counts backwards: somebody has a copy of it."""

    status = 403


@transaction.atomic
def add_passkey(
    *, actor: Actor, name: str, credential_id: bytes, credential: bytes, sign_count: int, now: datetime
) -> Passkey:
    """A key that lets the actor in from now on."""
    Person.objects.select_for_update().get(pk=actor.person_id)
    if Passkey.objects.filter(person_id=actor.person_id).count() >= MOST_PASSKEYS:
        raise TooManyPasskeys(f"You have {MOST_PASSKEYS} passkeys. Remove one that you do not use.")
    if Passkey.objects.filter(credential_id=credential_id).exists():
        raise PasskeyTaken("This passkey is known already.")
    key = Passkey(
        person_id=actor.person_id,
        credential_id=credential_id,
        credential=credential,
        sign_count=sign_count,
        created_at=now,
    )
    _name(key, name)
    record("add_passkey", actor.person_id, now, company_id=actor.company_id, passkey=key.public_id)
    announce(SecondFactorAdded(person_id=actor.person_id, at=now, what="passkey"), now=now)
    return key


@transaction.atomic
def rename_passkey(*, actor: Actor, passkey_id: str, name: str, now: datetime) -> None:
    """The key is called so from now on."""
    key = _own(actor, passkey_id)
    _name(key, name)
    record("rename_passkey", actor.person_id, now, company_id=actor.company_id, passkey=key.public_id)


@transaction.atomic
def remove_passkey(*, actor: Actor, passkey_id: str, now: datetime) -> None:
    """The key lets nobody in any more."""
    Person.objects.select_for_update().get(pk=actor.person_id)
    key = _own(actor, passkey_id)
    refuse_removing_last(actor.person_id)
    key.delete()
    forget_recovery_codes_if_last(actor.person_id)
    record("remove_passkey", actor.person_id, now, company_id=actor.company_id, passkey=passkey_id)
    announce(SecondFactorRemoved(person_id=actor.person_id, at=now, what="passkey"), now=now)


@transaction.atomic
def use_passkey(*, credential_id: bytes, sign_count: int, now: datetime) -> Person:
    """Whose key it is. A key that counts must count upwards, or somebody has copied it."""
    key = Passkey.objects.select_for_update().filter(credential_id=credential_id).first()
    if key is None:
        raise NotThere("This passkey is not known here.")
    if (key.sign_count or sign_count) and sign_count <= key.sign_count:
        raise PasskeyCopied("This passkey seems to have been copied. Sign in another way and remove it.")
    key.sign_count, key.used_at = sign_count, now
    key.save(update_fields=["sign_count", "used_at"])
    return Person.objects.get(pk=key.person_id)


def _own(actor: Actor, passkey_id: str) -> Passkey:
    own = Passkey.objects.select_for_update().filter(person_id=actor.person_id, public_id=passkey_id)
    if (key := own.first()) is None:
        raise NotThere("There is no such passkey.")
    return key


def _name(key: Passkey, name: str) -> None:
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise PasskeyNameMissing(f"Enter a name of 1 to {LONGEST_NAME} characters.")
    key.name = name
    try:
        with transaction.atomic():
            key.save()
    except IntegrityError as error:
        raise PasskeyNameTaken(f"You have a passkey called {name} already.") from error
