"""Own stock among the market: every place as a single question finds it, every rank as it is told."""

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from bourse.kit.refusal import NotThere
from bourse.market.actions import keep_alive
from bourse.market.bulk import ByPercent, Selection, ToRank
from bourse.market.models import AskChange, Listing
from bourse.market.refusals import PreviewMoved, RankNotTaken
from bourse.market.stock_filter import Health, StockFilter
from bourse.search import follower
from bourse.search.actions import change_stock, preview
from bourse.search.filter import Filter, from_query
from bourse.search.positions import like
from bourse.search.queries import find
from bourse.search.stock import own_counts, own_rows, position, simulate, steps
from cast import NOON, Cast
from market.offering import offered
from search.conftest import follow

ALL = Selection(filter=StockFilter())


def offer_many(cast: Cast, count: int) -> None:
    """A market of stones alike and unlike, of all goods, availabilities and grades that make a difference."""
    random = Random(5)
    for number in range(count):
        is_fancy, stones = random.random() < 0.2, random.choice((1, 1, 1, 5))
        claims: dict[str, Any] = {
            "growth": random.choice(("Natural", "Natural", "CVD")),
            "shape": random.choice(("Round", "Round", "Pear")),
            "weight_ct": Decimal(random.choice((95, 101, 149, 150))) / 100,
            "colour": "" if is_fancy else random.choice(("G", "H")),
            "colour_to": "" if is_fancy or random.random() < 0.8 else "I",
            "fancy_colour": random.choice(("Yellow", "Pink")) if is_fancy else "",
            "fancy_intensity": random.choice(("", "Fancy Vivid", "Fancy Intense")) if is_fancy else "",
            "clarity": random.choice(("VS1", "VS1", "VS2", "")),
            "ask_cents": random.choice((None, random.randint(300, 900) * 1000)),
            "availability": random.choice(("Guaranteed available", "On memo", "Not available")),
            "stones": stones,
            "goods": "single" if stones == 1 else "parcel",
            "hides_ask": random.random() < 0.1,
        }
        who = random.choice((cast.asha, cast.ben, cast.carl))
        offered(who, f"S-{number}", f"{7_000_000_000 + number}", **claims)


def test_the_place_of_each_row_is_that_which_is_found_for_it_alone(cast: Cast) -> None:
    offer_many(cast, 150)
    follower.rebuild()
    told = {row.public_id: row.place for row in own_rows(cast.asha, StockFilter(), limit=250).rows}
    for public_id, place in list(told.items())[:40]:
        [row] = own_rows(cast.asha, StockFilter(listings=(public_id,))).rows
        assert row.place == place
    assert len(told) == Listing.objects.filter(company_id=cast.asha.company_id).count() > 30
    for public_id, place in told.items():
        alone = like(public_id)
        if alone is None:
            assert place is None
            continue
        assert place is not None
        found = {name: getattr(alone, name) for name in ("rank", "of", "lowest", "median", "mean", "highest")}
        assert {name: getattr(place, name) for name in found} == found
    assert sum(place is not None for place in told.values()) > 10


def four_rounds(cast: Cast) -> Listing:
    """Asha's round at 7,000 a carat among three of Ben's at 6,000, 6,500 and 8,000."""
    own = offered(cast.asha, "A-1", "7000000001", ask_cents=707_000)
    for number, ppc in enumerate((6_000, 6_500, 8_000)):
        offered(cast.ben, f"B-{number}", f"710000000{number}", ask_cents=ppc * 101)
    follower.rebuild()
    return own


def test_a_place_and_what_other_prices_would_make_of_it(cast: Cast) -> None:
    own = four_rounds(cast)
    [row] = own_rows(cast.asha, StockFilter()).rows
    assert row.place is not None
    assert (row.place.rank, row.place.of, row.place.lowest, row.place.highest) == (3, 4, 600_000, 800_000)
    assert (row.place.median, row.place.mean, row.place.percent_of_median) == (675_000, 687_500, 3.7)
    found = simulate(cast.vera, own.public_id, [599_999, 600_000, 600_001, 900_000])
    assert [(one.rank, one.of) for one in found] == [(1, 4), (1, 4), (2, 4), (4, 4)]
    assert [one.ask_cents for one in found] == [605_999, 606_000, 606_001, 909_000]
    moved = steps(cast.asha, own.public_id, [Decimal(-15), Decimal(0), Decimal("14.5")])
    assert [(one.ppc_cents, one.rank) for one in moved] == [(595_000, 1), (700_000, 3), (801_500, 4)]
    alone = position(cast.asha, own.public_id)
    assert alone is not None
    assert (alone.rank, sum(one.count for one in alone.bins)) == (3, 4)


def test_a_place_is_nobody_elses_to_ask(cast: Cast) -> None:
    own = four_rounds(cast)
    with pytest.raises(NotThere):
        position(cast.ben, own.public_id)
    with pytest.raises(NotThere):
        simulate(cast.ben, own.public_id, [1])
    with pytest.raises(NotThere):
        simulate(cast.asha, "nobodys", [1])


@pytest.mark.parametrize(
    ("rank", "ask_cents", "cash_cents"), [(1, 605_999, 303_000), (2, 656_499, 328_250), (3, 807_999, 404_000)]
)
def test_a_stone_goes_to_a_rank_by_one_cent_a_carat(
    cast: Cast, rank: int, ask_cents: int, cash_cents: int
) -> None:
    own = four_rounds(cast)
    Listing.objects.filter(pk=own.pk).update(cash_ask_cents=353_500)
    told = preview(actor=cast.asha, selection=ALL, change=ToRank(rank))
    change_stock(actor=cast.asha, selection=ALL, change=ToRank(rank), fingerprint=told.fingerprint, now=NOON)
    own.refresh_from_db()
    assert (own.ask_cents, own.cash_ask_cents) == (ask_cents, cash_cents)
    follow()
    [row] = own_rows(cast.asha, StockFilter()).rows
    assert row.place is not None
    assert row.place.rank == rank


def test_what_has_no_rank_is_told_why(cast: Cast) -> None:
    four_rounds(cast)
    offered(cast.asha, "A-2", "7000000002", ask_cents=707_000, hides_ask=True)
    offered(cast.asha, "A-3", "7000000003", ask_cents=None)
    offered(cast.asha, "A-4", "7000000004", ask_cents=5_000_000)
    offered(cast.asha, "A-5", "7000000005", clarity="")
    offered(cast.asha, "A-6", "7000000006", shape="Pear")
    follower.rebuild()
    offered(cast.asha, "A-7", "7000000007")
    told = preview(actor=cast.asha, selection=ALL, change=ToRank(1))
    assert (told.selected, told.changing) == (7, 1)
    assert {one.why: one.count for one in told.refused} == {
        **{"hidden": 1, "no_ask": 1, "too_far": 1, "not_ranked": 1, "too_few": 1, "not_in_search": 1}
    }
    for change in (ToRank(0), ToRank(1, most_percent=0)):
        with pytest.raises(RankNotTaken):
            preview(actor=cast.asha, selection=ALL, change=change)


def test_a_rank_is_for_the_market_that_was_seen(cast: Cast) -> None:
    four_rounds(cast)
    told = preview(actor=cast.asha, selection=ALL, change=ToRank(1))
    offered(cast.carl, "C-1", "7200000001", ask_cents=555_000)
    follower.rebuild()
    before = AskChange.objects.count()
    with pytest.raises(PreviewMoved):
        change_stock(actor=cast.asha, selection=ALL, change=ToRank(1), fingerprint=told.fingerprint, now=NOON)
    assert AskChange.objects.count() == before


def test_an_order_for_many_is_found_by_others(cast: Cast) -> None:
    four_rounds(cast)
    change = ByPercent(Decimal(-50), to="cent")
    told, later = preview(actor=cast.ben, selection=ALL, change=change), NOON + timedelta(hours=1)
    change_stock(actor=cast.ben, selection=ALL, change=change, fingerprint=told.fingerprint, now=later)
    follow()
    found = find(cast.carl, from_query("sort=ppc")[0]).rows
    assert [row.ppc_cents for row in found] == [300_000, 325_000, 400_000, 700_000]
    keep_alive(actor=cast.asha, now=later + timedelta(hours=1))
    follow()
    told_at = {row.supplier_stock_number: row.confirmed_at for row in find(cast.carl, Filter()).rows}
    assert (told_at["A-1"], told_at["B-0"]) == (later + timedelta(hours=1), later)


def test_an_ask_far_off_its_peers_is_told_and_counted(cast: Cast) -> None:
    offered(cast.asha, "A-1", "7000000001", ask_cents=909_000)
    offered(cast.asha, "A-2", "7000000002", ask_cents=707_000)
    for number in range(4):
        offered(cast.ben, f"B-{number}", f"710000000{number}", ask_cents=707_000)
    follower.rebuild()
    found = own_rows(cast.asha, StockFilter(health=(Health.OFF_PEERS,)))
    assert [row.supplier_stock_number for row in found.rows] == ["A-1"]
    assert Health.OFF_PEERS in found.rows[0].health
    assert ("off_peers", 1) in own_counts(cast.asha, StockFilter()).facets["health"]
