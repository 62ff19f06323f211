"""A suspended company's stock is nowhere for anybody else, at once, and comes back exactly as it was."""

import hashlib
from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest

from bourse.kit.refusal import NotThere, Refusal
from bourse.market.actions import add_feed, change_ask, set_showing, start_due_feeds, start_upload
from bourse.market.models import Feed, Listing, UploadMode
from bourse.market.queries import differing, differing_stones, listing
from bourse.market.queries.exporting import stock_to_export
from bourse.market.queries.stock_table import stock_lines
from bourse.market.stock_filter import StockFilter
from bourse.members.actions.suspension import reinstate_company, suspend_company
from bourse.members.actor import Actor
from bourse.members.models import Company
from bourse.members.queries import actor_for
from bourse.members.refusals import CompanyIsSuspended
from bourse.search import follower, positions
from bourse.search.filter import Filter, from_query
from bourse.search.queries import counts, find, found_rows
from bourse.search.scales import Growing
from cast import NOON, Cast
from market.offering import offered
from search.conftest import follow

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)
EVERYTHING = from_query("growth=both")[0]


def public(actor: Actor) -> str:
    return Company.objects.get(pk=actor.company_id).public_id


def suspend(cast: Cast, actor: Actor) -> Actor:
    """The actor as he is from now on."""
    suspend_company(actor=cast.omar, company_id=public(actor), because="Unpaid invoices.", now=NOON)
    follow()
    return actor_for(actor.person_id, None)


def reinstate(cast: Cast, actor: Actor) -> None:
    reinstate_company(actor=cast.omar, company_id=public(actor), now=LATER)
    follow()


def market(cast: Cast) -> str:
    """The sum of all that others see of the market: rows, facets, counts, pages of stones."""
    found = find(cast.ben, EVERYTHING)
    rows = [listing(cast.ben, row.public_id) for row in found.rows]
    whole = [
        found.total,
        found.rows,
        found.facets,
        counts(NOON),
        rows,
        list(found_rows(None, EVERYTHING, 99)),
    ]
    return hashlib.sha256(msgspec.json.encode(whole)).hexdigest()


@pytest.fixture
def stocked(cast: Cast) -> Cast:
    """Asha offers two stones, Ben one of them too, in another colour."""
    offered(cast.asha)
    offered(cast.asha, "A-2", "7000000002", shape="Pear", colour="D")
    offered(cast.ben, "B-1", colour="F")
    follower.rebuild()
    return cast


@pytest.mark.parametrize("restarted", [False, True])
def test_reinstating_brings_the_same_listings_back_exactly(stocked: Cast, restarted: bool) -> None:
    before, rows = market(stocked), list(Listing.objects.order_by("pk").values())
    suspend(stocked, stocked.asha)
    if restarted:
        follower.rebuild()
    assert market(stocked) != before
    assert [row.supplier_stock_number for row in find(stocked.ben, EVERYTHING).rows] == ["B-1"]
    reinstate(stocked, stocked.asha)
    assert market(stocked) == before
    assert list(Listing.objects.order_by("pk").values()) == rows


def test_nobody_else_sees_any_of_it(stocked: Cast) -> None:
    mine, other = (
        Listing.objects.get(supplier_stock_number="A-1"),
        Listing.objects.get(company=stocked.ben.company_id),
    )
    assert len(listing(stocked.ben, other.public_id).elsewhere) == 1
    assert differing(stocked.ben, other.public_id) and differing_stones(stocked.omar).stones
    suspend(stocked, stocked.asha)
    for who in (None, stocked.ben, stocked.carl, stocked.omar):
        with pytest.raises(NotThere):
            listing(who, mine.public_id)
    assert listing(stocked.ben, other.public_id).elsewhere == []
    assert differing(stocked.ben, other.public_id) == differing_stones(stocked.omar).stones == []
    told = counts(NOON)
    assert told is not None and (told.natural.stones, told.companies) == (1, 1)
    assert find(None, Filter(growth=Growing.BOTH)).total == 1
    assert positions.like(mine.public_id) is None


def test_its_own_people_keep_their_records_and_see_nobody_elses(stocked: Cast) -> None:
    asha = suspend(stocked, stocked.asha)
    mine, other = (
        Listing.objects.get(supplier_stock_number="A-1"),
        Listing.objects.get(company=stocked.ben.company_id),
    )
    assert (asha.is_suspended, asha.is_member, asha.may_trade) == (True, False, False)
    own = listing(asha, mine.public_id)
    assert (own.is_own, own.is_live, own.may_change, own.elsewhere) == (True, True, False, [])
    assert (stock_lines(asha, StockFilter()).total, len(list(stock_to_export(asha)))) == (2, 2)
    assert differing(asha, mine.public_id) == []
    for listing_id in (other.public_id, "nothing"):
        with pytest.raises(CompanyIsSuspended):
            listing(asha, listing_id)
    for ask in (lambda: find(asha, EVERYTHING), lambda: found_rows(asha, EVERYTHING, 9)):
        with pytest.raises(CompanyIsSuspended):
            ask()


def edit(actor: Actor) -> object:
    mine = Listing.objects.get(supplier_stock_number="A-1")
    given = {"ask_cents": 1, "availability": "On memo", "version": 1}
    return change_ask(actor=actor, listing_id=mine.public_id, **given, now=LATER)


def upload(actor: Actor) -> object:
    return start_upload(
        actor=actor, file_name="x.csv", content=b"x", mode=UploadMode.ADD_AND_UPDATE, now=LATER
    )


def feed(actor: Actor) -> object:
    given = {"name": "x", "kind": "url", "address": "https://x.example/x", "mode": "replace_all"}
    return add_feed(actor=actor, **given, every_minutes=60, now=LATER)


def hide(actor: Actor) -> object:
    return set_showing(actor=actor, hides_name=True, hides_ask=False, hides_cash_ask=False, now=LATER)


@pytest.mark.parametrize("order", [edit, upload, feed, hide])
def test_nothing_of_it_moves(stocked: Cast, order: Callable[[Actor], object]) -> None:
    asha, before = suspend(stocked, stocked.asha), list(Listing.objects.order_by("pk").values())
    with pytest.raises(Refusal) as refused:
        order(asha)
    assert (refused.value.code, refused.value.status) == ("company_suspended", 403)
    assert str(refused.value).startswith("Your company is suspended on this exchange")
    assert list(Listing.objects.order_by("pk").values()) == before


def test_its_feeds_rest_and_go_on(stocked: Cast) -> None:
    feed(stocked.asha)
    suspend(stocked, stocked.asha)
    assert start_due_feeds(now=LATER) == 0
    reinstate(stocked, stocked.asha)
    assert start_due_feeds(now=LATER) == 1
    assert not Feed.objects.get().is_paused
