"""Loading the sample leaves a whole market behind, in which people can sign in and stones are found."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import is_password_usable
from django.db import transaction
from pytest_django import DjangoDbBlocker

from bourse.kit import outbox
from bourse.market.models import AskChange, Listing, Upload
from bourse.members.models import Company, Membership, OneTimeLink, Person
from bourse.members.queries import actor_for
from bourse.run.sample import SignIn, load
from bourse.run.sample.suppliers import SUPPLIERS
from bourse.search.filter import Filter, from_query
from bourse.search.queries import counts, find
from bourse.wiring import LISTENERS
from cast import NOON

STONES = 600


@pytest.fixture(scope="module")
def sign_ins(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[SignIn]]:
    """A small sample, loaded once for all of these tests and then undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load(stones=STONES, now=NOON)
        transaction.set_rollback(True)


def test_the_market_is_whole(sign_ins: list[SignIn]) -> None:
    live = Listing.objects.filter(is_live=True)
    assert (live.count(), Listing.objects.count()) == (STONES, STONES)
    assert Company.objects.count() == 43
    assert set(live.values_list("company__name", flat=True)) <= {firm.name for firm in SUPPLIERS}
    assert set(Upload.objects.values_list("state", flat=True)) == {"confirmed"}
    assert AskChange.objects.count() > STONES
    assert live.filter(listed_at__gt=NOON).count() == 0
    assert 0 < live.filter(listed_at__gte=NOON - timedelta(hours=12)).count() < STONES / 10


def test_those_who_are_named_may_sign_in_and_nobody_else(sign_ins: list[SignIn]) -> None:
    assert [(one.email, one.role) for one in sign_ins] == [
        ("omar@sample.example", "operator"),
        ("asha@sample.example", "owner of Tamarind Brothers"),
        ("tara@sample.example", "trader of Tamarind Brothers"),
        ("ben@sample.example", "owner of Hollin & Voss"),
    ]
    for one in sign_ins:
        person = authenticate(username=one.email, password=one.password)
        assert person is not None
        assert actor_for(person.pk, None).is_operator == (one.role == "operator")
    hashes = Person.objects.exclude(email__in=[one.email for one in sign_ins])
    assert not any(is_password_usable(kept) for kept in hashes.values_list("password", flat=True))


def test_every_supplier_has_an_owner(sign_ins: list[SignIn]) -> None:
    owned = Membership.objects.filter(role="owner").values_list("company__name", flat=True)
    assert {firm.name for firm in SUPPLIERS} <= set(owned)


def test_no_way_in_is_left_open(sign_ins: list[SignIn]) -> None:
    assert not OneTimeLink.objects.filter(used_at=None, expires_at__gt=NOON).exists()


def test_passwords_are_long_and_differ(sign_ins: list[SignIn]) -> None:
    assert len({one.password for one in sign_ins}) == len(sign_ins)
    assert all(len(one.password) == 19 for one in sign_ins)


def test_the_stones_are_found(sign_ins: list[SignIn]) -> None:
    while outbox.deliver(LISTENERS, now=NOON):
        pass
    everything = find(None, from_query("growth=both&goods=all&availability=available&availability=not+available")[0])
    assert everything.total == STONES
    natural, told = find(None, Filter()), counts(NOON)
    assert told is not None
    assert natural.total == told.natural.stones
    assert told.companies == Company.objects.filter(pk__in=Listing.objects.values("company")).count()
