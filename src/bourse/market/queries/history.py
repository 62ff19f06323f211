"""What a confirmed upload changed, from the past of its listings: told long after its rows are gone."""

import msgspec
from django.db import connection

from bourse.kit.refusal import NotThere
from bourse.market.models import Listing, PastListing, UploadState
from bourse.market.queries.differences import SHOWN, DifferenceRow, changes_of
from bourse.market.queries.uploads import MOST_ROWS, own_upload
from bourse.members.actor import Actor

_BEFORE = """
    SELECT past.listing_id, past.id FROM market_pastlisting AS past
    WHERE past.upload_id = %(upload_id)s AND {} AND past.listing_id > %(after)s
          AND (SELECT stock.is_live FROM market_listing AS stock
               WHERE stock.id = past.listing_id AND stock.revision = %(revision)s
               UNION ALL
               SELECT later.is_live FROM market_pastlisting AS later
               WHERE later.listing_id = past.listing_id AND later.revision = %(revision)s) = {}
    ORDER BY past.listing_id LIMIT %(limit)s"""
_FIRST = """
    SELECT stock.id, NULL FROM market_listing AS stock
    WHERE stock.company_id = %(company_id)s AND stock.id > %(after)s AND (
              stock.revision = %(revision)s
              OR EXISTS (SELECT FROM market_pastlisting AS past
                         WHERE past.listing_id = stock.id AND past.revision = %(revision)s)
          ) AND NOT EXISTS (SELECT FROM market_pastlisting AS past
                            WHERE past.listing_id = stock.id AND past.until_revision = %(revision)s)
    ORDER BY stock.id LIMIT %(limit)s"""
_KINDS = {
    "new": _FIRST,
    "changed": _BEFORE.format("past.is_live", "TRUE"),
    "removed": _BEFORE.format("past.is_live", "FALSE"),
    "returned": _BEFORE.format("NOT past.is_live", "TRUE"),
}


class Changes(msgspec.Struct, frozen=True):
    """A page of what an upload changed; `after` fetches the next one, None on the last."""

    rows: list[DifferenceRow]
    after: str | None


def upload_changes(
    actor: Actor, upload_id: str, kind: str, after: str | None = None, limit: int = 100
) -> Changes:
    """What a confirmed upload made new, changed (old and new), removed, or brought back ("returned")."""
    found = own_upload(actor, upload_id)
    if found.state != UploadState.CONFIRMED or found.revision is None or kind not in _KINDS:
        raise NotThere("This upload has no such changes.")
    limit = max(1, min(limit, MOST_ROWS))
    values = {
        "upload_id": found.pk,
        "company_id": found.company_id,
        "revision": found.revision,
        "after": _position(found.company_id, after),
        "limit": limit + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(_KINDS[kind], values)
        pairs: list[tuple[int, int | None]] = cursor.fetchall()
    rows = _rows(pairs[:limit], found.revision, kind)
    return Changes(rows, rows[-1].listing_public_id if len(pairs) > limit else None)


def _position(company_id: int, after: str | None) -> int:
    if after is None:
        return 0
    own = Listing.objects.filter(company_id=company_id, public_id=after)
    if (position := own.values_list("pk", flat=True).first()) is None:
        raise NotThere("There is no such listing to go on from.")
    return position


def _rows(pairs: list[tuple[int, int | None]], revision: int, kind: str) -> list[DifferenceRow]:
    """Each listing as the upload left it, with what differs from before."""
    listings = Listing.objects.in_bulk([listing_id for listing_id, _ in pairs])
    before = PastListing.objects.in_bulk([past_id for _, past_id in pairs if past_id])
    later = {
        past.listing_id: past for past in PastListing.objects.filter(listing__in=listings, revision=revision)
    }
    return [
        _row(listings[listing_id], before.get(past_id or 0), later.get(listing_id), kind)
        for listing_id, past_id in pairs
    ]


def _row(listing: Listing, before: PastListing | None, later: PastListing | None, kind: str) -> DifferenceRow:
    left = later or listing
    return DifferenceRow(
        sheet="",
        row=0,
        listing_public_id=listing.public_id,
        changes=changes_of(before, left) if before and kind in ("changed", "returned") else [],
        **{name: getattr(left, name) for name in SHOWN},
    )
