"""Who did what: one entry for each order, added in the order's own transaction, sealed in blocks afterwards.

What users see of a stone or an ask is the history of its room; this is the record of acts. Values that a law
may have erased (names, addresses, telephones of people) are not written into it: say which field changed.
"""

from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta

import msgspec

from bourse.kit import models


class Origin(msgspec.Struct, frozen=True):
    """From where an order came: the address, the request, and the key that asked."""

    address: str = ""
    request_id: str = ""
    key: str = ""


NOWHERE = Origin()  # the house itself: a job, a command
origin: ContextVar[Origin] = ContextVar("origin", default=NOWHERE)


def record(
    act: str,
    *,
    person_id: int | None,
    company_id: int | None,
    about: str,
    now: datetime,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Write that the act happened: `act` names the order (market.change_ask), `about` what it concerned."""
    came = origin.get()
    models.AuditEntry.objects.create(
        act=act,
        at=now,
        person_id=person_id,
        company_id=company_id,
        about=about,
        before=msgspec.to_builtins(before or {}, str_keys=True),
        after=msgspec.to_builtins(after or {}, str_keys=True),
        address=came.address,
        request_id=came.request_id,
        key=came.key,
    )


class Act(msgspec.Struct, frozen=True):
    """An act as it stands on record, for whoever did it."""

    at: datetime
    act: str
    company_id: int | None
    about: str
    before: dict[str, object]
    after: dict[str, object]
    address: str
    key: str


def acts_of(person_id: int) -> Iterator[Act]:
    """What the person did, oldest first."""
    for entry in models.AuditEntry.objects.filter(person_id=person_id).order_by("id").iterator():
        yield msgspec.convert(entry, Act, from_attributes=True)


class Kept(Act, frozen=True, kw_only=True):
    """An entry with its number and whoever it names; `block` is None until it is sealed."""

    id: int
    person_id: int | None
    request_id: str
    block_id: int | None


class Wanted(msgspec.Struct, frozen=True):
    """Which entries: of whom, of which act, about what, of which day, of which company."""

    person_id: int | None = None
    act: str = ""
    about: str = ""
    day: date | None = None
    company_id: int | None = None


def entries(wanted: Wanted, *, before: int | None = None, limit: int) -> list[Kept]:
    """The latest such entries, with a number below `before` where it is given."""
    found = models.AuditEntry.objects.order_by("-id")
    named = {
        "person_id": wanted.person_id,
        "company_id": wanted.company_id,
        "act": wanted.act,
        "about__contains": wanted.about,
        "id__lt": before,
    }
    found = found.filter(**{name: value for name, value in named.items() if value})
    if wanted.day:
        begins = datetime.combine(wanted.day, time(), UTC)
        found = found.filter(at__gte=begins, at__lt=begins + timedelta(days=1))
    return [msgspec.convert(entry, Kept, from_attributes=True) for entry in found[:limit]]
