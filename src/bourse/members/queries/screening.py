"""Questions about lists of names, and about who is like a name on one: the operator's alone."""

from datetime import datetime
from decimal import Decimal

import msgspec
from django.db.models import Q, QuerySet

from bourse.kit.refusal import NotThere
from bourse.members.actor import Actor
from bourse.members.models import ScreeningHit, ScreeningList
from bourse.members.policy import may_admit

MOST_HITS = 200


class ListView(msgspec.Struct, frozen=True):
    """A list in force: who loaded which file, how many names it has, and when all were compared with it."""

    public_id: str
    name: str
    file_name: str
    sha256: str
    entry_count: int
    loaded_at: datetime
    loaded_by: str
    compared_at: datetime | None


class HitView(msgspec.Struct, frozen=True):
    """That a name of ours is like a listed one, what the list says of that one, and what was decided.

    `about_id` is the public id of the application or of the company, as `is_member` says.
    """

    public_id: str
    is_member: bool
    about: str
    about_id: str
    name: str
    listed_name: str
    listed_as: str
    score: Decimal
    list_name: str
    kind: str
    country: str
    programme: str
    reference: str
    found_at: datetime
    decision: str
    why: str
    decided_at: datetime | None
    decided_by: str
    is_in_force: bool


def lists_in_force() -> QuerySet[ScreeningList]:
    """The lists with which names are compared now."""
    return ScreeningList.objects.filter(replaced_at=None)


def hits_in_force() -> QuerySet[ScreeningHit]:
    """The hits on lists that are still in force."""
    return ScreeningHit.objects.filter(entry__listed_in__replaced_at=None)


def lists(actor: Actor) -> list[ListView]:
    """The lists in force by name, for the operator."""
    if not may_admit(actor):
        raise NotThere
    found = lists_in_force().select_related("loaded_by").order_by("name", "id")
    return [
        ListView(
            one.public_id,
            one.name,
            one.file_name,
            one.sha256,
            one.entry_count,
            one.loaded_at,
            one.loaded_by.name,
            one.compared_at,
        )
        for one in found
    ]


def open_hits(actor: Actor) -> list[HitView]:
    """The hits that wait for the operator's decision, the likest first."""
    if not may_admit(actor):
        raise NotThere
    closed = Q(application__state__in=("declined", "withdrawn"))
    return _views(hits_in_force().filter(decision="").exclude(closed))


def hits_of_application(application_id: int) -> list[HitView]:
    """Every hit of an applicant, those that nobody decided first."""
    return _views(ScreeningHit.objects.filter(application_id=application_id))


def hits_of_company(actor: Actor, company_id: str) -> list[HitView]:
    """Every hit of a member firm, those from its application too; for the operator."""
    if not may_admit(actor):
        raise NotThere
    its = Q(company__public_id=company_id) | Q(application__company__public_id=company_id)
    return _views(ScreeningHit.objects.filter(its))


def hit(actor: Actor, hit_id: str) -> HitView:
    """One hit, for the operator."""
    found = _views(ScreeningHit.objects.filter(public_id=hit_id)) if may_admit(actor) else []
    if not found:
        raise NotThere("There is no such hit.")
    return found[0]


def _views(hits: QuerySet[ScreeningHit]) -> list[HitView]:
    joined = hits.select_related("application", "company", "entry__listed_in", "decided_by")
    found = joined.order_by("decided_at", "-score", "id")[:MOST_HITS]
    return sorted(map(_view, found), key=lambda one: bool(one.decision))


def _view(found: ScreeningHit) -> HitView:
    about, company, entry = found.application, found.company, found.entry
    name = about.company_name if about else company.name if company else ""
    number = about.public_id if about else company.public_id if company else ""
    return HitView(
        public_id=found.public_id,
        is_member=company is not None,
        about=name,
        about_id=number,
        name=found.name,
        listed_name=found.listed_name,
        listed_as=entry.name,
        score=found.score,
        list_name=entry.listed_in.name,
        kind=entry.kind,
        country=entry.country,
        programme=entry.programme,
        reference=entry.reference,
        found_at=found.found_at,
        decision=found.decision,
        why=found.why,
        decided_at=found.decided_at,
        decided_by=found.decided_by.name if found.decided_by else "",
        is_in_force=entry.listed_in.replaced_at is None,
    )
