"""What search takes from the market, in slices: of each listing what everybody may see, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from psycopg.types.datetime import TimestamptzLoader
from psycopg.types.json import set_json_loads

from bourse.market.models import Listing
from bourse.market.visible import HIDES_ASK, HIDES_CASH_ASK, IS_SUSPENDED, column, shown

MOST_AT_ONCE = 10_000


class CatalogueRow(NamedTuple):
    """A listing with every claim that is searched by, its stone and its company, already joined.

    The ask, the name and what would give the name away are as others see them (market.visible); only
    `ask_is_hidden` and `company_id` are not for others: by them the owner's own row is told.
    """

    id: int
    public_id: str
    stone_public_id: str
    company_id: int
    company_public_id: str
    company_name: str
    is_live: bool
    ask_is_hidden: bool
    listed_at: datetime
    changed_at: datetime
    confirmed_at: datetime
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
    fancy_overtone: str
    clarity: str
    clarity_to: str
    cut: str
    polish: str
    symmetry: str
    fluorescence: str
    fluorescence_colour: str
    length_mm: Decimal | None
    width_mm: Decimal | None
    depth_mm: Decimal | None
    depth_percent: Decimal | None
    table_percent: Decimal | None
    girdle_from: str
    girdle_to: str
    culet: str
    treatment: str
    stones: int
    goods: str
    pair_stock_number: str
    pair_is_separable: bool | None
    country: str
    state: str
    city: str
    has_image: bool
    has_video: bool
    has_certificate: bool
    particulars: Mapping[str, object]
    ask_cents: int | None
    cash_ask_cents: int | None
    availability: str


_JOINED = {
    "stone_public_id": "stone__public_id",
    "company_public_id": "company__public_id",
    "company_name": "company__name",
}
_HIDDEN = ExpressionWrapper(
    (HIDES_ASK & Q(ask_cents__isnull=False)) | (HIDES_CASH_ASK & Q(cash_ask_cents__isnull=False)),
    output_field=BooleanField(),
)
_SEEN = tuple(name for name in CatalogueRow._fields if column(name) != name)
_NAMES = tuple(_JOINED.get(column(name), column(name)) for name in CatalogueRow._fields)


def changes(upload_id: int, after: int = 0, limit: int = MOST_AT_ONCE) -> Sequence[CatalogueRow]:
    """The next listings above `after` that this upload was the last to touch: new, changed or removed.

    A listing that a later upload touched comes with that upload's fact.
    """
    return _next_of(Listing.objects.filter(last_upload_id=upload_id), after, limit)


def live_rows_of(company_id: int, after: int = 0, limit: int = MOST_AT_ONCE) -> Sequence[CatalogueRow]:
    """The next live listings of the company above `after`: what a suspension or its showing touches."""
    return _next_of(Listing.objects.filter(company_id=company_id, is_live=True), after, limit)


def rows_of_order(
    company_id: int, revision: int, after: int = 0, limit: int = MOST_AT_ONCE
) -> Sequence[CatalogueRow]:
    """The next listings above `after` that the order of this revision was the last to touch."""
    return _next_of(Listing.objects.filter(company_id=company_id, revision=revision), after, limit)


def catalogue_rows(listing_ids: Sequence[int]) -> Sequence[CatalogueRow]:
    """The rows of these listings in the order of their keys, ended ones included."""
    return _rows(Listing.objects.filter(pk__in=listing_ids))


def all_catalogue_rows(after_id: int = 0, limit: int = MOST_AT_ONCE) -> Sequence[CatalogueRow]:
    """The next live listings above `after_id`, for a catalogue that is built anew."""
    return _rows(Listing.objects.filter(is_live=True, pk__gt=after_id).exclude(IS_SUSPENDED), limit)


def _next_of(listings: QuerySet[Listing], after: int, limit: int) -> Sequence[CatalogueRow]:
    """The next rows, whose last key is looked up first.

    The planner does not know yet what an upload wrote a moment ago and would sort all of it for each slice.
    """
    most, left = min(limit, MOST_AT_ONCE), listings.filter(pk__gt=after)
    last = left.order_by("pk").values_list("pk", flat=True)[most - 1 : most].first()
    return _rows(left if last is None else left.filter(pk__lte=last), most)


def _rows(listings: QuerySet[Listing], limit: int = MOST_AT_ONCE) -> Sequence[CatalogueRow]:
    seen = shown(listings.annotate(ask_is_hidden=_HIDDEN), *_SEEN)
    statement, values = (
        seen.order_by("pk").values_list(*_NAMES)[: min(limit, MOST_AT_ONCE)].query.sql_with_params()
    )
    with connection.cursor() as cursor:
        cursor.adapters.register_loader("timestamptz", TimestamptzLoader)
        set_json_loads(_said, cursor.cursor)
        cursor.execute(statement, values)
        return list(map(CatalogueRow._make, cursor.fetchall()))


def _said(text: bytes | str) -> Any:
    """What suppliers say beyond the columns, as Django reads it; that took a third of the follower's time."""
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:  # a number of a size that only the slow way holds
        return json.loads(text)
