"""Questions about what companies say of themselves, and about their places."""

from datetime import datetime

import msgspec

from bourse.kit.refusal import NotThere
from bourse.members.actor import Actor
from bourse.members.models import Branch, Company, CompanyPrivate
from bourse.members.policy import may_lead
from bourse.members.profile import Particulars, Place, Profile, seal_of

MOST_BRANCHES = 200


class FirmView(msgspec.Struct, frozen=True):
    """The actor's own company; the seals go with the forms that change it."""

    public_id: str
    profile: Profile
    particulars: Particulars
    member_since: datetime
    may_change: bool
    profile_seal: str
    particulars_seal: str


class MemberView(msgspec.Struct, frozen=True):
    """A company as other members see it."""

    public_id: str
    profile: Profile
    is_own: bool


class BranchView(msgspec.Struct, frozen=True):
    """A place of the actor's own company."""

    public_id: str
    place: Place
    created_at: datetime
    closed_at: datetime | None
    seal: str


class StockPlace(msgspec.Struct, frozen=True):
    """An open branch that holds stock, with the words by which stock files call it."""

    public_id: str
    name: str
    words: tuple[str, ...]


def own_firm(actor: Actor) -> FirmView:
    """All that the actor's company says of itself; for its own people."""
    company = _own(actor)
    profile, particulars = profile_of(company), particulars_of(company.pk)
    return FirmView(
        public_id=company.public_id,
        profile=profile,
        particulars=particulars,
        member_since=company.created_at,
        may_change=may_lead(actor, company.pk),
        profile_seal=seal_of(profile),
        particulars_seal=seal_of(particulars),
    )


def member(actor: Actor, company_id: str) -> MemberView:
    """A company's profile for members and the operator; a suspended one is there for its own people only."""
    found = Company.objects.filter(public_id=company_id).first()
    is_own = found is not None and found.pk == actor.company_id
    is_open = found is not None and found.suspended_at is None and actor.is_member
    if found is None or not (is_own or actor.is_operator or is_open):
        raise NotThere("There is no such company.")
    return MemberView(found.public_id, profile_of(found), is_own)


def branches(actor: Actor, *, closed: bool = False) -> list[BranchView]:
    """The open places of the actor's company in the order of their making, or the closed ones."""
    found = Branch.objects.filter(company=_own(actor), closed_at__isnull=not closed).order_by("id")
    return [_branch(one) for one in found[:MOST_BRANCHES]]


def places(actor: Actor) -> list[BranchView]:
    """Every place that the actor's company ever had."""
    return [_branch(one) for one in Branch.objects.filter(company=_own(actor)).order_by("id")]


def branch(actor: Actor, branch_id: str) -> BranchView:
    """One place of the actor's own company, open or closed."""
    found = Branch.objects.filter(company_id=actor.company_id or 0, public_id=branch_id).first()
    if found is None:
        raise NotThere("There is no such branch.")
    return _branch(found)


def stock_places(actor: Actor) -> list[StockPlace]:
    """Where the actor's company holds stock; a stone lies in a branch if its place is one of the words."""
    held = Branch.objects.filter(company_id=actor.company_id or 0, holds_stock=True, closed_at=None)
    return [
        StockPlace(one.public_id, one.name, (*one.stock_words, one.city))
        for one in held.order_by("id")[:MOST_BRANCHES]
    ]


def profile_of(company: Company) -> Profile:
    """What the company says to other members."""
    return msgspec.convert(company, Profile, from_attributes=True)


def particulars_of(company_id: int) -> Particulars:
    """What the company told the house alone; blank until it says something."""
    found = CompanyPrivate.objects.filter(pk=company_id).first()
    return msgspec.convert(found, Particulars, from_attributes=True) if found else Particulars()


def place_of(found: Branch) -> Place:
    """What the company says of the branch."""
    return msgspec.convert(found, Place, from_attributes=True)


def _own(actor: Actor) -> Company:
    found = Company.objects.filter(pk=actor.company_id or 0).first()
    if found is None:
        raise NotThere("There is no such company.")
    return found


def _branch(found: Branch) -> BranchView:
    place = place_of(found)
    return BranchView(found.public_id, place, found.created_at, found.closed_at, seal_of(place))
