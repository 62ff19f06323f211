"""Orders for many: they do what single edits do, as the preview told, or nothing at all."""

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from bourse.kit import clock
from bourse.kit.models import AuditEntry, Fact
from bourse.kit.refusal import NotThere, Refusal
from bourse.market.actions import (
    Done,
    change_ask,
    change_planned,
    keep_alive,
    undo_delist,
    withdraw_listing,
)
from bourse.market.audit import offences
from bourse.market.bulk import (
    ByPercent,
    Delist,
    ListAgain,
    Planned,
    Seen,
    Selection,
    ToAvailability,
)
from bourse.market.models import AskChange, BulkChange, Listing, ListingConfirmation, PastListing
from bourse.market.queries import listing
from bourse.market.queries.previews import preview
from bourse.market.refusals import (
    AvailabilityNotKnown,
    NothingSelected,
    NothingToChange,
    PercentNotTaken,
    PreviewMoved,
    UndoTooLate,
    ViewersOnlyLook,
)
from bourse.market.stock_filter import StockFilter
from bourse.members.actor import Actor
from cast import NOON, Cast
from market.files import A1, A2, A3, like, listed, live
from market.offering import offered

LATER = NOON + timedelta(hours=1)
ALL = Selection(filter=StockFilter())
ENDED = Selection(filter=StockFilter(state="ended"))


def seen(*stock_numbers: str) -> Selection:
    """These listings in the state in which they are now."""
    return Selection(listings=tuple(Seen(live(one).public_id, live(one).version) for one in stock_numbers))


def done(actor: Actor, change: Planned, selection: Selection = ALL) -> Done:
    """The change previewed and carried out."""
    told = preview(actor, selection, change)
    return change_planned(
        actor=actor, selection=selection, change=change, fingerprint=told.fingerprint, now=LATER
    )


def everything() -> list[Any]:
    """All that an order for many could have touched."""
    tables = (Listing, AskChange, PastListing, BulkChange, ListingConfirmation, Fact, AuditEntry)
    return [list(table.objects.order_by("pk").values()) for table in tables]  # type: ignore[attr-defined]


def asks() -> dict[str, tuple[int | None, int | None, str]]:
    rows = Listing.objects.filter(is_live=True).values_list(
        "supplier_stock_number", "ask_cents", "cash_ask_cents", "availability"
    )
    return {number: (ask, cash, word) for number, ask, cash, word in rows}


@pytest.mark.parametrize(
    ("change", "ask_cents", "cash_cents"),
    [
        (ByPercent(Decimal("-2.5")), 689_300, 487_500),  # 6,893.25 and 4,875 dollars
        (ByPercent(Decimal("-2.5"), to="cent"), 689_325, 487_500),
        (ByPercent(Decimal("-2.5"), of="per_carat"), 689_325, 487_527),  # 6,825 and 4,827 a carat
        (ByPercent(Decimal("-2.5"), of="per_carat", to="cent"), 689_325, 487_500),
        (ByPercent(Decimal(10)), 777_700, 550_000),
    ],
)
def test_a_change_by_percent_is_rounded_as_it_is_said(
    cast: Cast, change: ByPercent, ask_cents: int, cash_cents: int
) -> None:
    offered(cast.asha, "A-1", ask_cents=707_000, cash_ask_cents=500_000)
    told = preview(cast.tara, ALL, change)
    assert (told.selected, told.changing, told.before_cents, told.after_cents) == (1, 1, 707_000, ask_cents)
    assert told.lowest == told.highest == told.samples[0]
    assert (told.samples[0].new_ask_cents, told.samples[0].new_cash_ask_cents) == (ask_cents, cash_cents)
    assert done(cast.tara, change).changed == 1
    assert asks() == {"A-1": (ask_cents, cash_cents, "Guaranteed available")}


def test_one_order_has_one_fact_one_audit_line_and_the_history_of_each(cast: Cast) -> None:
    listed(cast.asha, A1, A2, A3)
    Fact.objects.all().delete()
    found = done(cast.tara, ByPercent(Decimal(10)))
    assert (found.changed, found.left) == (3, 0)
    [fact] = Fact.objects.all()
    revision = BulkChange.objects.get().revision
    assert fact.body == {
        "company_id": cast.asha.company_id,
        "revision": revision,
        "act": "repriced",
        "changed": 3,
    }
    [entry] = AuditEntry.objects.filter(act="market.change_stock")
    assert (entry.act, entry.about, entry.person_id) == (
        "market.change_stock",
        f"order {found.order}",
        cast.tara.person_id,
    )
    assert entry.after == {
        **{"act": "repriced", "changed": 3, "left": 0},
        **{"percent": "10", "of": "ask", "to": "dollar"},
    }
    assert set(Listing.objects.values_list("revision", "version", "changed_at")) == {(revision, 2, LATER)}
    assert set(PastListing.objects.values_list("until_revision", "until", "person_id")) == {
        (revision, LATER, cast.tara.person_id)
    }
    assert list(AskChange.objects.order_by("-pk").values_list("ask_cents", flat=True)[:3]) == [
        *(2_079_000, 165_000, 777_700)
    ]
    assert listing(cast.ben, live("A-1").public_id).confirmed_at == LATER
    assert offences(clock.now()) == []


def test_the_same_answer_comes_again_and_nothing_twice(cast: Cast) -> None:
    listed(cast.asha, A1)
    told = preview(cast.asha, ALL, Delist())
    order = {"actor": cast.asha, "selection": ALL, "change": Delist(), "fingerprint": told.fingerprint}
    first = change_planned(**order, now=LATER)
    before = everything()
    assert change_planned(**order, now=LATER).order == first.order
    assert everything() == before


@pytest.mark.parametrize("of", ["ask", "per_carat"])
@pytest.mark.parametrize("to", ["cent", "dollar"])
def test_many_at_once_are_as_many_single_edits(cast: Cast, of: Any, to: Any) -> None:
    random = Random(f"{of} {to}")
    change = ByPercent(Decimal(random.randint(-5000, 20_000)) / 100, of=of, to=to)
    rows = [
        (
            random.choice((None, random.randint(1, 400), random.randint(1, 10**9))),
            random.choice((None, None, random.randint(1, 10**9))),
            Decimal(random.randint(100, 20_000)) / 1000,
        )
        for _ in range(25)
    ]
    bulk, hand = (
        [
            offered(
                *(who, f"S-{place}", str(7_000_000_000 + place)),
                **{"ask_cents": ask, "cash_ask_cents": cash, "weight_ct": weight},
            )
            for place, (ask, cash, weight) in enumerate(rows)
        ]
        for who in (cast.asha, cast.ben)
    )
    found = done(cast.asha, change)
    for one, single in zip(bulk, hand, strict=True):
        one.refresh_from_db()
        if one.version == 2:
            change_ask(
                actor=cast.ben,
                listing_id=single.public_id,
                ask_cents=one.ask_cents,
                cash_ask_cents=one.cash_ask_cents,
                availability=one.availability,
                version=1,
                now=LATER,
            )
    assert [_told_of(one) for one in bulk] == [_told_of(one) for one in hand]
    assert found.changed == sum(one.version == 2 for one in bulk) > 0


def _told_of(one: Listing) -> tuple[dict[str, Any], list[Any], list[Any], bool]:
    """A listing with all its history, but for whose it is."""
    left_out = {"id", "public_id", "company_id", "stone_id", "revision", "stock_key", "supplier_stock_number"}
    left_out |= {"listing_id", "person_id", "until_revision"}

    def bare(row: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in row.items() if name not in left_out}

    return (
        bare(Listing.objects.filter(pk=one.pk).values().get()),
        [bare(row) for row in PastListing.objects.filter(listing=one).order_by("pk").values()],
        [bare(row) for row in AskChange.objects.filter(listing=one).order_by("pk").values()],
        ListingConfirmation.objects.filter(listing=one, at=LATER).exists() or one.version == 1,
    )


def test_what_cannot_change_is_told_and_left(cast: Cast) -> None:
    listed(cast.asha, A1, A2, like(A3, price=""))
    meant = seen("A-1", "A-2", "A-3")
    meant = Selection(listings=(*meant.listings, Seen("nobodys", 1), Seen(meant.listings[0].listing, 1))[:4])
    change_ask(
        actor=cast.asha,
        listing_id=live("A-2").public_id,
        ask_cents=1,
        availability="On memo",
        version=1,
        now=NOON,
    )
    told = preview(cast.asha, meant, ByPercent(Decimal(5)))
    assert {one.why: one.count for one in told.refused} == {"moved": 1, "no_ask": 1, "not_there": 1}
    found = done(cast.asha, ByPercent(Decimal(5)), meant)
    assert (found.changed, found.left) == (1, 2)
    assert asks() == {
        "A-1": (742_400, None, "Guaranteed available"),
        "A-2": (1, None, "On memo"),
        "A-3": (None, None, "Subject to prior sale"),
    }


def test_availability_is_set_for_all_and_the_same_is_no_change(cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    told = preview(cast.asha, ALL, ToAvailability("On memo"))
    assert (told.changing, told.same) == (1, 1)
    done(cast.asha, ToAvailability("On memo"))
    assert {word for _, _, word in asks().values()} == {"On memo"}
    assert live("A-2").version == 1
    assert listing(cast.ben, live("A-2").public_id).confirmed_at == LATER


def test_what_was_taken_down_comes_back_as_it_was(cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    before = asks()
    told = preview(cast.asha, ALL, Delist())
    order = change_planned(
        actor=cast.asha, selection=ALL, change=Delist(), fingerprint=told.fingerprint, now=clock.now()
    )
    assert asks() == {}
    assert set(Listing.objects.values_list("ended_because", flat=True)) == {"withdrawn"}
    back = undo_delist(actor=cast.tara, order=order.order, now=clock.now())
    assert (back.changed, asks()) == (2, before)
    assert set(Listing.objects.values_list("ended_because", "ended_at", "version")) == {("", None, 3)}
    assert offences(clock.now()) == []


def test_what_was_listed_anew_is_not_listed_again(cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    told = preview(cast.asha, ALL, Delist())
    order = change_planned(
        actor=cast.asha, selection=ALL, change=Delist(), fingerprint=told.fingerprint, now=clock.now()
    )
    listed(cast.asha, like(A1, price="8000"), now=clock.now())
    assert {one.why: one.count for one in preview(cast.asha, ENDED, ListAgain()).refused} == {"taken": 1}
    assert undo_delist(actor=cast.asha, order=order.order, now=clock.now()).changed == 1
    assert asks()["A-1"][0] == 800_000


def test_an_undo_ends_after_its_time_by_the_databases_clock(cast: Cast) -> None:
    listed(cast.asha, A1)
    order = done(cast.asha, Delist())
    BulkChange.objects.update(at=clock.now() - timedelta(minutes=11))
    before = everything()
    with pytest.raises(UndoTooLate):
        undo_delist(actor=cast.asha, order=order.order, now=LATER)
    with pytest.raises(NotThere):
        undo_delist(actor=cast.ben, order=order.order, now=LATER)
    assert everything() == before


@pytest.mark.parametrize(
    ("selection", "change", "refusal"),
    [
        (Selection(), Delist(), NothingSelected),
        (Selection(filter=StockFilter(), order="x"), Delist(), NothingSelected),
        (Selection(order="nobodys"), ListAgain(), NotThere),
        (ALL, ByPercent(Decimal(-91)), PercentNotTaken),
        (ALL, ByPercent(Decimal(901)), PercentNotTaken),
        (ALL, ToAvailability("Perhaps"), AvailabilityNotKnown),
        (ALL, Delist(), PreviewMoved),
    ],
)
def test_a_refusal_moves_nothing(
    cast: Cast, selection: Selection, change: Planned, refusal: type[Refusal]
) -> None:
    listed(cast.asha, A1, A2)
    before = everything()
    with pytest.raises(refusal):
        change_planned(actor=cast.asha, selection=selection, change=change, fingerprint="x", now=LATER)
    if refusal is not PreviewMoved:
        with pytest.raises(refusal):
            preview(cast.asha, selection, change)
    assert everything() == before


def test_a_preview_is_for_the_stock_that_it_saw(cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    told = preview(cast.asha, ALL, Delist())
    withdraw_listing(actor=cast.asha, listing_id=live("A-1").public_id, version=1, now=NOON)
    before = everything()
    with pytest.raises(PreviewMoved):
        change_planned(
            actor=cast.asha, selection=ALL, change=Delist(), fingerprint=told.fingerprint, now=LATER
        )
    assert everything() == before


def test_nothing_to_change_is_refused(cast: Cast) -> None:
    listed(cast.asha, A1)
    change = ToAvailability("Guaranteed available")
    told = preview(cast.asha, ALL, change)
    before = everything()
    with pytest.raises(NothingToChange):
        change_planned(actor=cast.asha, selection=ALL, change=change, fingerprint=told.fingerprint, now=LATER)
    assert everything() == before


@pytest.mark.parametrize("who", ["vera", "omar"])
def test_who_only_looks_changes_nothing(cast: Cast, who: str) -> None:
    listed(cast.asha, A1)
    before = everything()
    with pytest.raises(ViewersOnlyLook):
        preview(getattr(cast, who), ALL, Delist())
    with pytest.raises(ViewersOnlyLook):
        change_planned(actor=getattr(cast, who), selection=ALL, change=Delist(), fingerprint="", now=LATER)
    with pytest.raises(ViewersOnlyLook):
        keep_alive(actor=getattr(cast, who), now=LATER)
    assert everything() == before


def test_a_stranger_changes_only_his_own(cast: Cast) -> None:
    listed(cast.asha, A1)
    assert preview(cast.ben, ALL, Delist()).selected == 0
    told = preview(cast.ben, seen("A-1"), Delist())
    assert [(one.why, one.count) for one in told.refused] == [("not_there", 1)]


def test_all_is_kept_alive_or_what_is_selected(cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    before = list(Listing.objects.order_by("pk").values())
    assert keep_alive(actor=cast.tara, selection=seen("A-1"), now=LATER).count == 1
    told = [listing(cast.ben, live(one).public_id).confirmed_at for one in ("A-1", "A-2")]
    assert told == [LATER, NOON]
    assert keep_alive(actor=cast.tara, now=LATER + timedelta(hours=1)).count == 2
    told = [listing(cast.ben, live(one).public_id).confirmed_at for one in ("A-1", "A-2")]
    assert told == [LATER + timedelta(hours=1)] * 2
    assert list(Listing.objects.order_by("pk").values()) == before
    assert AuditEntry.objects.filter(act="market.keep_alive").count() == 2
