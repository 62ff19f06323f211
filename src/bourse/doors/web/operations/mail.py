"""The mail on the page of the house, in finished words."""

from datetime import datetime

from django.utils.translation import gettext

from bourse.doors.web import figures, sentences
from bourse.notices.queries.outgoing import OutgoingMail


def of(mail: OutgoingMail, now: datetime) -> dict[str, object]:
    """The section of the mail."""
    facts = [
        (gettext("Waiting"), figures.count(mail.waiting)),
        (gettext("Oldest of them"), figures.age(mail.oldest_at, now) if mail.oldest_at else gettext("none")),
        (gettext("Sent in 30 days"), figures.count(mail.sent)),
    ]
    if mail.last_error:
        facts.append((gettext("Last answer"), mail.last_error))
    return {
        "has_server": mail.has_server,
        "facts": facts,
        "given_up": [
            {
                "address": one.address,
                "subject": sentences.said(one.subject),
                "at": figures.minute_utc(one.written_at),
                "machine": figures.machine(one.written_at),
                "attempts": figures.count(one.attempts),
                "why": sentences.said(one.why),
            }
            for one in mail.given_up
        ],
    }
