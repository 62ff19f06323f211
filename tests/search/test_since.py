"""What changed since a time: by whose hands, who went below whom, and nothing of what others hide."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bourse.kit import clock
from bourse.market.actions import change_ask, set_showing, withdraw_listing
from bourse.market.models import Listing
from bourse.members.actor import Actor
from bourse.search import follower
from bourse.search.since import Double, Hand, Since, Undercut, Undercuts, since
from cast import NOON, Cast
from market.files import A1, like, listed
from market.offering import offered
from search.conftest import follow

THEN = NOON + timedelta(hours=30)
LATER = NOON + timedelta(days=2)


def told(actor: Actor, at: datetime = THEN, first: int = 5) -> Since:
    return since(actor, at, first, now=LATER + timedelta(hours=1))


def edit(actor: Actor, found: Listing, now: datetime = LATER, **given: Any) -> None:
    found.refresh_from_db()
    said = {"ask_cents": found.ask_cents, "availability": found.availability} | given
    change_ask(actor=actor, listing_id=found.public_id, version=found.version, now=now, **said)


def four_rounds(cast: Cast) -> tuple[Listing, list[Listing]]:
    """Asha's round at 7,000 a carat among three of Ben's at 6,000, 7,200 and 8,000."""
    own = offered(cast.asha, "A-1", "7000000001", ask_cents=707_000)
    others = [
        offered(cast.ben, f"B-{ppc}", f"71000000{number:02}", ask_cents=ppc * 101)
        for number, ppc in enumerate((6_000, 7_200, 8_000))
    ]
    follower.rebuild()
    return own, others


def test_what_own_hands_moved_is_told_with_whose_they_were(cast: Cast) -> None:
    own = [offered(cast.asha, f"A-{n}", f"700000000{n}") for n in range(1, 6)]
    edit(cast.asha, own[0], ask_cents=808_000)
    edit(cast.tara, own[1], ask_cents=606_000)
    edit(cast.tara, own[2], ask_cents=505_000, now=LATER + timedelta(minutes=1))
    withdraw_listing(actor=cast.tara, listing_id=own[3].public_id, version=1, now=LATER)
    edit(cast.asha, own[4], availability="On memo")
    offered(cast.ben, "B-1", "7100000001")
    listed(cast.asha, *(like(A1, stock=f"N-{n}", report=f"700000001{n}") for n in (1, 2)), now=LATER)
    found = told(cast.vera, first=1)
    assert (found.repriced.count, found.repriced.by) == (
        3,
        [Hand("hand", "Tara", 2), Hand("hand", "Asha", 1)],
    )
    [latest] = found.repriced.first
    assert (latest.stone.supplier_stock_number, latest.name) == ("A-3", "Tara")
    assert (latest.before_cents, latest.ask_cents) == (707_000, 505_000)
    assert (found.ended.count, found.ended.by) == (1, [Hand("hand", "Tara", 1)])
    assert (found.ended.first[0].ended_because, found.ended.first[0].before_cents) == ("withdrawn", 707_000)
    assert (found.listed.count, found.listed.by) == (2, [Hand("file", "stock.csv", 2)])
    assert found.listed.first[0].stone.supplier_stock_number == "N-2"
    assert found.listed.first[0].before_cents is None


def test_an_ask_that_came_back_did_not_move(cast: Cast) -> None:
    own = offered(cast.asha)
    edit(cast.asha, own, ask_cents=1)
    edit(cast.asha, own, ask_cents=707_000)
    assert told(cast.asha) == Since(THEN)


def test_who_went_below_is_told_with_the_ranks_that_it_cost(cast: Cast) -> None:
    own, [low, middle, high] = four_rounds(cast)
    edit(cast.ben, low, ask_cents=5_900 * 101)
    edit(cast.ben, middle, ask_cents=6_900 * 101)
    edit(cast.ben, high, ask_cents=7_500 * 101)
    offered(cast.carl, "C-1", "7200000001", ask_cents=6_800 * 101, availability="On memo")
    new = offered(cast.asha, "A-2", "7000000002", ask_cents=800_000)
    Listing.objects.filter(pk=new.pk).update(listed_at=LATER)
    follower.rebuild()
    found = told(cast.asha).undercut
    assert (found.count, found.is_whole) == (1, True)
    [one] = found.first
    assert isinstance(one, Undercut)
    assert (one.stone.public_id, one.ppc_cents) == (own.public_id, 700_000)
    assert (one.rank, one.rank_then, one.of) == (4, 3, 6)
    assert (one.rival_id, one.rival_company, one.rival_ppc_cents) == (middle.public_id, "Ben & Bea", 690_000)
    assert told(cast.asha, at=LATER).undercut == Undercuts()


def test_whoever_is_new_below_an_ask_is_told(cast: Cast) -> None:
    own, _ = four_rounds(cast)
    new = offered(cast.carl, "C-1", "7200000001", ask_cents=101 * 5_000)
    new.ask_changes.model.objects.create(
        listing=new, at=LATER, ask_cents=101 * 5_000, availability=new.availability
    )
    follower.rebuild()
    assert told(cast.asha).undercut == Undercuts()  # it stood there before
    later = offered(cast.carl, "C-2", "7200000002", ask_cents=None)
    edit(cast.carl, later, ask_cents=101 * 5_500)
    follow()
    [one] = told(cast.asha).undercut.first
    assert (one.stone.public_id, one.rank, one.rank_then) == (own.public_id, 4, 3)
    assert (one.rival_id, one.rival_ppc_cents) == (later.public_id, 550_000)


@pytest.mark.parametrize("by", ["listing", "company"])
def test_a_hidden_ask_that_moves_is_nobodys_news(cast: Cast, by: str) -> None:
    _, [_, middle, _] = four_rounds(cast)
    if by == "company":
        set_showing(actor=cast.ben, hides_name=False, hides_ask=True, hides_cash_ask=True, now=NOON)
    else:
        edit(cast.ben, middle, hides_ask=True, hides_cash_ask=True, now=NOON)
    edit(cast.ben, middle, ask_cents=101 * 100)
    follower.rebuild()
    assert told(cast.asha) == Since(THEN)
    # What was hidden then was no ask then, whatever it was: shown again it is news, and only what it is now.
    if by == "company":
        set_showing(actor=cast.ben, hides_name=False, hides_ask=False, hides_cash_ask=False, now=LATER)
    else:
        edit(cast.ben, middle, hides_ask=False, hides_cash_ask=False)
    follower.rebuild()
    [one] = told(cast.asha).undercut.first
    assert (one.rival_id, one.rival_ppc_cents) == (middle.public_id, 10_000)


def test_whoever_hides_his_name_is_told_without_it_and_to_the_day(cast: Cast) -> None:
    own, [_, middle, _] = four_rounds(cast)
    set_showing(actor=cast.ben, hides_name=True, hides_ask=False, hides_cash_ask=False, now=NOON)
    edit(cast.ben, middle, ask_cents=101 * 6_900)
    follower.rebuild()
    [one] = told(cast.asha).undercut.first
    assert (one.stone.public_id, one.rival_company) == (own.public_id, "")
    assert told(cast.asha, at=LATER - timedelta(minutes=5)).undercut == Undercuts()  # of that day


def test_a_stone_that_others_offer_too_is_told(cast: Cast) -> None:
    own = offered(cast.asha, "A-1", "7000000001")
    offered(cast.ben, "B-1", "7000000001")
    other = offered(cast.carl, "C-1", "7000000001", ask_cents=None)
    Listing.objects.filter(pk=other.pk).update(listed_at=LATER)
    follower.rebuild()
    found = told(cast.asha).elsewhere
    assert found.count == 1
    [one] = found.first
    assert isinstance(one, Double)
    assert (one.stone.public_id, one.rival_id) == (own.public_id, other.public_id)
    assert (one.rival_company, one.listed_at) == ("Carl Trading", LATER)
    assert told(cast.ben).elsewhere.count == 1
    assert told(cast.carl).elsewhere.count == 0  # Asha's and Ben's stood there before


def test_what_ends_soon_is_told_the_soonest_first(cast: Cast) -> None:
    for number, days in enumerate((1, 12, 13)):
        own = offered(cast.asha, f"A-{number}", f"700000000{number}")
        Listing.objects.filter(pk=own.pk).update(listed_at=clock.now() - timedelta(days=days))
    found = told(cast.asha, first=1).expiring
    assert found.count == 2
    [one] = found.first
    assert (one.stone.supplier_stock_number, one.stone.weight_ct) == ("A-2", Decimal("1.01"))
    assert timedelta(hours=23) < one.expires_at - clock.now() < timedelta(hours=25)


def test_it_looks_back_a_month_at_most_and_is_nothing_without_a_company(cast: Cast) -> None:
    four_rounds(cast)
    now = LATER + timedelta(hours=1)
    assert told(cast.asha, at=NOON - timedelta(days=400)).at == now - timedelta(days=31)
    assert told(cast.omar) == Since(THEN)
