"""Writes when a stock, or a part of it, was last confirmed; see docs/decisions/0026.

A time only goes forward: an order that waited for a lock takes nothing back.
"""

# ruff: noqa: S608  the statements are made of this room's own names; every value is passed apart

from datetime import datetime

from django.db import connection

from bourse.market.models import Upload, UploadKind, UploadMode

_WHOLE = """
    INSERT INTO market_stockconfirmation AS house (company_id, at) VALUES (%(company_id)s, %(now)s)
    ON CONFLICT (company_id) DO UPDATE SET at = greatest(house.at, excluded.at)"""
_LISTED = """
    INSERT INTO market_listingconfirmation AS own (listing_id, at)
    {of} ORDER BY 1
    ON CONFLICT (listing_id) DO UPDATE SET at = greatest(own.at, excluded.at)"""
CONFIRMED_AT = "greatest(stock.listed_at, own.at, house.at)"
"""When a listing was last confirmed, where the statement joins what JOINED joins."""
JOINED = """
    LEFT JOIN market_listingconfirmation AS own ON own.listing_id = stock.id
    LEFT JOIN market_stockconfirmation AS house ON house.company_id = stock.company_id"""


def confirm_whole_stock(company_id: int, now: datetime) -> None:
    """All that is listed until now is confirmed, in one row."""
    with connection.cursor() as cursor:
        cursor.execute(_WHOLE, {"company_id": company_id, "now": now})


def confirm_listing(listing_id: int, now: datetime) -> None:
    """One listing is confirmed."""
    with connection.cursor() as cursor:
        cursor.execute(_LISTED.format(of="SELECT %(id)s, %(now)s"), {"id": listing_id, "now": now})


def confirm_listings(table: str, where: str, now: datetime) -> None:
    """The listings that stand in a table of this transaction are confirmed."""
    chosen = f"SELECT listing_id, %(now)s::timestamptz FROM {table} WHERE {where}"
    with connection.cursor() as cursor:
        cursor.execute(_LISTED.format(of=chosen), {"now": now})


def confirm_rows_of(found: Upload, difference: str, now: datetime) -> None:
    """What the file names is confirmed: all that is live now, if it was the whole stock.

    A restore says nothing of what it leaves alone.
    """
    if found.kind == UploadKind.RESTORE:
        confirm_listings(difference, "kind IN ('changed', 'returned')", now)
    elif found.mode == UploadMode.REPLACE_ALL:
        confirm_whole_stock(found.company_id, now)
    else:
        confirm_listings(difference, "kind IN ('changed', 'unchanged')", now)
