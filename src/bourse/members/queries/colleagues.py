"""Questions about a company's people, for these people."""

from datetime import datetime

import msgspec

from bourse.kit.refusal import NotThere
from bourse.members.actor import Actor, Role
from bourse.members.models import Company, Invitation, Membership, Person
from bourse.members.policy import may_lead


class ColleagueView(msgspec.Struct, frozen=True):
    """A person who acts for the actor's company; when he last signed in is told to its owners."""

    public_id: str
    name: str
    role: Role
    since: datetime
    last_sign_in: datetime | None
    is_me: bool


class WaitingInvitation(msgspec.Struct, frozen=True):
    """An invitation that nobody has used yet."""

    public_id: str
    email: str
    name: str
    role: Role
    invited_by: str
    created_at: datetime
    expires_at: datetime
    is_too_old: bool


class ColleaguesView(msgspec.Struct, frozen=True):
    """A company's people and whom it has invited; invitations are told to its owners."""

    company_id: str
    people: list[ColleagueView]
    invited: list[WaitingInvitation]
    may_change: bool


class PersonNews(msgspec.Struct, frozen=True):
    """How a person and a company are called, for the words of a notice; the erased have no name."""

    public_id: str
    name: str
    company: str
    company_public_id: str


def colleagues(actor: Actor, *, now: datetime) -> ColleaguesView:
    """Who acts for the actor's company, in the order in which they joined it, and who is invited."""
    company = Company.objects.filter(pk=actor.company_id or 0).first()
    if company is None:
        raise NotThere("There is no such company.")
    leads = may_lead(actor, company.pk)
    joined = Membership.objects.filter(company=company).select_related("person").order_by("id")
    return ColleaguesView(
        company_id=company.public_id,
        people=[_colleague(one, actor, leads) for one in joined],
        invited=_waiting(company, now) if leads else [],
        may_change=leads,
    )


def colleague(actor: Actor, person_id: str) -> ColleagueView:
    """One person who acts for the actor's company."""
    joined = Membership.objects.filter(company_id=actor.company_id or 0, person__public_id=person_id)
    if (found := joined.select_related("person").first()) is None:
        raise NotThere("There is no such colleague.")
    return _colleague(found, actor, may_lead(actor, found.company_id))


def person_news(person_id: int, company_id: int) -> PersonNews | None:
    """How a person and a company are called."""
    person = Person.objects.filter(pk=person_id).first()
    company = Company.objects.filter(pk=company_id).first()
    if person is None or company is None:
        return None
    name = "" if person.erased_at else person.name
    return PersonNews(person.public_id, name, company.name, company.public_id)


def _colleague(found: Membership, actor: Actor, leads: bool) -> ColleagueView:
    return ColleagueView(
        public_id=found.person.public_id,
        name=found.person.name,
        role=Role(found.role),
        since=found.created_at,
        last_sign_in=found.person.last_login if leads else None,
        is_me=found.person_id == actor.person_id,
    )


def _waiting(company: Company, now: datetime) -> list[WaitingInvitation]:
    waiting = Invitation.objects.filter(company=company, used_at=None, withdrawn_at=None)
    return [
        WaitingInvitation(
            one.public_id,
            one.email,
            one.name,
            Role(one.role),
            one.invited_by.name,
            one.created_at,
            one.expires_at,
            one.expires_at <= now,
        )
        for one in waiting.select_related("invited_by").order_by("id")
    ]
