"""Loading the sample leaves a whole market behind, in which people can sign in and stones are found."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import is_password_usable
from django.db import transaction
from pytest_django import DjangoDbBlocker

from bourse.kit import outbox
from bourse.market.audit import offences
from bourse.market.models import AskChange, Listing, PastListing, SupplierLayout, Upload, UploadFile
from bourse.members.models import Company, Membership, OneTimeLink, Person
from bourse.members.queries import actor_for
from bourse.run.sample import SignIn, load
from bourse.run.sample.suppliers import HIDES_NAME, SUPPLIERS
from bourse.run.sample.today import SENDERS
from bourse.search.filter import from_query
from bourse.search.queries import counts, find
from bourse.wiring import LISTENERS
from cast import NOON

pytestmark = pytest.mark.django_db
STONES, MONTHS = 600, 6


@pytest.fixture(scope="module")
def sign_ins(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[SignIn]]:
    """A small sample, loaded once for all of these tests and then undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load(stones=STONES, months=MONTHS, now=NOON)
        transaction.set_rollback(True)


def test_the_market_is_whole(sign_ins: list[SignIn]) -> None:
    live = Listing.objects.filter(is_live=True)
    assert (live.count(), Listing.objects.count()) == (STONES, STONES + 89)
    assert Company.objects.count() == 43
    assert set(live.values_list("company__name", flat=True)) <= {firm.name for firm in SUPPLIERS}
    assert set(Upload.objects.values_list("state", flat=True)) == {"confirmed"}
    assert AskChange.objects.count() > STONES + PastListing.objects.count() > STONES + 89
    assert live.filter(listed_at__gt=NOON).count() == 0
    assert 0 < live.filter(listed_at__gte=NOON - timedelta(hours=12)).count() < STONES / 10


def test_no_rule_is_broken(sign_ins: list[SignIn]) -> None:
    assert offences(NOON) == []


def test_the_history_of_uploads_is_that_of_the_stock(sign_ins: list[SignIn]) -> None:
    uploads = list(Upload.objects.order_by("pk"))
    assert [one.confirmed_at for one in uploads[: -len(SENDERS)]] == sorted(
        one.confirmed_at or NOON for one in uploads[: -len(SENDERS)]
    )
    assert sum(one.new for one in uploads) == Listing.objects.count()
    assert sum(one.removed for one in uploads) == Listing.objects.filter(is_live=False).count()
    assert all(one.unchanged >= 0 for one in uploads)


def test_a_few_firms_sent_real_files_today_and_one_layout_is_remembered(sign_ins: list[SignIn]) -> None:
    files = UploadFile.objects.values_list("upload__company__name", flat=True)
    assert sorted(files) == sorted(SENDERS)
    assert [memory.company.name for memory in SupplierLayout.objects.all()] == ["Verstraat and Lume"]


def test_a_name_is_hidden_where_its_firm_wants_it(sign_ins: list[SignIn]) -> None:
    hidden = Company.objects.filter(showing__hides_name=True).values_list("name", flat=True)
    assert list(hidden) == list(HIDES_NAME)


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
    every_state = "availability=available&availability=not+available"
    every_kind = "goods=single&goods=pair&goods=parcel"
    everything = find(None, from_query(f"growth=both&{every_state}&{every_kind}")[0])
    assert everything.total == STONES
    natural, told = find(None, from_query(every_kind)[0]), counts(NOON)
    assert told is not None
    assert natural.total == told.natural.stones
    shown = Company.objects.exclude(showing__hides_name=True).filter(pk__in=Listing.objects.values("company"))
    assert told.companies == shown.count()
