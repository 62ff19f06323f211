"""What became of asks since a time: of own listings by whose hand, of others' as they were told."""

# ruff: noqa: S608  the statements are made of this room's own names; every value is passed apart

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec
from django.db import connection

from bourse.kit.marks import holds_sample
from bourse.market.choosing import FROM, REMINDER_DAYS, ends_after_days
from bourse.market.confirming import CONFIRMED_AT
from bourse.market.models import Upload
from bourse.market.visible import day_of
from bourse.members.queries import recipients


class StoneWords(msgspec.Struct, frozen=True):
    """An own listing in few words."""

    public_id: str
    supplier_stock_number: str
    shape: str
    weight_ct: Decimal
    colour: str
    fancy_colour: str
    clarity: str


class Hand(msgspec.Struct, frozen=True):
    """Whose hand moved so many listings: a colleague's ("hand"), a file's by its name, or the house's own."""

    how: str
    name: str
    count: int


class OwnMove(msgspec.Struct, frozen=True):
    """An own listing that is new, ended or asks otherwise, and by whose hand it last moved."""

    stone: StoneWords
    at: datetime
    how: str
    name: str
    before_cents: int | None
    ask_cents: int | None
    ended_because: str


class OwnMoves(msgspec.Struct, frozen=True):
    """How many own listings moved so, by whose hands, and the latest of them."""

    count: int = 0
    by: list[Hand] = []
    first: list[OwnMove] = []


class EndingSoon(msgspec.Struct, frozen=True):
    """An own listing that ends unless somebody confirms it."""

    stone: StoneWords
    expires_at: datetime


class Endings(msgspec.Struct, frozen=True):
    """How many own listings end soon, and which of them first."""

    count: int = 0
    first: list[EndingSoon] = []


class ToldAsk(NamedTuple):
    """What others were told of a listing's ask; no ask where it was hidden, not live, or not there yet."""

    key: int
    weight_ct: Decimal
    ask_cents: int | None
    availability: str


KINDS = ("listed", "ended", "repriced")
_STONE = ", ".join(f"stock.{name}" for name in StoneWords.__struct_fields__)
_OWN = f"""
    WITH moved AS (
        SELECT {_STONE}, stock.id, stock.ended_because, stock.ask_cents, ago.ask_cents AS before_cents,
               latest.at, latest.person_id, latest.upload_id,
               CASE WHEN NOT stock.is_live THEN 'ended' WHEN ago.is_live IS NOT TRUE THEN 'listed'
                    WHEN (stock.ask_cents, stock.cash_ask_cents)
                         IS DISTINCT FROM (ago.ask_cents, ago.cash_ask_cents) THEN 'repriced' END AS kind
        FROM market_listing AS stock
        CROSS JOIN LATERAL (SELECT at, person_id, upload_id FROM market_askchange
                            WHERE listing_id = stock.id ORDER BY id DESC LIMIT 1) AS latest
        LEFT JOIN LATERAL (SELECT ask_cents, cash_ask_cents, is_live FROM market_askchange
                           WHERE listing_id = stock.id AND at <= %(at)s
                           ORDER BY id DESC LIMIT 1) AS ago ON TRUE
        WHERE stock.company_id = %(company_id)s AND stock.changed_at > %(at)s
              AND (stock.is_live OR ago.is_live IS NOT FALSE)
    ), told AS (
        SELECT *, count(*) OVER kinds AS of_kind, count(*) OVER hands AS of_hand,
               row_number() OVER (kinds ORDER BY at DESC, id DESC) AS place,
               row_number() OVER (hands ORDER BY at DESC, id DESC) AS hand_place
        FROM moved WHERE kind IS NOT NULL
        WINDOW kinds AS (PARTITION BY kind), hands AS (PARTITION BY kind, upload_id, person_id)
    )
    SELECT kind, person_id, upload_id, of_kind, of_hand, place, hand_place, at, before_cents, ask_cents,
           ended_because, {", ".join(StoneWords.__struct_fields__)}
    FROM told WHERE place <= %(first)s OR hand_place = 1 ORDER BY kind, place"""
_NAMES = 11


def own_moves(company_id: int, at: datetime, first: int) -> dict[str, OwnMoves]:
    """The company's listings that are new, ended or ask otherwise than at this time, by these words.

    What came and went in between is among the ended; what is live again is among the new.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OWN, {"company_id": company_id, "at": at, "first": first})
        rows = cursor.fetchall()
    names = _hands(rows)
    return {kind: _moves([row for row in rows if row[0] == kind], names, first) for kind in KINDS}


def _hands(rows: Sequence[tuple[Any, ...]]) -> dict[tuple[int | None, int | None], tuple[str, str]]:
    """How and by whom, for each person and upload."""
    people = recipients({row[1] for row in rows if row[1]})
    files = dict(Upload.objects.filter(pk__in={row[2] for row in rows}).values_list("pk", "file_name"))
    found: dict[tuple[int | None, int | None], tuple[str, str]] = {}
    for _, person_id, upload_id, *_ in rows:
        person = people.get(person_id or 0)
        by_hand = ("hand", person.name if person else "")
        file = ("file", files.get(upload_id, ""))
        found[person_id, upload_id] = file if upload_id else by_hand if person_id else ("house", "")
    return found


def _moves(
    rows: Sequence[tuple[Any, ...]], names: dict[tuple[int | None, int | None], tuple[str, str]], first: int
) -> OwnMoves:
    hands = [Hand(*names[row[1], row[2]], row[4]) for row in rows if row[6] == 1]
    moves = [
        OwnMove(StoneWords(*row[_NAMES:]), row[7], *names[row[1], row[2]], *row[8:_NAMES])
        for row in rows
        if row[5] <= first
    ]
    return OwnMoves(rows[0][3] if rows else 0, sorted(hands, key=lambda hand: -hand.count), moves)


_SOON = f"""
    SELECT count(*) OVER (), {CONFIRMED_AT} + %(days)s * interval '1 day' AS ends_at, {_STONE}
    FROM {FROM}
    WHERE stock.company_id = %(company_id)s AND stock.is_live
          AND {CONFIRMED_AT} + %(days)s * interval '1 day' < clock_timestamp() + %(notice)s
    ORDER BY 2, stock.id DESC LIMIT %(first)s"""


def ending_soon(company_id: int, first: int) -> Endings:
    """The company's listings that end within days unless somebody confirms them."""
    if holds_sample():
        return Endings()
    values: dict[str, Any] = {
        "company_id": company_id,
        "days": ends_after_days(),
        "notice": timedelta(days=REMINDER_DAYS),
        "first": first,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SOON, values)
        rows = cursor.fetchall()
    return Endings(
        rows[0][0] if rows else 0, [EndingSoon(StoneWords(*row[2:]), expires_at=row[1]) for row in rows]
    )


class Moved(NamedTuple):
    """Listings with an entry in their histories since a time, and companies that hid or showed their asks.

    Not whole where more entries were written than are looked at.
    """

    listings: list[int]
    companies: list[int]
    is_whole: bool


MOST_ENTRIES = 500_000
_ENTRIES = """
    SELECT coalesce(array_agg(DISTINCT listing_id), '{}'), count(*) <= %(most)s
    FROM (SELECT listing_id FROM market_askchange WHERE at > %(at)s LIMIT %(most)s + 1) AS entries"""
_SWITCHED = "SELECT DISTINCT company_id FROM market_showingchange WHERE at > %(at)s"


def moved_since(at: datetime) -> Moved:
    """What moved since the time, whether others are told of it or not."""
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, {"at": at, "most": MOST_ENTRIES})
        listings, is_whole = cursor.fetchall()[0]
        cursor.execute(_SWITCHED, {"at": at})
        return Moved(listings, [row[0] for row in cursor.fetchall()], is_whole)


_TOLD = """
    SELECT stock.id, stock.weight_ct,
           CASE WHEN ago.is_live THEN coalesce(
               CASE WHEN NOT (ago.hides_ask OR coalesce(house.hides_ask, FALSE)) THEN ago.ask_cents END,
               CASE WHEN NOT (ago.hides_cash_ask OR coalesce(house.hides_cash_ask, FALSE))
                    THEN ago.cash_ask_cents END) END,
           coalesce(ago.availability, '')
    FROM market_listing AS stock
    LEFT JOIN market_showing AS showing ON showing.company_id = stock.company_id
    CROSS JOIN LATERAL (SELECT CASE WHEN showing.hides_name THEN %(day)s::timestamptz
                                    ELSE %(at)s::timestamptz END AS until) AS told
    LEFT JOIN LATERAL (SELECT * FROM market_askchange AS entry
                       WHERE entry.listing_id = stock.id AND entry.at <= told.until
                       ORDER BY entry.id DESC LIMIT 1) AS ago ON TRUE
    LEFT JOIN LATERAL (SELECT * FROM market_showingchange AS switch
                       WHERE switch.company_id = stock.company_id AND switch.at <= told.until
                       ORDER BY switch.place DESC LIMIT 1) AS house ON TRUE
    WHERE stock.id = ANY (%(keys)s)"""


def told_asks(keys: Sequence[int], at: datetime) -> list[ToldAsk]:
    """What others were told of these listings' asks at the time: whoever hides his name moves once a day."""
    last_of_day = day_of(at) + timedelta(days=1) - timedelta(microseconds=1)
    with connection.cursor() as cursor:
        cursor.execute(_TOLD, {"keys": list(keys), "at": at, "day": last_of_day})
        return [ToldAsk(*row) for row in cursor.fetchall()]


_DOUBLES = f"""
    SELECT DISTINCT ON (stock.id) other.id, {_STONE}
    FROM market_listing AS other
    JOIN market_listing AS stock ON stock.stone_id = other.stone_id AND stock.is_live
         AND stock.company_id = %(company_id)s AND stock.report_key <> ''
    WHERE other.id = ANY (%(keys)s) ORDER BY stock.id DESC, other.id DESC"""


def own_stones_of(company_id: int, keys: Sequence[int]) -> list[tuple[int, StoneWords]]:
    """The company's listings of the same stones as these listings of others, with the key of the other."""
    with connection.cursor() as cursor:
        cursor.execute(_DOUBLES, {"company_id": company_id, "keys": list(keys)})
        return [(row[0], StoneWords(*row[1:])) for row in cursor.fetchall()]


def stone_words(company_id: int, keys: Sequence[int]) -> dict[int, StoneWords]:
    """The company's listings of these keys in few words."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, {_STONE} FROM market_listing AS stock WHERE company_id = %s AND id = ANY (%s)",
            [company_id, list(keys)],
        )
        return {row[0]: StoneWords(*row[1:]) for row in cursor.fetchall()}
