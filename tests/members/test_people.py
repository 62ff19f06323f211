"""Companies and the people who act for them."""

from datetime import datetime

import pytest

from bourse.kit.refusal import NotThere, Refusal
from bourse.members.actions import (
    AlreadyAMember,
    CompanyNameTaken,
    NameMissing,
    OnlyOwners,
    OnlyTheOperator,
    add_person,
    admit_company,
    use_link,
)
from bourse.members.actor import Actor, Role
from bourse.members.models import Company, Membership, OneTimeLink, Person
from bourse.members.queries import actor_for, companies, companies_of, company
from cast import NOON, Cast

PASSWORD = "correct-horse-battery"


def house_of(actor: Actor) -> str:
    return companies_of(actor.person_id)[0].public_id


def add(actor: Actor, house: str, email: str = "nia@bourse.example", now: datetime = NOON) -> str | None:
    return add_person(actor=actor, company_id=house, email=email, name="Nia", role=Role.TRADER, now=now)


def test_the_operator_admits_a_company(cast: Cast) -> None:
    admitted = admit_company(actor=cast.omar, name=" Dina & Sons ", country="be", city="Antwerp", now=NOON)
    assert (admitted.name, admitted.country, admitted.city) == ("Dina & Sons", "BE", "Antwerp")
    assert [view.name for view in companies(cast.omar)] == [
        "Asha Gems",
        "Ben & Bea",
        "Carl Trading",
        "Dina & Sons",
    ]


@pytest.mark.parametrize("who", ["asha", "tara", "vera", "carl"])
def test_nobody_else_admits_a_company(cast: Cast, who: str) -> None:
    with pytest.raises(OnlyTheOperator):
        admit_company(actor=getattr(cast, who), name="Dina", country="", city="", now=NOON)
    assert Company.objects.count() == 3
    assert companies(getattr(cast, who)) == []


@pytest.mark.parametrize(("name", "refusal"), [("ASHA gems", CompanyNameTaken), ("  ", NameMissing)])
def test_a_company_needs_a_name_of_its_own(cast: Cast, name: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        admit_company(actor=cast.omar, name=name, country="", city="", now=NOON)
    assert Company.objects.count() == 3


@pytest.mark.parametrize("who", ["asha", "omar"])
def test_an_owner_and_the_operator_add_people(cast: Cast, who: str) -> None:
    secret = add(getattr(cast, who), house_of(cast.asha))
    assert secret
    nia = use_link(secret=secret, email="nia@bourse.example", name="", password=PASSWORD, now=NOON)
    assert actor_for(nia.pk, None) == Actor(nia.pk, cast.asha.company_id, Role.TRADER)


@pytest.mark.parametrize(
    ("who", "refusal"), [("tara", OnlyOwners), ("vera", OnlyOwners), ("ben", NotThere), ("carl", NotThere)]
)
def test_colleagues_and_strangers_add_nobody(cast: Cast, who: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        add(getattr(cast, who), house_of(cast.asha))
    assert not Person.objects.filter(email="nia@bourse.example").exists()
    assert not OneTimeLink.objects.exists()


def test_a_company_that_is_not_there_looks_like_one_that_is_not_yours(cast: Cast) -> None:
    words = set()
    for house in (house_of(cast.asha), "none"):
        with pytest.raises(NotThere) as refused:
            company(cast.carl, house)
        words.add(str(refused.value))
    assert len(words) == 1


def test_who_signs_in_already_joins_without_a_link(cast: Cast) -> None:
    ben = Person.objects.get(pk=cast.ben.person_id)
    ben.set_password(PASSWORD)
    ben.save()
    assert add(cast.asha, house_of(cast.asha), email=ben.email.upper()) is None
    assert not OneTimeLink.objects.exists()
    assert [view.name for view in companies_of(ben.pk)] == ["Ben & Bea", "Asha Gems"]
    with pytest.raises(AlreadyAMember):
        add(cast.asha, house_of(cast.asha), email=ben.email)


def test_nobody_gets_a_link_to_a_password_that_opens_another_company(cast: Cast) -> None:
    waiting = add(cast.ben, house_of(cast.ben))
    assert add(cast.carl, house_of(cast.carl)) is None
    assert waiting
    assert use_link(secret=waiting, email="nia@bourse.example", name="", password=PASSWORD, now=NOON).pk


def test_a_lost_link_is_replaced_by_adding_again(cast: Cast) -> None:
    lost, fresh = add(cast.asha, house_of(cast.asha)), add(cast.asha, house_of(cast.asha))
    assert lost
    assert fresh
    assert OneTimeLink.objects.count() == 1
    assert Membership.objects.filter(person__email="nia@bourse.example").count() == 1


def test_a_person_of_two_companies_acts_for_the_chosen_one(cast: Cast) -> None:
    Membership.objects.create(
        person_id=cast.ben.person_id, company_id=cast.carl.company_id, role="viewer", created_at=NOON
    )
    chosen = actor_for(cast.ben.person_id, house_of(cast.carl))
    assert chosen == Actor(cast.ben.person_id, cast.carl.company_id, Role.VIEWER)
    for not_his in (None, house_of(cast.asha), "none"):
        assert actor_for(cast.ben.person_id, not_his) == cast.ben


def test_a_person_who_was_shut_out_acts_for_nobody(cast: Cast) -> None:
    Person.objects.filter(pk=cast.ben.person_id).update(is_active=False)
    with pytest.raises(NotThere):
        actor_for(cast.ben.person_id, None)


def test_the_operator_acts_for_no_company(cast: Cast) -> None:
    assert actor_for(cast.omar.person_id, None) == cast.omar
