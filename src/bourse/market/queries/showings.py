"""What a company keeps from the others on all its listings."""

import msgspec

from bourse.market.models import Showing
from bourse.market.policy import may_set_showing_of
from bourse.members.actor import Actor

MOST_AT_ONCE = 10_000


class ShowingView(msgspec.Struct, frozen=True):
    """What the actor's company hides on everything that it lists."""

    hides_name: bool
    hides_ask: bool
    hides_cash_ask: bool
    may_change: bool


def showing(actor: Actor) -> ShowingView:
    """What the actor's company hides; nothing until it says so."""
    company_id = actor.company_id or 0
    found = Showing.objects.filter(company_id=company_id).first() or Showing()
    return ShowingView(
        hides_name=found.hides_name,
        hides_ask=found.hides_ask,
        hides_cash_ask=found.hides_cash_ask,
        may_change=may_set_showing_of(actor, company_id),
    )


def hides_name(company_public_id: str) -> bool:
    """Whether a company lists without its name: then nothing else here may tell others who it is."""
    return Showing.objects.filter(company__public_id=company_public_id, hides_name=True).exists()
