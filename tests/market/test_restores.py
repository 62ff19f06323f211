"""The stock as it was before an upload, brought back: all but what people or files have settled since."""

from datetime import timedelta

import pytest

from bourse.kit.refusal import NotThere, Refusal
from bourse.market.actions import accept_upload, change_ask, start_restore, withdraw_listing
from bourse.market.models import AskChange, Listing, PastListing, StagedRow, Stone, Upload
from bourse.market.queries import (
    Change,
    Counts,
    Difference,
    UploadView,
    difference,
    upload,
    upload_changes,
    uploads,
)
from bourse.market.refusals import DifferenceMoved, RemovalNeedsNumber, RestoreNotPossible, ViewersOnlyLook
from bourse.members.actor import Actor
from cast import NOON, Cast
from market.files import A1, A2, A3, Row, like, listed, live, many, read, sent
from market.stock import as_it_stands

LATER = NOON + timedelta(days=1)


def latest(actor: Actor) -> str:
    """The upload that went live last."""
    return next(line.public_id for line in uploads(actor) if line.state == "confirmed")


def put(actor: Actor, *rows: Row, mode: str = "replace_all") -> str:
    """The rows made live; their upload."""
    listed(actor, *rows, mode=mode)
    return latest(actor)


def taken_back(actor: Actor, upload_id: str) -> UploadView:
    """A restore, read and waiting for its confirm."""
    return read(actor, start_restore(actor=actor, upload_id=upload_id, now=LATER))


def restored(actor: Actor, upload_id: str) -> Difference:
    """The stock before this upload brought back; what that changed."""
    view = taken_back(actor, upload_id)
    told = difference(actor, view.public_id)
    accept_upload(
        actor=actor,
        upload_id=view.public_id,
        fingerprint=told.fingerprint,
        removing=told.counts.removed,
        now=LATER,
    )
    return told


def edited(actor: Actor, number: str, cents: int = 99_900, availability: str = "On memo") -> None:
    found = live(number)
    change_ask(
        actor=actor,
        listing_id=found.public_id,
        ask_cents=cents,
        availability=availability,
        version=found.version,
        now=LATER,
    )


def withdrawn(actor: Actor, number: str) -> None:
    found = live(number)
    withdraw_listing(actor=actor, listing_id=found.public_id, version=found.version, now=LATER)


def test_the_stock_before_an_upload_comes_back_exactly(cast: Cast) -> None:
    put(cast.asha, A1, A2)
    before = as_it_stands(cast.asha)
    wrong = put(cast.asha, like(A1, price="1", clarity="I1"), A3)
    told = restored(cast.asha, wrong)
    assert told.counts == Counts(new=1, changed=1, removed=1, unchanged=0, refused=0)
    assert as_it_stands(cast.asha) == before
    assert [(row.supplier_stock_number, row.listing_public_id) for row in told.new] == [
        ("A-2", live("A-2").public_id)
    ]
    assert told.changed[0].changes == [Change("clarity", "I1", "VS1"), Change("ask_cents", 100, 707_000)]
    assert [row.supplier_stock_number for row in told.removed] == ["A-3"]


def test_nothing_is_live_before_the_confirm(cast: Cast) -> None:
    put(cast.asha, A1, A2)
    wrong = put(cast.asha, A3)
    before = as_it_stands(cast.asha)
    view = taken_back(cast.asha, wrong)
    assert (view.state, view.kind, view.restores, view.mode) == ("ready", "restore", wrong, "replace_all")
    assert view.totals == {"rows": 2, "taken": 2, "refused": 0}
    assert as_it_stands(cast.asha) == before
    with pytest.raises(DifferenceMoved):
        accept_upload(actor=cast.asha, upload_id=view.public_id, fingerprint="other", removing=1, now=LATER)
    assert as_it_stands(cast.asha) == before


def test_a_listing_that_ended_comes_back_as_itself(cast: Cast) -> None:
    put(cast.asha, A1, A2)
    first = live("A-2")
    restored(cast.asha, put(cast.asha, A1))
    again = live("A-2")
    assert (again.pk, again.stone_id, again.public_id) == (first.pk, first.stone_id, first.public_id)
    assert (again.ended_at, again.listed_at, again.version) == (None, NOON, 3)
    entries = AskChange.objects.filter(listing=again).order_by("pk").values_list("is_live", flat=True)
    assert list(entries) == [True, False, True]
    assert (Listing.objects.count(), Stone.objects.count()) == (2, 2)


def test_a_stone_without_a_report_comes_back_as_itself(cast: Cast) -> None:
    bare = like(A1, lab="", report="")
    put(cast.asha, bare)
    first = live("A-1").stone_id
    reported = put(cast.asha, A1)
    put(cast.asha, bare)
    assert live("A-1").stone_id != first
    restored(cast.asha, reported)
    assert live("A-1").stone_id == first


def test_what_was_edited_by_hand_since_is_kept_and_told(cast: Cast) -> None:
    put(cast.asha, A1, A2, A3)
    wrong = put(cast.asha, *(like(row, price="10") for row in (A1, A2, A3)))
    edited(cast.tara, "A-1", 650_000)
    withdrawn(cast.tara, "A-2")
    told = restored(cast.asha, wrong)
    assert told.counts == Counts(new=0, changed=1, removed=0, unchanged=0, refused=0, kept=2)
    day = f"{LATER:%Y-%m-%d}"
    assert sorted((row.supplier_stock_number, row.why) for row in told.kept) == [
        ("A-1", f"Tara changed it by hand on {day}."),
        ("A-2", f"Tara withdrew it by hand on {day}."),
    ]
    assert live("A-1").ask_cents == 650_000
    assert not Listing.objects.get(supplier_stock_number="A-2").is_live
    assert live("A-3").ask_cents == 1_890_000
    assert upload(cast.asha, latest(cast.asha)).counts.kept == 2


def test_an_edit_from_before_the_upload_is_part_of_what_comes_back(cast: Cast) -> None:
    put(cast.asha, A1, A2)
    edited(cast.tara, "A-1", 650_000)
    before = as_it_stands(cast.asha)
    restored(cast.asha, put(cast.asha, A1, A2))
    assert as_it_stands(cast.asha) == before


def test_what_another_file_put_on_memo_since_is_kept(cast: Cast) -> None:
    put(cast.asha, A1, A2)
    wrong = put(cast.asha, like(A1, price="10"), like(A2, price="10", availability="Guaranteed"))
    put(cast.asha, like(A1, price="10", availability="Memo"), mode="add_and_update")
    told = restored(cast.asha, wrong)
    assert [(row.supplier_stock_number, row.why) for row in told.kept] == [
        ("A-1", "Another file has said since: On memo.")
    ]
    assert (live("A-1").ask_cents, live("A-2").ask_cents) == (1_000, 150_000)


def test_what_the_upload_itself_took_off_the_market_comes_back(cast: Cast) -> None:
    put(cast.asha, A1)
    told = restored(cast.asha, put(cast.asha, like(A1, availability="Memo")))
    assert told.counts == Counts(new=0, changed=1, removed=0, unchanged=0, refused=0)
    assert live("A-1").availability == "Guaranteed available"


def test_a_listing_whose_number_is_live_elsewhere_is_refused_by_name(cast: Cast) -> None:
    put(cast.asha, A1)
    wrong = put(cast.asha, like(A3, stock="A-9"))
    put(cast.asha, like(A3, stock="A-1"))
    edited(cast.tara, "A-1", 5_000_000)
    before = as_it_stands(cast.asha)
    told = restored(cast.asha, wrong)
    assert told.counts == Counts(new=0, changed=0, removed=0, unchanged=0, refused=1, kept=1)
    why = f"A-1 or GIA 7000000001 is live as the listing {live('A-1').public_id}, which stays as it is."
    assert told.refused[0].why == why
    assert as_it_stands(cast.asha) == before
    assert upload(cast.asha, latest(cast.asha)).refused[0].why == why


def test_what_would_take_the_place_of_a_refused_one_is_refused_too(cast: Cast) -> None:
    """Stones went round: M-2 is kept on M-1's stone, so M-1 stays on M-3's, and M-3 on M-2's."""
    rows = many(3)
    put(cast.asha, *rows)
    turned = [like(row, stock=other[0]) for row, other in zip(rows, (rows[1], rows[2], rows[0]), strict=True)]
    wrong = put(cast.asha, *turned)
    edited(cast.tara, "M-2")
    before = as_it_stands(cast.asha)
    told = restored(cast.asha, wrong)
    assert told.counts == Counts(new=0, changed=0, removed=0, unchanged=0, refused=2, kept=1)
    assert as_it_stands(cast.asha) == before


def test_a_restore_is_taken_back_by_a_restore(cast: Cast) -> None:
    put(cast.asha, A1, A2)
    wrong = put(cast.asha, like(A1, price="10"), A3)
    after = as_it_stands(cast.asha)
    restored(cast.asha, wrong)
    told = restored(cast.asha, latest(cast.asha))
    assert told.counts == Counts(new=1, changed=1, removed=1, unchanged=0, refused=0)
    assert as_it_stands(cast.asha) == after


def test_the_second_restore_in_a_row_changes_nothing(cast: Cast) -> None:
    put(cast.asha, A1, A2)
    wrong = put(cast.asha, A3)
    restored(cast.asha, wrong)
    before, past = as_it_stands(cast.asha), PastListing.objects.count()
    told = restored(cast.asha, wrong)
    assert told.counts == Counts(new=0, changed=0, removed=0, unchanged=2, refused=0)
    assert (as_it_stands(cast.asha), PastListing.objects.count()) == (before, past)


def test_the_first_upload_taken_back_leaves_no_stock(cast: Cast) -> None:
    first = put(cast.asha, *many(20))
    view = taken_back(cast.asha, first)
    told = difference(cast.asha, view.public_id)
    assert told.removal_needs_number
    before = as_it_stands(cast.asha)
    with pytest.raises(RemovalNeedsNumber):
        accept_upload(
            actor=cast.asha,
            upload_id=view.public_id,
            fingerprint=told.fingerprint,
            removing=None,
            now=LATER,
        )
    assert as_it_stands(cast.asha) == before
    restored(cast.asha, first)
    assert not Listing.objects.filter(is_live=True).exists()


def test_an_edit_between_difference_and_confirm_moves_the_difference(cast: Cast) -> None:
    put(cast.asha, A1, A2)
    view = taken_back(cast.asha, put(cast.asha, like(A1, price="10"), like(A2, price="10")))
    told = difference(cast.asha, view.public_id)
    edited(cast.tara, "A-1")
    before = as_it_stands(cast.asha)
    with pytest.raises(DifferenceMoved):
        accept_upload(
            actor=cast.asha,
            upload_id=view.public_id,
            fingerprint=told.fingerprint,
            removing=None,
            now=LATER,
        )
    assert as_it_stands(cast.asha) == before
    assert difference(cast.asha, view.public_id).counts.kept == 1


def test_other_companies_are_left_alone(cast: Cast) -> None:
    put(cast.carl, like(A1, stock="C-1"), A3)
    before = as_it_stands(cast.carl)
    put(cast.asha, A1, A2)
    restored(cast.asha, put(cast.asha, A2))
    assert as_it_stands(cast.carl) == before


@pytest.mark.parametrize(
    ("who", "refusal"), [("vera", ViewersOnlyLook), ("ben", NotThere), ("carl", NotThere), ("omar", NotThere)]
)
def test_nobody_else_restores(cast: Cast, who: str, refusal: type[Refusal]) -> None:
    first = put(cast.asha, A1)
    with pytest.raises(refusal):
        start_restore(actor=getattr(cast, who), upload_id=first, now=LATER)
    assert Upload.objects.count() == 1


def test_what_is_not_known_is_not_restored(cast: Cast) -> None:
    waiting = sent(cast.asha, A1)
    with pytest.raises(RestoreNotPossible, match="never went live"):
        start_restore(actor=cast.asha, upload_id=waiting.public_id, now=LATER)
    first = put(cast.asha, A1)
    Upload.objects.filter(public_id=first).update(revision=None)
    with pytest.raises(RestoreNotPossible, match="before the past of listings was kept"):
        start_restore(actor=cast.asha, upload_id=first, now=LATER)
    assert (Upload.objects.count(), StagedRow.objects.count()) == (2, 1)


def test_what_an_upload_changed_is_told_long_after(cast: Cast) -> None:
    first = put(cast.asha, A1, A2)
    second = put(cast.asha, like(A1, price="7000", clarity="VS2"), A3)
    put(cast.asha, like(A1, price="10"), like(A3, price="20"))
    edited(cast.tara, "A-3")
    told = {
        kind: [
            (row.supplier_stock_number, row.ask_cents, row.changes)
            for row in upload_changes(cast.vera, second, kind).rows
        ]
        for kind in ("new", "changed", "removed", "returned")
    }
    assert told == {
        "new": [("A-3", 1_890_000, [])],
        "changed": [
            ("A-1", 700_000, [Change("clarity", "VS1", "VS2"), Change("ask_cents", 707_000, 700_000)])
        ],
        "removed": [("A-2", 150_000, [])],
        "returned": [],
    }
    restored(cast.asha, second)
    back = upload_changes(cast.asha, latest(cast.asha), "returned").rows
    assert [row.supplier_stock_number for row in back] == ["A-2"]
    page = upload_changes(cast.asha, first, "new", limit=1)
    rest = upload_changes(cast.asha, first, "new", page.after, limit=1)
    assert [row.supplier_stock_number for row in (*page.rows, *rest.rows)] == ["A-1", "A-2"]
    assert rest.after is None
    with pytest.raises(NotThere):
        upload_changes(cast.ben, first, "new")
