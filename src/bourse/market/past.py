"""What listings were: each change of one that exists keeps its row as it stood, under a span of revisions.

Revisions come from one sequence and are drawn after the locks on the stock. So of one company every change by
hand lies before or after each of its uploads, in the order in which they were written, and its stock as of a
revision is the rows whose span holds it.
"""

# ruff: noqa: S608  the statements are made of this room's own names; every value is passed apart

from datetime import datetime

from django.db import connection

from bourse.market.claims import Claims

_STATE = ", ".join(("stone_id", "is_live", "revision", *Claims._fields))
_STOCK_STATE = ", ".join(f"stock.{column}" for column in ("stone_id", "is_live", "revision", *Claims._fields))
_KEEP = f"""
    INSERT INTO market_pastlisting (listing_id, {_STATE}, until_revision, until, upload_id, person_id)
    SELECT stock.id, {_STOCK_STATE}, %(revision)s, %(now)s, %(upload_id)s, %(person_id)s
    FROM market_listing AS stock"""
_KEEP_ONE = f"{_KEEP} WHERE stock.id = %(listing_id)s"


def keep_past(*, listing_id: int, person_id: int, now: datetime) -> int:
    """Keep a locked listing as it stands, before it is changed by hand; the revision to save it with."""
    revision = next_revision()
    with connection.cursor() as cursor:
        cursor.execute(
            _KEEP_ONE,
            {
                "listing_id": listing_id,
                "person_id": person_id,
                "upload_id": None,
                "revision": revision,
                "now": now,
            },
        )
    return revision


def keep_past_of(difference: str) -> str:
    """SQL that keeps every listing that a difference, which stands in a table, changes or removes."""
    return f"""{_KEEP} JOIN {difference} AS found ON found.listing_id = stock.id
    WHERE found.kind IN ('changed', 'removed', 'returned')"""


def keep_planned() -> str:
    """SQL that keeps every listing that an order for many is going to change."""
    return f"{_KEEP} JOIN planned ON planned.listing_id = stock.id WHERE planned.why IS NULL"


def next_revision() -> int:
    """The next revision of the market's stock; drawn once the locks are held."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('market_revision')")
        row = cursor.fetchone()
    return int(row[0])


def as_of(columns: str) -> str:
    """SQL of a company's listings that were live just before a revision: id, stone and these columns.

    Of those above `after` to `last`, so that a large stock is taken in slices.
    """
    return f"""
        SELECT id AS listing_id, stone_id, {columns} FROM market_listing
        WHERE company_id = %(company_id)s AND revision < %(revision)s AND is_live
              AND id > %(after)s AND id <= %(last)s
        UNION ALL
        SELECT past.listing_id, past.stone_id, {columns} FROM market_pastlisting AS past
        WHERE past.revision < %(revision)s AND past.until_revision >= %(revision)s AND past.is_live
              AND past.listing_id > %(after)s AND past.listing_id <= %(last)s
              AND past.listing_id IN (SELECT id FROM market_listing WHERE company_id = %(company_id)s)"""
