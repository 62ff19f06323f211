"""Who can be written to: for notices, which choose the people and leave their addresses here."""

from collections.abc import Iterable, Sequence

import msgspec

from bourse.members.actor import Role
from bourse.members.models import Membership, Person


class Recipient(msgspec.Struct, frozen=True):
    """A person to whom something may be told."""

    person_id: int
    public_id: str
    name: str
    email: str
    time_zone: str


def recipients(people: Iterable[int]) -> dict[int, Recipient]:
    """Those of these people who can be written to: not the erased, nor those whose account is closed."""
    found = Person.objects.filter(pk__in=list(people), is_active=True, erased_at=None)
    return {one.pk: Recipient(one.pk, one.public_id, one.name, one.email, one.time_zone) for one in found}


def people_of(company_id: int, roles: Sequence[Role] = tuple(Role)) -> list[int]:
    """Who acts for the company in one of the roles, in the order in which they joined it."""
    wanted = [role.value for role in roles]
    members = Membership.objects.filter(company_id=company_id, role__in=wanted, person__is_active=True)
    return list(members.order_by("id").values_list("person_id", flat=True))


def acting_for(people: Iterable[int]) -> dict[int, set[int | None]]:
    """For each of these people whose account is open: the companies that he acts for, the suspended not.

    None stands among them for acting as nobody but himself.
    """
    known: dict[int, set[int | None]] = {person_id: {None} for person_id in recipients(people)}
    members = Membership.objects.filter(person_id__in=known, company__suspended_at=None)
    for person_id, company_id in members.values_list("person_id", "company_id"):
        known[person_id].add(company_id)
    return known


def operators() -> list[int]:
    """Who runs the house."""
    known = Person.objects.filter(is_operator=True, is_active=True)
    return list(known.order_by("id").values_list("pk", flat=True))


def person_called(public_id: str) -> int | None:
    """The person of this public id, for a link that he holds."""
    return Person.objects.filter(public_id=public_id, erased_at=None).values_list("pk", flat=True).first()
