"""Mail as it is written: kept until a job has sent it."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.db import transaction

from bourse.kit import jobs
from bourse.kit.refusal import Refusal
from bourse.notices.encryption import encrypt
from bourse.notices.message import Contents
from bourse.notices.models import Mail

SEND_MAIL = "notices.send_mail"
OUTGOING = "outgoing"  # the queue of what goes to other people's servers
LONGEST_SUBJECT = 200


class AddressNotMailable(Refusal):
    """The address has a line break or a sign that no mail server takes."""


class Letter(msgspec.Struct, frozen=True):
    """A mail to be written."""

    address: str
    once: str
    subject: str
    text: str
    due_at: datetime
    link: str = ""
    why: str = ""
    unsubscribe: str = ""
    person_id: int | None = None


def mail_to(*, address: str, subject: str, body: str, link: str, once: str, now: datetime) -> None:
    """A mail to somebody who may have no account here; written once for each word in `once`."""
    letter = Letter(address=address, once=once, subject=subject, text=body, link=link, due_at=now)
    write([letter], now=now)


@transaction.atomic
def write(letters: Sequence[Letter], *, now: datetime) -> None:
    """Keep these mails and have them sent once this transaction is committed."""
    rows = [_row(letter, now) for letter in letters]
    if not rows:
        return
    Mail.objects.bulk_create(rows, ignore_conflicts=True)
    if any(row.due_at <= now for row in rows):
        jobs.defer_once(SEND_MAIL, one_at_a_time="mail")


def _row(letter: Letter, now: datetime) -> Mail:
    address = letter.address.strip()
    if not address.isprintable() or " " in address or address.count("@") != 1 or len(address) > 254:
        raise AddressNotMailable("This is no address that mail can be sent to.")
    contents = Contents(
        text=letter.text.strip(),
        link=letter.link,
        why=letter.why,
        unsubscribe=letter.unsubscribe,
        is_notice=letter.person_id is not None,
    )
    return Mail(
        person_id=letter.person_id,
        address=address,
        once=letter.once,
        subject=" ".join(letter.subject.split())[:LONGEST_SUBJECT],
        encrypted=encrypt(msgspec.json.encode(contents)),
        written_at=now,
        due_at=letter.due_at,
    )
