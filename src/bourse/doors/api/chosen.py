"""Which of one's own listings are meant, as callers write it: the same words in a query and in a body."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from bourse.doors.api.paging import USUAL, After, Limit
from bourse.market import bulk
from bourse.market.stock_filter import LONGEST_TEXT, AskState, Health, StockFilter, StockOrder

MOST_VALUES, MOST_LISTINGS = 100, 5_000
Words = Annotated[list[Annotated[str, Meta(min_length=1, max_length=100)]], Meta(max_length=MOST_VALUES)]
Carats = Annotated[str, Meta(pattern=r"^[0-9]{1,6}(\.[0-9]{1,3})?$", description="A weight in carats.")]
Days = Annotated[int, Meta(ge=1, le=366)]
_FILTER: list[tuple[str, Any, Any]] = [
    ("text", Annotated[str, Meta(max_length=LONGEST_TEXT)] | None, None),
    ("state", Literal["live", "ended"] | None, None),
    *(
        (name, Words | None, None)
        for name in (
            "growths",
            "shapes",
            "colours",
            "clarities",
            "laboratories",
            "availabilities",
            "places",
            "listings",
        )
    ),
    ("asks", Annotated[list[AskState], Meta(max_length=MOST_VALUES)] | None, None),
    ("health", Annotated[list[Health], Meta(max_length=MOST_VALUES)] | None, None),
    ("low_ct", Carats | None, None),
    ("high_ct", Carats | None, None),
    ("unconfirmed_days", Days | None, None),
    ("changed_days", Days | None, None),
]
_Filter: Any = msgspec.defstruct("_Filter", _FILTER, kw_only=True, frozen=True, forbid_unknown_fields=True)


class Filter(_Filter, kw_only=True, frozen=True, forbid_unknown_fields=True):  # type: ignore[misc,call-arg]
    """Listings that have one of the values of each field that is sent; none sent means all that is live."""


class StockQuery(_Filter, kw_only=True, frozen=True, forbid_unknown_fields=True):  # type: ignore[misc,call-arg]
    """A page of one's own stock: the fields of a filter, an order, where it begins."""

    order: StockOrder = StockOrder.LATEST
    after: After | None = None
    limit: Limit = USUAL


class Seen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A listing in the version that you saw."""

    listing: Annotated[str, Meta(min_length=1, max_length=18)]
    version: Annotated[int, Meta(ge=0, lt=2**31)]


class Selection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is meant, in exactly one way: by a filter, as a list, or as what an earlier order changed."""

    filter: Filter | None = None
    listings: Annotated[list[Seen], Meta(max_length=MOST_LISTINGS)] | None = None
    order: Annotated[str, Meta(min_length=1, max_length=18)] | None = None


def filter_of(given: Filter | StockQuery, now: datetime) -> StockFilter:
    """The filter as the market takes it; days are counted back from now."""
    said: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, _, _ in _FILTER
        if (value := getattr(given, name)) is not None and name in StockFilter.__struct_fields__
    }
    for name in ("low_ct", "high_ct"):
        if name in said:
            said[name] = Decimal(said[name])
    return StockFilter(
        **said,
        confirmed_before=_days_before(now, given.unconfirmed_days),
        changed_after=_days_before(now, given.changed_days),
    )


def _days_before(now: datetime, days: int | None) -> datetime | None:
    return None if days is None else now - timedelta(days=days)


def selection_of(given: Selection, now: datetime) -> bulk.Selection:
    """The selection as the market takes it."""
    return bulk.Selection(
        filter=None if given.filter is None else filter_of(given.filter, now),
        listings=tuple(bulk.Seen(seen.listing, seen.version) for seen in given.listings or ()),
        order=given.order or "",
    )
