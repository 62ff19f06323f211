"""Signatures by the Standard Webhooks specification, version 1.0. Pure."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime

PREFIX = "whsec_"
SECRET_BYTES = 32


def new_secret() -> str:
    """A secret as receivers keep it: whsec_ and 32 random bytes in base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def headers(name: str, at: datetime, body: bytes, keys: Iterable[str]) -> dict[str, str]:
    """The three headers of a message; one signature for each secret that holds now."""
    stamp = str(int(at.timestamp()))
    said = f"{name}.{stamp}.".encode() + body
    return {
        "Content-Type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(_signature(key, said) for key in keys),
    }


def _signature(key: str, said: bytes) -> str:
    plain = base64.b64decode(key.removeprefix(PREFIX))
    return "v1," + base64.b64encode(hmac.new(plain, said, hashlib.sha256).digest()).decode()
