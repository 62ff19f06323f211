"""One's own stock by API, and one listing looked at, changed or withdrawn."""

import msgspec

from bourse.doors.api.bodies import json_body
from bourse.doors.api.endpoint import Answer, MemberRequest
from bourse.doors.api.paging import limit_in
from bourse.kit import clock
from bourse.kit.refusal import Refusal
from bourse.market import actions, queries
from bourse.market.actions import Changed
from bourse.market.queries import ListingView
from bourse.search import queries as search

NEVER = 0  # versions count from 1


class Edit(msgspec.Struct, forbid_unknown_fields=True):
    """Other asks, another availability, what others are not shown; what is absent stays."""

    ask_cents: int | msgspec.UnsetType | None = msgspec.UNSET
    cash_ask_cents: int | msgspec.UnsetType | None = msgspec.UNSET
    hides_ask: bool | msgspec.UnsetType = msgspec.UNSET
    hides_cash_ask: bool | msgspec.UnsetType = msgspec.UNSET
    availability: str | msgspec.UnsetType = msgspec.UNSET
    version: int | msgspec.UnsetType = msgspec.UNSET


class VersionMissing(Refusal):
    """A change has to say which version of the listing it was made for."""

    status = 428


def stock(request: MemberRequest) -> object:
    """GET listings: a page of the caller's own live stock, the latest first."""
    page = queries.own_stock(request.actor, request.GET.get("after"), limit_in(request))
    return {"total": page.total, "listings": page.rows, "after": page.after}


def show(request: MemberRequest, listing_id: str) -> Answer:
    """GET listings/{id}: everything about one listing."""
    view = queries.listing(request.actor, listing_id)
    # Others change nothing, and a number that counts changes would tell them of hidden ones.
    return Answer(view, headers={"ETag": f'"{view.version}"'} if view.is_own else {})


def change(request: MemberRequest, listing_id: str) -> Answer:
    """PATCH listings/{id}: the listing with another ask or availability."""
    edit = json_body(request, Edit)
    seen = queries.listing(request.actor, listing_id)
    changed = actions.change_ask(
        actor=request.actor,
        listing_id=listing_id,
        ask_cents=seen.ask_cents if edit.ask_cents is msgspec.UNSET else edit.ask_cents,
        availability=seen.availability if edit.availability is msgspec.UNSET else edit.availability,
        cash_ask_cents=edit.cash_ask_cents,
        hides_ask=edit.hides_ask,
        hides_cash_ask=edit.hides_cash_ask,
        version=_if_seen(seen, _version(request, edit.version)),
        now=clock.now(),
    )
    return _after(changed)


def withdraw(request: MemberRequest, listing_id: str) -> Answer:
    """DELETE listings/{id}: the listing withdrawn."""
    taken = actions.withdraw_listing(
        actor=request.actor, listing_id=listing_id, version=_version(request, msgspec.UNSET), now=clock.now()
    )
    return _after(taken)


def _version(request: MemberRequest, told: int | msgspec.UnsetType) -> int:
    """The version in the body, or in If-Match."""
    if told is not msgspec.UNSET:
        return told
    tag = request.headers.get("If-Match", "").removeprefix("W/").strip('"')
    if not tag.isdecimal() or len(tag) > 9:
        raise VersionMissing('Say which version you saw: "version" in the body, or its ETag in If-Match.')
    return int(tag)


def _if_seen(seen: ListingView, version: int) -> int:
    """The version, if it is the one just read: what the caller left out was taken from there."""
    return version if version == seen.version else NEVER


def _after(changed: Changed) -> Answer:
    body = {"listing": changed.listing, "is_searchable": search.wait_for(changed.fact_id)}
    return Answer(body, headers={"ETag": f'"{changed.listing.version}"'})
