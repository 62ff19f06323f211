"""Who did what: a company's own acts for its owners and traders, all of them for the operator."""

from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from bourse.kit import audit
from bourse.kit.refusal import NotThere, Refusal
from bourse.members.actor import Actor, Role
from bourse.members.models import Company, Membership, Person

MOST_ON_A_PAGE, MOST_IN_A_FILE = 250, 10_000


class ViewersSeeNoActs(Refusal):
    """The acts of a company are for its owners and traders."""

    status = 403


class ActView(msgspec.Struct, frozen=True):
    """An act with the names of today; an address only for whoever may see it, `key` where a program asked."""

    number: int
    at: datetime
    act: str
    about: str
    before: dict[str, object]
    after: dict[str, object]
    person: str
    company: str
    address: str
    request_id: str
    key: str
    is_sealed: bool


class ActsPage(msgspec.Struct, frozen=True):
    """The latest acts first; `after` fetches the next page, None on the last."""

    rows: list[ActView]
    after: int | None


class WantedActs(msgspec.Struct, frozen=True):
    """Which acts: of the person or company with that public id, of the kind, about the thing, of the day."""

    person: str = ""
    act: str = ""
    about: str = ""
    day: date | None = None
    company: str = ""


def acts(actor: Actor, wanted: WantedActs, after: int | None = None, limit: int = 50) -> ActsPage:
    """The acts of the actor's own company."""
    return _page(actor, wanted, _whose(actor), after, limit)


def all_acts(actor: Actor, wanted: WantedActs, after: int | None = None, limit: int = 50) -> ActsPage:
    """The acts of everybody, for the operator."""
    if not actor.is_operator:
        raise NotThere("There is no such page.")
    company_id = _id_of(Company, wanted.company) if wanted.company else None
    page = _page(actor, wanted, company_id, after, limit)
    return ActsPage([_without_amounts(row) for row in page.rows], page.after)


def _without_amounts(row: ActView) -> ActView:
    """That an ask moved, and not whence or whither: what a company hides is hidden from the operator too."""
    amounts = {name for name in (*row.before, *row.after) if name.endswith("_cents")}
    before, after = (
        {name: value for name, value in side.items() if name not in amounts}
        for side in (row.before, row.after)
    )
    moved = {
        f"{name.removesuffix('_cents')}_changed": True
        for name in sorted(amounts)
        if row.before.get(name) != row.after.get(name)
    }
    return msgspec.structs.replace(row, before=before, after=after | moved)


def _page(
    actor: Actor, wanted: WantedActs, company_id: int | None, after: int | None, limit: int
) -> ActsPage:
    asked = audit.Wanted(
        person_id=_id_of(Person, wanted.person) if wanted.person else None,
        act=wanted.act,
        about=wanted.about,
        day=wanted.day,
        company_id=company_id,
    )
    found = audit.entries(asked, before=after, limit=limit + 1)
    rows = found[:limit]
    return ActsPage(_named(actor, rows), rows[-1].id if len(found) > limit else None)


def people_who_act(actor: Actor) -> list[tuple[str, str]]:
    """The people of the actor's company by public id and name."""
    people = Membership.objects.filter(company_id=_whose(actor)).order_by("person__name")
    return list(people.values_list("person__public_id", "person__name"))


def _whose(actor: Actor) -> int:
    """The company whose acts the actor may see."""
    if actor.company_id is None:
        raise NotThere("There is no such page.")
    if actor.role is Role.VIEWER:
        raise ViewersSeeNoActs("Owners and traders see who did what in their company.")
    return actor.company_id


def _id_of(kind: type[Person] | type[Company], public_id: str) -> int:
    found = kind._default_manager.filter(public_id=public_id).values_list("pk", flat=True).first()
    return found if found is not None else -1  # nobody is called so: nothing is found


def _named(actor: Actor, rows: Iterable[audit.Kept]) -> list[ActView]:
    rows = list(rows)
    people = Person.objects.in_bulk({row.person_id for row in rows if row.person_id})
    companies = Company.objects.in_bulk({row.company_id for row in rows if row.company_id})
    sees_addresses = actor.is_operator or actor.role is Role.OWNER
    return [
        ActView(
            number=row.id,
            at=row.at,
            act=row.act,
            about=row.about,
            before=row.before,
            after=row.after,
            person=_name(people.get(row.person_id or 0), row.person_id),
            company=companies[row.company_id].name if row.company_id in companies else "",
            address=row.address if sees_addresses else "",
            request_id=row.request_id,
            key=row.key,
            is_sealed=row.block_id is not None,
        )
        for row in rows
    ]


def _name(person: Person | None, person_id: int | None) -> str:
    """The name of today; a number for whoever is gone or was erased, nothing for the house itself."""
    if person_id is None:
        return ""
    return person.name if person and person.name else f"#{person_id}"
