"""The people of every test.

Asha sells, Tara trades for her and Vera looks on; Ben buys, Bea is his colleague; Carl is a stranger to both
houses; Omar operates.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from bourse.members.actor import Actor, Role
from bourse.members.models import Company, Membership, Person

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Cast:
    """Everybody as the actor of his company."""

    asha: Actor
    tara: Actor
    vera: Actor
    ben: Actor
    bea: Actor
    carl: Actor
    omar: Actor


def assemble() -> Cast:
    """The cast, written into the database."""
    sellers, buyers, strangers = (company(name) for name in ("Asha Gems", "Ben & Bea", "Carl Trading"))
    return Cast(
        asha=joins("Asha", sellers, Role.OWNER),
        tara=joins("Tara", sellers, Role.TRADER),
        vera=joins("Vera", sellers, Role.VIEWER),
        ben=joins("Ben", buyers, Role.OWNER),
        bea=joins("Bea", buyers, Role.TRADER),
        carl=joins("Carl", strangers, Role.OWNER),
        omar=Actor(person("Omar", is_operator=True).pk, None, None, is_operator=True),
    )


def company(name: str) -> Company:
    """A member company."""
    return Company.objects.create(name=name, country="IN", city="Surat", created_at=NOON)


def person(name: str, *, is_operator: bool = False) -> Person:
    """Somebody who could sign in, had he a password."""
    return Person.objects.create(
        email=f"{name.lower()}@bourse.example", name=name, is_operator=is_operator, created_at=NOON
    )


def joins(name: str, house: Company, role: Role) -> Actor:
    """A new person acting for the company."""
    somebody = person(name)
    Membership.objects.create(person=somebody, company=house, role=role.value, created_at=NOON)
    return Actor(somebody.pk, house.pk, role)
