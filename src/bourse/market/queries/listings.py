"""A company's own stock, and one listing with all that is known of it."""

from datetime import datetime
from decimal import Decimal

import msgspec

from bourse.kit.refusal import NotThere
from bourse.market.claims import Claims
from bourse.market.models import AskChange, Listing
from bourse.market.policy import may_change_stock_of, may_see_stock_of
from bourse.members.actor import Actor

MOST_ON_A_PAGE = 250
MOST_HISTORY = 1_000
_OWN_KEYS = {"stock_key", "report_key", "private"}


class AskEntry(msgspec.Struct, frozen=True):
    """One entry of a listing's history, the latest first."""

    at: datetime
    ask_cents: int | None
    availability: str
    is_live: bool


class OtherListing(msgspec.Struct, frozen=True):
    """Another company's live offer of the same stone."""

    public_id: str
    company_public_id: str
    company_name: str
    ask_cents: int | None
    availability: str


class StockRow(msgspec.Struct, frozen=True):
    """A line of one's own stock."""

    public_id: str
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
    stones: int
    ask_cents: int | None
    availability: str
    version: int
    listed_at: datetime
    changed_at: datetime


class StockPage(msgspec.Struct, frozen=True):
    """A page of one's own live stock; `after` fetches the next one, None on the last."""

    total: int
    rows: list[StockRow]
    after: str | None


class ListingView(msgspec.Struct, frozen=True):
    """A listing with all its supplier claims, what became of its ask, and who else offers the stone.

    `claims` holds the columns of market.claims.Claims but the keys; `private` is None for other companies.
    """

    public_id: str
    stone_public_id: str
    company_public_id: str
    company_name: str
    is_live: bool
    is_own: bool
    may_change: bool
    version: int
    listed_at: datetime
    changed_at: datetime
    ended_at: datetime | None
    ask_cents: int | None
    availability: str
    claims: dict[str, object]
    private: dict[str, object] | None
    history: list[AskEntry]
    elsewhere: list[OtherListing]


def own_stock(actor: Actor, after: str | None = None, limit: int = 50) -> StockPage:
    """The actor's company's live listings, the latest first."""
    live = Listing.objects.filter(company_id=actor.company_id or 0, is_live=True)
    total = live.count()
    if after:
        live = live.filter(pk__lt=_position(actor, after))
    limit = max(1, min(limit, MOST_ON_A_PAGE))
    found = [
        StockRow(*row) for row in live.order_by("-pk").values_list(*StockRow.__struct_fields__)[: limit + 1]
    ]
    return StockPage(total, found[:limit], found[limit - 1].public_id if len(found) > limit else None)


def _position(actor: Actor, after: str) -> int:
    own = Listing.objects.filter(company_id=actor.company_id or 0, public_id=after)
    if (position := own.values_list("pk", flat=True).first()) is None:
        raise NotThere("There is no such listing to go on from.")
    return position


def listing(actor: Actor | None, listing_id: str) -> ListingView:
    """A live listing for everybody; an ended one for its own company."""
    found = Listing.objects.select_related("stone", "company").filter(public_id=listing_id).first()
    if found is None or not (found.is_live or may_see_stock_of(actor, found.company_id)):
        raise NotThere("There is no such listing.")
    return _view(actor, found)


def _view(actor: Actor | None, found: Listing) -> ListingView:
    is_own = may_see_stock_of(actor, found.company_id)
    return ListingView(
        public_id=found.public_id,
        stone_public_id=found.stone.public_id,
        company_public_id=found.company.public_id,
        company_name=found.company.name,
        is_live=found.is_live,
        is_own=is_own,
        may_change=found.is_live and may_change_stock_of(actor, found.company_id),
        version=found.version,
        listed_at=found.listed_at,
        changed_at=found.changed_at,
        ended_at=found.ended_at,
        ask_cents=found.ask_cents,
        availability=found.availability,
        claims={name: getattr(found, name) for name in Claims._fields if name not in _OWN_KEYS},
        private=found.private if is_own else None,
        history=_history(found),
        elsewhere=_elsewhere(found),
    )


def _history(found: Listing) -> list[AskEntry]:
    entries = AskChange.objects.filter(listing=found).order_by("-pk")[:MOST_HISTORY]
    return [AskEntry(*entry) for entry in entries.values_list(*AskEntry.__struct_fields__)]


def _elsewhere(found: Listing) -> list[OtherListing]:
    others = Listing.objects.filter(stone=found.stone, is_live=True).exclude(pk=found.pk).order_by("pk")
    columns = ("public_id", "company__public_id", "company__name", "ask_cents", "availability")
    return [OtherListing(*other) for other in others.values_list(*columns)[:MOST_ON_A_PAGE]]
