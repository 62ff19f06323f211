"""What becomes of a link after somebody looked at it. Pure."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

LOOK_AGAIN = timedelta(days=14)  # where something was found
RETRIES = (timedelta(hours=1), timedelta(hours=6))
DEAD_AFTER = len(RETRIES) + 1  # times in a row
DEAD_AGAIN = timedelta(days=1)
NOT_OURS = "Only addresses with https are looked at. Link the file by https if the server has it."
_BARRED = frozenset({401, 402, 403, 405, 406, 407, 416, 429, 451, 501})


class Seen(NamedTuple):
    """Whether it is not for a program to open, and in words why nothing was found; "" where it was."""

    is_barred: bool
    why_not: str


def barred(status: int) -> bool:
    """Whether a server with this status may well show a person what it does not show a program."""
    return status in _BARRED


def after(seen: Seen, *, failures: int, failing_since: datetime | None, now: datetime) -> dict[str, Any]:
    """The columns of the link as they are from now on."""
    if seen.is_barred or not seen.why_not:
        state = "not_checked" if seen.is_barred else "found"
        rest = {"failures": 0, "failing_since": None, "next_at": now + LOOK_AGAIN}
        return {"state": state, "why": seen.why_not, **rest}
    failed = failures + 1
    is_dead = failed >= DEAD_AFTER
    return {
        "state": "dead" if is_dead else "failing",
        "why": seen.why_not,
        "failures": min(failed, 10_000),
        "failing_since": failing_since or now,
        "next_at": now + (DEAD_AGAIN if is_dead else RETRIES[failures]),
    }
