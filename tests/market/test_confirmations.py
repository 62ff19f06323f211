"""Every stone tells when its supplier last said that it is there, and nothing else moves for it."""

from datetime import timedelta

import pytest

from bourse.market.actions import change_ask, set_showing, withdraw_listing
from bourse.market.models import AskChange, Listing, ListingConfirmation, PastListing, StockConfirmation
from bourse.market.queries import listing
from cast import NOON, Cast
from market.files import A1, A2, A3, like, listed, live

HOUR = timedelta(hours=1)


def confirmed(stock_number: str, by: Cast) -> object:
    """When others are told that the listing was last confirmed."""
    return listing(by.ben, live(stock_number).public_id).confirmed_at


def test_a_new_listing_is_confirmed_when_it_is_listed(cast: Cast) -> None:
    listed(cast.asha, A1)
    assert confirmed("A-1", cast) == NOON
    assert not ListingConfirmation.objects.exists()


def test_a_whole_stock_sent_again_is_confirmed_by_one_row_and_changes_none(cast: Cast) -> None:
    listed(cast.asha, A1, A2, mode="replace_all")
    before = list(Listing.objects.order_by("pk").values())
    listed(cast.asha, A1, A2, mode="replace_all", now=NOON + HOUR)
    assert (confirmed("A-1", cast), confirmed("A-2", cast)) == (NOON + HOUR, NOON + HOUR)
    assert list(Listing.objects.order_by("pk").values()) == before
    assert (AskChange.objects.count(), PastListing.objects.count()) == (2, 0)
    assert (StockConfirmation.objects.get().at, ListingConfirmation.objects.count()) == (NOON + HOUR, 0)


def test_a_file_that_adds_confirms_what_it_names_and_nothing_else(cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    listed(cast.asha, A1, like(A3, price="100"), now=NOON + HOUR)
    assert (confirmed("A-1", cast), confirmed("A-2", cast)) == (NOON + HOUR, NOON)
    assert live("A-1").version == 1
    assert confirmed("A-3", cast) == NOON + HOUR


def test_an_edit_by_hand_confirms_its_listing(cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    change_ask(
        actor=cast.tara,
        listing_id=live("A-1").public_id,
        ask_cents=700_000,
        availability="On memo",
        version=1,
        now=NOON + HOUR,
    )
    assert (confirmed("A-1", cast), confirmed("A-2", cast)) == (NOON + HOUR, NOON)


def test_a_confirm_never_goes_back(cast: Cast) -> None:
    listed(cast.asha, A1, mode="replace_all", now=NOON + HOUR)
    listed(cast.asha, A1, mode="replace_all", now=NOON)
    assert StockConfirmation.objects.get().at == NOON + HOUR


def test_of_a_hidden_name_the_time_is_told_to_the_day(cast: Cast) -> None:
    listed(cast.asha, A1)
    set_showing(actor=cast.asha, hides_name=True, hides_ask=False, hides_cash_ask=False, now=NOON)
    assert confirmed("A-1", cast) == NOON.replace(hour=0)
    assert listing(cast.asha, live("A-1").public_id).confirmed_at == NOON
    assert listing(None, live("A-1").public_id).confirmed_at is None


@pytest.mark.parametrize("mode", ["replace_all", "add_and_update"])
def test_what_ends_says_why(cast: Cast, mode: str) -> None:
    listed(cast.asha, A1, A2)
    withdraw_listing(actor=cast.asha, listing_id=live("A-1").public_id, version=1, now=NOON)
    listed(cast.asha, A3, mode=mode, now=NOON)
    told = dict(Listing.objects.values_list("supplier_stock_number", "ended_because"))
    assert told == {"A-1": "withdrawn", "A-2": "removed" if mode == "replace_all" else "", "A-3": ""}
