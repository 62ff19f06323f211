"""Questions about who is who."""

from datetime import datetime

import msgspec
from django.db.models.functions import Collate

from bourse.kit.refusal import NotThere
from bourse.members.actor import Actor, Role
from bourse.members.models import Company, Membership, OneTimeLink, Person, secret_hash
from bourse.members.policy import may_admit, may_see_company


class CompanyView(msgspec.Struct, frozen=True):
    """A company as its people and the operator see it; `role` is the asker's own there.

    A suspended one says since when, and why.
    """

    public_id: str
    name: str
    country: str
    city: str
    created_at: datetime
    role: Role | None = None
    suspended_at: datetime | None = None
    suspended_because: str = ""


class LinkView(msgspec.Struct, frozen=True):
    """Whom a one-time link is for; both empty for the first operator, who gives them himself."""

    email: str
    name: str
    makes_operator: bool


def actor_for(person_id: int, company_id: str | None) -> Actor:
    """The person acting for the chosen company, or for the first that he belongs to, or for none."""
    is_operator = (
        Person.objects.values_list("is_operator", flat=True).filter(is_active=True, pk=person_id).first()
    )
    if is_operator is None:
        raise NotThere("There is no such person.")
    membership = _chosen(person_id, company_id)
    if membership is None:
        return Actor(person_id, None, None, is_operator)
    return Actor(
        person_id,
        membership.company_id,
        Role(membership.role),
        is_operator,
        is_suspended=membership.company.suspended_at is not None,
    )


def _chosen(person_id: int, company_id: str | None) -> Membership | None:
    memberships = list(
        Membership.objects.filter(person_id=person_id).select_related("company").order_by("id")
    )
    chosen = [membership for membership in memberships if membership.company.public_id == company_id]
    return next(iter(chosen or memberships), None)


def companies_of(person_id: int) -> list[CompanyView]:
    """The companies that the person acts for, in the order in which he joined them."""
    memberships = Membership.objects.filter(person_id=person_id).select_related("company").order_by("id")
    return [_view(membership.company, Role(membership.role)) for membership in memberships]


def companies(actor: Actor) -> list[CompanyView]:
    """Every company, by name: the operator's list, empty for anybody else."""
    if not may_admit(actor):
        return []
    # The same order on every server: "C" compares code points, whatever collation the database has.
    return [_view(company) for company in Company.objects.order_by(Collate("name", "C"), "id")]


def company(actor: Actor, company_id: str) -> CompanyView:
    """One company as its own people and the operator see it."""
    found = Company.objects.filter(public_id=company_id).first()
    if found is None or not may_see_company(actor, found.pk):
        raise NotThere("There is no such company.")
    return _view(found, actor.role if found.pk == actor.company_id else None)


def own_company(actor: Actor) -> CompanyView:
    """The company that the actor acts for; not there for somebody who acts for none."""
    found = Company.objects.filter(pk=actor.company_id or 0).first()
    if found is None:
        raise NotThere("There is no such company.")
    return _view(found, actor.role)


def actors_of(actor: Actor, company_id: str) -> list[Actor]:
    """Who acts for the company, in the order in which they joined it; for its own people and the operator."""
    found = Company.objects.filter(public_id=company_id).first()
    if found is None or not may_see_company(actor, found.pk):
        raise NotThere("There is no such company.")
    joined = Membership.objects.filter(company=found).order_by("id").values_list("person_id", "role")
    return [Actor(person_id, found.pk, Role(role)) for person_id, role in joined]


def link(secret: str, *, now: datetime) -> LinkView:
    """Whom a link that can still be used is for."""
    found = OneTimeLink.objects.select_related("person").filter(
        secret_hash=secret_hash(secret), used_at=None, expires_at__gt=now
    )
    if not (one := found.first()):
        raise NotThere("This link is not valid, or was used, or is older than seven days.")
    person = one.person
    return LinkView(person.email if person else "", person.name if person else "", one.makes_operator)


def _view(company: Company, role: Role | None = None) -> CompanyView:
    return CompanyView(
        public_id=company.public_id,
        name=company.name,
        country=company.country,
        city=company.city,
        created_at=company.created_at,
        role=role,
        suspended_at=company.suspended_at,
        suspended_because=company.suspended_because,
    )
