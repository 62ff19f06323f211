"""What the database itself refuses, whoever asks."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from bourse.market.actions import set_showing
from bourse.market.models import AskChange, Listing, ShowingChange, Stone
from cast import NOON, Cast
from market.files import A1, listed, live


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE market_askchange SET ask_cents = 1",
        "DELETE FROM market_askchange",
        "TRUNCATE market_askchange",
        "TRUNCATE market_listing CASCADE",
    ],
)
def test_the_ask_history_is_only_added_to(cast: Cast, statement: str) -> None:
    listed(cast.asha, A1)
    with connection.cursor() as cursor:
        # Constraints that wait for the commit would keep ALTER TABLE from its work.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE market_askchange ENABLE TRIGGER askchange_is_never_emptied")
        with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
            cursor.execute(statement)
        cursor.execute("ALTER TABLE market_askchange DISABLE TRIGGER askchange_is_never_emptied")
    assert AskChange.objects.get().ask_cents == 707_000


@pytest.mark.parametrize(
    "statement", ["UPDATE market_showingchange SET hides_ask = FALSE", "DELETE FROM market_showingchange"]
)
def test_what_a_company_hid_is_only_added_to(cast: Cast, statement: str) -> None:
    set_showing(actor=cast.asha, hides_name=False, hides_ask=True, hides_cash_ask=False, now=NOON)
    refused = pytest.raises(DatabaseError, match="only added to")
    with connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute(statement)
    assert ShowingChange.objects.values_list("hides_ask", "hides_cash_ask").get() == (True, False)


def test_an_entry_that_says_nothing_of_what_is_shown_shows_nothing(cast: Cast) -> None:
    listed(cast.asha, A1)
    first = live("A-1")
    with connection.cursor() as cursor:  # as code of before would write it
        cursor.execute(
            "INSERT INTO market_askchange (listing_id, at, person_id, availability, is_live)"
            " VALUES (%s, %s, %s, 'On memo', TRUE)",
            [first.pk, NOON, cast.asha.person_id],
        )
    last = AskChange.objects.filter(listing=first).latest("pk")
    assert (last.hides_ask, last.hides_cash_ask) == (True, True)


@pytest.mark.parametrize(
    "changes",
    [
        {"ask_cents": 0},
        {"weight_ct": 0},
        {"availability": "Perhaps"},
        {"shape": ""},
        {"colour": "", "fancy_colour": ""},
        {"stones": 0},
        {"is_live": False},
        {"ended_at": NOON},
        {"stock_key": ""},
    ],
)
def test_claims_that_make_no_sense_are_refused_below_all_code(cast: Cast, changes: dict[str, object]) -> None:
    listed(cast.asha, A1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Listing.objects.update(**changes)
    assert live("A-1").version == 1


def test_a_company_lists_a_stone_and_a_stock_number_once(cast: Cast) -> None:
    listed(cast.asha, A1)
    first = live("A-1")
    for changes in ({"stock_key": "b", "supplier_stock_number": "B"}, {"stone": _another_stone()}):
        twin = Listing.objects.get(pk=first.pk)
        twin.pk, twin.public_id = None, "t" * 18
        for field, value in changes.items():
            setattr(twin, field, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save(force_insert=True)
    assert Listing.objects.count() == 1


@pytest.mark.parametrize("changes", [{"report_number": "1"}, {"laboratory": "GIA"}, {"owner": None}])
def test_a_stone_has_a_report_or_an_owner(cast: Cast, changes: dict[str, object]) -> None:
    plain = {"owner_id": cast.asha.company_id, "created_at": NOON}
    with pytest.raises(IntegrityError), transaction.atomic():
        Stone.objects.create(**plain | ({"owner_id": None} if "owner" in changes else changes))
    assert not Stone.objects.exists()


def _another_stone() -> Stone:
    return Stone.objects.create(laboratory="GIA", report_number="7999999999", created_at=NOON)
