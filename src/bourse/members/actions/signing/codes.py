"""Codes of an app, and codes on paper: set up, used once each, removed."""

import hashlib
import hmac
from datetime import datetime

from django.conf import settings
from django.db import transaction

from bourse.kit.outbox import announce
from bourse.kit.refusal import NotThere, Refusal
from bourse.kit.sealed import seal, unseal
from bourse.members import one_time_codes
from bourse.members.actions.signing.factors import forget_recovery_codes_if_last, refuse_removing_last
from bourse.members.actions.signing.recording import record
from bourse.members.actor import Actor
from bourse.members.facts import RecoveryCodesDrawn, RecoveryCodeUsed, SecondFactorAdded, SecondFactorRemoved
from bourse.members.models import Person
from bourse.members.models.signing import CodeApp, Passkey, RecoveryCode

SECRET_OF_APP = "secret of an app"  # noqa: S105
PAPER_CODES = 10


class CodeNotRight(Refusal):
    """The code is not one that the app shows now, nor one on the person's paper."""


class CodeUsedBefore(CodeNotRight):
    """A code is good once."""


class CodeAppExists(Refusal):
    """A person has one app that shows codes."""

    status = 409


class NoSecondFactor(Refusal):
    """Recovery codes stand in for a second factor, which the person does not have."""

    status = 409


@transaction.atomic
def set_up_code_app(*, actor: Actor, secret: str, code: str, now: datetime) -> None:
    """The app that has the secret lets the actor in from now on, beside his password; it showed the code."""
    Person.objects.select_for_update().get(pk=actor.person_id)
    if CodeApp.objects.filter(person_id=actor.person_id).exists():
        raise CodeAppExists("You have an app that shows codes. Remove it before you set up another.")
    step = one_time_codes.step_of(secret, one_time_codes.plain(code), now)
    if step is None:
        raise CodeNotRight("This is not the code that the app shows now. Enter the six digits it shows.")
    CodeApp.objects.create(
        person_id=actor.person_id, sealed_secret=seal(SECRET_OF_APP, secret), last_step=step, created_at=now
    )
    record("set_up_code_app", actor.person_id, now, company_id=actor.company_id)
    announce(SecondFactorAdded(person_id=actor.person_id, at=now, what="app"), now=now)


@transaction.atomic
def remove_code_app(*, actor: Actor, now: datetime) -> None:
    """The app's codes let nobody in any more."""
    Person.objects.select_for_update().get(pk=actor.person_id)
    app = CodeApp.objects.filter(person_id=actor.person_id).first()
    if app is None:
        raise NotThere("There is no app that shows codes.")
    refuse_removing_last(actor.person_id)
    app.delete()
    forget_recovery_codes_if_last(actor.person_id)
    record("remove_code_app", actor.person_id, now, company_id=actor.company_id)
    announce(SecondFactorRemoved(person_id=actor.person_id, at=now, what="app"), now=now)


@transaction.atomic
def draw_recovery_codes(*, actor: Actor, now: datetime) -> list[str]:
    """New codes for paper, told this once; those of before are good no longer."""
    Person.objects.select_for_update().get(pk=actor.person_id)
    if not _has_second_factor(actor.person_id):
        raise NoSecondFactor("Add a passkey or an app that shows codes first.")
    RecoveryCode.objects.filter(person_id=actor.person_id).delete()
    codes = [one_time_codes.new_paper_code() for _ in range(PAPER_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(person_id=actor.person_id, code_hash=_paper_hash(actor.person_id, code), created_at=now)
        for code in codes
    )
    record("draw_recovery_codes", actor.person_id, now, company_id=actor.company_id)
    announce(RecoveryCodesDrawn(person_id=actor.person_id, at=now), now=now)
    return codes


@transaction.atomic
def use_code(*, person_id: int, code: str, now: datetime) -> bool:
    """Take a code of the person's app or paper, once; whether it was one on paper."""
    plain = one_time_codes.plain(code)
    if one_time_codes.is_of_app(plain):
        _use_app(person_id, plain, now)
        return False
    _use_paper(person_id, plain, now)
    return True


def _use_app(person_id: int, code: str, now: datetime) -> None:
    app = CodeApp.objects.select_for_update().filter(person_id=person_id).first()
    step = one_time_codes.step_of(unseal(SECRET_OF_APP, app.sealed_secret), code, now) if app else None
    if app is None or step is None:
        raise CodeNotRight("This is not the code that your app shows now.")
    if step <= app.last_step:
        raise CodeUsedBefore("This code was used. Wait until the app shows the next one.")
    app.last_step, app.used_at = step, now
    app.save(update_fields=["last_step", "used_at"])


def _use_paper(person_id: int, code: str, now: datetime) -> None:
    # The statement that finds it good also spends it: of two users only one can pass.
    fresh = RecoveryCode.objects.filter(
        person_id=person_id, code_hash=_paper_hash(person_id, code), used_at=None
    )
    if not fresh.update(used_at=now):
        raise CodeNotRight("This is not a code of your app, nor a recovery code that is still good.")
    left = RecoveryCode.objects.filter(person_id=person_id, used_at=None).count()
    record("use_recovery_code", person_id, now, left=left)
    announce(RecoveryCodeUsed(person_id=person_id, at=now, left=left), now=now)


def _paper_hash(person_id: int, code: str) -> str:
    """Under the house's key: who has the table alone cannot try codes against it."""
    said = f"recovery code\n{person_id}\n{one_time_codes.plain(code)}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()


def _has_second_factor(person_id: int) -> bool:
    has_app = CodeApp.objects.filter(person_id=person_id).exists()
    return has_app or Passkey.objects.filter(person_id=person_id).exists()
