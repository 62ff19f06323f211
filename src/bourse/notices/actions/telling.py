"""Telling people what happened."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bourse.kit.public_id import public_ids
from bourse.members.actor import Role
from bourse.members.queries import Recipient, people_of, recipients
from bourse.notices.actions.letters import Letter, write
from bourse.notices.models import Notice
from bourse.notices.queries import choices_for, hours_of
from bourse.notices.rhythm import not_before
from bourse.notices.topics import ALWAYS, WHY, Choice, Mailing, Reason, Topic

LONGEST_SUBJECT, LONGEST_BODY = 200, 4_000


@transaction.atomic
def tell(
    *,
    topic: Topic,
    people: Sequence[int],
    once: str,
    subject: str,
    body: str,
    link: str,
    why: Reason,
    now: datetime,
    company_id: int | None = None,
) -> int:
    """One notice for each of the people, by the ways that each of them chose; how many were new.

    `once` is the word of the event: whoever was told of it already is not told again. `link` is a path here.
    """
    if not link.startswith("/") or link.startswith("//"):
        raise ValueError(f"{link} is no path of this house")
    known = recipients(people)
    heard = set(Notice.objects.filter(once=once, person_id__in=known).values_list("person_id", flat=True))
    choices = {
        person_id: choice
        for person_id, choice in choices_for([one for one in known if one not in heard], topic).items()
        if choice.in_app or choice.mail is not Mailing.OFF
    }
    rows = [
        Notice(
            public_id=name,
            person_id=person_id,
            company_id=company_id,
            topic=topic.value,
            why=why.value,
            once=once,
            subject=_line(subject),
            body=body.strip()[:LONGEST_BODY],
            link=link,
            at=now,
            in_app=choice.in_app,
            mail=choice.mail.value,
            mailed_at=now if choice.mail is Mailing.AT_ONCE else None,
        )
        for name, (person_id, choice) in zip(public_ids(len(choices)), choices.items(), strict=True)
    ]
    # Two who tell of the same event at once: the second finds the first's row and leaves it.
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    made = set(
        Notice.objects.filter(public_id__in=[row.public_id for row in rows]).values_list(
            "public_id", flat=True
        )
    )
    new = [row for row in rows if row.public_id in made]
    _mail(new, choices, known, topic, now)
    return len(new)


def tell_company(
    company_id: int,
    *,
    topic: Topic,
    once: str,
    subject: str,
    body: str,
    link: str,
    why: Reason,
    now: datetime,
    roles: Sequence[Role] = tuple(Role),
    but: Sequence[int] = (),
) -> int:
    """The same told to the company's people in these roles, except `but`; how many were new."""
    people = [person_id for person_id in people_of(company_id, roles) if person_id not in but]
    return tell(
        topic=topic,
        people=people,
        once=once,
        subject=subject,
        body=body,
        link=link,
        why=why,
        now=now,
        company_id=company_id,
    )


def _mail(
    rows: list[Notice],
    choices: dict[int, Choice],
    known: dict[int, Recipient],
    topic: Topic,
    now: datetime,
) -> None:
    """The mails of those who want one at once, held back over their quiet hours."""
    mailed = [row for row in rows if choices[row.person_id].mail is Mailing.AT_ONCE]
    hours = hours_of([row.person_id for row in mailed])
    write(
        [
            Letter(
                person_id=row.person_id,
                address=known[row.person_id].email,
                once=f"notice {row.public_id}",
                subject=row.subject,
                text=row.body,
                link=row.link,
                why=WHY[Reason(row.why)],
                due_at=now
                if topic in ALWAYS
                else not_before(hours[row.person_id], known[row.person_id].time_zone, now),
            )
            for row in mailed
        ],
        now=now,
    )


def _line(subject: str) -> str:
    """One line that a list and the head of a mail can carry."""
    return " ".join(subject.split())[:LONGEST_SUBJECT]
