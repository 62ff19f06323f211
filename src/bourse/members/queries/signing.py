"""Questions about how a person signs in, and where he is in."""

from datetime import datetime

import msgspec
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef

from bourse.kit.refusal import NotThere
from bourse.members.models import Exchange, Person, email_key, secret_hash
from bourse.members.models.signing import CodeApp, MailedLink, Passkey, RecoveryCode, SignIn
from bourse.members.secrets import derived_secret
from bourse.members.ways import How, Purpose


class PasskeyView(msgspec.Struct, frozen=True):
    """A passkey as its person sees it."""

    public_id: str
    name: str
    created_at: datetime
    used_at: datetime | None


class SecurityView(msgspec.Struct, frozen=True):
    """By what a person signs in."""

    email: str
    email_verified_at: datetime | None
    passkeys: list[PasskeyView]
    code_app_since: datetime | None
    recovery_codes_left: int

    @property
    def has_second_factor(self) -> bool:
        """Whether a stolen password alone lets nobody in."""
        return bool(self.passkeys) or self.code_app_since is not None


class SignInView(msgspec.Struct, frozen=True):
    """A browser in which a person is signed in, as he sees it."""

    public_id: str
    how: How
    address: str
    device: str
    started_at: datetime
    seen_at: datetime
    is_this: bool


class MailedLinkView(msgspec.Struct, frozen=True):
    """Where a link was mailed, and whether that is another address than the person signs in with."""

    email: str
    is_other: bool


class LinkMail(msgspec.Struct, frozen=True):
    """What a link's mail needs; a link to verify the address that one signs in with changes nothing."""

    email: str
    secret: str
    purpose: Purpose
    is_other: bool


def link_mail(link_id: int) -> LinkMail | None:
    """The mail of a link that was asked for; None where it was used, or another took its place."""
    link = MailedLink.objects.select_related("person").filter(pk=link_id, used_at=None).first()
    if link is None:
        return None
    purpose = Purpose(link.purpose)
    secret = derived_secret(purpose, link.public_id)
    return LinkMail(link.email, secret, purpose, link.email != link.person.email)


def replaced_email(link_id: int) -> str:
    """The address that a person signed in with before he changed it by this link."""
    found = MailedLink.objects.filter(pk=link_id).values_list("replaced_email", flat=True).first()
    return found or ""


def device_of(sign_in_id: int) -> tuple[str, str] | None:
    """As what the browser of a sign-in calls itself, and its address; None where it is over."""
    return SignIn.objects.values_list("device", "address").filter(pk=sign_in_id).first()


def security(person_id: int) -> SecurityView:
    """By what the person signs in."""
    person = Person.objects.get(pk=person_id)
    app = CodeApp.objects.filter(person_id=person_id).first()
    keys = Passkey.objects.filter(person_id=person_id).order_by("id").defer("credential")
    return SecurityView(
        email=person.email,
        email_verified_at=person.email_verified_at,
        passkeys=[PasskeyView(key.public_id, key.name, key.created_at, key.used_at) for key in keys],
        code_app_since=app.created_at if app else None,
        recovery_codes_left=RecoveryCode.objects.filter(person_id=person_id, used_at=None).count(),
    )


def passkey(person_id: int, passkey_id: str) -> PasskeyView:
    """One passkey of the person's own."""
    key = Passkey.objects.filter(person_id=person_id, public_id=passkey_id).defer("credential").first()
    if key is None:
        raise NotThere("There is no such passkey.")
    return PasskeyView(key.public_id, key.name, key.created_at, key.used_at)


def public_id_of(email: str) -> str:
    """Who signs in with the address, by public id; empty where nobody does."""
    found = Person.objects.filter(email=email_key(email)).values_list("public_id", flat=True).first()
    return found or ""


def who(person_id: int) -> tuple[str, str, str]:
    """The person's public id, address and name."""
    return Person.objects.values_list("public_id", "email", "name").get(pk=person_id)


def is_password_of(person_id: int, password: str) -> bool:
    """Whether the person signs in with this password."""
    return Person.objects.get(pk=person_id).check_password(password)


def has_second_factor(person_id: int) -> bool:
    """Whether the person has a passkey or an app that shows codes."""
    return has_passkey(person_id) or has_code_app(person_id)


def has_passkey(person_id: int) -> bool:
    """Whether the person has a passkey."""
    return Passkey.objects.filter(person_id=person_id).exists()


def has_code_app(person_id: int) -> bool:
    """Whether the person has an app that shows codes."""
    return CodeApp.objects.filter(person_id=person_id).exists()


def house_needs_second_factor() -> bool:
    """Whether the operator asks everybody for a second factor."""
    return Exchange.objects.filter(needs_second_factor=True).exists()


def credentials_of(person_id: int) -> list[bytes]:
    """The person's passkeys as WebAuthn writes them."""
    kept = Passkey.objects.filter(person_id=person_id).order_by("id").values_list("credential", flat=True)
    return [bytes(one) for one in kept]


def credential(credential_id: bytes) -> tuple[str, bytes] | None:
    """Whose passkey that is (his public id), and the passkey as WebAuthn writes it."""
    key = Passkey.objects.filter(credential_id=credential_id).select_related("person").first()
    return (key.person.public_id, bytes(key.credential)) if key and key.person.is_active else None


def sign_ins_of(person_id: int, session_key: str, *, now: datetime) -> list[SignInView]:
    """Where the person is signed in, this browser first, then the last used."""
    living = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gte=now)
    found = SignIn.objects.filter(Exists(living), person_id=person_id).order_by("-seen_at", "-id")[:100]
    views = [_view(one, session_key) for one in found]
    return sorted(views, key=lambda view: not view.is_this)


def mailed_link(secret: str, purpose: Purpose, *, now: datetime) -> MailedLinkView:
    """A link that can still be used."""
    found = MailedLink.objects.select_related("person").filter(
        secret_hash=secret_hash(secret), purpose=purpose.value, used_at=None, expires_at__gt=now
    )
    if not (link := found.filter(person__is_active=True).first()):
        raise NotThere("This link is not valid, or was used, or is too old.")
    return MailedLinkView(link.email, link.email != link.person.email)


def _view(one: SignIn, session_key: str) -> SignInView:
    return SignInView(
        one.public_id,
        How(one.how),
        one.address,
        one.device,
        one.started_at,
        one.seen_at,
        one.session_key == session_key,
    )
