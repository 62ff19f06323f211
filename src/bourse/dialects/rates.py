"""The rate at which amounts in another currency become US dollars, as its supplier types it."""

import re
from datetime import date
from decimal import Decimal

from bourse.dialects.reading import Rate
from bourse.kit.refusal import Refusal

RATE = "rate"
_ANSWER = re.compile(r"rate:(\d{1,9}(?:\.\d{1,9})?):(\d{4}-\d{2}-\d{2})", re.ASCII)
_LEAST, _MOST = Decimal("0.000001"), Decimal(1_000)
_EARLIEST = date(2000, 1, 1)


class RateNotUsable(Refusal):
    """A rate is US dollars for one unit, and the day on which it held."""


def rate_of(answer: str, currency: str, today: date | None = None) -> Rate:
    """The rate of an answer such as "rate:1.0842:2026-11-24"; whoever knows which day it is refuses a later
    one.
    """
    found = _ANSWER.fullmatch(answer)
    if found is None:
        raise RateNotUsable(
            f"“{answer[:60]}” is no rate; expected US dollars for one {currency} and a day, "
            "such as 1.0842 on 2026-11-24. Type both."
        )
    return Rate(currency, _dollars(found[1], currency), _day(found[2], today))


def is_rate(answer: str) -> bool:
    """Whether an answer is meant as a rate."""
    return answer.startswith(f"{RATE}:")


def _dollars(text: str, currency: str) -> Decimal:
    dollars = Decimal(text)
    if not _LEAST <= dollars <= _MOST:
        raise RateNotUsable(
            f"{text} US dollars for one {currency} is no rate; expected from {_LEAST} to {_MOST:,}. "
            "Check which way round the rate is."
        )
    return dollars


def _day(text: str, today: date | None) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise RateNotUsable(f"{text} is no day; expected one such as 2026-11-24. Correct it.") from None
    if day < _EARLIEST or (today is not None and day > today):
        raise RateNotUsable(
            f"The rate is of {text}; expected a day from {_EARLIEST} to today. Correct the day."
        )
    return day
