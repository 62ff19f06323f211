"""A company's own stock, and one listing with all that is known of it."""

from datetime import datetime
from typing import cast

import msgspec
from django.db.models import QuerySet
from msgspec import structs

from bourse.kit.refusal import NotThere
from bourse.market.addresses import web_address
from bourse.market.claims import Claims
from bourse.market.models import Listing
from bourse.market.policy import Viewer, may_change_stock_of, may_see_stock_of
from bourse.market.queries.ask_history import AskEntry, ask_history
from bourse.market.queries.media import MediaFile, MediaView, file_of, media_of
from bourse.market.queries.seen import OPEN_TO_OWN, OthersSee, Visible, visible_of
from bourse.market.visible import CONFIRMED_AT, IS_SUSPENDED, SUPPLIER, column, shown
from bourse.members.actor import Actor
from bourse.members.refusals import refuse_suspended

MOST_ON_A_PAGE = 250
_LINKS = frozenset({"image_urls", "video_urls", "certificate_url"})
_ELSEWHERE = (
    "public_id",
    "company_public_id",
    "company_name",
    "memo_ask_cents",
    "availability",
    "cash_ask_cents",
)


class OtherListing(msgspec.Struct, frozen=True):
    """Another company's live offer of the same stone, as others see it: without a hidden name or ask."""

    public_id: str
    company_public_id: str
    company_name: str
    ask_cents: int | None
    availability: str
    cash_ask_cents: int | None = None


class ListingView(msgspec.Struct, frozen=True):
    """A listing as the asker may see it: what market.visible does not name for him is absent, empty or None.

    `claims` holds columns of market.claims.Claims; `private` and `others_see` are None, and `version` is 0,
    for other companies. A company that hides its name has none for them.
    """

    public_id: str
    stone_public_id: str
    company_public_id: str
    company_name: str
    is_live: bool
    is_own: bool
    may_change: bool
    version: int
    listed_at: datetime | None
    changed_at: datetime | None
    confirmed_at: datetime | None
    ended_at: datetime | None
    ask_cents: int | None
    cash_ask_cents: int | None
    availability: str
    hides_ask: bool
    hides_cash_ask: bool
    others_see: OthersSee | None
    claims: dict[str, object]
    private: dict[str, object] | None
    history: list[AskEntry]
    elsewhere: list[OtherListing]
    ended_because: str = ""
    media: list[MediaView] = []


def listing(actor: Actor | None, listing_id: str) -> ListingView:
    """A live listing as the asker may see it; one ended, or of a suspended company, for its own people.

    People of a suspended company see nobody else's.
    """
    found, seen = _seen(actor, listing_id)
    if seen.is_own:
        return _own_view(actor, found, seen)
    view = _view(found, seen)
    return structs.replace(view, changed_at=_told_change(found, seen, view.history))


def media_file(actor: Actor | None, listing_id: str, media_id: str, *, is_small: bool = False) -> MediaFile:
    """A picture or the certificate of a listing, if the asker sees it; `is_small` asks for the thumbnail."""
    found, seen = _seen(actor, listing_id)
    return file_of(found, seen, media_id, is_small=is_small)


def _seen(actor: Actor | None, listing_id: str) -> tuple[Listing, Visible]:
    """The listing, if the asker may see it at all, and what of it."""
    # Not first(): in the order of keys the database would walk a large market to find the one.
    found = next(iter(_named(listing_id).select_related("stone", "company")), None)
    if found is None or not may_see_stock_of(actor, found.company_id):
        refuse_suspended(actor)
        if found is None or not vars(found)[column("is_live")]:
            raise NotThere("There is no such listing.")
    return found, visible_of(actor, found)


def _named(listing_id: str) -> QuerySet[Listing]:
    return shown(Listing.objects.filter(public_id=listing_id)).annotate(last_confirmed_at=CONFIRMED_AT)


def _told_change(found: Listing, seen: Visible, history: list[AskEntry]) -> datetime | None:
    """When the listing last changed, as far as the asker could see it change."""
    if seen.viewer is Viewer.VISITOR:
        return None
    if seen.viewer is Viewer.OPERATOR:
        return found.changed_at
    if seen.sees_ask and seen.sees_cash_ask:
        return cast(datetime, vars(found)[column("changed_at")])
    return max((entry.at for entry in history), default=seen.time(found.listed_at))


def _own_view(actor: Actor | None, found: Listing, seen: Visible) -> ListingView:
    """Everything, and what is left of it for others."""
    return structs.replace(
        _view(found, seen),
        is_own=True,
        may_change=found.is_live and may_change_stock_of(actor, found.company_id),
        version=found.version,
        ended_at=found.ended_at,
        ended_because=found.ended_because,
        hides_ask=found.hides_ask,
        hides_cash_ask=found.hides_cash_ask,
        others_see=seen.others_see,
        private=found.private,
    )


def _view(found: Listing, seen: Visible) -> ListingView:
    """What somebody of no other right sees; each field by its name in the table."""
    is_visitor = seen.viewer is Viewer.VISITOR
    return ListingView(
        public_id=found.public_id,
        stone_public_id="" if is_visitor else found.stone.public_id,
        company_public_id=found.company.public_id if seen.may(SUPPLIER) else "",
        company_name=found.company.name if seen.may(SUPPLIER) else "",
        is_live=found.is_live,
        is_own=False,
        may_change=False,
        version=0,
        listed_at=None if is_visitor else seen.time(found.listed_at),
        changed_at=None if is_visitor else found.changed_at,
        confirmed_at=None if is_visitor else seen.time(vars(found)["last_confirmed_at"]),
        ended_at=None,
        ask_cents=seen.ask_cents,
        cash_ask_cents=seen.cash_ask_cents,
        availability=found.availability if seen.may("availability") else "",
        hides_ask=False,
        hides_cash_ask=False,
        others_see=None,
        claims=_claims(found, seen),
        private=None,
        history=[] if is_visitor else ask_history(found, seen),
        elsewhere=[] if is_visitor or found.company.suspended_at else _elsewhere(found),
        media=media_of(found, seen),
    )


def _claims(found: Listing, seen: Visible) -> dict[str, object]:
    """The columns and particulars that the asker may see, and the asks as he may see them."""
    claims = {name: getattr(found, name) for name in Claims._fields if name in OPEN_TO_OWN and seen.may(name)}
    claims |= {name: _of_the_web(value) for name, value in claims.items() if name in _LINKS}
    said = found.particulars
    claims["particulars"] = {name: value for name, value in said.items() if seen.may(name)}
    return claims | {"ask_cents": seen.ask_cents, "cash_ask_cents": seen.cash_ask_cents}


def _of_the_web(value: object) -> object:
    """The addresses without those that an earlier release took from files without a look."""
    if isinstance(value, list):
        return [address for text in value if (address := web_address(text))]
    return web_address(str(value))


def _others(found: Listing) -> QuerySet[Listing]:
    return Listing.objects.filter(stone=found.stone, is_live=True).exclude(pk=found.pk).exclude(IS_SUSPENDED)


def _elsewhere(found: Listing) -> list[OtherListing]:
    """Who else offers the stone, as anybody of another company sees it."""
    others = shown(_others(found), *_ELSEWHERE)
    columns = (column(name) for name in _ELSEWHERE)
    return [OtherListing(*other) for other in others.order_by("pk").values_list(*columns)[:MOST_ON_A_PAGE]]
