"""An ask that moves while it is hidden moves nothing in search: no row, no order, no filter, no file."""

from datetime import timedelta
from typing import Any

import pytest

from bourse.doors.web.search.export import as_csv
from bourse.market.actions import change_ask, set_showing
from bourse.market.models import Listing
from bourse.search import follower
from bourse.search.filter import Filter, from_query
from bourse.search.queries import find
from bourse.search.scales import Sort
from bourse.search.table import known
from cast import NOON, Cast
from market.offering import offered
from search.conftest import content, follow

LATER = NOON + timedelta(days=2)


def edit(cast: Cast, found: Listing, **given: Any) -> None:
    found.refresh_from_db()
    said = {"ask_cents": found.ask_cents, "availability": found.availability} | given
    change_ask(actor=cast.asha, listing_id=found.public_id, version=found.version, now=LATER, **said)
    follow(LATER)


def seen(cast: Cast) -> list[object]:
    """All that another company is shown of the market, in every order, by the day's filter, and as a file."""
    days = [find(cast.ben, from_query(f"confirmed={days}")[0], now=LATER).total for days in (1, 3)]
    rows = [find(cast.ben, Filter(sort=sort)).rows for sort in Sort]
    return [days, rows, b"".join(as_csv(cast.ben, Filter(), (), known(()), LATER))]


@pytest.mark.parametrize("by", ["listing", "company"])
def test_what_others_find_is_the_same_to_the_last_byte(cast: Cast, by: str) -> None:
    first = offered(cast.asha, cash_ask_cents=690_000)
    offered(cast.asha, "A-2", "7000000002", ask_cents=700_000)
    if by == "company":
        set_showing(actor=cast.asha, hides_name=False, hides_ask=True, hides_cash_ask=True, now=NOON)
    else:
        Listing.objects.update(hides_ask=True, hides_cash_ask=True)
    follower.rebuild()
    before, told = content(), seen(cast)
    assert told[0] == [0, 2]
    edit(cast, first, ask_cents=650_000, cash_ask_cents=1)
    edit(cast, first, ask_cents=640_000, cash_ask_cents=None)
    assert first.ask_cents == 650_000
    assert (content(), seen(cast)) == (before, told)
    edit(cast, first, availability="On memo")
    assert seen(cast)[0] == [1, 2]
    [row] = [row for row in find(cast.ben, Filter()).rows if row.public_id == first.public_id]
    assert (row.confirmed_at, row.availability) == (LATER, "On memo")
