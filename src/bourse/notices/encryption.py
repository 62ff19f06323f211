"""Secrets at rest, under a key that follows from the house's own: a copy of a table opens nothing."""

import base64
import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def encrypt(plain: bytes) -> bytes:
    """What may be kept in a table."""
    return _box(settings.SECRET_KEY).encrypt(plain)


def decrypt(encrypted: bytes) -> bytes | None:
    """What was encrypted; None where the house's key is another by now."""
    try:
        return _box(settings.SECRET_KEY).decrypt(encrypted)
    except InvalidToken:
        return None


@lru_cache(maxsize=2)
def _box(key: str) -> Fernet:
    own = hmac.new(key.encode(), b"bourse.notices.encryption", hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(own))
