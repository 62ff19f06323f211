"""A company's stock as rows that can be compared."""

from bourse.market.claims import Claims
from bourse.market.models import Listing
from bourse.members.actor import Actor


def as_it_stands(actor: Actor) -> list[tuple[object, ...]]:
    """Every live listing of the actor's company: itself, its stone and all its claims."""
    live = Listing.objects.filter(company_id=actor.company_id, is_live=True)
    return list(live.order_by("pk").values_list("pk", "stone_id", *Claims._fields))
