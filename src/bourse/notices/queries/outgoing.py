"""How the mail fares, for whoever runs the house."""

from datetime import datetime

import msgspec
from django.conf import settings
from django.db.models import Min

from bourse.kit.refusal import NotThere
from bourse.members.actor import Actor
from bourse.notices.models import Mail, MailState

MOST_SHOWN = 20


class GivenUp(msgspec.Struct, frozen=True):
    """A mail that no server took, and what was answered."""

    address: str
    subject: str
    written_at: datetime
    attempts: int
    why: str


class OutgoingMail(msgspec.Struct, frozen=True):
    """What waits, since when, and why; what was given up in the last month."""

    has_server: bool
    waiting: int
    oldest_at: datetime | None
    last_error: str
    sent: int
    given_up: list[GivenUp]


def outgoing_mail(actor: Actor | None) -> OutgoingMail:
    """How the mail fares; for others than the operator there is no such thing."""
    if actor is None or not actor.is_operator:
        raise NotThere("There is no such page.")
    waits = Mail.objects.filter(state__in=(MailState.WAITING, MailState.SENDING))
    refused = Mail.objects.filter(state=MailState.GIVEN_UP).order_by("-id")[:MOST_SHOWN]
    return OutgoingMail(
        has_server=bool(settings.SMTP),
        waiting=waits.count(),
        oldest_at=waits.aggregate(oldest=Min("written_at"))["oldest"],
        last_error=waits.exclude(last_error="")
        .order_by("-tried_at")
        .values_list("last_error", flat=True)
        .first()
        or "",
        sent=Mail.objects.filter(state=MailState.SENT).count(),
        given_up=[
            GivenUp(row.address, row.subject, row.written_at, row.attempts, row.last_error) for row in refused
        ],
    )
