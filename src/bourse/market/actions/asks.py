"""What a trader does to one listing by hand."""

from datetime import datetime

import msgspec
from django.db import transaction

from bourse.kit.outbox import announce
from bourse.kit.refusal import NotThere
from bourse.market.facts import AskChanged, ListingTakenDown
from bourse.market.locks import share_stock
from bourse.market.models import AskChange, Listing
from bourse.market.policy import may_change_stock_of, may_see_stock_of
from bourse.market.queries import ListingView, listing
from bourse.market.refusals import (
    AskNotPositive,
    AvailabilityNotKnown,
    ListingIsEnded,
    ListingMoved,
    ViewersOnlyLook,
)
from bourse.members.actor import Actor
from bourse.vocabulary import Availability

HIGHEST_ASK_CENTS = 10**15


class Changed(msgspec.Struct, frozen=True):
    """The listing after the order, and the fact by which search learns of it."""

    listing: ListingView
    fact_id: int


@transaction.atomic
def change_ask(
    *,
    actor: Actor,
    listing_id: str,
    ask_cents: int | None,
    availability: str,
    version: int,
    now: datetime,
) -> Changed:
    """The listing with another ask and availability; the version says which state of it the actor saw."""
    word = _known(availability)
    if ask_cents is not None and not 0 < ask_cents < HIGHEST_ASK_CENTS:
        raise AskNotPositive("An ask is a positive amount of cents, or none.")
    found = _own_live_listing(actor, listing_id, version)
    found.ask_cents, found.availability = ask_cents, word
    _save(found, "ask_cents", "availability", now=now)
    _remember(found, actor, now)
    fact_id = announce(AskChanged(listing_id=found.pk), now=now)
    return Changed(listing(actor, listing_id), fact_id)


@transaction.atomic
def withdraw_listing(*, actor: Actor, listing_id: str, version: int, now: datetime) -> Changed:
    """The listing taken down; the stone offered again later is a new listing."""
    found = _own_live_listing(actor, listing_id, version)
    found.is_live, found.ended_at = False, now
    _save(found, "is_live", "ended_at", now=now)
    _remember(found, actor, now)
    fact_id = announce(ListingTakenDown(listing_id=found.pk), now=now)
    return Changed(listing(actor, listing_id), fact_id)


def _known(availability: str) -> str:
    try:
        return str(Availability(availability).value)
    except ValueError as error:
        words = ", ".join(str(state.value) for state in Availability)
        raise AvailabilityNotKnown(f"Availability is one of: {words}.") from error


def _own_live_listing(actor: Actor, listing_id: str, version: int) -> Listing:
    """The listing, locked; refused when it is not the actor's to change, has ended or has moved."""
    company_id = Listing.objects.filter(public_id=listing_id).values_list("company_id", flat=True).first()
    if company_id is None or not may_see_stock_of(actor, company_id):
        raise NotThere("There is no such listing.")
    if not may_change_stock_of(actor, company_id):
        raise ViewersOnlyLook("Viewers look; owners and traders change stock.")
    share_stock(company_id)
    found = Listing.objects.select_for_update().get(public_id=listing_id)
    if not found.is_live:
        raise ListingIsEnded("This listing is no longer live.")
    if found.version != version:
        raise ListingMoved("This listing was changed after you saw it. Look again, then change it.")
    return found


def _save(found: Listing, *fields: str, now: datetime) -> None:
    found.version += 1
    found.changed_at = now
    found.save(update_fields=[*fields, "version", "changed_at"])


def _remember(found: Listing, actor: Actor, now: datetime) -> None:
    AskChange.objects.create(
        listing=found,
        at=now,
        person_id=actor.person_id,
        ask_cents=found.ask_cents,
        availability=found.availability,
        is_live=found.is_live,
    )
