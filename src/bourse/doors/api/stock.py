"""One's own stock by API: a page of it, orders for many listings at once, and where an ask lies."""

from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, structs

from bourse.doors.api.chosen import Selection, StockQuery, filter_of, selection_of
from bourse.doors.api.operation import TRADERS, Answer, MemberRequest, operation
from bourse.kit import clock
from bourse.kit.refusal import NotThere
from bourse.market import actions, bulk, refusals
from bourse.market.queries.previews import Preview
from bourse.members.actor import Scope
from bourse.search import actions as search_actions
from bourse.search import queries as search
from bourse.search import stock as own
from bourse.search.positions import Position
from bourse.search.stock import OwnRow, Simulated

MOST_PRICES = 100
Percent = Annotated[
    str, Meta(pattern=r"^-?[0-9]{1,3}(\.[0-9]{1,4})?$", description="From -90 to 900: “-1.5”.")
]
_SELECTS = (NotThere, refusals.ViewersOnlyLook, refusals.NothingSelected, refusals.TooManySelected)
_CHANGES = (*_SELECTS, refusals.PercentNotTaken, refusals.RankNotTaken, refusals.AvailabilityNotKnown)
_Row: Any = msgspec.defstruct(
    "_Row", [(field.name, field.type) for field in structs.fields(OwnRow) if field.name != "listing_key"]
)


class OwnListing(_Row):  # type: ignore[misc]
    """A line of your stock; `place` is null for a parcel, a stone without grades, or one not in search."""


class Stock(msgspec.Struct, frozen=True):
    """A page of your stock; `after` asks for the next one, null on the last."""

    total: int
    listings: list[OwnListing]
    after: str | None


class ByPercent(msgspec.Struct, frozen=True, tag_field="kind", tag="percent", forbid_unknown_fields=True):
    """Asks by so many percent, of the ask or of the price per carat, to the dollar or to the cent."""

    percent: Percent
    of: Literal["ask", "per_carat"] = "ask"
    to: Literal["cent", "dollar"] = "dollar"


class ToRank(msgspec.Struct, frozen=True, tag_field="kind", tag="rank", forbid_unknown_fields=True):
    """Asks one cent a carat below the so-many-th cheapest of their like at other companies."""

    rank: Annotated[int, Meta(ge=1, le=10_000)]
    most_percent: Annotated[int, Meta(ge=1, le=100)] = 25


class ToAvailability(
    msgspec.Struct, frozen=True, tag_field="kind", tag="availability", forbid_unknown_fields=True
):
    """The same availability for all."""

    availability: str


class Delist(msgspec.Struct, frozen=True, tag_field="kind", tag="delist", forbid_unknown_fields=True):
    """All taken down."""


class ListAgain(msgspec.Struct, frozen=True, tag_field="kind", tag="list_again", forbid_unknown_fields=True):
    """What ended is live again, as it was."""


class Order(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to become of which listings."""

    selection: Selection
    change: ByPercent | ToRank | ToAvailability | Delist | ListAgain


class Confirmed(Order, frozen=True, forbid_unknown_fields=True):
    """The order that a preview told of, by its fingerprint."""

    fingerprint: Annotated[str, Meta(min_length=1, max_length=64)]


class Undo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The order that is to be undone."""

    order: Annotated[str, Meta(min_length=1, max_length=18)]


class StillThere(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Listings that are confirmed; the whole stock where none are chosen."""

    selection: Selection | None = None


class Done(msgspec.Struct, frozen=True):
    """How many listings were changed and left, and whether every search finds them so already."""

    order: str
    changed: int
    left: int
    is_searchable: bool


class Kept(msgspec.Struct, frozen=True):
    """How many listings were confirmed, and whether every search says so already."""

    count: int
    is_searchable: bool


class Placed(msgspec.Struct, frozen=True):
    """Where an ask lies among those for its like; null for a parcel, or a stone without its like."""

    position: Position | None


class Prices(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Asks that might be: per carat in cents, or by so many percent from the one of now."""

    ppc_cents: Annotated[
        list[Annotated[str, Meta(pattern="^[1-9][0-9]{0,14}$")]], Meta(max_length=MOST_PRICES)
    ] = []
    percent: Annotated[list[Percent], Meta(max_length=MOST_PRICES)] = []


class Simulation(msgspec.Struct, frozen=True):
    """The rank of each ask that was sent, in that order; none where the listing has no like."""

    prices: list[Simulated]


@operation(scope=Scope.MANAGE_STOCK, refuses=(NotThere,))
def stock(request: MemberRequest, query: StockQuery) -> Stock:
    """Your company's stock that a filter finds, the latest first."""
    chosen = filter_of(query, clock.now())
    page = own.own_rows(request.actor, chosen, query.order, after=query.after, limit=query.limit)
    names = OwnListing.__struct_fields__
    rows = [OwnListing(*(getattr(row, name) for name in names)) for row in page.rows]
    return Stock(page.total, rows, page.after)


@operation(scope=Scope.MANAGE_STOCK, roles=TRADERS, refuses=_CHANGES)
def preview(request: MemberRequest, body: Order) -> Preview:
    """What a change of many listings would do; nothing is written."""
    selection = selection_of(body.selection, clock.now())
    return search_actions.preview(actor=request.actor, selection=selection, change=_change(body.change))


@operation(
    scope=Scope.MANAGE_STOCK,
    roles=TRADERS,
    refuses=(*_CHANGES, refusals.PreviewMoved, refusals.NothingToChange),
)
def change(request: MemberRequest, body: Confirmed) -> Answer[Done]:
    """What the preview with this fingerprint told, done, whole or not at all."""
    now = clock.now()
    done = search_actions.change_stock(
        actor=request.actor,
        selection=selection_of(body.selection, now),
        change=_change(body.change),
        fingerprint=body.fingerprint,
        now=now,
    )
    return _after(done)


@operation(
    scope=Scope.MANAGE_STOCK,
    roles=TRADERS,
    refuses=(NotThere, refusals.ViewersOnlyLook, refusals.UndoTooLate, refusals.NothingToChange),
)
def undo(request: MemberRequest, body: Undo) -> Answer[Done]:
    """What an order took down is live again, within ten minutes."""
    return _after(actions.undo_delist(actor=request.actor, order=body.order, now=clock.now()))


@operation(scope=Scope.MANAGE_STOCK, roles=TRADERS, refuses=_SELECTS)
def keep_alive(request: MemberRequest, body: StillThere) -> Answer[Kept]:
    """The stock, or what is selected of it, confirmed: it is still there."""
    now = clock.now()
    selection = None if body.selection is None else selection_of(body.selection, now)
    kept = actions.keep_alive(actor=request.actor, selection=selection, now=now)
    told = Kept(kept.count, is_searchable=False)
    return Answer(told, then=lambda: Answer(Kept(kept.count, search.wait_for(kept.fact_id))))


@operation(scope=Scope.MANAGE_STOCK, refuses=(NotThere,))
def position(request: MemberRequest, listing_id: str) -> Placed:
    """Where the ask of one of your live listings lies among those for its like."""
    return Placed(own.position(request.actor, listing_id))


@operation(scope=Scope.MANAGE_STOCK, refuses=(NotThere,))
def simulate(request: MemberRequest, listing_id: str, query: Prices) -> Simulation:
    """The rank that one of your live listings would have at other asks."""
    asks = [int(price) for price in query.ppc_cents]
    found = own.simulate(request.actor, listing_id, asks)
    percents = [Decimal(percent) for percent in query.percent]
    return Simulation([*found, *own.steps(request.actor, listing_id, percents)])


def _change(given: ByPercent | ToRank | ToAvailability | Delist | ListAgain) -> bulk.Change:
    match given:
        case ByPercent():
            return bulk.ByPercent(Decimal(given.percent), given.of, given.to)
        case ToRank():
            return bulk.ToRank(given.rank, given.most_percent)
        case ToAvailability():
            return bulk.ToAvailability(given.availability)
        case Delist():
            return bulk.Delist()
        case ListAgain():
            return bulk.ListAgain()


def _after(done: actions.Done) -> Answer[Done]:
    """The order's answer, once search has it."""

    def told(*, is_searchable: bool) -> Answer[Done]:
        return Answer(Done(done.order, done.changed, done.left, is_searchable))

    return Answer(
        told(is_searchable=False).body, then=lambda: told(is_searchable=search.wait_for(done.fact_id))
    )
