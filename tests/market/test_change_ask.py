"""What a trader does to one listing by hand."""

from datetime import timedelta

import pytest

from bourse.kit.models import Fact
from bourse.kit.refusal import NotThere, Refusal
from bourse.market.actions import change_ask, withdraw_listing
from bourse.market.models import AskChange
from bourse.market.queries import AskEntry
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

LATER = NOON + timedelta(hours=1)


def change(
    actor: Actor, ask_cents: int | None = 650_000, availability: str = "On memo", version: int = 1
) -> object:
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
    view = changed.listing
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
    assert (taken.listing.is_live, taken.listing.ended_at, taken.listing.version) == (False, LATER, 2)
    assert taken.listing.history[0] == AskEntry(LATER, 707_000, "Guaranteed available", False)
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
