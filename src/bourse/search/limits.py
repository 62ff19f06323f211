"""How much of the market a company may look at: how deep into a result, and how many rows a day to a file.

The operator sets both. What a company took in a day is counted where all processes see it, in no table; its
own stock is free, and the operator himself has no limit.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from bourse.kit import buckets
from bourse.kit.refusal import Refusal
from bourse.members.actor import Actor
from bourse.members.queries import limits
from bourse.search.rows import ResultRow

LEAST_DEPTH = 1_000  # nobody sets less, so most pages need not ask
_SLOWLY_S = 30 * 86_400  # a day's bucket is another one than yesterday's: it hardly fills again meanwhile


class ResultTooDeep(Refusal):
    """The page lies deeper in the result than the operator lets a company look."""

    status = 403


class ExportSpent(Refusal):
    """The rows would be more than what is left of the company's day."""

    status = 429

    def __init__(self, sentence: str, wait_s: int) -> None:
        super().__init__(sentence)
        self.retry_after_s = wait_s


class Left(msgspec.Struct, frozen=True):
    """How many rows of others a company may export a day, and how many are left today."""

    a_day: int
    left: int


def refuse_too_deep(actor: Actor | None, last_row: int) -> None:
    """Refuse a page that ends deeper than the company may look."""
    if last_row <= LEAST_DEPTH or (actor and actor.is_operator):
        return
    depth = limits().search_depth_rows
    if last_row > depth:
        raise ResultTooDeep(
            f"A search shows its first {depth:,} stones. "
            "Narrow it, or sort it so that what you seek comes first."
        )


def export_left(actor: Actor, now: datetime) -> Left | None:
    """What is left of the company's day; None for the operator, who has no limit."""
    if actor.is_operator:
        return None
    a_day = limits().export_rows_a_day
    return Left(a_day, int(_take(actor, a_day, 0, now).left) if a_day else 0)


def count_export(actor: Actor, rows: Sequence[ResultRow], now: datetime) -> None:
    """Count rows that go to a file, all or none; refused where they are more than is left of the day."""
    others = sum(not row.is_own for row in rows)
    if actor.is_operator or not others:
        return
    a_day = limits().export_rows_a_day
    if not a_day or not _take(actor, a_day, others, now).ok:
        left = export_left(actor, now)
        raise ExportSpent(
            f"This file would hold {others:,} stones of others. Your company may export {a_day:,} a day, and "
            f"{left.left if left else 0:,} are left until midnight UTC. Pick fewer, or narrow the search.",
            _until_midnight_s(now),
        )


def _take(actor: Actor, a_day: int, rows: int, now: datetime) -> buckets.Taken:
    whose = f"company {actor.company_id}" if actor.company_id else f"person {actor.person_id}"
    key, at = f"export {now:%Y-%m-%d} {whose}", now.timestamp()
    return buckets.take(key, per_s=a_day / _SLOWLY_S, burst=a_day, cost=rows, at=at)


def _until_midnight_s(now: datetime) -> int:
    tomorrow = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return max(1, round((tomorrow - now).total_seconds()))
