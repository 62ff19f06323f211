"""What people type, read kindly: 38,1 and 1.53ct and $7,040 are numbers."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

_NUMBER = re.compile(r"\d+(\.\d+)?")
_DECIMAL_COMMA = re.compile(r"[\d\s.]*\d,(\d{1,2}|\d{4,})")  # three figures after it are thousands
_ASIDE = re.compile(r"(?i)usd|us\s*\$|\$|/?\s*(cts?|carats?)\b|\bper\b|%|[\u00a0\u202f'\u2019]|\.-\s*$")


def number(text: str) -> Decimal | None:
    """The number that somebody typed, or nothing where it is none."""
    bare = _ASIDE.sub("", text).strip()
    if _DECIMAL_COMMA.fullmatch(bare) and bare.count(",") == 1:
        bare = bare.replace(".", "").replace(",", ".")
    bare = bare.replace(",", "").replace(" ", "")
    return Decimal(bare) if _NUMBER.fullmatch(bare) else None


def cents(text: str) -> int | None:
    """A sum in whole cents, or nothing where it is none or not above zero."""
    amount = number(text)
    if amount is None or not 0 < amount < Decimal(10) ** 12:
        return None
    return int((amount * 100).quantize(Decimal(1), ROUND_HALF_UP))


def whole(text: str) -> int | None:
    """A count: 1,087."""
    amount = number(text)
    return int(amount) if amount is not None and amount == int(amount) else None


def day(text: str) -> date | None:
    """A day written year first, 2026-11-24 or 2026/11/24; other orders differ from country to country."""
    found = re.fullmatch(r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\s*", text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
