"""The one-time links by which a first password is set."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import check_password

from bourse.members.actions import (
    EmailNotValid,
    LinkNotValid,
    OperatorExists,
    PasswordTooWeak,
    add_person,
    first_operator_link,
    use_link,
)
from bourse.members.actor import Role
from bourse.members.models import OneTimeLink, Person
from bourse.members.queries import companies_of, link
from cast import NOON, Cast

PASSWORD = "correct-horse-battery"


def set_password(secret: str, **changes: str) -> Person:
    given = {"email": "olga@bourse.example", "name": "Olga", "password": PASSWORD} | changes
    return use_link(secret=secret, now=NOON, **given)


@pytest.mark.django_db
def test_the_first_operator_sets_his_password_once() -> None:
    secret = first_operator_link(now=NOON)
    olga = set_password(secret)
    assert (olga.is_operator, olga.email, check_password(PASSWORD, olga.password)) == (
        True,
        "olga@bourse.example",
        True,
    )
    with pytest.raises(LinkNotValid):
        set_password(secret, email="mallory@bourse.example")
    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_a_second_first_link_stops_the_first() -> None:
    lost = first_operator_link(now=NOON)
    first_operator_link(now=NOON)
    with pytest.raises(LinkNotValid):
        set_password(lost)
    assert not Person.objects.exists()


def test_a_house_with_an_operator_gives_no_link(cast: Cast) -> None:
    with pytest.raises(OperatorExists):
        first_operator_link(now=NOON)
    assert not OneTimeLink.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"password": "short"}, PasswordTooWeak),
        ({"password": "olga@bourse.example"}, PasswordTooWeak),
        ({"email": "olga"}, EmailNotValid),
    ],
)
def test_a_refused_password_leaves_the_link_good(given: dict[str, str], refusal: type[Exception]) -> None:
    secret = first_operator_link(now=NOON)
    with pytest.raises(refusal):
        set_password(secret, **given)
    assert not Person.objects.exists()
    assert set_password(secret).is_operator


def test_a_link_lives_seven_days_and_its_secret_is_not_kept(cast: Cast) -> None:
    house = company_of(cast)
    secret = add_person(
        actor=cast.omar, company_id=house, email="Nia@Bourse.example", name="Nia", role=Role.TRADER, now=NOON
    )
    assert secret
    assert not OneTimeLink.objects.filter(secret_hash=secret).exists()
    assert link(secret, now=NOON + timedelta(days=7, seconds=-1)).email == "nia@bourse.example"
    with pytest.raises(LinkNotValid):
        use_link(
            secret=secret,
            email="nia@bourse.example",
            name="Nia",
            password=PASSWORD,
            now=NOON + timedelta(days=7),
        )


def test_a_link_is_for_its_own_address(cast: Cast) -> None:
    secret = add_person(
        actor=cast.asha,
        company_id=company_of(cast),
        email="nia@bourse.example",
        name="Nia",
        role=Role.TRADER,
        now=NOON,
    )
    assert secret
    with pytest.raises(LinkNotValid):
        set_password(secret, email="mallory@bourse.example")
    assert set_password(secret, email="NIA@bourse.example").name == "Olga"


def company_of(cast: Cast) -> str:
    return companies_of(cast.asha.person_id)[0].public_id
