"""One listing by API: looked at, changed or withdrawn."""

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from bourse.doors.api.operation import TRADERS, Answer, MemberRequest, operation
from bourse.kit import clock
from bourse.kit.refusal import NotThere, Refusal
from bourse.market import actions, queries, refusals
from bourse.market.actions import Changed
from bourse.market.queries import ListingView
from bourse.members.actor import Scope
from bourse.search import queries as search

NEVER = 0  # versions count from 1
ETAG = {"ETag": "The version of the listing; none of another company's."}
IF_MATCH = {"If-Match": "The ETag that you saw, where the body has no version."}
_CHANGE = (NotThere, refusals.ViewersOnlyLook, refusals.ListingMoved, refusals.ListingIsEnded)

Cents = Annotated[int, Meta(ge=1, lt=10**15, description="Whole US cents; null is no ask.")]


class VersionMissing(Refusal):
    """A change has to say which version of the listing it was made for."""

    status = 428


class Edit(msgspec.Struct, forbid_unknown_fields=True):
    """Other asks, another availability, what others are not shown; what is absent stays."""

    ask_cents: Cents | UnsetType | None = UNSET
    cash_ask_cents: Cents | UnsetType | None = UNSET
    hides_ask: bool | UnsetType = UNSET
    hides_cash_ask: bool | UnsetType = UNSET
    availability: str | UnsetType = UNSET
    version: Annotated[int, Meta(ge=0, description="The version that you saw.")] | UnsetType = UNSET


class ChangedListing(msgspec.Struct, frozen=True):
    """The listing after the order, and whether every search finds it so already."""

    listing: ListingView
    is_searchable: bool


@operation(scope=Scope.READ_SEARCH, refuses=(NotThere,), headers=ETAG)
def show(request: MemberRequest, listing_id: str) -> Answer[ListingView]:
    """Everything about one live listing of anybody, or an ended one of your own."""
    view = queries.listing(request.actor, listing_id)
    # Others change nothing, and a number that counts changes would tell them of hidden ones.
    return Answer(view, {"ETag": f'"{view.version}"'} if view.is_own else {})


@operation(
    scope=Scope.MANAGE_STOCK,
    roles=TRADERS,
    refuses=(*_CHANGE, VersionMissing, refusals.AskNotPositive, refusals.AvailabilityNotKnown),
    headers=ETAG,
    takes=IF_MATCH,
)
def change(request: MemberRequest, listing_id: str, body: Edit) -> Answer[ChangedListing]:
    """The listing with another ask, another availability, or hidden from others."""
    seen = queries.listing(request.actor, listing_id)
    changed = actions.change_ask(
        actor=request.actor,
        listing_id=listing_id,
        ask_cents=seen.ask_cents if body.ask_cents is UNSET else body.ask_cents,
        availability=seen.availability if body.availability is UNSET else body.availability,
        cash_ask_cents=body.cash_ask_cents,
        hides_ask=body.hides_ask,
        hides_cash_ask=body.hides_cash_ask,
        version=_if_seen(seen, _version(request, body.version)),
        now=clock.now(),
    )
    return _after(request, changed)


@operation(
    scope=Scope.MANAGE_STOCK,
    roles=TRADERS,
    refuses=(*_CHANGE, VersionMissing),
    headers=ETAG,
    takes=IF_MATCH,
)
def withdraw(request: MemberRequest, listing_id: str) -> Answer[ChangedListing]:
    """The listing withdrawn; its history stays, and offered again the stone is a new listing."""
    queries.listing(request.actor, listing_id)
    taken = actions.withdraw_listing(
        actor=request.actor, listing_id=listing_id, version=_version(request, UNSET), now=clock.now()
    )
    return _after(request, taken)


def _version(request: MemberRequest, told: int | UnsetType) -> int:
    """The version in the body, or in If-Match."""
    if told is not UNSET:
        return told
    tag = request.headers.get("If-Match", "").removeprefix("W/").strip('"')
    if not tag.isdecimal() or not tag.isascii() or len(tag) > 9:
        raise VersionMissing('Say which version you saw: "version" in the body, or its ETag in If-Match.')
    return int(tag)


def _if_seen(seen: ListingView, version: int) -> int:
    """The version, if it is the one just read: what the caller left out was taken from there."""
    return version if version == seen.version else NEVER


def _after(request: MemberRequest, changed: Changed) -> Answer[ChangedListing]:
    view = queries.listing(request.actor, changed.listing_id)
    headers = {"ETag": f'"{view.version}"'}

    def heard() -> Answer[ChangedListing]:
        return Answer(ChangedListing(view, search.wait_for(changed.fact_id)), headers)

    return Answer(ChangedListing(view, is_searchable=False), headers, heard)
