"""Writes when a stock, or a part of it, was last confirmed; see docs/decisions/0026.

A time only goes forward: an order that waited for a lock takes nothing back. Others are told it, so of a
listing that hides an ask a change confirms only what they see to change: else it would tell when that moved.
"""

# ruff: noqa: S608  the statements are made of this room's own names; every value is passed apart

from datetime import datetime
from typing import NamedTuple

from django.db import connection

from bourse.market.models import Listing, Showing, Upload, UploadKind, UploadMode

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

SHOWING = "LEFT JOIN market_showing AS showing ON showing.company_id = stock.company_id"
HIDES = "(stock.hides_ask OR coalesce(showing.hides_ask, FALSE))"
HIDES_CASH = "(stock.hides_cash_ask OR coalesce(showing.hides_cash_ask, FALSE))"


def is_told(new_ask: str, new_cash: str, new_availability: str) -> str:
    """SQL: whether others see a change of `stock` to these, or it hides nothing from them."""
    said = [
        f"CASE WHEN NOT {hides} THEN {ask} END"
        for hides, asks in (
            (HIDES, ("stock.ask_cents", new_ask)),
            (HIDES_CASH, ("stock.cash_ask_cents", new_cash)),
        )
        for ask in asks
    ]
    before, after = (f"({', '.join(said[place::2])})" for place in (0, 1))
    return (
        f"(NOT ({HIDES} OR {HIDES_CASH}) OR stock.availability <> {new_availability}"
        f" OR {before} IS DISTINCT FROM {after})"
    )


_HIDES_NOTHING = f"""EXISTS (SELECT FROM market_listing AS stock {SHOWING}
    WHERE stock.id = listing_id AND NOT ({HIDES} OR {HIDES_CASH}))"""


class Told(NamedTuple):
    """What others see of a listing that an edit may change, and whether it hides an ask."""

    ask_cents: int | None
    cash_ask_cents: int | None
    availability: str
    hides: bool


def told_of(found: Listing) -> Told:
    """What others see of the listing as it stands."""
    house = Showing.objects.filter(company_id=found.company_id).first()
    hides_ask = found.hides_ask or bool(house and house.hides_ask)
    hides_cash = found.hides_cash_ask or bool(house and house.hides_cash_ask)
    return Told(
        None if hides_ask else found.ask_cents,
        None if hides_cash else found.cash_ask_cents,
        found.availability,
        hides_ask or hides_cash,
    )


def confirm_edited(found: Listing, before: Told, now: datetime) -> None:
    """A listing that was edited is confirmed, if that tells nobody of an ask that is hidden."""
    after = told_of(found)
    if before[:3] != after[:3] or not (before.hides or after.hides):
        confirm_listing(found.pk, now)


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

    A restore says nothing of what it leaves alone, nor of what hides an ask: that may be all it changes.
    """
    if found.kind == UploadKind.RESTORE:
        confirm_listings(difference, f"kind = 'returned' OR kind = 'changed' AND {_HIDES_NOTHING}", now)
    elif found.mode == UploadMode.REPLACE_ALL:
        confirm_whole_stock(found.company_id, now)
    else:
        confirm_listings(difference, "kind IN ('changed', 'unchanged')", now)
