"""A company's own stock, whole, as the rows of a list that can be uploaded again."""

from collections.abc import Iterator

from bourse.market.claims import Claims
from bourse.market.exported import fields_of
from bourse.market.models import Listing
from bourse.members.actor import Actor

_AT_ONCE = 2_000


def stock_to_export(actor: Actor) -> Iterator[dict[str, object]]:
    """What the actor's company offers now, each listing as field -> value, in the order of its listing."""
    if actor.company_id is None:
        return
    live = Listing.objects.filter(company_id=actor.company_id, is_live=True).order_by("pk")
    for claims in live.values(*Claims._fields).iterator(_AT_ONCE):
        yield fields_of(claims)
