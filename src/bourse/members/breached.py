"""Passwords that were stolen elsewhere, looked up in a file of the operator's: nothing leaves the house."""

import hashlib
import mmap
import re
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

_HASH = re.compile(rb"[0-9A-Fa-f]{40}(:\d+)?\s*")


class NotBreached:
    """Refuses a password that is in BOURSE_BREACHED_PASSWORDS; a validator of Django's."""

    def validate(self, password: str, user: object = None) -> None:
        """Nothing for a password that is on no list."""
        if settings.BREACHED_PASSWORDS and is_listed(Path(settings.BREACHED_PASSWORDS), password):
            raise ValidationError(
                "This password is on a list of passwords that were stolen elsewhere. Choose another.",
                code="password_breached",
            )

    def get_help_text(self) -> str:
        """For Django's own pages, of which none is shown."""
        return gettext("It must not be on the list of stolen passwords.")


def is_listed(file: Path, password: str) -> bool:
    """Whether the file has the password: SHA-1 hashes in ascending order, or plain passwords, one a line."""
    with file.open("rb") as lines:
        if not lines.read(1):
            return False
        with mmap.mmap(lines.fileno(), 0, access=mmap.ACCESS_READ) as text:
            if _HASH.fullmatch(text.readline()):
                digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest()
                return _has_hash(text, digest.upper().encode())
            return _has_line(text, password.encode())


def _has_hash(text: mmap.mmap, wanted: bytes) -> bool:
    """By halves: `low` is always the start of a line that may be it, `high` one that comes after it."""
    low, high = 0, len(text)
    while low < high:
        start = text.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = text.find(b"\n", start)
        end = len(text) if end < 0 else end
        found = text[start : start + len(wanted)].upper()
        if found == wanted:
            return True
        low, high = (end + 1, high) if found < wanted else (low, start)
    return False


def _has_line(text: mmap.mmap, wanted: bytes) -> bool:
    at = text.find(wanted, 0)
    while at >= 0:
        begins = at == 0 or text[at - 1 : at] == b"\n"
        if begins and text[at + len(wanted) : at + len(wanted) + 1] in (b"\n", b"\r", b""):
            return True
        at = text.find(wanted, at + 1)
    return False
