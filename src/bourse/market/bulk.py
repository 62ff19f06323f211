"""What an order for many listings is asked to do, and what it would do: a plan, as SQL.

A plan has a row for each listing that is selected: what it is, what it would be, and why not. The preview
counts it, the order writes it, and both are tied by its fingerprint.
"""

# ruff: noqa: S608  the statements are made of this room's own names; every value is passed apart

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Literal, NamedTuple

import msgspec

from bourse.market.choosing import FROM, chosen
from bourse.market.confirming import SHOWING, is_told
from bourse.market.models import BulkAct, Ending
from bourse.market.refusals import AvailabilityNotKnown, NothingSelected, PercentNotTaken
from bourse.market.stock_filter import StockFilter
from bourse.vocabulary import Availability

MOST_CHANGED = 100_000
LEAST_PERCENT, MOST_PERCENT = Decimal(-90), Decimal(900)
HIGHEST_CENTS = 10**15


class Seen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A listing in the state in which somebody saw it."""

    listing: str
    version: int


class Selection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an order is for, in exactly one way: a filter's, listings as seen, or what an order changed."""

    filter: StockFilter | None = None
    listings: tuple[Seen, ...] = ()
    order: str = ""


class ByPercent(msgspec.Struct, frozen=True, tag_field="kind", tag="percent", forbid_unknown_fields=True):
    """Every ask by so many percent; the cash ask too. Half a unit is rounded up.

    Of the ask: the new ask in whole dollars, or to the cent. Of the price per carat: that price so rounded,
    and the ask is what it makes for the weight, to the cent.
    """

    percent: Decimal
    of: Literal["ask", "per_carat"] = "ask"
    to: Literal["cent", "dollar"] = "dollar"


class ToAvailability(
    msgspec.Struct, frozen=True, tag_field="kind", tag="availability", forbid_unknown_fields=True
):
    """The same availability for all."""

    availability: str


class Delist(msgspec.Struct, frozen=True, tag_field="kind", tag="delist", forbid_unknown_fields=True):
    """All taken down."""


class ListAgain(msgspec.Struct, frozen=True, tag_field="kind", tag="list_again", forbid_unknown_fields=True):
    """What ended is live again as itself, as it was."""


class ToRank(msgspec.Struct, frozen=True, tag_field="kind", tag="rank", forbid_unknown_fields=True):
    """Each stone one cent per carat below the so-many-th cheapest of its like at other companies.

    A stone whose ask would move by more than `most_percent` is left as it is and told.
    """

    rank: int
    most_percent: int = 25


class ToAsks(msgspec.Struct, frozen=True):
    """An ask for each listing by its key, or why there is none; the cash ask moves in proportion."""

    keys: Sequence[int]
    asks: Sequence[int | None]
    whys: Sequence[str]


Change = ByPercent | ToAvailability | Delist | ListAgain | ToRank
Planned = ByPercent | ToAvailability | Delist | ListAgain | ToAsks


class Kind(NamedTuple):
    """What is written of an order: its act, whether listings are live after it, and why they ended."""

    act: BulkAct
    lives: bool
    because: str = ""


def kind_of(change: Planned) -> Kind:
    """What is written of the change."""
    match change:
        case ByPercent() | ToAsks():
            return Kind(BulkAct.REPRICED, lives=True)
        case ToAvailability():
            return Kind(BulkAct.AVAILABILITY, lives=True)
        case Delist():
            return Kind(BulkAct.DELISTED, lives=False, because=Ending.WITHDRAWN)
        case ListAgain():
            return Kind(BulkAct.LISTED_AGAIN, lives=True)


class Plan(NamedTuple):
    """SQL of the plan, and its values."""

    statement: str
    values: dict[str, Any]

    def as_table(self) -> str:
        """SQL that puts the plan into a table of this transaction."""
        return f"CREATE TEMPORARY TABLE planned ON COMMIT DROP AS {self.statement}"


def refuse_unless_one_way(selection: Selection) -> None:
    """What an order is for is said once."""
    if sum((selection.filter is not None, bool(selection.listings), bool(selection.order))) != 1:
        raise NothingSelected("Say what is meant: a filter, listings as you saw them, or an earlier order.")


def plan(company_id: int, selection: Selection, change: Planned, revision: int | None = None) -> Plan:
    """What the change would do with each listing of the selection; `revision` is of the order it names."""
    source, values = _selected(company_id, selection, revision)
    new, own, more = _new(change)
    whys = [*_standing(change), *own, ("(" + _same(new) + ")", "'same'")]
    if isinstance(change, Delist | ListAgain):
        whys.pop()
    cases = " ".join(f"WHEN {condition} THEN {word}" for condition, word in whys)
    why = f"CASE {cases} END" if cases else "NULL"
    joined = (
        "LEFT JOIN unnest(%(keys)s::bigint[], %(asks)s::bigint[], %(whys)s::text[]) AS price(key, ask, why)"
        " ON price.key = stock.id"
        if isinstance(change, ToAsks)
        else ""
    )
    told = (
        "TRUE"
        if isinstance(change, ListAgain)
        else is_told("made.new_ask", "made.new_cash", "made.new_availability")
    )
    statement = f"""
        SELECT stock.id AS listing_id, stock.public_id, stock.supplier_stock_number, stock.version,
               stock.ask_cents, stock.cash_ask_cents, stock.availability,
               made.new_ask, made.new_cash, made.new_availability, {why} AS why, {told} AS is_told
        FROM ({source}) AS meant(id, seen)
        JOIN market_listing AS stock ON stock.id = meant.id {SHOWING} {joined}
        CROSS JOIN LATERAL (SELECT {new[0]} AS new_ask, {new[1]} AS new_cash,
                                   {new[2]} AS new_availability) AS made"""
    return Plan(statement, values | more)


def _selected(company_id: int, selection: Selection, revision: int | None) -> tuple[str, dict[str, Any]]:
    if selection.filter is not None:
        found = chosen(company_id, selection.filter)
        return f"SELECT stock.id, stock.version FROM {FROM} WHERE {found.where()}", found.values
    if selection.order:
        return (
            "SELECT id, version FROM market_listing WHERE company_id = %(company_id)s"
            " AND revision = %(order_revision)s",
            {"company_id": company_id, "order_revision": revision},
        )
    return (
        "SELECT stock.id, seen.version"
        " FROM unnest(%(ids)s::text[], %(versions)s::integer[]) AS seen(id, version)"
        " JOIN market_listing AS stock ON stock.public_id = seen.id AND stock.company_id = %(company_id)s",
        {
            "company_id": company_id,
            "ids": [seen.listing for seen in selection.listings],
            "versions": [seen.version for seen in selection.listings],
        },
    )


def _standing(change: Planned) -> list[tuple[str, str]]:
    """Why a listing is left whatever its new ask would be."""
    moved = ("meant.seen <> stock.version", "'moved'")
    if isinstance(change, ListAgain):
        return [("stock.is_live", "'live'"), moved, (_TAKEN, "'taken'")]
    return [("NOT stock.is_live", "'ended'"), moved]


_TAKEN = """EXISTS (
        SELECT FROM market_listing AS other WHERE other.company_id = stock.company_id AND other.is_live
               AND (other.stone_id = stock.stone_id
                    OR other.stock_key = stock.stock_key AND stock.stock_key <> ''))
    OR row_number() OVER (PARTITION BY stock.stone_id ORDER BY stock.id DESC) > 1
    OR stock.stock_key <> ''
       AND row_number() OVER (PARTITION BY stock.stock_key ORDER BY stock.id DESC) > 1"""
_KEPT = ("stock.ask_cents", "stock.cash_ask_cents", "stock.availability")


def _same(new: tuple[str, str, str]) -> str:
    return f"(made.new_ask, made.new_cash, made.new_availability) IS NOT DISTINCT FROM ({', '.join(_KEPT)})"


def _new(change: Planned) -> tuple[tuple[str, str, str], list[tuple[str, str]], dict[str, Any]]:
    """Ask, cash ask and availability as expressions, why there may be none, and the values they name."""
    match change:
        case ByPercent():
            return _by_percent(change)
        case ToAsks():
            return _to_asks(change)
        case ToAvailability():
            return (_KEPT[0], _KEPT[1], "%(word)s::varchar"), [], {"word": known(change.availability)}
        case Delist() | ListAgain():
            return _KEPT, [], {}


def known(availability: str) -> str:
    """The word, if it is one of the exchange's."""
    words = [word.value for word in Availability]
    if availability not in words:
        raise AvailabilityNotKnown(f"Availability is one of: {', '.join(words)}.")
    return availability


def _by_percent(change: ByPercent) -> tuple[tuple[str, str, str], list[tuple[str, str]], dict[str, Any]]:
    if not (change.percent.is_finite() and LEAST_PERCENT <= change.percent <= MOST_PERCENT):
        raise PercentNotTaken(f"A change lies between {LEAST_PERCENT} and +{MOST_PERCENT} percent.")
    unit = 100 if change.to == "dollar" else 1

    def made(asks: str) -> str:
        if change.of == "ask":
            return f"(round({asks} * %(factor)s::numeric / {unit}) * {unit})::bigint"
        # Divided once, and last: a third of a cent that is half of one later would be rounded on the way.
        price = f"round({asks} * %(factor)s::numeric / (stock.weight_ct * {unit})) * {unit}"
        return f"round({price} * stock.weight_ct)::bigint"

    new = (made(_KEPT[0]), made(_KEPT[1]), _KEPT[2])
    whys = [
        ("stock.ask_cents IS NULL AND stock.cash_ask_cents IS NULL", "'no_ask'"),
        ("least(made.new_ask, made.new_cash) < 1", "'too_low'"),
        (f"greatest(made.new_ask, made.new_cash) >= {HIGHEST_CENTS}", "'too_high'"),
    ]
    return new, whys, {"factor": 1 + change.percent / 100}


def _to_asks(change: ToAsks) -> tuple[tuple[str, str, str], list[tuple[str, str]], dict[str, Any]]:
    cash = "greatest(1, round(stock.cash_ask_cents * price.ask::numeric / stock.ask_cents))::bigint"
    new = ("price.ask", f"CASE WHEN stock.cash_ask_cents IS NOT NULL THEN {cash} END", _KEPT[2])
    values = {"keys": list(change.keys), "asks": list(change.asks), "whys": list(change.whys)}
    return new, [("price.ask IS NULL", "coalesce(price.why, 'not_in_search')")], values


SUMMARY = """
    SELECT count(*), count(*) FILTER (WHERE why IS NULL), count(*) FILTER (WHERE why = 'same'),
           coalesce(sum(ask_cents) FILTER (WHERE why IS NULL), 0)::bigint,
           coalesce(sum(new_ask) FILTER (WHERE why IS NULL), 0)::bigint,
           encode(sha256(convert_to(%(kind)s || coalesce(string_agg(
               concat_ws(':', listing_id, version, coalesce(new_ask, 0), coalesce(new_cash, 0),
                         new_availability), ' ' ORDER BY listing_id
           ) FILTER (WHERE why IS NULL), ''), 'UTF8')), 'hex')
    FROM planned"""
"""Selected, changing, the same; asks before and after; the fingerprint of what would change."""
REFUSED = """
    SELECT why, count(*), (array_agg(public_id ORDER BY listing_id DESC))[1:20] FROM planned
    WHERE why <> 'same' GROUP BY why ORDER BY 2 DESC, 1"""
ROW = """public_id, supplier_stock_number, ask_cents, new_ask, cash_ask_cents, new_cash, availability,
    new_availability"""
FIRST = f"SELECT {ROW} FROM planned WHERE why IS NULL ORDER BY listing_id DESC LIMIT 20"
LOWEST = f"""SELECT {ROW} FROM planned WHERE why IS NULL AND new_ask IS NOT NULL
    ORDER BY new_ask, listing_id LIMIT 1"""
HIGHEST = LOWEST.replace("ORDER BY new_ask,", "ORDER BY new_ask DESC,")
