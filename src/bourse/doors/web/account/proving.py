"""By what a person who is known shows that it is he: passkey, code, or password where he has neither."""

from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext

from bourse.doors.web.account import passkeys
from bourse.doors.web.account.passkeys import PasskeyNotRight, Question
from bourse.kit import clock
from bourse.kit.refusal import Refusal
from bourse.members.actions.signing import codes
from bourse.members.actions.signing.passkeys import use_passkey
from bourse.members.queries.signing import (
    credential,
    credentials_of,
    has_code_app,
    has_passkey,
    is_password_of,
    who,
)
from bourse.members.ways import How


class PasswordNotRight(Refusal):
    """This is not the person's password."""


@dataclass(frozen=True, slots=True)
class Ways:
    """What a page may ask the person for."""

    person_id: int
    passkey: bool
    has_app: bool

    @property
    def code(self) -> bool:
        """Codes on paper stand in for a passkey too, so a code is always taken beside one."""
        return self.passkey or self.has_app

    @property
    def password(self) -> bool:
        """A password is enough only of somebody who has nothing better."""
        return not (self.passkey or self.code)


def ways_of(person_id: int) -> Ways:
    """What the person has."""
    return Ways(person_id, has_passkey(person_id), has_code_app(person_id))


def question_for(request: HttpRequest, person_id: int) -> Question:
    """What the browser is asked for one of the person's passkeys."""
    return passkeys.ask_to_show(request, who(person_id)[0], credentials_of(person_id))


def by_any(
    request: HttpRequest,
    person_id: int,
    *,
    password: str = "",
    code: str = "",
    state: str = "",
    answer: str = "",
) -> How:
    """How the person showed who he is; refused where he did not."""
    ways = ways_of(person_id)
    if answer and ways.passkey:
        _by_passkey(request, who(person_id)[0], state, answer)
        return How.PASSWORD_AND_PASSKEY
    if ways.code:
        is_paper = codes.use_code(person_id=person_id, code=code, now=clock.now())
        return How.PASSWORD_AND_RECOVERY if is_paper else How.PASSWORD_AND_CODE
    if not is_password_of(person_id, password):
        raise PasswordNotRight(gettext("This is not your password."))
    return How.PASSWORD


def owner_of_passkey(request: HttpRequest, state: str, answer: str) -> AbstractBaseUser:
    """Whose passkey was shown by somebody who is not known yet."""
    kept = credential(passkeys.credential_id_of(answer))
    if kept is None:
        raise PasskeyNotRight(gettext("This passkey is not known here. Sign in with your password."))
    shown = passkeys.shown(request, state, answer, owner=kept[0], kept=kept[1])
    return use_passkey(credential_id=shown.credential_id, sign_count=shown.sign_count, now=clock.now())


def _by_passkey(request: HttpRequest, owner: str, state: str, answer: str) -> None:
    kept = credential(passkeys.credential_id_of(answer))
    if kept is None or kept[0] != owner:
        raise PasskeyNotRight(gettext("This is not one of your passkeys."))
    shown = passkeys.shown(request, state, answer, owner=owner, kept=kept[1], asked=owner)
    use_passkey(credential_id=shown.credential_id, sign_count=shown.sign_count, now=clock.now())
