"""The confirm: what the difference said goes live, whole or not at all."""

from datetime import timedelta

import pytest

from bourse.kit.models import Fact
from bourse.kit.refusal import NotThere, Refusal
from bourse.market.actions import accept_upload, change_ask, withdraw_listing
from bourse.market.models import AskChange, Listing, RefusedRow, StagedRow, Stone
from bourse.market.queries import Change, Counts, UploadView, difference, upload
from bourse.market.refusals import (
    DifferenceMoved,
    QuestionsOpen,
    RemovalNeedsNumber,
    UploadIsClosed,
    ViewersOnlyLook,
)
from bourse.members.actor import Actor
from cast import NOON, Cast
from market.files import A1, A2, A3, like, listed, live, many, sent

LATER = NOON + timedelta(days=1)


def confirm(actor: Actor, view: UploadView, fingerprint: str = "", removing: int | None = None) -> UploadView:
    named = fingerprint or difference(actor, view.public_id).fingerprint
    return accept_upload(
        actor=actor, upload_id=view.public_id, fingerprint=named, removing=removing, now=LATER
    ).upload


def stock() -> list[tuple[object, ...]]:
    """Everything that a refused order must not have moved."""
    listings = Listing.objects.order_by("pk").values_list("pk", "version", "is_live", "ask_cents", "stone_id")
    return [*listings, AskChange.objects.count(), Fact.objects.count(), Stone.objects.count()]


@pytest.mark.parametrize("who", ["asha", "tara"])
def test_owner_and_trader_confirm(cast: Cast, who: str) -> None:
    view = confirm(getattr(cast, who), sent(cast.asha, A1, A2))
    assert (view.state, view.counts, view.confirmed_at) == ("confirmed", Counts(2, 0, 0, 0, 0), LATER)
    first = live("A-1")
    assert (first.company_id, first.ask_cents, first.availability) == (
        cast.asha.company_id,
        707_000,
        "Guaranteed available",
    )
    assert (first.stone.laboratory, first.stone.report_number, first.listed_at) == (
        "GIA",
        "7000000001",
        LATER,
    )
    assert not StagedRow.objects.exists()
    assert Fact.objects.get().name == "market.UploadFinished"


@pytest.mark.parametrize(
    ("who", "refusal"), [("vera", ViewersOnlyLook), ("ben", NotThere), ("carl", NotThere), ("omar", NotThere)]
)
def test_nobody_else_confirms(cast: Cast, who: str, refusal: type[Refusal]) -> None:
    view = sent(cast.asha, A1)
    fingerprint = difference(cast.asha, view.public_id).fingerprint
    with pytest.raises(refusal):
        confirm(getattr(cast, who), view, fingerprint)
    assert stock() == [0, 0, 0]


def test_a_file_with_open_questions_is_not_confirmed(cast: Cast) -> None:
    view = sent(cast.asha, A1, like(A2, stock="a-1"))
    with pytest.raises(QuestionsOpen):
        confirm(cast.asha, view)
    assert stock() == [0, 0, 0]


def test_the_same_confirm_twice_gives_the_same_answer_and_writes_once(cast: Cast) -> None:
    view = sent(cast.asha, A1)
    fingerprint = difference(cast.asha, view.public_id).fingerprint
    answers = [
        accept_upload(
            actor=cast.asha, upload_id=view.public_id, fingerprint=fingerprint, removing=None, now=now
        )
        for now in (NOON, LATER)
    ]
    assert answers[0] == answers[1]
    assert stock()[1:] == [1, 1, 1]
    with pytest.raises(UploadIsClosed):
        confirm(cast.asha, view, "another")


def test_the_same_file_again_writes_no_row_of_stone_listing_or_history(cast: Cast) -> None:
    listed(cast.asha, A1, A2, like(A3, lab="", report="", stock=""))
    before = stock()
    told = listed(cast.asha, A1, A2, like(A3, lab="", report="", stock=""), mode="replace_all", now=LATER)
    assert told.counts == Counts(new=0, changed=0, removed=0, unchanged=3, refused=0)
    after = stock()
    after[-2] = before[-2]  # the news that nothing changed
    assert after == before


def test_a_change_says_old_and_new_and_bumps_the_version(cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    told = listed(cast.asha, like(A1, price="7000", clarity="VS2"), A2, now=LATER)
    assert told.counts == Counts(new=0, changed=1, removed=0, unchanged=1, refused=0)
    assert told.changed[0].changes == [Change("clarity", "VS1", "VS2"), Change("ask_cents", 707_000, 700_000)]
    assert told.changed[0].listing_public_id == live("A-1").public_id
    first = live("A-1")
    assert (first.version, first.clarity, first.ask_cents, first.changed_at) == (2, "VS2", 700_000, LATER)
    assert live("A-2").version == 1
    history = AskChange.objects.filter(listing=first).order_by("pk").values_list("at", "ask_cents", "is_live")
    assert list(history) == [(NOON, 707_000, True), (LATER, 700_000, True)]


def test_a_changed_claim_alone_is_no_entry_in_the_ask_history(cast: Cast) -> None:
    listed(cast.asha, A1)
    listed(cast.asha, like(A1, clarity="VS2"), now=LATER)
    assert AskChange.objects.count() == 1


def test_an_ask_that_goes_away_is_no_ask(cast: Cast) -> None:
    listed(cast.asha, A1)
    told = listed(cast.asha, like(A1, price=""), now=LATER)
    assert told.changed[0].changes == [Change("ask_cents", 707_000, None)]
    assert live("A-1").ask_cents is None


def test_add_and_update_removes_nothing(cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    assert listed(cast.asha, A1).counts == Counts(new=0, changed=0, removed=0, unchanged=1, refused=0)
    assert live("A-2").version == 1


def test_replace_all_takes_down_what_the_file_does_not_have(cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    listed(cast.carl, A3)
    told = listed(cast.asha, A1, mode="replace_all", now=LATER)
    assert told.counts == Counts(new=0, changed=0, removed=1, unchanged=1, refused=0)
    assert [row.supplier_stock_number for row in told.removed] == ["A-2"]
    ended = Listing.objects.get(supplier_stock_number="A-2")
    assert (ended.is_live, ended.ended_at, ended.version) == (False, LATER, 2)
    last = AskChange.objects.filter(listing=ended).latest("pk")
    assert (last.is_live, last.ask_cents, last.upload_id) == (False, 150_000, ended.last_upload_id)
    assert live("A-3").company_id == cast.carl.company_id


@pytest.mark.parametrize(
    ("listings", "kept", "needs"),
    [(20, 18, False), (20, 17, True), (1_200, 1_100, False), (1_200, 1_099, True)],
)
def test_a_removal_over_a_tenth_or_a_hundred_needs_the_number(
    cast: Cast, listings: int, kept: int, needs: bool
) -> None:
    listed(cast.asha, *many(listings))
    view = sent(cast.asha, *many(kept), mode="replace_all")
    told = difference(cast.asha, view.public_id)
    assert (told.removal_needs_number, told.counts.removed, told.live) == (needs, listings - kept, listings)
    if not needs:
        assert confirm(cast.asha, view).counts.removed == listings - kept
        return
    before = stock()
    for wrong in (None, 0, listings - kept - 1):
        with pytest.raises(RemovalNeedsNumber):
            confirm(cast.asha, view, removing=wrong)
        assert stock() == before
    assert confirm(cast.asha, view, removing=listings - kept).counts.removed == listings - kept


def test_a_removal_beside_a_refused_row_needs_the_number(cast: Cast) -> None:
    listed(cast.asha, *many(40))
    kept = many(40)
    view = sent(cast.asha, *kept[:-1], like(kept[-1], shape="Blob"), mode="replace_all")
    told = difference(cast.asha, view.public_id)
    assert (told.removal_needs_number, told.counts.removed) == (True, 1)
    before = stock()
    with pytest.raises(
        RemovalNeedsNumber, match="1 of your 40 listings down; rows of the file that are refused: 1"
    ):
        confirm(cast.asha, view)
    assert stock() == before
    assert confirm(cast.asha, view, removing=1).counts.removed == 1


def test_a_hand_edit_after_the_difference_is_never_overwritten_unseen(cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    view = sent(cast.asha, like(A1, price="7000"), A2)
    told = difference(cast.asha, view.public_id)
    first = live("A-1")
    change_ask(
        actor=cast.tara,
        listing_id=first.public_id,
        ask_cents=650_000,
        availability="On memo",
        version=first.version,
        now=LATER,
    )
    before = stock()
    with pytest.raises(DifferenceMoved):
        confirm(cast.asha, view, told.fingerprint)
    assert stock() == before
    assert difference(cast.asha, view.public_id).changed[0].changes == [
        Change("ask_cents", 650_000, 700_000),
        Change("availability", "On memo", "Guaranteed available"),
    ]


def test_another_listings_edit_moves_no_difference(cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    view = sent(cast.asha, like(A1, price="7000"))
    told = difference(cast.asha, view.public_id)
    second = live("A-2")
    withdraw_listing(actor=cast.asha, listing_id=second.public_id, version=second.version, now=LATER)
    assert confirm(cast.asha, view, told.fingerprint).counts.changed == 1


def test_what_was_withdrawn_by_hand_comes_back_as_a_new_listing(cast: Cast) -> None:
    listed(cast.asha, A1)
    first = live("A-1")
    withdraw_listing(actor=cast.asha, listing_id=first.public_id, version=1, now=LATER)
    assert listed(cast.asha, A1, now=LATER).counts == Counts(
        new=1, changed=0, removed=0, unchanged=0, refused=0
    )
    again = live("A-1")
    assert (again.pk > first.pk, again.stone_id) == (True, first.stone_id)
    assert AskChange.objects.filter(listing=first).count() == 2


def test_one_stone_of_two_companies_keeps_two_claims(cast: Cast) -> None:
    listed(cast.asha, A1)
    listed(cast.carl, like(A1, stock="C-9", colour="H", price="6900"))
    asha, carl = live("A-1"), live("C-9")
    assert asha.stone_id == carl.stone_id
    assert (asha.colour, asha.ask_cents, carl.colour, carl.ask_cents) == ("G", 707_000, "H", 690_000)


def test_a_stone_without_a_report_is_its_companys_own(cast: Cast) -> None:
    for actor in (cast.asha, cast.carl):
        listed(actor, like(A1, lab="", report=""))
    owners = {stone.owner_id for stone in Stone.objects.all()}
    assert owners == {cast.asha.company_id, cast.carl.company_id}


def test_refused_rows_are_counted_and_kept_after_the_confirm(cast: Cast) -> None:
    view = confirm(cast.asha, sent(cast.asha, A1, like(A2, shape="Blob")))
    assert view.counts == Counts(new=1, changed=0, removed=0, unchanged=0, refused=1)
    assert upload(cast.asha, view.public_id).refused == view.refused
    assert RefusedRow.objects.count() == 1


def test_an_empty_difference_may_be_confirmed(cast: Cast) -> None:
    listed(cast.asha, A1)
    assert confirm(cast.asha, sent(cast.asha, A1)).state == "confirmed"
