"""What is told of applicants, hits and suspended companies, and who is compared with the lists again."""

from datetime import datetime

from bourse.members.actions.screening import screen_company
from bourse.members.facts import (
    ApplicationAnswered,
    ApplicationAsked,
    ApplicationDecided,
    ApplicationReceived,
    CompanyReinstated,
    CompanyRenamed,
    CompanySuspended,
    PersonJoined,
    ScreeningHitsFound,
)
from bourse.members.queries import operators
from bourse.members.queries.joining import Letter, letter, standing
from bourse.notices.actions import mail_to, tell, tell_company
from bourse.notices.topics import Reason, Topic


def application_received(fact: ApplicationReceived, now: datetime) -> None:
    """The applicant gets the link of his own page, the operators hear that somebody waits."""
    told = letter(fact.application_id)
    _mail(
        told,
        f"Your application for {told.company_name}",
        "Your application is with us, and a person reads it. The link leads to your own page: there you see "
        "how it stands, answer what is asked, and add documents. Whoever has the link may do so: keep it to "
        "yourself.",
        "received",
        now,
    )
    _tell_operators(
        f"{told.company_name} applies for membership",
        "Read it, then ask for more, accept or decline.",
        f"/vetting/{told.application_id}/",
        f"application {told.application_id} received",
        now,
    )


def application_asked(fact: ApplicationAsked, now: datetime) -> None:
    """The applicant gets the request in the operator's own words."""
    told = letter(fact.application_id, fact.note_id)
    subject = f"We want to know more of {told.company_name}"
    _mail(told, subject, f"{told.text}\n\nAnswer on your own page.", f"asked {fact.note_id}", now)


def application_answered(fact: ApplicationAnswered, now: datetime) -> None:
    """The operators hear that an applicant added something."""
    told = letter(fact.application_id)
    _tell_operators(
        f"{told.company_name} answered",
        "What was added stands on its record.",
        f"/vetting/{told.application_id}/",
        f"application {told.application_id} answered {told.version}",
        now,
    )


def application_decided(fact: ApplicationDecided, now: datetime) -> None:
    """The applicant gets the decision, with the sentence written for him; an invitation comes by itself."""
    told = letter(fact.application_id, fact.note_id)
    if fact.is_accepted:
        subject = f"{told.company_name} is a member"
        body = f"{told.text}\n\nAnother mail holds the invitation by which you come in.".strip()
    else:
        subject, body = f"Your application for {told.company_name} was declined", told.text
    _mail(told, subject, body, "decided", now)


def hits_found(fact: ScreeningHitsFound, now: datetime) -> None:
    """The operators hear that names wait for their decision: once a minute, however many rounds it takes."""
    _tell_operators(
        "Names wait for your decision",
        "They are like names on a list. Say of each whether it is the same. An applicant with an open hit "
        "cannot be accepted.",
        "/vetting/lists/",
        f"hits {now:%Y-%m-%d %H:%M}",
        now,
    )


def company_suspended(fact: CompanySuspended, now: datetime) -> None:
    """Everybody of the company hears that it is off the market, and why."""
    told = standing(fact.company_id)
    if told.suspended_at == fact.at:
        _tell_company(
            fact.company_id,
            f"{told.name} is suspended",
            f"{told.suspended_because} Nobody else finds your stock, and you neither search nor trade until "
            "whoever runs this exchange reinstates the company. Your records stay open.",
            f"suspended {fact.at:%Y-%m-%d %H:%M:%S.%f}",
            now,
        )


def company_reinstated(fact: CompanyReinstated, now: datetime) -> None:
    """Everybody of the company hears that it is back."""
    told = standing(fact.company_id)
    _tell_company(
        fact.company_id,
        f"{told.name} is reinstated",
        "Your stock is on the market again as it was. What you keep from others is kept as before.",
        f"reinstated {fact.at:%Y-%m-%d %H:%M:%S.%f}",
        now,
    )


def screen_again(fact: CompanyRenamed | PersonJoined, now: datetime) -> None:
    """A name that is new in a company is compared with the lists."""
    screen_company(company_id=fact.company_id)


def _mail(told: Letter, subject: str, body: str, once: str, now: datetime) -> None:
    mail_to(
        address=told.email,
        subject=subject,
        body=f"{told.person_name}: {body}",
        link=f"/join/{told.secret}/",
        once=f"application {told.application_id} {once}",
        now=now,
    )


def _tell_operators(subject: str, body: str, link: str, once: str, now: datetime) -> None:
    tell(
        topic=Topic.JOINING,
        people=operators(),
        once=once,
        subject=subject,
        body=body,
        link=link,
        why=Reason.OPERATOR,
        now=now,
    )


def _tell_company(company_id: int, subject: str, body: str, once: str, now: datetime) -> None:
    tell_company(
        company_id,
        topic=Topic.COMPANY,
        once=f"company {company_id} {once}",
        subject=subject,
        body=body,
        link="/account/company/",
        why=Reason.MEMBER,
        now=now,
    )
