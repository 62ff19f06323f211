"""How deep a company may look into a result, and how many rows of others it may take to a file in a day."""

import multiprocessing
from datetime import timedelta
from typing import Any

import pytest

from bourse.members.actions import LimitNotTaken, set_exchange
from bourse.members.queries import Limits
from bourse.search import follower, limits, queries
from bourse.search.filter import NOTHING
from bourse.search.limits import ExportSpent, Left, ResultTooDeep, count_export, export_left
from cast import NOON, Cast
from market.files import listed, many

pytestmark = pytest.mark.django_db


def limited(cast: Cast, **said: int) -> None:
    house: dict[str, Any] = {"name": "House", "colours": {}, "public_fields": [], "now": NOON}
    set_exchange(actor=cast.omar, limits=Limits(**said), **house)


@pytest.fixture
def market(cast: Cast) -> Cast:
    listed(cast.asha, *many(30))
    follower.rebuild()
    return cast


def rows(cast: Cast, who: str = "ben", most: int = 30) -> list[Any]:
    return list(queries.found_rows(getattr(cast, who), NOTHING, most, NOON))


def test_how_deep_a_company_may_page(market: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LEAST_DEPTH", 1)
    monkeypatch.setattr(limits, "limits", lambda: Limits(search_depth_rows=20))
    for page in (1, 2):
        assert len(queries.find(market.ben, NOTHING.on_page(page), 10, NOON).rows) == 10
    with pytest.raises(ResultTooDeep, match="shows its first 20 stones"):
        queries.find(market.ben, NOTHING.on_page(3), 10, NOON)
    assert (
        queries.find(market.ben, NOTHING.on_page(4), 10, NOON).rows == []
    )  # behind the end there is nothing
    assert len(queries.find(market.omar, NOTHING.on_page(3), 10, NOON).rows) == 10


def test_a_company_takes_so_many_rows_a_day_whoever_of_it_asks(market: Cast) -> None:
    limited(market, export_rows_a_day=50)
    assert export_left(market.ben, NOON) == Left(50, 50)
    count_export(market.ben, rows(market), NOON)
    assert export_left(market.bea, NOON) == Left(50, 20)
    with pytest.raises(ExportSpent, match=r"30 stones of others.*50 a day, and 20 are left") as told:
        count_export(market.bea, rows(market, "bea"), NOON)
    assert told.value.retry_after_s == 12 * 3600
    count_export(market.bea, rows(market, "bea", 20), NOON)  # refused ones cost nothing
    assert export_left(market.ben, NOON) == Left(50, 0)
    assert export_left(market.carl, NOON) == Left(50, 50)
    midnight = NOON + timedelta(hours=12)
    assert export_left(market.ben, midnight - timedelta(seconds=1)) in (Left(50, 0), Left(50, 1))
    assert export_left(market.ben, midnight) == Left(50, 50)


def test_own_stock_is_free_and_the_operator_has_no_limit(market: Cast) -> None:
    limited(market, export_rows_a_day=0)
    count_export(market.asha, rows(market, "asha"), NOON)
    count_export(market.omar, rows(market, "omar"), NOON)
    assert export_left(market.omar, NOON) is None
    with pytest.raises(ExportSpent, match="0 a day"):
        count_export(market.ben, rows(market), NOON)


def test_two_processes_count_together(market: Cast) -> None:
    limited(market, export_rows_a_day=1_000)
    tally = multiprocessing.get_context("fork").Queue()

    def takes() -> None:
        tally.put(sum(limits._take(market.ben, 1_000, 1, NOON).ok for _ in range(800)))

    at_work = [multiprocessing.get_context("fork").Process(target=takes) for _ in range(2)]
    for one in at_work:
        one.start()
    taken = sum(tally.get(timeout=30) for _ in at_work)
    for one in at_work:
        one.join(30)
    assert taken == 1_000
    assert export_left(market.bea, NOON) == Left(1_000, 0)


def test_a_scraper_gets_no_more_than_a_little_over_a_day(market: Cast) -> None:
    got = 0
    for minute in range(12 * 60):
        now = NOON + timedelta(minutes=minute)
        got += sum(limits._take(market.ben, 100, 5, now).ok for _ in range(2)) * 5
    assert got <= 105


@pytest.mark.parametrize(
    "said", [{"listing_days": 0}, {"search_depth_rows": 999}, {"export_rows_a_day": 1_000_001}]
)
def test_a_limit_out_of_its_bounds_is_refused(cast: Cast, said: dict[str, int]) -> None:
    with pytest.raises(LimitNotTaken, match="whole number from"):
        limited(cast, **said)
