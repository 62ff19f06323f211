"""What a trader does to one listing by hand."""

from datetime import datetime

import msgspec
from django.db import transaction

from bourse.kit.outbox import announce
from bourse.kit.refusal import NotThere
from bourse.market.confirming import confirm_edited, told_of
from bourse.market.facts import AskChanged, ListingTakenDown
from bourse.market.locks import share_stock
from bourse.market.models import AskChange, Ending, Listing
from bourse.market.past import keep_past
from bourse.market.policy import may_change_stock_of, may_see_stock_of
from bourse.market.recording import ASK, fields_of, record
from bourse.market.refusals import (
    AskNotPositive,
    AvailabilityNotKnown,
    ListingIsEnded,
    ListingMoved,
    ViewersOnlyLook,
)
from bourse.members.actor import Actor
from bourse.members.refusals import refuse_suspended
from bourse.vocabulary import Availability

HIGHEST_ASK_CENTS = 10**15
Changes = dict[str, object]


class Changed(msgspec.Struct, frozen=True):
    """The public id of the listing that the order changed, and the fact by which search learns of it."""

    listing_id: str
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
    cash_ask_cents: int | msgspec.UnsetType | None = msgspec.UNSET,
    hides_ask: bool | msgspec.UnsetType = msgspec.UNSET,
    hides_cash_ask: bool | msgspec.UnsetType = msgspec.UNSET,
) -> Changed:
    """The listing with other asks and availability; the version says which state of it the actor saw.

    The cash ask, and what others are not shown, stay as they are unless they are given.
    """
    _refuse_unless_positive(ask_cents, cash_ask_cents)
    word = _known(availability)
    found = _own_live_listing(actor, listing_id, version)
    before, told = fields_of(found, *ASK), told_of(found)
    said: Changes = {"ask_cents": ask_cents, "cash_ask_cents": cash_ask_cents, "availability": word}
    shown: Changes = {"hides_ask": hides_ask, "hides_cash_ask": hides_cash_ask}
    news = _news(found, said)
    switched = _news(found, shown)
    _save(found, actor, news | _without_rate(news) | switched, now=now)
    confirm_edited(found, told, now)
    if news or switched:
        _remember(found, actor, now)
    about = f"listing {listing_id}"
    record("change_ask", actor, about, now, before=before, after=fields_of(found, *ASK))
    fact_id = announce(AskChanged(listing_id=found.pk), now=now)
    return Changed(listing_id, fact_id)


@transaction.atomic
def withdraw_listing(*, actor: Actor, listing_id: str, version: int, now: datetime) -> Changed:
    """The listing taken down; the stone offered again later is a new listing."""
    found = _own_live_listing(actor, listing_id, version)
    _save(found, actor, {"is_live": False, "ended_at": now, "ended_because": Ending.WITHDRAWN}, now=now)
    _remember(found, actor, now)
    states = {"before": {"is_live": True}, "after": {"is_live": False}}
    record("withdraw_listing", actor, f"listing {listing_id}", now, **states)
    fact_id = announce(ListingTakenDown(listing_id=found.pk), now=now)
    return Changed(listing_id, fact_id)


def _refuse_unless_positive(*asks: int | msgspec.UnsetType | None) -> None:
    if any(isinstance(cents, int) and not 0 < cents < HIGHEST_ASK_CENTS for cents in asks):
        raise AskNotPositive("An ask is a positive amount of cents, or none.")


def _known(availability: str) -> str:
    try:
        return str(Availability(availability).value)
    except ValueError as error:
        words = ", ".join(str(state.value) for state in Availability)
        raise AvailabilityNotKnown(f"Availability is one of: {words}.") from error


def _own_live_listing(actor: Actor, listing_id: str, version: int) -> Listing:
    """The listing, locked; refused too when it has moved since the actor saw it."""
    found = own_live_listing(actor, listing_id)
    if found.version != version:
        raise ListingMoved("This listing was changed after you saw it. Look again, then change it.")
    return found


def own_live_listing(actor: Actor, listing_id: str) -> Listing:
    """The listing, locked; refused when it is not the actor's to change, or has ended."""
    company_id = Listing.objects.filter(public_id=listing_id).values_list("company_id", flat=True).first()
    if company_id is None or not may_see_stock_of(actor, company_id):
        raise NotThere("There is no such listing.")
    refuse_suspended(actor)
    if not may_change_stock_of(actor, company_id):
        raise ViewersOnlyLook("Viewers look; owners and traders change stock.")
    share_stock(company_id)
    found = Listing.objects.select_for_update().get(public_id=listing_id)
    if not found.is_live:
        raise ListingIsEnded("This listing is no longer live.")
    return found


def _news(found: Listing, said: Changes) -> Changes:
    """Those of the values that are given and differ from the listing's."""
    return {
        name: value
        for name, value in said.items()
        if value is not msgspec.UNSET and value != getattr(found, name)
    }


def _without_rate(news: Changes) -> Changes:
    """An ask typed by hand is in US dollars: the rate that converted the file's tells nothing of it."""
    if not news.keys() & {"ask_cents", "cash_ask_cents"}:
        return {}
    return {"priced_in": "", "rate": None, "rate_date": None}


def _save(found: Listing, actor: Actor, changes: Changes, *, now: datetime) -> None:
    """The listing with these changes, and what it was until now."""
    found.revision = keep_past(listing_id=found.pk, person_id=actor.person_id, now=now)
    found.version += 1
    found.changed_at = now
    for name, value in changes.items():
        setattr(found, name, value)
    found.save(update_fields=[*changes, "version", "changed_at", "revision"])


def _remember(found: Listing, actor: Actor, now: datetime) -> None:
    AskChange.objects.create(
        listing=found,
        at=now,
        person_id=actor.person_id,
        ask_cents=found.ask_cents,
        cash_ask_cents=found.cash_ask_cents,
        availability=found.availability,
        is_live=found.is_live,
        hides_ask=found.hides_ask,
        hides_cash_ask=found.hides_cash_ask,
    )
