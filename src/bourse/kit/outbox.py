"""Facts leave a room here: written in the order's transaction, delivered after commit, at least once.

One dispatcher delivers. It takes waiting rows by their mark, never by "id above the last seen": ids are
handed out before commit, so a cursor over them loses what commits late.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

import msgspec
import structlog
from django.db import transaction
from django.db.models import F

from bourse.kit import models

log = structlog.get_logger()


class Fact(msgspec.Struct, frozen=True):
    """News in the past tense. A subclass in a room's facts.py holds whole values: ids, counts, amounts."""


Listener = Callable[[Sequence[Fact], datetime], None]
Wiring = Mapping[type[Fact], Sequence[Listener]]
AnyFact = TypeVar("AnyFact", bound=Fact)


def announce(fact: Fact, *, now: datetime) -> int:
    """Write the fact into the outbox; its number lets an answer wait until it was delivered."""
    row = models.Fact.objects.create(name=_name(type(fact)), body=msgspec.to_builtins(fact), announced_at=now)
    return row.pk


def is_delivered(fact_id: int) -> bool:
    """Whether every listener has heard the fact (a fact that is not there counts as heard)."""
    return not models.Fact.objects.filter(pk=fact_id, delivered_at=None).exists()


def waiting(now: datetime) -> tuple[int, float]:
    """How many facts wait, and how many seconds the oldest has waited."""
    facts = models.Fact.objects.filter(delivered_at=None)
    oldest = facts.order_by("announced_at").values_list("announced_at", flat=True).first()
    return facts.count(), (now - oldest).total_seconds() if oldest else 0.0


@transaction.atomic
def deliver(wiring: Wiring, *, now: datetime, limit: int = 500) -> int:
    """Hand up to `limit` waiting facts to their listeners and mark them; how many were taken.

    A listener that fails undoes the whole round, so it is told again: listeners may run twice without harm.
    """
    waiting_rows = models.Fact.objects.select_for_update(skip_locked=True).filter(delivered_at=None)
    rows = list(waiting_rows.order_by("id")[:limit])
    heard: dict[Listener, list[Fact]] = defaultdict(list)
    known = {_name(fact): fact for fact in wiring}
    for row in rows:
        if fact_type := known.get(row.name):
            fact = msgspec.convert(row.body, fact_type)
            for listener in wiring[fact_type]:
                heard[listener].append(fact)
    for listener, facts in heard.items():
        listener(facts, now)
    models.Fact.objects.filter(pk__in=[row.pk for row in rows]).update(
        delivered_at=now, attempts=F("attempts") + 1
    )
    return len(rows)


def _name(fact: type[Fact]) -> str:
    room = fact.__module__.split(".")[1]
    return f"{room}.{fact.__name__}"
