"""The table of own stock: a page of it in an order, and what each facet holds; own people see all of it."""

# ruff: noqa: S608  the statements are made of this room's own names; every value is passed apart

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec
from django.db import connection

from bourse.kit.refusal import NotThere
from bourse.market.choosing import (
    CLARITY_RANK,
    COLOUR_RANK,
    FROM,
    HEALTH,
    NEVER,
    PER_CARAT,
    SHAPE_RANK,
    Chosen,
    chosen,
    kept,
)
from bourse.market.confirming import CONFIRMED_AT, HIDES
from bourse.market.models import Listing
from bourse.market.queries.links import LinkView, dead_links
from bourse.market.stock_filter import AskState, Health, StockFilter, StockOrder
from bourse.market.visible import IS_SUSPENDED, column, shown
from bourse.members.actor import Actor

MOST_ON_A_PAGE = 250
_HIGHEST = 10**18


class StockLine(msgspec.Struct, frozen=True):
    """A line of the table; `listing_key` is for other rooms, never for a page.

    `elsewhere` holds the companies that offer the same report number, "" for one that hides its name.
    """

    listing_key: int
    public_id: str
    version: int
    supplier_stock_number: str
    laboratory: str
    report_number: str
    growth: str
    shape: str
    weight_ct: Decimal
    colour: str
    colour_to: str
    fancy_colour: str
    fancy_intensity: str
    clarity: str
    clarity_to: str
    cut: str
    polish: str
    symmetry: str
    fluorescence: str
    goods: str
    stones: int
    country: str
    state: str
    city: str
    ask_cents: int | None
    cash_ask_cents: int | None
    hides_ask: bool
    hides_cash_ask: bool
    availability: str
    listed_at: datetime
    changed_at: datetime
    confirmed_at: datetime
    expires_at: datetime | None
    ended_at: datetime | None
    ended_because: str
    images: int
    videos: int
    has_certificate: bool
    ppc_cents: int | None
    health: tuple[Health, ...] = ()
    elsewhere: tuple[str, ...] = ()
    dead_links: tuple[LinkView, ...] = ()


class StockLines(msgspec.Struct, frozen=True):
    """A page of the table; `after` fetches the next one, None on the last."""

    total: int
    rows: list[StockLine]
    after: str | None


class StockCounts(msgspec.Struct, frozen=True):
    """How much stock the filter finds, and for each facet how much of each value, its own choice left out."""

    total: int
    weight_ct: Decimal
    ask_cents: int
    facets: dict[str, list[tuple[str, int]]]


def _count_of(kind: str) -> str:
    return f"(SELECT count(*) FROM ({kept(kind)}) AS media)"


_MADE = {
    "listing_key": "stock.id",
    "confirmed_at": CONFIRMED_AT,
    "expires_at": f"CASE WHEN stock.is_live AND %(listing_days)s < {NEVER}"
    f" THEN {CONFIRMED_AT} + %(listing_days)s * interval '1 day' END",
    "images": f"cardinality(stock.image_urls) + {_count_of('picture')}",
    "videos": f"cardinality(stock.video_urls) + {_count_of('film')}",
    "has_certificate": f"(stock.certificate_url <> '' OR EXISTS ({kept('certificate')}))",
    "ppc_cents": f"{PER_CARAT}::bigint",
}
_ASIDE = ("health", "elsewhere", "dead_links")
_COLUMNS = tuple(name for name in StockLine.__struct_fields__ if name not in _ASIDE)
_SELECTED = ", ".join(_MADE.get(name, f"stock.{name}") for name in _COLUMNS)
_SEEN_TO = tuple(word for word in HEALTH if word is not Health.OFF_PEERS)
_LACKS = ", ".join(f"({HEALTH[word]})" for word in _SEEN_TO)
_ORDERS: Mapping[StockOrder, tuple[str, bool]] = {
    StockOrder.LATEST: ("0", False),
    StockOrder.STOCK: ("stock.stock_key", False),
    StockOrder.WEIGHT: ("stock.weight_ct", False),
    StockOrder.WEIGHT_FALLING: ("stock.weight_ct", True),
    StockOrder.SHAPE: (SHAPE_RANK, False),
    StockOrder.COLOUR: (COLOUR_RANK, False),
    StockOrder.CLARITY: (CLARITY_RANK, False),
    StockOrder.ASK: (f"coalesce(stock.ask_cents, {_HIGHEST})", False),
    StockOrder.ASK_FALLING: ("coalesce(stock.ask_cents, 0)", True),
    StockOrder.PER_CARAT: (f"coalesce({PER_CARAT}, {_HIGHEST})", False),
    StockOrder.PER_CARAT_FALLING: (f"coalesce({PER_CARAT}, 0)", True),
    StockOrder.CONFIRMED: (CONFIRMED_AT, False),
    StockOrder.CONFIRMED_FALLING: (CONFIRMED_AT, True),
    StockOrder.CHANGED: ("stock.changed_at", True),
}
"""Each order as an expression, and whether it falls."""


def stock_lines(
    actor: Actor,
    filter: StockFilter,
    order: StockOrder = StockOrder.LATEST,
    *,
    after: str | None = None,
    limit: int = 50,
    off_peers: Collection[int] = (),
    total: int | None = None,
) -> StockLines:
    """A page of the own listings that the filter finds; `off_peers` are those that search found so.

    They are counted unless their `total` is known.
    """
    found = chosen(actor.company_id, filter, off_peers)
    limit = max(1, min(limit, MOST_ON_A_PAGE))
    behind = _behind(actor, after, order) if after else "TRUE"
    by, falls = _ORDERS[order]
    first = "" if by == "0" else f"{by} {'DESC' if falls else 'ASC'}, "
    with connection.cursor() as cursor:
        if total is None:
            cursor.execute(f"SELECT count(*) FROM {FROM} WHERE {found.where()}", found.values)
            total = int((cursor.fetchone() or [0])[0])
        # All that is told of a row is worked out for the rows of the page alone.
        cursor.execute(
            f"""SELECT stock.id FROM {FROM} WHERE {found.where()} AND {behind}
            ORDER BY {first}stock.id DESC LIMIT {limit + 1}""",
            found.values | {"after": after},
        )
        keys = [key for (key,) in cursor.fetchall()]
        cursor.execute(
            f"""SELECT {_SELECTED}, {_LACKS} FROM {FROM} WHERE stock.id = ANY (%(keys)s::bigint[])
            ORDER BY array_position(%(keys)s::bigint[], stock.id)""",
            found.values | {"keys": keys},
        )
        rows = cursor.fetchall()
    lines = _with_dead_links([_line(row) for row in rows[:limit]])
    return StockLines(total, _with_others(actor, lines), lines[-1].public_id if len(rows) > limit else None)


def _behind(actor: Actor, after: str, order: StockOrder) -> str:
    """What lies behind the listing in the order."""
    if not Listing.objects.filter(public_id=after, company_id=actor.company_id or 0).exists():
        raise NotThere("There is no such listing to go on from.")
    by, falls = _ORDERS[order]
    last = f"(SELECT {{}} FROM {FROM} WHERE stock.public_id = %(after)s)"
    beside = f"stock.id < {last.format('stock.id')}"
    if by == "0":
        return beside
    value = last.format(by)
    return f"({by} {'<' if falls else '>'} {value} OR {by} = {value} AND {beside})"


def _line(row: tuple[Any, ...]) -> StockLine:
    lacks = row[len(_COLUMNS) :]
    health = tuple(word for word, is_so in zip(_SEEN_TO, lacks, strict=True) if is_so)
    return StockLine(**dict(zip(_COLUMNS, row, strict=False)), health=health)


def _with_dead_links(lines: list[StockLine]) -> list[StockLine]:
    """The lines with those of their links that lead nowhere."""
    keys = [line.listing_key for line in lines if Health.DEAD_LINK in line.health]
    dead = dead_links(keys) if keys else {}
    return [
        msgspec.structs.replace(line, dead_links=dead[line.listing_key]) if line.listing_key in dead else line
        for line in lines
    ]


def _with_others(actor: Actor, lines: list[StockLine]) -> list[StockLine]:
    """The lines with the companies that offer the same stones, named where they are named to others."""
    keys = [line.listing_key for line in lines if Health.ELSEWHERE in line.health]
    if not keys:
        return lines
    stones = dict(Listing.objects.filter(pk__in=keys).values_list("pk", "stone_id"))
    others = shown(
        Listing.objects.filter(stone__in=stones.values(), is_live=True).exclude(IS_SUSPENDED), "company_name"
    ).exclude(company_id=actor.company_id or 0)
    named: dict[int, list[str]] = defaultdict(list)
    for stone_id, name in others.order_by("pk").values_list("stone_id", column("company_name")):
        named[stone_id].append(name)
    return [
        msgspec.structs.replace(line, elsewhere=tuple(named[stones.get(line.listing_key, 0)]))
        for line in lines
    ]


_FACETS = {
    "growths": "stock.growth",
    "shapes": "stock.shape",
    "colours": "CASE WHEN stock.colour = '' THEN stock.fancy_colour ELSE stock.colour END",
    "clarities": "stock.clarity",
    "laboratories": "stock.laboratory",
    "availabilities": "stock.availability",
    "places": "CASE WHEN stock.city = '' THEN stock.country ELSE stock.city END",
}
_STATES = {
    AskState.ASKED: "ask_cents IS NOT NULL",
    AskState.NONE: "ask_cents IS NULL AND cash_ask_cents IS NULL",
    AskState.HIDDEN: "ask_cents IS NOT NULL AND hides",
    AskState.CASH: "cash_ask_cents IS NOT NULL",
}
_OWN = (*_FACETS, "asks", "health")
_WORDS = {
    **{("asks", str(word)): condition for word, condition in _STATES.items()},
    **{("health", str(word)): f"lacks_{word}" for word in HEALTH},
}
"""What is counted of each word by a condition; all else by its value."""


def stock_counts(actor: Actor, filter: StockFilter, off_peers: Collection[int] = ()) -> StockCounts:
    """Number, weight and asks of what the filter finds, and what each facet holds."""
    found = chosen(actor.company_id, filter, off_peers)
    with connection.cursor() as cursor:
        cursor.execute(_counting(found), found.values)
        told = cursor.fetchall()
    whole = next(row for row in told if row[0] == "")
    facets: dict[str, list[tuple[str, int]]] = {name: [] for name in _OWN}
    for (facet, word), count in zip(_WORDS, whole[5], strict=True):
        if count:
            facets[facet].append((word, count))
    for facet, value, count, *_ in told:
        if facet:
            facets[facet].append((value, count))
    for values in facets.values():
        values.sort(key=lambda one: (-one[1], one[0]))
    return StockCounts(whole[2], whole[3] or Decimal(), int(whole[4] or 0), facets)


def _counting(found: Chosen) -> str:
    """One look at the stock, then one count of all words, and one for the values of each facet."""
    shared = " AND ".join(f"({one})" for facet, one in found.facets.items() if facet not in _OWN)
    columns = [f'({of}) COLLATE "C" AS {facet}_value' for facet, of in _FACETS.items()]
    columns += [f"({found.facets.get(facet, 'TRUE')}) AS {facet}_is" for facet in _OWN]
    columns += [f"({condition}) AS lacks_{word}" for word, condition in HEALTH.items()]
    words = ", ".join(
        f"count(*) FILTER (WHERE {_others(facet)} AND {condition})"
        for (facet, _), condition in _WORDS.items()
    )
    counts = [
        f"""SELECT '', '', count(*) FILTER (WHERE {_others("")}), sum(weight_ct) FILTER (WHERE {_others("")}),
            sum(ask_cents) FILTER (WHERE {_others("")}), ARRAY[{words}] FROM seen"""
    ]
    for facet in _FACETS:
        counts.append(
            f"""SELECT '{facet}', {facet}_value, count(*), NULL, NULL, NULL FROM seen
            WHERE {_others(facet)} AND {facet}_value <> '' GROUP BY {facet}_value"""
        )
    return f"""WITH seen AS MATERIALIZED (
        SELECT stock.weight_ct, stock.ask_cents, stock.cash_ask_cents,
               {HIDES} AS hides, {", ".join(columns)}
        FROM {FROM} WHERE {shared}
    ) {" UNION ALL ".join(f"({one})" for one in counts)}"""


def _others(without: str) -> str:
    """That all facets hold but one."""
    return " AND ".join(f"{facet}_is" for facet in _OWN if facet != without)
