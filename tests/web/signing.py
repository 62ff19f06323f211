"""What the tests of signing in do in browsers: an authenticator of software, forms of pages, codes."""

import hashlib
import html
import json
import re
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.contrib.auth.hashers import make_password
from django.test import Client
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestedCredentialData, AuthenticatorData

from bourse.members.actor import Actor
from bourse.members.models import Person
from bourse.members.one_time_codes import code_at

PASSWORD = "four words make sentences"
ORIGIN = "http://localhost"
UP, UV, AT = 1, 4, 64


@dataclass
class SoftKey:
    """A passkey in memory that signs whatever it is asked, rightly or with one thing wrong."""

    rp_id: str = "localhost"
    origin: str = ORIGIN
    flags: int = UP | UV
    sign_count: int = 0
    credential_id: bytes = b"soft key, sixteen"
    handle: bytes = b""
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def create(self, options: dict[str, Any]) -> str:
        """The answer to a page that asks for a new key."""
        self.handle = websafe_decode(options["user"]["id"])
        data = AuthenticatorData.create(
            self._rp_hash(), self.flags | AT, self.sign_count, AttestedCredentialData(self.attested())
        )
        response = {
            "clientDataJSON": self._client_data("webauthn.create", options["challenge"]),
            "attestationObject": websafe_encode(
                cbor.encode({"fmt": "none", "attStmt": {}, "authData": bytes(data)})
            ),
        }
        return self._answer(response)

    def attested(self) -> bytes:
        """The public half, as a house keeps it."""
        public = ES256.from_cryptography_key(self.private.public_key())
        return bytes(AttestedCredentialData.create(bytes(16), self.credential_id, public))

    def get(self, options: dict[str, Any]) -> str:
        """The answer to a page that asks for a key."""
        data = AuthenticatorData.create(self._rp_hash(), self.flags, self.sign_count)
        client_data = self._client_data("webauthn.get", options["challenge"])
        signed = bytes(data) + hashlib.sha256(websafe_decode(client_data)).digest()
        response = {
            "clientDataJSON": client_data,
            "authenticatorData": websafe_encode(bytes(data)),
            "signature": websafe_encode(self.private.sign(signed, ec.ECDSA(hashes.SHA256()))),
            "userHandle": websafe_encode(self.handle),
        }
        return self._answer(response)

    def _answer(self, response: dict[str, str]) -> str:
        name = websafe_encode(self.credential_id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})

    def _client_data(self, kind: str, challenge: str) -> str:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return websafe_encode(json.dumps(said).encode())

    def _rp_hash(self) -> bytes:
        return hashlib.sha256(self.rp_id.encode()).digest()


@dataclass(frozen=True)
class Question:
    """What a page asks a passkey."""

    options: dict[str, Any]
    state: str


def question_on(answer: Any) -> Question:
    """The question in the first passkey form of a page."""
    page = answer.content.decode()
    options = re.findall(r'data-options="([^"]*)"', page)[0]
    return Question(json.loads(html.unescape(options)), hidden(answer, "state"))


def hidden(answer: Any, name: str) -> str:
    """The value of a hidden box of the page."""
    return html.unescape(re.findall(rf'name="{name}" value="([^"]*)"', answer.content.decode())[0])


def has_password(actor: Actor, password: str = PASSWORD) -> None:
    """The actor signs in with a password."""
    Person.objects.filter(pk=actor.person_id).update(password=make_password(password))


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str) -> Any:
    """What the sign-in page answers to an address and a password."""
    return client.post("/account/sign-in/", {"login": email, "password": password, **more})


def is_in(client: Client) -> bool:
    """Whether somebody is signed in."""
    return bool(client.get("/account/company/").status_code == 200)


def add_passkey(client: Client, key: SoftKey, name: str = "Laptop") -> Any:
    """Enrol the key on the page for it."""
    question = question_on(client.get("/account/security/passkeys/add/"))
    return client.post(
        "/account/security/passkeys/add/",
        {"name": name, "state": question.state, "answer": key.create(question.options)},
    )


def set_up_app(client: Client, at_step: int) -> str:
    """Set up an app with the code of a half minute; its secret."""
    page = client.get("/account/security/app/")
    secret = re.findall(r'class="code">([A-Z2-7 ]+)<', page.content.decode())[0].replace(" ", "")
    client.post(
        "/account/security/app/", {"code": code_at(secret, at_step), "sealed": hidden(page, "sealed")}
    )
    return secret
