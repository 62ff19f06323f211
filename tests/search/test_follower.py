"""Search is level with the market once the follower has heard its facts, and never in between."""

import threading
import time
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db import connection

from bourse.kit import outbox
from bourse.kit.models import Fact
from bourse.market.actions import change_ask, set_showing, withdraw_listing
from bourse.market.models import Listing
from bourse.market.queries import CatalogueRow, all_catalogue_rows
from bourse.members.actor import Actor
from bourse.search import catalogue, follower
from bourse.search.filter import Filter, from_query
from bourse.search.queries import find, wait_for
from bourse.search.rows import MADE, ResultRow
from cast import NOON, Cast, assemble
from market.files import A1, A2, A3, like, listed, live, many
from search.conftest import content, follow


def fact_of(stock_number: str) -> int:
    """The fact by which the listing's upload was announced."""
    upload = live(stock_number).last_upload
    assert upload is not None and upload.fact_id is not None
    return upload.fact_id


def stock_numbers(query: str = "sort=ct") -> list[str]:
    return [row.supplier_stock_number for row in find(None, from_query(query)[0]).rows]


def test_without_a_catalogue_search_says_so(cast: Cast) -> None:
    found = find(cast.ben, Filter())
    assert (found.is_ready, found.total, found.rows) == (False, 0, [])


def test_an_upload_is_found_once_its_fact_was_heard(cast: Cast) -> None:
    listed(cast.asha, A1, A2, A3)
    assert not find(cast.ben, Filter()).is_ready
    follow()
    assert stock_numbers() == ["A-2", "A-1", "A-3"]


def test_what_an_upload_changes_adds_and_removes_is_found(cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    follow()
    listed(cast.asha, like(A1, price="9090"), A3, mode="replace_all", now=NOON + timedelta(hours=1))
    assert stock_numbers() == ["A-2", "A-1"]
    follow()
    assert stock_numbers() == ["A-1", "A-3"]
    assert find(None, from_query("ppc=9000")[0]).rows[0].supplier_stock_number == "A-1"


def test_an_ask_changed_by_hand_is_found(cast: Cast) -> None:
    listed(cast.asha, A1)
    follow()
    change_ask(
        actor=cast.tara,
        listing_id=live("A-1").public_id,
        ask_cents=500_000,
        availability="On memo",
        version=1,
        now=NOON,
    )
    follow()
    row = find(None, from_query("availability=memo")[0]).rows[0]
    assert (row.ask_cents, row.ppc_cents, row.availability) == (500_000, 495_050, "On memo")


def test_a_stock_confirmed_without_a_change_is_told_as_confirmed(cast: Cast) -> None:
    later = NOON + timedelta(hours=1)
    listed(cast.asha, A1, mode="replace_all")
    listed(cast.ben, A2, A3)
    follow()
    listed(cast.asha, A1, mode="replace_all", now=later)
    listed(cast.ben, A2, now=later)
    follow()
    told = {row.supplier_stock_number: row.confirmed_at for row in find(None, Filter()).rows}
    assert told == {"A-1": later, "A-2": later, "A-3": NOON}
    before = content()
    follower.rebuild()
    assert content() == before


def test_a_withdrawn_listing_is_gone(cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    follow()
    withdraw_listing(actor=cast.asha, listing_id=live("A-1").public_id, version=1, now=NOON)
    follow()
    assert stock_numbers() == ["A-2"]


def test_facts_told_twice_come_to_the_same_end(cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    withdraw_listing(actor=cast.asha, listing_id=live("A-1").public_id, version=1, now=NOON)
    follow()
    Fact.objects.update(delivered_at=None)
    follow()
    assert stock_numbers() == ["A-2"]


def test_refreshed_and_rebuilt_catalogues_say_the_same(cast: Cast) -> None:
    listed(cast.asha, *many(50))
    follow()
    listed(cast.ben, *many(30, start=100))
    listed(cast.asha, *many(40, start=20), mode="replace_all", now=NOON + timedelta(hours=1))
    follow()
    refreshed = content()
    assert follower.rebuild() == 70
    assert content() == refreshed


def test_slices_leave_nothing_out(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follower, "AT_ONCE", 7)
    listed(cast.asha, *many(40))
    follow()
    assert find(None, Filter()).total == 40
    listed(cast.asha, *many(30, start=31), now=NOON + timedelta(hours=1))
    follow()
    assert find(None, Filter()).total == 60


def test_a_missing_or_foreign_file_is_made_anew(cast: Cast) -> None:
    listed(cast.asha, A1)
    follow()
    assert not follower.keep_in_place()
    catalogue.path().write_bytes(b"torn")
    assert not find(None, Filter()).is_ready
    assert follower.keep_in_place()
    assert stock_numbers() == ["A-1"]
    catalogue.path().unlink()
    assert follower.keep_in_place()
    assert stock_numbers() == ["A-1"]


def test_a_catalogue_of_another_layout_is_no_catalogue(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    listed(cast.asha, A1)
    follow()
    monkeypatch.setattr(catalogue, "LAYOUT", "newer")
    catalogue._opened.clear()
    assert not find(None, Filter()).is_ready


def test_a_failed_publication_leaves_the_fact_waiting(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    listed(cast.asha, A1)
    with monkeypatch.context() as broken:
        broken.setattr(follower, "write", _disk_full)
        with pytest.raises(OSError, match="full"):
            follow()
    assert outbox.waiting(NOON)[0] == 1
    follow()
    assert (stock_numbers(), outbox.waiting(NOON)[0]) == (["A-1"], 0)


def _disk_full(*_: Any) -> None:
    raise OSError("The disk is full.")


def test_the_row_on_the_page_is_the_row_of_the_market(cast: Cast) -> None:
    listed(cast.asha, A1)
    follow()
    [kept] = all_catalogue_rows()
    [row] = find(cast.ben, Filter()).rows
    shown = {name: getattr(row, name) for name in ResultRow.__struct_fields__ if name not in MADE}
    assert shown == {name: getattr(kept, name) for name in shown}
    assert (row.ppc_cents, row.is_own) == (700_000, False)
    assert set(CatalogueRow._fields) - set(shown) == {
        *("id", "company_id", "is_live", "ask_is_hidden", "particulars", "confirmed_at")
    }
    assert row.confirmed_at == kept.confirmed_at == NOON
    assert row.weight_ct == Decimal("1.010")


def test_rows_of_the_own_company_are_marked(cast: Cast) -> None:
    listed(cast.asha, A1)
    listed(cast.ben, A2)
    follow()
    own = {row.supplier_stock_number: row.is_own for row in find(cast.bea, Filter()).rows}
    assert own == {"A-1": False, "A-2": True}
    assert not any(row.is_own for row in find(cast.omar, Filter()).rows)
    assert not any(row.is_own for row in find(None, Filter()).rows)


def test_waiting_ends_when_the_fact_was_heard(cast: Cast) -> None:
    listed(cast.asha, A1)
    fact_id = fact_of("A-1")
    assert not wait_for(fact_id, seconds=0)
    follow()
    assert wait_for(fact_id, seconds=0)


@pytest.mark.django_db(transaction=True)
def test_an_answer_waits_for_a_follower_beside_it() -> None:
    cast = assemble()
    listed(cast.asha, A1)
    beside = threading.Thread(target=_follow_later)
    beside.start()
    started = time.monotonic()
    assert wait_for(fact_of("A-1"), seconds=10)
    assert time.monotonic() - started < 5
    assert stock_numbers() == ["A-1"]
    beside.join()


def _follow_later() -> None:
    time.sleep(0.1)
    follow()
    connection.close()


def showing(actor: Actor, **hides: bool) -> None:
    """What the actor's company shows the others, from now on and in the catalogue."""
    hidden = {"hides_name": False, "hides_ask": False, "hides_cash_ask": False} | hides
    set_showing(actor=actor, now=NOON, **hidden)
    follow()


def test_a_hidden_name_is_not_found_by_it_and_leads_nowhere(cast: Cast) -> None:
    listed(cast.asha, A1)
    follow()
    company = find(cast.ben, Filter()).rows[0].company_public_id
    assert stock_numbers(f"company={company}") == stock_numbers("stock=A-1") == ["A-1"]
    assert [(one.value, one.name) for one in find(cast.ben, Filter()).facets["company"]] == [
        (company, "Asha Gems")
    ]
    showing(cast.asha, hides_name=True)
    assert stock_numbers(f"company={company}") == stock_numbers("stock=A-1") == []
    for actor in (cast.ben, cast.asha):
        assert find(actor, Filter()).facets["company"] == []
    row = find(cast.ben, from_query("report=7000000001")[0]).rows[0]
    assert (row.company_public_id, row.company_name, row.supplier_stock_number, row.city) == ("", "", "", "")
    assert (row.is_own, row.ask_cents) == (False, 707_000)
    assert find(cast.tara, Filter()).rows[0].is_own
    showing(cast.asha)
    assert stock_numbers(f"company={company}") == ["A-1"]


def test_a_hidden_ask_is_no_ask_to_anybody(cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    follow()
    showing(cast.asha, hides_ask=True)
    found = find(cast.ben, from_query("sort=total")[0])
    assert [(row.ask_cents, row.ppc_cents, row.ask_is_hidden) for row in found.rows] == [
        (None, None, False)
    ] * 2
    assert (found.spans["total"], stock_numbers("total=1-"), stock_numbers("ask=given")) == (None, [], [])
    assert [row.ask_is_hidden for row in find(cast.asha, Filter()).rows] == [True, True]
    assert b"707000" not in content_bytes()


def content_bytes() -> bytes:
    """Every payload of the catalogue."""
    rows = content()[-1]
    assert isinstance(rows, list)
    return b"".join(rows)


def test_an_ask_hidden_by_hand_shows_the_cash_ask(cast: Cast) -> None:
    listed(cast.asha, A1)
    follow()
    change_ask(
        actor=cast.asha,
        listing_id=live("A-1").public_id,
        ask_cents=707_000,
        cash_ask_cents=690_000,
        hides_ask=True,
        availability="On memo",
        version=1,
        now=NOON,
    )
    follow()
    assert find(cast.ben, Filter()).rows[0].ask_cents == 690_000


def test_payloads_that_nobody_reads_are_cleared_away(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follower, "MOST_WASTE", 0)
    listed(cast.asha, A1)
    follow()
    before = files()
    for price in (5_000, 6_000, 7_000, 8_000):
        listed(cast.asha, like(A1, price=str(price)), now=NOON + timedelta(minutes=price))
        follow()
    assert find(None, Filter()).rows[0].ask_cents == 800_000
    assert len(files()) == 2 and files() != before


def files() -> list[str]:
    """The files of the catalogue."""
    place = catalogue.path()
    return sorted(path.name for path in place.parent.glob(f"{place.name}*"))


def test_a_catalogue_without_its_payloads_is_made_anew(cast: Cast) -> None:
    listed(cast.asha, A1)
    follow()
    for path in catalogue.path().parent.glob("*.rows.*"):
        path.unlink()
    catalogue._opened.clear()
    assert not find(None, Filter()).is_ready
    follower.forget()
    assert follower.keep_in_place()
    assert stock_numbers() == ["A-1"]


def test_a_catalogue_of_another_start_of_the_machine_is_not_trusted(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(cast.asha, A1)
    follow()
    monkeypatch.setattr(catalogue, "boot", lambda: "another")
    catalogue._opened.clear()
    assert not find(None, Filter()).is_ready


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_was_followed_through_anything_says_what_a_rebuild_says(cast: Cast, seed: int) -> None:
    random = Random(seed)
    for step in range(12):
        now = NOON + timedelta(hours=step)
        rows = random.sample(many(40), random.randint(1, 20))
        changed = [like(row, price=str(random.randint(1_000, 9_000))) for row in rows]
        actor = random.choice((cast.asha, cast.ben))
        mode = random.choice(("replace_all", "add_and_update"))
        if random.random() < 0.6:
            listed(actor, *changed, mode=mode, now=now)
        elif random.random() < 0.5:
            set_showing(
                actor=actor,
                hides_name=random.random() < 0.5,
                hides_ask=random.random() < 0.5,
                hides_cash_ask=False,
                now=now,
            )
        elif found := Listing.objects.filter(is_live=True, company_id=actor.company_id or 0).first():
            withdraw_listing(actor=actor, listing_id=found.public_id, version=found.version, now=now)
        if random.random() < 0.7:
            follow(now)
    follow()
    followed = content()
    assert follower.rebuild() == Listing.objects.filter(is_live=True).count()
    assert content() == followed
