"""Secrets of links sent by mail: derived when they are needed, so that no table and no fact holds one."""

import base64
import hashlib
import hmac

from django.conf import settings


def derived_secret(purpose: str, public_id: str) -> str:
    """The secret of one link: 43 letters that only this installation computes (HMAC, RFC 2104).

    Keep `secret_hash` of it beside the row: whoever changes the key ends every link that was sent.
    """
    said = f"{purpose}\n{public_id}".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def is_secret_of(secret: str, purpose: str, public_id: str) -> bool:
    """Whether it is the secret of this link; compared in a time that tells nothing."""
    return hmac.compare_digest(secret.encode(), derived_secret(purpose, public_id).encode())
