"""What a confirm would change: counts, samples, and the fingerprint that the confirm has to name."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import msgspec
from django.db import connection, transaction

from bourse.kit.refusal import NotThere
from bourse.market.claims import Claims
from bourse.market.matching import PLAN, SAMPLES, SUMMARY, difference_of, torn
from bourse.market.models import Listing, PastListing, StagedRow, Upload, UploadKind, UploadMode, UploadState
from bourse.market.queries.uploads import MOST_ROWS, Counts, own_upload
from bourse.market.restoring import TAKEN, taken
from bourse.members.actor import Actor

FREE_REMOVALS, FREE_SHARE = 100, 0.10
KINDS = ("new", "changed", "removed", "refused", "kept")
_KEYS = {"stock_key", "report_key"}
SHOWN = (
    "supplier_stock_number",
    "laboratory",
    "report_number",
    "shape",
    "weight_ct",
    "colour",
    "fancy_colour",
    "clarity",
    "ask_cents",
    "availability",
)


class Change(msgspec.Struct, frozen=True):
    """One field of a changed listing; asks in cents."""

    field: str
    old: object
    new: object


class DifferenceRow(msgspec.Struct, frozen=True):
    """A row of the difference: its place in the file (0 for a removed one), its listing if it has one."""

    sheet: str
    row: int
    listing_public_id: str | None
    supplier_stock_number: str
    laboratory: str
    report_number: str
    shape: str
    weight_ct: Decimal
    colour: str
    fancy_colour: str
    clarity: str
    ask_cents: int | None
    availability: str
    changes: list[Change] = []
    why: str = ""


class Difference(msgspec.Struct, frozen=True):
    """What a confirm would do, with samples of each kind and the fingerprint that the confirm has to name.

    `kept` are the listings that a restore leaves as they are since; in `new` it has those that come back.
    """

    counts: Counts
    live: int
    new: list[DifferenceRow]
    changed: list[DifferenceRow]
    removed: list[DifferenceRow]
    refused: list[DifferenceRow]
    fingerprint: str
    removal_needs_number: bool
    kept: list[DifferenceRow] = []


class Summary(msgspec.Struct, frozen=True):
    """A difference in numbers; `refused` are all rows of the upload that were not taken."""

    counts: Counts
    fingerprint: str
    live: int
    refused: int

    @property
    def removal_needs_number(self) -> bool:
        """Whether so much goes, or anything while rows are refused that may name it, that the user has to
        type how many listings go.
        """
        removed = self.counts.removed
        return removed > min(FREE_REMOVALS, self.live * FREE_SHARE) or bool(removed and self.refused)


def difference(actor: Actor, upload_id: str, limit: int = 50) -> Difference:
    """What confirming the upload would change now, with the first rows of each kind."""
    found = own_upload(actor, upload_id)
    if found.state not in (UploadState.ASKING, UploadState.READY):
        raise NotThere("This upload has no open difference.")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PLAN)
        cursor.execute(
            f"WITH difference AS MATERIALIZED ({difference_of(found.kind)}) "
            f"{SUMMARY}, {SAMPLES} FROM difference",
            scope(found) | {"limit": min(limit, MOST_ROWS)},
        )
        *numbers, samples = cursor.fetchone()
    told = _summary(found, numbers)
    return Difference(
        counts=told.counts,
        live=told.live,
        fingerprint=told.fingerprint,
        removal_needs_number=told.removal_needs_number,
        **_rows(found, samples or []),
    )


def summary(found: Upload, table: str) -> Summary:
    """The numbers of a difference that stands in a table."""
    with connection.cursor() as cursor:
        cursor.execute(f"{SUMMARY} FROM {table}", scope(found))
        return _summary(found, cursor.fetchone())


def scope(found: Upload) -> dict[str, int | bool]:
    """What the difference's SQL has to know of an upload."""
    return {
        "upload_id": found.pk,
        "company_id": found.company_id,
        "replaces_all": found.mode == UploadMode.REPLACE_ALL,
        "revision": restored_revision(found),
    }


def restored_revision(found: Upload) -> int:
    """The revision that a restore undoes; 0 for what is no restore."""
    return (found.restores.revision or 0) if found.restores else 0


def _summary(found: Upload, numbers: Sequence[Any]) -> Summary:
    *numbers, fingerprint, live = numbers
    counts = Counts(*numbers)
    return Summary(counts, fingerprint, live, found.refused + counts.refused)


def _rows(found: Upload, samples: list[tuple[str, int | None, int | None]]) -> dict[str, list[DifferenceRow]]:
    """The sampled rows by kind, each from its staged row, its listing, or both."""
    staged = StagedRow.objects.in_bulk([staged_id for _, staged_id, _ in samples if staged_id])
    listed = Listing.objects.in_bulk([listing_id for *_, listing_id in samples if listing_id])
    rows: dict[str, list[DifferenceRow]] = {kind: [] for kind in KINDS}
    for kind, staged_id, listing_id in samples:
        file = staged[staged_id] if staged_id else None
        stock = listed[listing_id] if listing_id else None
        rows["new" if kind == "returned" else kind].append(_row(found, kind, file, stock))
    return rows


def _row(found: Upload, kind: str, file: StagedRow | None, stock: Listing | None) -> DifferenceRow:
    claims = stock if kind == "kept" else file or stock
    assert claims is not None
    return DifferenceRow(
        sheet=file.sheet if file else "",
        row=file.row if file else 0,
        listing_public_id=stock.public_id if stock else None,
        changes=changes_of(stock, file) if file and stock and kind == "changed" else [],
        why=_why(found, kind, file, stock),
        **{name: getattr(claims, name) for name in SHOWN},
    )


def _why(found: Upload, kind: str, file: StagedRow | None, stock: Listing | None) -> str:
    if kind == "kept" and stock:
        return _kept(stock, restored_revision(found))
    if kind == "refused" and found.kind == UploadKind.RESTORE and file:
        return _taken(file, found)
    return torn(stock.report_key, stock.supplier_stock_number) if kind == "refused" and stock else ""


def _kept(stock: Listing, revision: int) -> str:
    """Why a restore leaves a listing as it is."""
    by_hand = PastListing.objects.filter(
        listing=stock, upload=None, person__isnull=False, until_revision__gt=revision
    )
    last = by_hand.select_related("person").order_by("-until_revision").first()
    if last is None or last.person is None:
        return f"Another file has said since: {stock.availability}."
    did = "changed" if stock.is_live else "withdrew"
    return f"{last.person.name} {did} it by hand on {last.until:%Y-%m-%d}."


def _taken(file: StagedRow, found: Upload) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"{TAKEN} WHERE file.id = %(staged_id)s", scope(found) | {"staged_id": file.pk})
        row = cursor.fetchone()
    return taken(file.supplier_stock_number, file.report_key, row[3]) if row else ""


def changes_of(old: Listing | PastListing, new: StagedRow | Listing | PastListing) -> list[Change]:
    """The fields in which the two differ, but the keys."""
    pairs = ((name, getattr(old, name), getattr(new, name)) for name in Claims._fields if name not in _KEYS)
    return [Change(name, was, now) for name, was, now in pairs if was != now]
