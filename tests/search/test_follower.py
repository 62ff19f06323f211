"""Search is level with the market once the follower has heard its facts, and never in between."""

import threading
import time
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from bourse.kit import outbox
from bourse.kit.models import Fact
from bourse.market.actions import change_ask, withdraw_listing
from bourse.market.queries import CatalogueRow, all_catalogue_rows
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
        *("id", "company_id", "is_live", "ask_is_hidden", "particulars")
    }
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
