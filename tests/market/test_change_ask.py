"""What a trader does to one listing by hand."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bourse.kit.models import Fact
from bourse.kit.refusal import NotThere, Refusal
from bourse.market.actions import Changed, change_ask, withdraw_listing
from bourse.market.models import AskChange, Listing, PastListing
from bourse.market.queries import AskEntry, OthersSee, listing
from bourse.market.refusals import (
    AskNotPositive,
    AvailabilityNotKnown,
    ListingIsEnded,
    ListingMoved,
    ViewersOnlyLook,
)
from bourse.members.actor import Actor
from cast import NOON, Cast
from market.files import A1, listed, live
from market.offering import offered

LATER = NOON + timedelta(hours=1)


def change(
    actor: Actor, ask_cents: int | None = 650_000, availability: str = "On memo", version: int = 1
) -> Changed:
    return change_ask(
        actor=actor,
        listing_id=live("A-1").public_id,
        ask_cents=ask_cents,
        availability=availability,
        version=version,
        now=LATER,
    )


@pytest.fixture
def news(cast: Cast) -> int:
    """A-1 is live; the number of its facts so far."""
    listed(cast.asha, A1)
    return Fact.objects.count()


@pytest.mark.parametrize("who", ["asha", "tara"])
def test_owner_and_trader_change_the_ask(cast: Cast, news: int, who: str) -> None:
    first = live("A-1")
    changed = change_ask(
        actor=getattr(cast, who),
        listing_id=first.public_id,
        ask_cents=650_000,
        availability="On memo",
        version=1,
        now=LATER,
    )
    view = listing(cast.asha, changed.listing_id)
    assert (view.ask_cents, view.availability, view.version, view.changed_at) == (
        650_000,
        "On memo",
        2,
        LATER,
    )
    assert view.history == [
        AskEntry(LATER, 650_000, "On memo", True),
        AskEntry(NOON, 707_000, "Guaranteed available", True),
    ]
    fact = Fact.objects.get(pk=changed.fact_id)
    assert (fact.name, fact.body) == ("market.AskChanged", {"listing_id": first.pk})
    assert AskChange.objects.latest("pk").person_id == getattr(cast, who).person_id


def test_an_ask_taken_away_is_no_ask(cast: Cast, news: int) -> None:
    change(cast.asha, ask_cents=None)
    assert live("A-1").ask_cents is None


@pytest.mark.parametrize(
    ("who", "given", "refusal"),
    [
        ("vera", {}, ViewersOnlyLook),
        ("ben", {}, NotThere),
        ("carl", {}, NotThere),
        ("omar", {}, NotThere),
        ("asha", {"version": 2}, ListingMoved),
        ("asha", {"ask_cents": 0}, AskNotPositive),
        ("asha", {"ask_cents": -1}, AskNotPositive),
        ("asha", {"ask_cents": 10**15}, AskNotPositive),
        ("asha", {"availability": "Perhaps"}, AvailabilityNotKnown),
    ],
)
def test_a_refused_change_leaves_no_trace(
    cast: Cast, news: int, who: str, given: dict[str, object], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        change(getattr(cast, who), **given)  # type: ignore[arg-type]
    first = live("A-1")
    assert (first.ask_cents, first.availability, first.version) == (707_000, "Guaranteed available", 1)
    assert (AskChange.objects.count(), Fact.objects.count()) == (1, news)


@pytest.mark.parametrize("who", ["asha", "tara"])
def test_owner_and_trader_withdraw(cast: Cast, news: int, who: str) -> None:
    first = live("A-1")
    taken = withdraw_listing(actor=getattr(cast, who), listing_id=first.public_id, version=1, now=LATER)
    view = listing(cast.asha, taken.listing_id)
    assert (view.is_live, view.ended_at, view.version) == (False, LATER, 2)
    assert view.history[0] == AskEntry(LATER, 707_000, "Guaranteed available", False)
    assert Fact.objects.get(pk=taken.fact_id).name == "market.ListingTakenDown"
    for again in (1, 2):
        with pytest.raises(ListingIsEnded):
            withdraw_listing(actor=cast.asha, listing_id=first.public_id, version=again, now=LATER)
    assert AskChange.objects.count() == 2


@pytest.mark.parametrize(
    ("who", "version", "refusal"),
    [("vera", 1, ViewersOnlyLook), ("ben", 1, NotThere), ("omar", 1, NotThere), ("tara", 2, ListingMoved)],
)
def test_a_refused_withdrawal_leaves_the_listing_live(
    cast: Cast, news: int, who: str, version: int, refusal: type[Refusal]
) -> None:
    listing_id = live("A-1").public_id
    with pytest.raises(refusal):
        withdraw_listing(actor=getattr(cast, who), listing_id=listing_id, version=version, now=LATER)
    assert (live("A-1").version, AskChange.objects.count(), Fact.objects.count()) == (1, 1, news)


def test_both_asks_and_what_others_are_not_shown(cast: Cast) -> None:
    first = offered(cast.asha, cash_ask_cents=690_000)
    done = change_ask(
        actor=cast.asha,
        listing_id=first.public_id,
        ask_cents=650_000,
        cash_ask_cents=640_000,
        availability="On memo",
        hides_ask=True,
        hides_cash_ask=False,
        version=1,
        now=LATER,
    )
    changed = listing(cast.asha, done.listing_id)
    assert (changed.ask_cents, changed.cash_ask_cents, changed.hides_ask, changed.hides_cash_ask) == (
        650_000,
        640_000,
        True,
        False,
    )
    assert changed.others_see == OthersSee(ask_cents=None, cash_ask_cents=640_000, is_named=True)
    assert changed.history == [
        AskEntry(LATER, 650_000, "On memo", True, cash_ask_cents=640_000),
        AskEntry(NOON, 707_000, "Guaranteed available", True, cash_ask_cents=690_000),
    ]


def test_what_is_not_given_stays(cast: Cast) -> None:
    first = offered(cast.asha, cash_ask_cents=690_000)
    Listing.objects.filter(pk=first.pk).update(hides_cash_ask=True)
    view = listing(cast.asha, change(cast.asha).listing_id)
    assert (view.ask_cents, view.cash_ask_cents, view.hides_ask, view.hides_cash_ask) == (
        650_000,
        690_000,
        False,
        True,
    )


def test_to_hide_an_ask_is_no_change_of_it(cast: Cast) -> None:
    first = offered(cast.asha)
    done = change_ask(
        actor=cast.asha,
        listing_id=first.public_id,
        ask_cents=707_000,
        availability="Guaranteed available",
        hides_ask=True,
        version=1,
        now=LATER,
    )
    view = listing(cast.asha, done.listing_id)
    assert (view.version, view.hides_ask, len(view.history)) == (2, True, 1)
    assert listing(cast.ben, first.public_id).ask_cents is None


def test_a_change_by_hand_keeps_what_the_listing_was(cast: Cast) -> None:
    first = offered(cast.asha, colour="F", cash_ask_cents=690_000)
    change(cast.tara)
    now_live = live("A-1")
    past = PastListing.objects.get()
    assert (past.listing_id, past.stone_id, past.is_live, past.upload_id) == (
        first.pk,
        first.stone_id,
        True,
        None,
    )
    assert (past.colour, past.ask_cents, past.cash_ask_cents, past.availability) == (
        "F",
        707_000,
        690_000,
        "Guaranteed available",
    )
    assert (past.until, past.person_id) == (LATER, cast.tara.person_id)
    assert past.until_revision == now_live.revision > past.revision
    withdraw_listing(actor=cast.tara, listing_id=first.public_id, version=2, now=LATER)
    assert list(PastListing.objects.order_by("pk").values_list("ask_cents", "is_live")) == [
        (707_000, True),
        (650_000, True),
    ]


def test_an_ask_by_hand_forgets_the_rate_by_which_the_files_was_converted(cast: Cast) -> None:
    offered(cast.asha, priced_in="EUR", rate=Decimal("1.0842"), rate_date=NOON.date())
    change(cast.asha, ask_cents=707_000)
    kept = live("A-1")
    assert (kept.priced_in, kept.rate, kept.rate_date) == ("EUR", Decimal("1.0842"), NOON.date())
    change(cast.asha, ask_cents=650_000, version=2)
    changed = live("A-1")
    assert (changed.priced_in, changed.rate, changed.rate_date) == ("", None, None)


@pytest.mark.parametrize("cents", [0, -1, 10**15])
def test_a_cash_ask_is_positive_or_none(cast: Cast, cents: int) -> None:
    first = offered(cast.asha)
    with pytest.raises(AskNotPositive):
        change_ask(
            actor=cast.asha,
            listing_id=first.public_id,
            ask_cents=707_000,
            cash_ask_cents=cents,
            availability="On memo",
            version=1,
            now=LATER,
        )
    assert (live("A-1").version, PastListing.objects.count(), Fact.objects.count()) == (1, 0, 0)
