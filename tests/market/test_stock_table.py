"""The table of own stock: every row once in every order, every facet as counted, nothing of others."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bourse.kit.refusal import NotThere
from bourse.market.actions import change_ask, set_showing, withdraw_listing
from bourse.market.queries.stock_table import stock_counts, stock_lines
from bourse.market.stock_filter import AskState, Health, StockFilter, StockOrder
from bourse.members.actor import Actor
from cast import NOON, Cast
from market.files import A1, A2, A3, like, listed, live
from market.offering import offered

ALL = StockFilter()


def numbers(actor: Actor, filter: StockFilter = ALL, order: StockOrder = StockOrder.LATEST) -> list[str]:
    """The stock numbers that are found, fetched one by one."""
    found, after = [], None
    while True:
        page = stock_lines(actor, filter, order, after=after, limit=1)
        found += [line.supplier_stock_number for line in page.rows]
        if (after := page.after) is None:
            assert page.total == len(found)
            return found


@pytest.mark.parametrize("order", StockOrder)
def test_every_order_has_each_listing_once(cast: Cast, order: StockOrder) -> None:
    listed(cast.asha, A1, A2, A3, like(A1, stock="A-4", report="7000000004", price=""))
    assert sorted(numbers(cast.asha, order=order)) == ["A-1", "A-2", "A-3", "A-4"]


def test_orders_are_those_of_the_trade(cast: Cast) -> None:
    listed(cast.asha, A1, A2, A3, like(A1, stock="A-4", report="7000000004", price=""))
    assert numbers(cast.asha) == ["A-4", "A-3", "A-2", "A-1"]
    assert numbers(cast.asha, order=StockOrder.COLOUR) == ["A-2", "A-3", "A-4", "A-1"]
    assert numbers(cast.asha, order=StockOrder.CLARITY) == ["A-3", "A-4", "A-1", "A-2"]
    assert numbers(cast.asha, order=StockOrder.ASK) == ["A-2", "A-1", "A-3", "A-4"]
    assert numbers(cast.asha, order=StockOrder.PER_CARAT_FALLING) == ["A-3", "A-1", "A-2", "A-4"]
    assert numbers(cast.asha, order=StockOrder.WEIGHT_FALLING) == ["A-3", "A-4", "A-1", "A-2"]


@pytest.mark.parametrize(
    ("filter", "found"),
    [
        (StockFilter(shapes=("Round", "Pear")), ["A-2", "A-1"]),
        (StockFilter(colours=("F",)), ["A-3"]),
        (StockFilter(clarities=("SI1",), laboratories=("GIA",)), ["A-2"]),
        (StockFilter(availabilities=("On memo",)), ["A-2"]),
        (StockFilter(low_ct=Decimal("1"), high_ct=Decimal("2")), ["A-1"]),
        (StockFilter(text="a-3"), ["A-3"]),
        (StockFilter(text="000 0000 02"), ["A-2"]),
        (StockFilter(text="%"), []),
        (StockFilter(asks=(AskState.NONE,)), []),
        (StockFilter(health=(Health.NO_PICTURE,)), ["A-3", "A-2", "A-1"]),
        (StockFilter(state="ended"), []),
    ],
)
def test_each_facet_finds_its_own(cast: Cast, filter: StockFilter, found: list[str]) -> None:
    listed(cast.asha, A1, A2, A3)
    assert numbers(cast.asha, filter) == found


def test_others_find_nothing_of_it(cast: Cast) -> None:
    listed(cast.asha, A1)
    assert numbers(cast.ben) == numbers(cast.omar) == []
    assert stock_counts(cast.ben, StockFilter()).total == 0
    with pytest.raises(NotThere):
        stock_lines(cast.ben, StockFilter(), after=live("A-1").public_id)


def test_a_facet_is_counted_without_its_own_choice(cast: Cast) -> None:
    listed(cast.asha, A1, A2, A3)
    told = stock_counts(cast.asha, StockFilter(shapes=("Round",)))
    assert (told.total, told.weight_ct, told.ask_cents) == (1, Decimal("1.010"), 707_000)
    assert sorted(told.facets["shapes"]) == [("Oval", 1), ("Pear", 1), ("Round", 1)]
    assert told.facets["colours"] == [("G", 1)]
    assert told.facets["asks"] == [("asked", 1)]
    assert told.facets["health"] == [("no_certificate", 1), ("no_picture", 1)]


def test_the_same_report_elsewhere_is_told_with_who_shows_his_name(cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    offered(cast.ben, "B-1", "7000000001")
    offered(cast.carl, "C-1", "7000000001")
    set_showing(actor=cast.carl, hides_name=True, hides_ask=False, hides_cash_ask=False, now=NOON)
    second, first = stock_lines(cast.asha, StockFilter()).rows
    assert (Health.ELSEWHERE in first.health, first.elsewhere) == (True, ("Ben & Bea", ""))
    assert (Health.ELSEWHERE in second.health, second.elsewhere) == (False, ())


def test_a_number_that_is_no_report_of_its_laboratory_is_told(cast: Cast) -> None:
    offered(cast.asha, "A-1", "70000000012345")
    offered(cast.asha, "A-2", "7000000001")
    assert numbers(cast.asha, StockFilter(health=(Health.REPORT_NUMBER,))) == ["A-1"]


def test_what_was_changed_or_not_confirmed_since_is_found(cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    later = NOON + timedelta(hours=5)
    change_ask(
        actor=cast.asha,
        listing_id=live("A-2").public_id,
        ask_cents=100,
        availability="On memo",
        version=1,
        now=later,
    )
    assert numbers(cast.asha, StockFilter(changed_after=NOON)) == ["A-2"]
    assert numbers(cast.asha, StockFilter(confirmed_before=later)) == ["A-1"]


def test_an_ended_listing_says_why(cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    withdraw_listing(actor=cast.asha, listing_id=live("A-1").public_id, version=1, now=NOON)
    [line] = stock_lines(cast.asha, StockFilter(state="ended")).rows
    assert (line.supplier_stock_number, line.ended_because, line.expires_at) == ("A-1", "withdrawn", None)
    [left] = stock_lines(cast.asha, StockFilter()).rows
    assert left.expires_at == NOON + timedelta(days=14)
