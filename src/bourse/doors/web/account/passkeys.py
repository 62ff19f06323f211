"""The ceremony of a passkey: what a browser is asked, and whether what it answers is signed as it must be.

The challenge travels sealed in the page and is good once: a page that is only looked at writes no row.
"""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import msgspec
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from bourse.doors.web.account.tries import once
from bourse.kit.refusal import Refusal
from bourse.kit.sealed import SealBroken, seal, unseal

LIVES_S = 600
MOST_LETTERS = 20_000
PURPOSE = "challenge of a passkey"
# What reading an answer that no browser makes can raise, in the library and below it.
UNREADABLE = (
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    AssertionError,
    NotImplementedError,
)


class PasskeyNotRight(Refusal):
    """What the browser answered is not signed by a passkey that is known, for this page, just now."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a page asks the browser: options for its script, and the sealed state that comes back."""

    options: str
    state: str


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key as it is kept."""

    credential_id: bytes
    credential: bytes
    sign_count: int


@dataclass(frozen=True, slots=True)
class Shown:
    """The known key that signed, and its count."""

    credential_id: bytes
    sign_count: int


class _State(msgspec.Struct):
    """What is asked of whom (public id; empty: whoever has the key)."""

    what: str
    person_id: str
    inner: dict[str, Any]


def ask_to_add(request: HttpRequest, person_id: str, email: str, name: str, known: list[bytes]) -> Question:
    """Ask the browser to make a key for the person, who must unlock it."""
    options, inner = _server(request).register_begin(
        user=PublicKeyCredentialUserEntity(id=person_id.encode(), name=email, display_name=name or email),
        credentials=[AttestedCredentialData(one) for one in known],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _question("add", person_id, dict(options), inner)


def added(request: HttpRequest, person_id: str, state: str, answer: str) -> NewKey:
    """The key that the browser made for the person."""
    inner = _opened("add", person_id, state)
    try:
        data = _server(request).register_complete(inner, _read(answer))
    except UNREADABLE as error:
        raise _not_right() from error
    assert data.credential_data is not None
    return NewKey(data.credential_data.credential_id, bytes(data.credential_data), data.counter)


def ask_to_show(request: HttpRequest, person_id: str = "", known: list[bytes] | None = None) -> Question:
    """Ask the browser for a key: one of the person's, or any that it has for this house."""
    options, inner = _server(request).authenticate_begin(
        credentials=[AttestedCredentialData(one) for one in known] if known else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _question("show", person_id, dict(options), inner)


def credential_id_of(answer: str) -> bytes:
    """Which key the browser says it used."""
    try:
        return AuthenticationResponse.from_dict(_read(answer)).raw_id
    except UNREADABLE as error:
        raise _not_right() from error


def shown(
    request: HttpRequest, state: str, answer: str, *, owner: str, kept: bytes, asked: str = ""
) -> Shown:
    """The key, where it is the owner's, and signed what this page asked of him (or of anybody)."""
    inner = _opened("show", asked, state)
    try:
        said = AuthenticationResponse.from_dict(_read(answer))
        _server(request).authenticate_complete(inner, [AttestedCredentialData(kept)], said)
    except UNREADABLE as error:
        raise _not_right() from error
    handle = said.response.user_handle
    if (handle is not None and handle != owner.encode()) or (asked and asked != owner):
        raise _not_right()
    return Shown(said.raw_id, said.response.authenticator_data.counter)


def _server(request: HttpRequest) -> Fido2Server:
    """For the host of the public address, or for localhost where the page was opened there."""
    home, host = urlsplit(settings.URL), request.get_host()
    is_local = host.partition(":")[0] == "localhost" and home.hostname != "localhost"
    origins = [f"http://{host}", f"https://{host}"] if is_local else [f"{home.scheme}://{home.netloc}"]
    if home.hostname == "localhost":
        origins.append(f"http://{host}")  # through a port that was forwarded
    name = "localhost" if is_local else home.hostname or "localhost"
    return Fido2Server(PublicKeyCredentialRpEntity(id=name, name=name), verify_origin=origins.__contains__)


def _question(what: str, person_id: str, options: dict[str, Any], inner: dict[str, Any]) -> Question:
    state = _State(what, person_id, {**inner, "user_verification": "required"})
    return Question(json.dumps(options["publicKey"]), seal(PURPOSE, msgspec.json.encode(state).decode()))


def _opened(what: str, person_id: str, state: str) -> dict[str, Any]:
    try:
        opened = msgspec.json.decode(unseal(PURPOSE, state, max_age_s=LIVES_S), type=_State)
    except SealBroken as error:
        raise _not_right() from error
    if (opened.what, opened.person_id) != (what, person_id) or not once(opened.inner["challenge"], LIVES_S):
        raise _not_right()
    return opened.inner


def _read(answer: str) -> dict[str, Any]:
    if len(answer) > MOST_LETTERS:
        raise ValueError("longer than any browser's")
    read: dict[str, Any] = json.loads(answer)
    return read


def _not_right() -> PasskeyNotRight:
    return PasskeyNotRight(
        gettext("The passkey was not accepted: it is not known here, or it took too long. Try once more.")
    )
