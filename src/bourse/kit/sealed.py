"""What lies in a table or travels through a browser and only this house may read: sealed under its key."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from bourse.kit.refusal import Refusal


class SealBroken(Refusal):
    """What came back is not what this house sealed, was sealed for another purpose, or is too old."""

    status = 400


def seal(purpose: str, text: str) -> str:
    """The text, unreadable and unchangeable for anybody else; `purpose` keeps kinds of it apart."""
    return _keys(purpose).encrypt(text.encode()).decode()


def unseal(purpose: str, sealed: str, *, max_age_s: int | None = None) -> str:
    """The text again; also what was sealed under an earlier key of the house (BOURSE_OLD_SECRET_KEYS)."""
    try:
        return _keys(purpose).decrypt(sealed.encode(), ttl=max_age_s).decode()
    except (InvalidToken, UnicodeError) as error:
        raise SealBroken("This came back changed, or too late. Load the page again.") from error


def sealed_at(purpose: str, sealed: str) -> int:
    """When it was sealed, in seconds of the epoch."""
    try:
        return _keys(purpose).extract_timestamp(sealed.encode())
    except (InvalidToken, UnicodeError) as error:
        raise SealBroken("This came back changed, or too late. Load the page again.") from error


def _keys(purpose: str) -> MultiFernet:
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([_key(purpose, str(secret)) for secret in secrets])


def _key(purpose: str, secret: str) -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=f"bourse {purpose}".encode()).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
