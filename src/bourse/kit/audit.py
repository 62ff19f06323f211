"""Who did what: one entry for each order, added in the order's own transaction, sealed in blocks afterwards.

What users see of a stone or an ask is the history of its room; this is the record of acts. Values that a law
may have erased (names, addresses, telephones of people) are not written into it: say which field changed.
"""

from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from datetime import datetime

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
