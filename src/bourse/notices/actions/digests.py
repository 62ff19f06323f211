"""Digests: what a person did not want to be mailed one by one, and has not read meanwhile."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.db.models import Min

from bourse.kit import audit
from bourse.kit.refusal import NotThere
from bourse.members.queries import Recipient, person_called, recipients
from bourse.members.secrets import derived_secret, is_secret_of
from bourse.notices.actions.letters import Letter, write
from bourse.notices.models import Notice, Preference
from bourse.notices.queries import hours_of
from bourse.notices.queries.preferences import choices_of
from bourse.notices.rhythm import last_digest
from bourse.notices.topics import HEADS, Mailing, Topic

UNSUBSCRIBE = "digest unsubscribe"
MOST_NAMED = 100
PEOPLE_AT_ONCE = 500


def write_due_digests(*, now: datetime) -> int:
    """A mail for each person whose hour has come since something waits for his digest; how many."""
    waiting = Notice.objects.filter(mail=Mailing.DIGEST.value, mailed_at=None)
    oldest = dict(waiting.values_list("person_id").annotate(Min("at")).order_by("person_id"))
    hours, known = hours_of(oldest), recipients(oldest)
    due = [
        (known[person_id], moment)
        for person_id, since in oldest.items()
        if person_id in known
        and (moment := last_digest(hours[person_id], known[person_id].time_zone, now)) >= since
    ]
    return sum(_write(person, moment, now) for person, moment in due[:PEOPLE_AT_ONCE])


@transaction.atomic
def _write(person: Recipient, moment: datetime, now: datetime) -> bool:
    """Whether there was something to write: what he has read needs no mail."""
    waiting = Notice.objects.select_for_update().filter(
        person_id=person.person_id, mail=Mailing.DIGEST.value, mailed_at=None
    )
    rows = list(waiting.order_by("topic", "-id"))
    Notice.objects.filter(pk__in=[row.pk for row in rows]).update(mailed_at=now)
    unread = [row for row in rows if row.read_at is None]
    if not unread:
        return False
    letter = Letter(
        person_id=person.person_id,
        address=person.email,
        once=f"digest {person.public_id} {moment.isoformat()}",
        subject=_subject(unread),
        text=_text(unread),
        link="/notices/",
        why="You asked for a digest of these topics.",
        unsubscribe=unsubscribe_path(person.public_id),
        due_at=now,
    )
    write([letter], now=now)
    return True


def unsubscribe_path(person_id: str) -> str:
    """Where the holder of the mail says that he wants no more of them."""
    return f"/notices/unsubscribe/{person_id}.{derived_secret(UNSUBSCRIBE, person_id)}/"


@transaction.atomic
def unsubscribe_from_digests(*, secret: str, now: datetime) -> None:
    """No more digests for the holder of this link; what they would have named stays in his inbox."""
    person_id, _, own = secret.partition(".")
    found = person_called(person_id) if is_secret_of(own, UNSUBSCRIBE, person_id) else None
    if found is None:
        raise NotThere("This link is not valid.")
    for topic, choice in choices_of(found).items():
        if choice.mail is Mailing.DIGEST:
            Preference.objects.update_or_create(
                person_id=found,
                topic=topic.value,
                defaults={"in_app": choice.in_app, "mail": Mailing.OFF.value},
            )
    audit.record(
        "notices.unsubscribe_from_digests",
        person_id=found,
        company_id=None,
        about="own notices",
        now=now,
    )


def _subject(rows: list[Notice]) -> str:
    return f"{rows[0].subject}" if len(rows) == 1 else f"{len(rows):,} notices: {_heads(rows)}"


def _heads(rows: list[Notice]) -> str:
    return ", ".join(HEADS[Topic(topic)].lower() for topic in sorted({row.topic for row in rows}))


def _text(rows: list[Notice]) -> str:
    named = rows[:MOST_NAMED]
    parts = [
        "\n\n".join([HEADS[Topic(topic)].upper(), *(_item(row) for row in of_topic)])
        for topic, of_topic in groupby(named, key=lambda row: row.topic)
    ]
    if len(rows) > len(named):
        parts.append(f"And {len(rows) - len(named):,} more in your inbox.")
    return "\n\n".join(parts)


def _item(row: Notice) -> str:
    lines: Iterable[str] = (row.subject, row.body, urljoin(settings.URL, row.link) if row.link else "")
    return "\n".join(line for line in lines if line)
