"""What was found at the links of own listings."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import msgspec

from bourse.market.models import LinkCheck, LinkState
from bourse.market.policy import may_see_stock_of
from bourse.members.actor import Actor

_SHOWN = ("kind", "address", "state", "why", "failures", "failing_since", "checked_at", "next_at")


class LinkView(msgspec.Struct, frozen=True):
    """A link of an own listing: what was found there last, why nothing, and when it is looked at again."""

    kind: str
    address: str
    state: str
    why: str
    failures: int
    failing_since: datetime | None
    checked_at: datetime | None
    next_at: datetime | None


def links_of(actor: Actor, listing_id: str) -> list[LinkView]:
    """Every link of an own listing that the house knows of; none for anybody else."""
    known = LinkCheck.objects.filter(listing__public_id=listing_id)
    company_id = known.values_list("listing__company_id", flat=True).first()
    if company_id is None or not may_see_stock_of(actor, company_id):
        return []
    return [LinkView(*row) for row in known.order_by("pk").values_list(*_SHOWN)]


def dead_links(listings: Sequence[int]) -> dict[int, tuple[LinkView, ...]]:
    """The dead links of these listings by the listing's key."""
    found: dict[int, list[LinkView]] = defaultdict(list)
    dead = LinkCheck.objects.filter(listing__in=listings, state=LinkState.DEAD).order_by("pk")
    for key, *row in dead.values_list("listing_id", *_SHOWN):
        found[key].append(LinkView(*row))
    return {key: tuple(links) for key, links in found.items()}
