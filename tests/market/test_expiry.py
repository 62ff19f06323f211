"""What nobody confirms ends, after a reminder in time; what ended comes back."""

from datetime import datetime, timedelta

import pytest

from bourse.kit import clock, marks
from bourse.kit.models import Fact
from bourse.market.actions import change_planned, end_unconfirmed, keep_alive
from bourse.market.audit import offences
from bourse.market.bulk import ListAgain, Selection
from bourse.market.models import AskChange, Listing, ListingConfirmation, PastListing, StockConfirmation
from bourse.market.queries.previews import preview
from bourse.market.stock_filter import StockFilter
from bourse.members.models import Exchange
from cast import Cast
from market.files import A1, A2, listed, live

DAY = timedelta(days=1)


def facts(name: str) -> list[dict[str, object]]:
    return list(Fact.objects.filter(name=f"market.{name}").order_by("pk").values_list("body", flat=True))


def reminded(cast: Cast, at: datetime) -> None:
    """The company was reminded then, and was given no time beyond it."""
    StockConfirmation.objects.update_or_create(
        company_id=cast.asha.company_id,
        defaults={"reminded_at": at, "reminded_days": 14, "spared_until": None},
    )


def test_a_company_is_reminded_before_anything_ends_however_late_it_is(cast: Cast) -> None:
    now = clock.now()
    listed(cast.asha, A1, now=now - 20 * DAY)
    listed(cast.asha, A2, now=now - 1 * DAY)
    assert end_unconfirmed(now=now) == end_unconfirmed(now=now) == 0
    [told] = facts("ListingsExpiring")
    assert told["count"] == 1
    assert datetime.fromisoformat(str(told["first_at"])) >= now + 3 * DAY
    assert Listing.objects.filter(is_live=True).count() == 2


def test_what_is_due_ends_by_the_house_and_the_rest_stays(cast: Cast) -> None:
    now = clock.now()
    listed(cast.asha, A1, now=now - 15 * DAY)
    listed(cast.asha, A2, now=now - 13 * DAY)
    reminded(cast, now - 2 * DAY)
    assert end_unconfirmed(now=now) == 1
    ended = Listing.objects.get(is_live=False)
    assert (ended.supplier_stock_number, ended.ended_because, ended.ended_at) == ("A-1", "expired", now)
    assert AskChange.objects.filter(listing=ended).latest("pk").person_id is None
    assert PastListing.objects.get().person_id is None
    assert [fact["count"] for fact in facts("ListingsExpired")] == [1]
    assert facts("ListingsExpiring") == []
    assert offences(clock.now()) == []


def test_a_confirm_in_time_keeps_it(cast: Cast) -> None:
    now = clock.now()
    listed(cast.asha, A1, A2, now=now - 15 * DAY)
    reminded(cast, now - 2 * DAY)
    keep_alive(actor=cast.tara, now=now - 13 * DAY)
    assert end_unconfirmed(now=now) == 0
    assert Listing.objects.filter(is_live=True).count() == 2


def test_a_reminder_comes_once_a_day_of_what_is_new(cast: Cast) -> None:
    now = clock.now()
    listed(cast.asha, A1, now=now - 11 * DAY - timedelta(hours=1))
    reminded(cast, now - 5 * DAY)
    assert end_unconfirmed(now=now) == end_unconfirmed(now=now) == 0
    assert [fact["count"] for fact in facts("ListingsExpiring")] == [1]
    assert StockConfirmation.objects.get().spared_until is None


def test_fewer_days_give_time_too(cast: Cast) -> None:
    now = clock.now()
    listed(cast.asha, A1, now=now - 6 * DAY)
    reminded(cast, now - 1 * DAY)
    Exchange.objects.create(pk=1, listing_days=5, changed_at=now)
    assert end_unconfirmed(now=now) == 0
    assert len(facts("ListingsExpiring")) == 1
    StockConfirmation.objects.update(spared_until=now - DAY)
    assert end_unconfirmed(now=now) == 1


def test_what_ended_is_listed_again_as_itself(cast: Cast) -> None:
    now = clock.now()
    listed(cast.asha, A1, now=now - 15 * DAY)
    first = live("A-1").pk
    reminded(cast, now - 2 * DAY)
    end_unconfirmed(now=now)
    selection = Selection(filter=StockFilter(state="ended"))
    told = preview(cast.asha, selection, ListAgain())
    change_planned(
        actor=cast.asha, selection=selection, change=ListAgain(), fingerprint=told.fingerprint, now=now
    )
    assert live("A-1").pk == first
    assert ListingConfirmation.objects.get().at == now
    assert end_unconfirmed(now=now) == 0


def test_a_later_file_brings_it_back(cast: Cast) -> None:
    now = clock.now()
    listed(cast.asha, A1, now=now - 15 * DAY)
    reminded(cast, now - 2 * DAY)
    end_unconfirmed(now=now)
    assert listed(cast.asha, A1, now=now).counts.new == 1
    assert end_unconfirmed(now=now) == 0


@pytest.mark.parametrize("word", [marks.Sample.WHOLE, marks.Sample.LOADING])
def test_a_sample_loses_nothing_since_nobody_sends_its_files(cast: Cast, word: marks.Sample) -> None:
    now = clock.now()
    listed(cast.asha, A1, now=now - 130 * DAY)
    reminded(cast, now - 100 * DAY)
    marks.mark_sample(word, now=now)
    assert end_unconfirmed(now=now) == 0
    assert Listing.objects.filter(is_live=True).count() == 1
    assert facts("ListingsExpiring") == []
