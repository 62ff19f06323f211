"""What a person was told, all of it, to take along."""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from bourse.members.actor import Actor
from bourse.notices.models import Notice


class KeptNotice(msgspec.Struct, frozen=True):
    """One notice, and what its person did with it."""

    at: datetime
    topic: str
    subject: str
    body: str
    link: str
    read_at: datetime | None
    done_at: datetime | None
    saved_at: datetime | None


def notices_kept(actor: Actor) -> Iterator[KeptNotice]:
    """Everything that the actor was told, oldest first."""
    for notice in Notice.objects.filter(person_id=actor.person_id).order_by("id").iterator():
        yield msgspec.convert(notice, KeptNotice, from_attributes=True)
