"""What others are told of a listing's past: only what they could see at the time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from threading import Event
from typing import Any

import msgspec
import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

import cast as people
from bourse.market.actions import (
    accept_upload,
    change_ask,
    change_planned,
    read_upload,
    set_showing,
    start_restore,
    withdraw_listing,
)
from bourse.market.audit import offences
from bourse.market.bulk import ByPercent, Selection
from bourse.market.locks import share_stock
from bourse.market.models import AskChange, Listing, Showing, ShowingChange, Upload
from bourse.market.queries import all_catalogue_rows, catalogue_rows, difference, listing
from bourse.market.queries.previews import preview
from bourse.market.stock_filter import StockFilter
from bourse.market.visible import day_of
from bourse.members.actor import Actor
from cast import NOON, Cast
from market.files import A1, A2, like, listed, live
from market.offering import offered

Told = tuple[datetime, int | None, int | None]
FREE, MEMO = "Guaranteed available", "On memo"


def at(hour: int) -> datetime:
    return NOON + timedelta(hours=hour)


def edit(actor: Actor, found: Listing, hour: int, **given: Any) -> None:
    """A change by hand; what is not given stays as it is."""
    now = Listing.objects.get(pk=found.pk)
    said = {"ask_cents": now.ask_cents, "availability": now.availability} | given
    change_ask(actor=actor, listing_id=found.public_id, version=now.version, now=at(hour), **said)


def show(actor: Actor, hour: int, *, name: bool = True, ask: bool = True, cash: bool = True) -> None:
    """What the company shows from this hour on."""
    set_showing(actor=actor, hides_name=not name, hides_ask=not ask, hides_cash_ask=not cash, now=at(hour))


def told(actor: Actor, found: Listing) -> list[Told]:
    """Time, ask and cash ask of each entry of the history, the latest first."""
    history = listing(actor, found.public_id).history
    return [(entry.at, entry.ask_cents, entry.cash_ask_cents) for entry in history]


def test_asks_made_while_hidden_by_hand_never_come_out(cast: Cast) -> None:
    first = offered(cast.asha)
    edit(cast.asha, first, 1, ask_cents=650_000, hides_ask=True)
    edit(cast.asha, first, 2, ask_cents=640_000)
    edit(cast.asha, first, 3, ask_cents=630_000)
    edit(cast.asha, first, 4, hides_ask=False)
    edit(cast.asha, first, 5, ask_cents=620_000)
    for other in (cast.ben, cast.omar):
        assert told(other, first) == [
            (at(5), 620_000, None),
            (at(4), 630_000, None),
            (at(1), None, None),
            (NOON, 707_000, None),
        ]
    assert told(cast.vera, first) == [
        (at(5), 620_000, None),
        (at(3), 630_000, None),
        (at(2), 640_000, None),
        (at(1), 650_000, None),
        (NOON, 707_000, None),
    ]


def test_asks_made_while_the_company_hid_them_never_come_out(cast: Cast) -> None:
    first = offered(cast.asha, cash_ask_cents=690_000)
    show(cast.asha, 1, ask=False)
    edit(cast.asha, first, 2, ask_cents=650_000, cash_ask_cents=600_000)
    edit(cast.asha, first, 3, ask_cents=640_000)
    show(cast.asha, 4)
    show(cast.asha, 5, cash=False)
    edit(cast.asha, first, 6, cash_ask_cents=500_000)
    edit(cast.asha, first, 7, cash_ask_cents=610_000)
    show(cast.asha, 8)
    assert told(cast.ben, first) == [
        (at(8), 640_000, 610_000),
        (at(5), 640_000, None),
        (at(4), 640_000, 600_000),
        (at(2), None, 600_000),
        (at(1), None, 690_000),
        (NOON, 707_000, 690_000),
    ]
    assert [cents for _, *asks in told(cast.asha, first) for cents in asks] == [
        640_000, 610_000, 640_000, 500_000, 640_000, 600_000, 650_000, 600_000, 707_000, 690_000,
    ]  # fmt: skip


def test_a_listing_that_hides_more_than_its_company_stays_hidden(cast: Cast) -> None:
    first = offered(cast.asha, hides_ask=True)
    show(cast.asha, 1, ask=False)
    show(cast.asha, 2)
    edit(cast.asha, first, 3, ask_cents=650_000)
    assert told(cast.ben, first) == [(NOON, None, None)]
    edit(cast.asha, first, 4, hides_ask=False)
    assert told(cast.ben, first) == [(at(4), 650_000, None), (NOON, None, None)]


def test_of_an_ask_that_is_hidden_now_nothing_is_told(cast: Cast) -> None:
    first = offered(cast.asha)
    edit(cast.asha, first, 1, ask_cents=650_000)
    show(cast.asha, 2, ask=False)
    assert told(cast.ben, first) == [(NOON, None, None)]
    show(cast.asha, 3)
    assert told(cast.ben, first) == [
        (at(3), 650_000, None),
        (at(2), None, None),
        (at(1), 650_000, None),
        (NOON, 707_000, None),
    ]


def test_files_and_restores_keep_what_the_listing_hides(cast: Cast) -> None:
    listed(cast.asha, A1)
    first = live("A-1")
    edit(cast.asha, first, 1, hides_ask=True)
    listed(cast.asha, like(A1, price="6500"), now=at(2))
    wrong = Upload.objects.latest("pk")
    listed(cast.asha, like(A1, stock="A-2", report="7000000002"), mode="replace_all", now=at(3))
    gone = Upload.objects.latest("pk")
    for hour, undone in ((4, gone), (5, wrong)):
        begun = start_restore(actor=cast.asha, upload_id=undone.public_id, now=at(hour))
        read_upload(upload_id=Upload.objects.get(public_id=begun.public_id).pk, now=at(hour))
        change = difference(cast.asha, begun.public_id)
        accept_upload(
            actor=cast.asha, upload_id=begun.public_id, fingerprint=change.fingerprint,
            removing=change.counts.removed, now=at(hour),
        )  # fmt: skip
    entries = AskChange.objects.filter(listing=first).order_by("pk")
    assert list(entries.values_list("ask_cents", "is_live", "hides_ask", "hides_cash_ask")) == [
        (707_000, True, False, False),
        (707_000, True, True, False),
        (650_000, True, True, False),
        (650_000, False, True, False),
        (650_000, True, True, False),
        (707_000, True, True, False),
    ]
    edit(cast.asha, first, 6, hides_ask=False)
    assert told(cast.ben, first) == [
        (at(6), 707_000, None),
        (at(4), None, None),
        (at(3), None, None),
        (at(1), None, None),
        (NOON, 707_000, None),
    ]


def test_a_withdrawal_keeps_what_the_listing_hid(cast: Cast) -> None:
    first = offered(cast.asha, hides_ask=True, hides_cash_ask=True)
    withdraw_listing(actor=cast.asha, listing_id=first.public_id, version=1, now=at(1))
    assert list(AskChange.objects.order_by("pk").values_list("hides_ask", "hides_cash_ask", "is_live")) == [
        (True, True, True),
        (True, True, False),
    ]


def test_a_switch_is_remembered_once_and_the_name_is_none(cast: Cast) -> None:
    show(cast.asha, 1, name=False)
    show(cast.asha, 2, name=False, ask=False)
    show(cast.asha, 3, ask=False)
    assert list(ShowingChange.objects.values_list("at", "person_id", "hides_ask", "hides_cash_ask")) == [
        (at(2), cast.asha.person_id, True, False)
    ]
    assert Showing.objects.values_list("asks_switched_at", "changed_at").get() == (at(2), at(3))


@pytest.mark.parametrize("by", ["listing", "company"])
def test_when_an_ask_moved_while_it_was_hidden_is_not_told_later(cast: Cast, by: str) -> None:
    first = offered(cast.asha)
    hidden, shown = (
        (
            lambda: edit(cast.asha, first, 1, hides_ask=True),
            lambda: edit(cast.asha, first, 3, hides_ask=False),
        )
        if by == "listing"
        else (lambda: show(cast.asha, 1, ask=False), lambda: show(cast.asha, 3))
    )
    hidden()
    edit(cast.asha, first, 2, ask_cents=650_000)
    assert listing(cast.ben, first.public_id).changed_at == NOON
    shown()
    assert listing(cast.ben, first.public_id).changed_at == at(3)
    assert [row.changed_at for row in catalogue_rows([first.pk])] == [at(3)]
    edit(cast.asha, first, 4, ask_cents=640_000)
    assert listing(cast.ben, first.public_id).changed_at == at(4)


HIDDEN_MOVES: dict[str, dict[str, Any]] = {
    "the ask": {"ask_cents": 650_000},
    "the cash ask": {"cash_ask_cents": 600_000},
    "no ask at all": {"ask_cents": None, "cash_ask_cents": None},
    "what the listing hides besides": {"hides_ask": True, "hides_cash_ask": True},
    "nothing": {},
}


@pytest.mark.parametrize("move", HIDDEN_MOVES.values(), ids=HIDDEN_MOVES)
def test_a_move_that_nobody_else_sees_confirms_nothing(cast: Cast, move: dict[str, Any]) -> None:
    first = offered(cast.asha, cash_ask_cents=690_000)
    set_showing(actor=cast.asha, hides_name=False, hides_ask=True, hides_cash_ask=True, now=at(1))
    edit(cast.asha, first, 2, **move)
    assert [listing(who, first.public_id).confirmed_at for who in (cast.ben, cast.asha)] == [NOON, NOON]
    assert [row.confirmed_at for row in catalogue_rows([first.pk])] == [NOON]
    edit(cast.asha, first, 3, availability="On memo")
    assert listing(cast.ben, first.public_id).confirmed_at == at(3)


def test_an_ask_that_others_see_confirms_beside_one_that_they_do_not(cast: Cast) -> None:
    first = offered(cast.asha, cash_ask_cents=690_000, hides_cash_ask=True)
    edit(cast.asha, first, 1, cash_ask_cents=600_000)
    assert listing(cast.ben, first.public_id).confirmed_at == NOON
    edit(cast.asha, first, 2, ask_cents=650_000)
    assert listing(cast.ben, first.public_id).confirmed_at == at(2)
    edit(cast.asha, first, 3, hides_ask=True)
    edit(cast.asha, first, 4, ask_cents=640_000)
    assert listing(cast.ben, first.public_id).confirmed_at == at(3)
    edit(cast.asha, first, 5, hides_ask=False)
    assert listing(cast.ben, first.public_id).confirmed_at == at(5)


def test_an_order_for_many_confirms_nothing_of_what_is_hidden(cast: Cast) -> None:
    shown, hidden = offered(cast.asha), offered(cast.asha, "A-2", "7000000002", hides_ask=True)
    cash = offered(cast.asha, "A-3", "7000000003", cash_ask_cents=600_000, hides_ask=True)
    whole, change = Selection(filter=StockFilter()), ByPercent(Decimal(10))
    told = preview(cast.asha, whole, change)
    change_planned(actor=cast.asha, selection=whole, change=change, fingerprint=told.fingerprint, now=at(1))
    found = [listing(cast.ben, one.public_id).confirmed_at for one in (shown, hidden, cash)]
    assert found == [at(1), NOON, at(1)]
    assert list(AskChange.objects.filter(at=at(1)).values_list("ask_cents", flat=True)) == [777_700] * 3


def test_a_restore_confirms_nothing_of_what_is_hidden(cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    edit(cast.asha, live("A-1"), 1, hides_ask=True)
    listed(cast.asha, like(A1, price="6500"), like(A2, price="1400"), now=at(2))
    wrong = Upload.objects.latest("pk")
    begun = start_restore(actor=cast.asha, upload_id=wrong.public_id, now=at(3))
    read_upload(upload_id=Upload.objects.get(public_id=begun.public_id).pk, now=at(3))
    change = difference(cast.asha, begun.public_id)
    accept_upload(
        actor=cast.asha, upload_id=begun.public_id, fingerprint=change.fingerprint, removing=0, now=at(3)
    )
    assert (live("A-1").ask_cents, live("A-2").ask_cents) == (707_000, 150_000)
    found = [listing(cast.ben, live(one).public_id).confirmed_at for one in ("A-1", "A-2")]
    assert found == [at(2), at(3)]


def test_times_of_an_unnamed_supplier_are_told_to_the_day(cast: Cast) -> None:
    moment = NOON.replace(minute=7, second=11, microsecond=123_456)
    first = offered(cast.asha, particulars={"brand": "Star", "inscription": "AG 1", "eye_clean": "Yes"})
    Listing.objects.update(listed_at=moment, changed_at=moment)
    edit(cast.asha, first, 30, ask_cents=650_000)
    named = listing(cast.ben, first.public_id)
    assert (named.listed_at, named.changed_at, told(cast.ben, first)[0][0]) == (moment, at(30), at(30))
    show(cast.asha, 31, name=False)
    today, tomorrow = day_of(NOON), day_of(at(30))
    assert (today.hour, today.tzinfo, tomorrow - today) == (0, UTC, timedelta(days=1))
    unnamed = listing(cast.ben, first.public_id)
    assert (unnamed.listed_at, unnamed.changed_at) == (today, tomorrow)
    assert told(cast.ben, first) == [(tomorrow, 650_000, None), (today, 707_000, None)]
    row = all_catalogue_rows()[0]
    assert (row.listed_at, row.changed_at, row.particulars) == (today, tomorrow, {"eye_clean": "Yes"})
    for who in (cast.asha, cast.omar):
        assert listing(who, first.public_id).listed_at == moment
    show(cast.asha, 32, name=False, ask=False)
    assert listing(cast.ben, first.public_id).changed_at == today
    assert b"07:11" not in msgspec.json.encode(listing(cast.ben, first.public_id))


def test_what_was_hidden_before_this_was_kept_stays_hidden(cast: Cast) -> None:
    """The filling of migration 0008, over a market that it finds."""
    shown, by_hand = offered(cast.asha), offered(cast.asha, "A-2", "7000000002", hides_ask=True)
    by_company = offered(cast.ben, "B-1", "7000000003")
    Showing.objects.create(company_id=cast.ben.company_id, hides_ask=True, changed_at=at(1))
    migration = import_module("bourse.market.migrations.0008_asks_as_they_were_shown")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE market_askchange DISABLE TRIGGER askchange_is_never_edited")
        cursor.execute("UPDATE market_askchange SET hides_ask = FALSE, hides_cash_ask = FALSE")
        cursor.execute(migration.FILL)
        with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
            cursor.execute("UPDATE market_askchange SET hides_ask = FALSE")
    edit(cast.asha, by_hand, 2, hides_ask=False)
    show(cast.ben, 3)
    assert told(cast.carl, shown) == [(NOON, 707_000, None)]
    assert told(cast.carl, by_hand) == [(at(2), 707_000, None), (NOON, None, None)]
    assert told(cast.carl, by_company) == [(at(3), 707_000, None), (NOON, None, None)]
    assert listing(cast.carl, by_company.public_id).changed_at == at(3)
    assert offences(at(4)) == []


@pytest.fixture
def apart(transactional_db: None) -> Cast:
    return people.assemble()


def test_a_switch_waits_until_nobody_changes_the_stock(apart: Cast) -> None:
    """Else an ask that others never saw could be written before it by number, and be told of later."""
    company_id = apart.asha.company_id
    assert company_id is not None
    held, done = Event(), Event()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(_hold, company_id, held, done)
        try:
            assert held.wait(10)
            with pytest.raises(OperationalError, match="lock timeout"), transaction.atomic():
                _impatiently(lambda: show(apart.asha, 1, ask=False))
        finally:
            done.set()
        waiting.result(10)
    assert (Showing.objects.count(), ShowingChange.objects.count()) == (0, 0)
    show(apart.asha, 1, ask=False)
    assert ShowingChange.objects.count() == 1


def _hold(company_id: int, held: Event, done: Event) -> None:
    try:
        with transaction.atomic():
            share_stock(company_id)
            held.set()
            done.wait(10)
    finally:
        connection.close()


def _impatiently(order: Callable[[], None]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '200ms'")
    order()
