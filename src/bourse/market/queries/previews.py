"""What an order for many listings would do, before anybody orders it; nothing is written."""

# ruff: noqa: S608  the statements are made of this room's own names; every value is passed apart

from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from bourse.kit.refusal import NotThere
from bourse.market.bulk import (
    FIRST,
    HIGHEST,
    LOWEST,
    MOST_CHANGED,
    REFUSED,
    SUMMARY,
    Delist,
    Planned,
    Selection,
    kind_of,
    plan,
    refuse_unless_one_way,
)
from bourse.market.choosing import FROM
from bourse.market.confirming import HIDES
from bourse.market.models import BulkChange
from bourse.market.policy import may_change_stock_of
from bourse.market.refusals import TooManySelected, ViewersOnlyLook
from bourse.members.actor import Actor
from bourse.members.refusals import refuse_suspended

SENTENCES = {
    "ended": "No longer live.",
    "live": "Live already.",
    "moved": "Changed by somebody since you saw it.",
    "taken": "Its stone or its stock number is live as another of your listings.",
    "no_ask": "Without an ask there is nothing to change by percent.",
    "too_low": "The ask would come to nothing.",
    "too_high": "The ask would be higher than any that is taken.",
    "not_there": "Not among your listings.",
    "not_ranked": "A parcel, or a stone without colour or clarity: it is compared with none.",
    "not_in_search": "Not in search yet. Wait a moment.",
    "hidden": "Others see no ask of it, so it has no rank.",
    "too_few": "Fewer of its like are offered by others.",
    "too_far": "The ask would move by more than you allowed.",
}
"""Why a listing is left as it is."""


class PlannedRow(msgspec.Struct, frozen=True):
    """A listing as it is and as it would be."""

    public_id: str
    supplier_stock_number: str
    ask_cents: int | None
    new_ask_cents: int | None
    cash_ask_cents: int | None
    new_cash_ask_cents: int | None
    availability: str
    new_availability: str


class RowsRefused(msgspec.Struct, frozen=True):
    """Listings that would be left as they are, all for the same reason; the first of them by name."""

    why: str
    sentence: str
    count: int
    listings: list[str]


class Preview(msgspec.Struct, frozen=True):
    """What an order would do; it is confirmed by the fingerprint."""

    fingerprint: str
    selected: int
    changing: int
    same: int
    before_cents: int
    after_cents: int
    refused: list[RowsRefused]
    lowest: PlannedRow | None
    highest: PlannedRow | None
    samples: list[PlannedRow]


@transaction.atomic
def preview(actor: Actor, selection: Selection, change: Planned) -> Preview:
    """What the change would do with the selection; it is planned in a table that nobody else sees."""
    company_id = own_company_id(actor)
    planned = plan(company_id, selection, change, revision_of(company_id, selection))
    with connection.cursor() as cursor:
        cursor.execute(planned.as_table(), planned.values)
        told = _told(cursor, selection, kind_of(change).act)
        cursor.execute("DROP TABLE planned")
    return told


def _told(cursor: CursorWrapper, selection: Selection, act: str) -> Preview:
    def ask(question: str) -> list[tuple[Any, ...]]:
        cursor.execute(question, {"kind": act})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    [(selected, changing, same, before, after, fingerprint)] = ask(SUMMARY)
    refuse_too_many(selected)
    lowest, highest, samples = (
        [PlannedRow(*row) for row in ask(question)] for question in (LOWEST, HIGHEST, FIRST)
    )
    return Preview(
        fingerprint=fingerprint,
        selected=selected,
        changing=changing,
        same=same,
        before_cents=before,
        after_cents=after,
        refused=_refused(ask(REFUSED), len(selection.listings) - selected if selection.listings else 0),
        lowest=next(iter(lowest), None),
        highest=next(iter(highest), None),
        samples=samples,
    )


def _refused(rows: list[tuple[Any, ...]], strange: int) -> list[RowsRefused]:
    found = [RowsRefused(why, SENTENCES[why], count, listings) for why, count, listings in rows]
    return [*found, RowsRefused("not_there", SENTENCES["not_there"], strange, [])] if strange > 0 else found


def refuse_too_many(selected: int) -> None:
    """An order has an end."""
    if selected > MOST_CHANGED:
        raise TooManySelected(
            f"{selected:,} listings are selected; an order changes at most {MOST_CHANGED:,}."
        )


def own_company_id(actor: Actor) -> int:
    """The company whose stock the actor may change."""
    refuse_suspended(actor)
    if actor.company_id is None or not may_change_stock_of(actor, actor.company_id):
        raise ViewersOnlyLook("Viewers look; owners and traders change stock.")
    return actor.company_id


def revision_of(company_id: int, selection: Selection) -> int | None:
    """The revision of the company's own order that a selection names; None where it names none."""
    refuse_unless_one_way(selection)
    if not selection.order:
        return None
    found = BulkChange.objects.filter(company_id=company_id, public_id=selection.order).values_list(
        "revision", flat=True
    )
    if (revision := found.first()) is None:
        raise NotThere("There is no such order.")
    return revision


class PricedLine(NamedTuple):
    """What a rank needs to know of a listing that is selected."""

    key: int
    weight_ct: Decimal
    ask_cents: int | None
    is_hidden: bool


def priced_lines(actor: Actor, selection: Selection) -> list[PricedLine]:
    """The live listings of a selection, for search to say at which ask each has a rank."""
    company_id = own_company_id(actor)
    found = plan(company_id, selection, Delist(), revision_of(company_id, selection))
    statement = f"""SELECT stock.id, stock.weight_ct, stock.ask_cents, {HIDES}
        FROM {FROM} JOIN ({found.statement}) AS planned ON planned.listing_id = stock.id
        WHERE stock.is_live ORDER BY stock.id LIMIT {MOST_CHANGED + 1}"""
    with connection.cursor() as cursor:
        cursor.execute(statement, found.values)
        return [PricedLine(*row) for row in cursor.fetchall()]


class OrderView(msgspec.Struct, frozen=True):
    """An order for many that was carried out."""

    order: str
    act: str
    changed: int
    at: datetime


def latest_orders(actor: Actor, limit: int = 10) -> list[OrderView]:
    """What the company ordered for many listings, the latest first."""
    found = BulkChange.objects.filter(company_id=actor.company_id or 0).order_by("-pk")[: min(limit, 100)]
    return [OrderView(one.public_id, one.act, one.changed, one.at) for one in found]
