"""What is told of a company's people: who is invited, who came, who left, who leads, and of its name.

A notice that holds a person's name begins its `once` with his public id, so that an erasure finds it.
"""

from datetime import datetime

from bourse.members.actor import Role
from bourse.members.facts import (
    ColleagueInvited,
    CompanyHandedOver,
    CompanyRenamed,
    PersonJoined,
    PersonRemoved,
    RoleChanged,
)
from bourse.members.queries import operators
from bourse.members.queries.colleagues import PersonNews, person_news
from bourse.members.queries.invitations import mail_of_invitation
from bourse.notices.actions import mail_to, tell, tell_company
from bourse.notices.topics import Reason, Topic

COLLEAGUES = "/account/colleagues/"
MAY = {
    Role.OWNER: "Owners do everything: stock, keys, colleagues, what the company says of itself.",
    Role.TRADER: "Traders upload stock and change asks.",
    Role.VIEWER: "Viewers look and change nothing.",
}


def colleague_invited(fact: ColleagueInvited, now: datetime) -> None:
    """Whoever is wanted gets the link, by mail alone: it proves that the address is his."""
    mail = mail_of_invitation(fact.invitation_id, now=now)
    if mail is None:
        return
    who = mail.invited_by if mail.is_by_colleague else "Whoever runs this exchange"
    mail_to(
        address=mail.email,
        subject=f"Your invitation to act for {mail.company}",
        body=f"{mail.name}: {who} invites you to act for {mail.company} on this exchange. "
        f"The link lets you in once, until {mail.expires_at:%d %b %Y, %H:%M} UTC. "
        "Nobody else should have it. If you expect no invitation, leave it alone and nothing happens.",
        link=f"/invitation/{mail.secret}/",
        once=f"invitation {mail.public_id}",
        now=now,
    )


def person_joined(fact: PersonJoined, now: datetime) -> None:
    """Owners hear who came in."""
    if news := _named(fact.person_id, fact.company_id):
        tell_company(
            fact.company_id,
            topic=Topic.COMPANY,
            once=f"person {news.public_id} joined by {fact.invitation_id}",
            subject=f"{news.name} acts for {news.company}",
            body=f"{news.name} took up the invitation and has come in.",
            link=COLLEAGUES,
            why=Reason.OWNER,
            now=now,
            roles=(Role.OWNER,),
            but=(fact.person_id,),
        )


def role_changed(fact: RoleChanged, now: datetime) -> None:
    """The person hears what he may do from now on."""
    if news := _named(fact.person_id, fact.company_id):
        tell(
            topic=Topic.COMPANY,
            people=[fact.person_id],
            once=f"person {news.public_id} role at {news.company_public_id} {fact.at}",
            subject=f"You are {fact.role} at {news.company}",
            body=MAY[Role(fact.role)],
            link=COLLEAGUES,
            why=Reason.OWN_ACCOUNT,
            now=now,
            company_id=fact.company_id,
        )


def person_removed(fact: PersonRemoved, now: datetime) -> None:
    """Owners hear who left, and he himself, if it was not his own doing."""
    news = person_news(fact.person_id, fact.company_id)
    if news is None:
        return
    name, once = (
        news.name or "A colleague",
        f"person {news.public_id} left {news.company_public_id} {fact.at}",
    )
    tell_company(
        fact.company_id,
        topic=Topic.COMPANY,
        once=once,
        subject=f"{name} acts for {news.company} no more",
        body="The keys made in that name are revoked, and so are the invitations that wait.",
        link=COLLEAGUES,
        why=Reason.OWNER,
        now=now,
        roles=(Role.OWNER,),
        but=(fact.by_id,),
    )
    if fact.by_id != fact.person_id:
        tell(
            topic=Topic.ACCOUNT,
            people=[fact.person_id],
            once=once,
            subject=f"You act for {news.company} no more",
            body="An owner of the company took you out. Your account stays, with your other companies.",
            link="/account/personal/",
            why=Reason.OWN_ACCOUNT,
            now=now,
        )


def company_handed_over(fact: CompanyHandedOver, now: datetime) -> None:
    """Everybody of the company hears who leads it."""
    if news := _named(fact.to_id, fact.company_id):
        tell_company(
            fact.company_id,
            topic=Topic.COMPANY,
            once=f"person {news.public_id} leads {news.company_public_id} {fact.at}",
            subject=f"{news.name} leads {news.company}",
            body="The company was handed over by its owner, who stays a trader until somebody changes that.",
            link=COLLEAGUES,
            why=Reason.MEMBER,
            now=now,
            but=(fact.from_id,),
        )


def company_renamed(fact: CompanyRenamed, now: datetime) -> None:
    """Operators hear that a member has another name."""
    if news := person_news(fact.person_id, fact.company_id):
        tell(
            topic=Topic.JOINING,
            people=operators(),
            once=f"company {news.company_public_id} is called {news.company}"[:200],
            subject=f"A member is called {news.company} from now on",
            body="An owner changed the name of the company. It is compared with the lists in force.",
            link=f"/members/{news.company_public_id}/",
            why=Reason.OPERATOR,
            now=now,
        )


def _named(person_id: int, company_id: int) -> PersonNews | None:
    news = person_news(person_id, company_id)
    return news if news and news.name else None
