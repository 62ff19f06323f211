"""Which row is which listing, where its two numbers do not say the same."""

from datetime import timedelta

import pytest

from bourse.market.models import Listing, RefusedRow, Stone
from bourse.market.queries import Counts
from cast import NOON, Cast
from market.files import A1, A2, A3, like, listed, live

LATER = NOON + timedelta(days=1)
NAMELESS = like(A1, stock="", lab="", report="")


def counts(new: int = 0, changed: int = 0, removed: int = 0, unchanged: int = 0, refused: int = 0) -> Counts:
    return Counts(new, changed, removed, unchanged, refused)


def test_capitals_in_a_stock_number_do_not_make_another_stone(cast: Cast) -> None:
    listed(cast.asha, A1)
    told = listed(cast.asha, like(A1, stock="a-1"), now=LATER)
    assert told.counts == counts(changed=1)
    assert [change.field for change in told.changed[0].changes] == ["supplier_stock_number"]


@pytest.mark.parametrize("mode", ["add_and_update", "replace_all"])
def test_a_report_under_another_stock_number_is_a_change_of_number(cast: Cast, mode: str) -> None:
    listed(cast.asha, A1)
    first = live("A-1")
    told = listed(cast.asha, like(A1, stock="B-7"), mode=mode, now=LATER)
    assert told.counts == counts(changed=1)
    assert live("B-7").pk == first.pk


def test_a_file_without_stock_numbers_is_matched_by_report(cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    told = listed(
        cast.asha, like(A1, stock="", price="7000"), like(A2, stock=""), mode="replace_all", now=LATER
    )
    assert told.counts == counts(changed=2)


@pytest.mark.parametrize("mode", ["add_and_update", "replace_all"])
def test_another_report_under_the_same_stock_number_is_a_change_of_stone(cast: Cast, mode: str) -> None:
    listed(cast.asha, A1)
    first = live("A-1")
    told = listed(cast.asha, like(A1, report="7000000009"), mode=mode, now=LATER)
    assert told.counts == counts(changed=1)
    again = live("A-1")
    assert again.pk == first.pk
    assert again.stone.report_number == "7000000009"


def test_a_report_that_comes_and_goes_takes_its_stone_along(cast: Cast) -> None:
    bare = like(A1, lab="", report="")
    listed(cast.asha, bare)
    own = live("A-1").stone
    listed(cast.asha, A1, now=LATER)
    assert live("A-1").stone == Stone.objects.get(report_number="7000000001")
    listed(cast.asha, bare, now=LATER)
    assert live("A-1").stone.owner_id == cast.asha.company_id
    assert live("A-1").stone != own
    assert listed(cast.asha, like(A1, stock="B-7"), now=LATER).counts == counts(new=1)


def test_a_row_that_names_two_listings_is_refused_when_both_stay(cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    told = listed(cast.asha, like(A1, report="7000000002"), now=LATER)
    assert told.counts == counts(refused=1)
    where = "GIA 7000000002 is live as your stock number A-2"
    why = f"{where}, and the row's stock number is another of your listings."
    assert [row.why for row in told.refused] == [why]
    assert RefusedRow.objects.get().why == why
    assert [live(number).version for number in ("A-1", "A-2")] == [1, 1]


def test_in_replace_all_the_stock_number_wins(cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    first, second = live("A-1"), live("A-2")
    told = listed(cast.asha, like(A2, stock="A-1"), mode="replace_all", now=LATER)
    assert told.counts == counts(changed=1, removed=1)
    assert live("A-1").pk == first.pk
    assert live("A-1").stone_id == second.stone_id
    assert Listing.objects.filter(is_live=True).count() == 1


def test_in_replace_all_reports_may_go_round(cast: Cast) -> None:
    listed(cast.asha, A1, A2, A3)
    numbers = ("A-1", "A-2", "A-3")
    before = [(live(number).pk, live(number).stone_id) for number in numbers]
    told = listed(
        cast.asha,
        like(A1, stock="A-2"),
        like(A2, stock="A-3"),
        like(A3, stock="A-1"),
        mode="replace_all",
        now=LATER,
    )
    assert told.counts == counts(changed=3)
    assert [live(number).pk for number in numbers] == [listing for listing, _ in before]
    stones = [stone for _, stone in before]
    assert [live(number).stone_id for number in numbers] == [stones[2], stones[0], stones[1]]
    assert Listing.objects.filter(is_live=True, ended_at=None).count() == 3


@pytest.mark.parametrize("mode", ["add_and_update", "replace_all"])
def test_a_listing_claimed_by_its_stock_number_is_free_for_no_report(cast: Cast, mode: str) -> None:
    listed(cast.asha, A1)
    first = live("A-1")
    told = listed(cast.asha, like(A1, stock="B-7"), like(A1, report="7000000009"), mode=mode, now=LATER)
    assert told.counts == counts(new=1, changed=1)
    assert live("A-1").pk == first.pk
    assert live("A-1").stone.report_number == "7000000009"
    assert live("B-7").stone_id == first.stone_id


def test_one_report_twice_in_a_file_is_taken_once(cast: Cast) -> None:
    told = listed(cast.asha, A1, A1)
    assert told.counts.new == 1


def test_rows_without_any_number_are_matched_by_what_they_say(cast: Cast) -> None:
    listed(cast.asha, NAMELESS, NAMELESS, like(NAMELESS, clarity="SI1"))
    same = listed(cast.asha, NAMELESS, NAMELESS, like(NAMELESS, clarity="SI1"), mode="replace_all", now=LATER)
    assert same.counts == counts(unchanged=3)
    dearer = listed(cast.asha, NAMELESS, like(NAMELESS, price="8000"), mode="replace_all", now=LATER)
    assert dearer.counts == counts(changed=1, removed=1, unchanged=1)


def test_a_number_of_a_laboratory_without_name_is_no_identity(cast: Cast) -> None:
    listed(cast.asha, like(A1, lab="Other"))
    listed(cast.carl, like(A1, lab="Other"))
    assert Stone.objects.count() == 2
