"""Codes of an app (RFC 6238) and codes on paper: arithmetic only."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterator
from datetime import datetime

STEP_S, DIGITS = 30, 6
DRIFT_STEPS = 1  # a telephone's clock may be half a minute off
SECRET_BYTES = 20
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no letter that looks like another, on paper
GROUPS, GROUP_LETTERS = 3, 4  # 59 bits


def new_secret() -> str:
    """What the app and the house share, as apps take it: base32."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def code_at(secret: str, step: int) -> str:
    """The six digits of one half minute."""
    digest = hmac.new(base64.b32decode(secret), step.to_bytes(8), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The half minute about now whose code this is; None where it is none of them."""
    found = [step for step in _steps(now) if hmac.compare_digest(code_at(secret, step), code)]
    return found[-1] if found else None


def _steps(now: datetime) -> Iterator[int]:
    current = int(now.timestamp()) // STEP_S
    yield from range(current - DRIFT_STEPS, current + DRIFT_STEPS + 1)


def plain(typed: str) -> str:
    """A code as it is compared: without spaces and dashes, in small letters and plain figures."""
    figures = (str(int(letter)) if letter.isdecimal() else letter for letter in typed.lower())
    return "".join(letter for letter in figures if letter.isascii() and letter.isalnum())[:64]


def is_of_app(code: str) -> bool:
    """Whether this is written like a code of the app rather than one on paper."""
    return len(code) == DIGITS and code.isdecimal()


def new_paper_code() -> str:
    """A code for paper, in groups."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LETTERS)) for _ in range(GROUPS))
