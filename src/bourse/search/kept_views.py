"""Views of own stock that a person kept: each for himself, and for the company he acts for."""

from datetime import datetime

import msgspec
from django.db.models import QuerySet

from bourse.kit.refusal import NotThere
from bourse.members.actor import Actor
from bourse.search.models import StockView

MOST_VIEWS = 50
LONGEST_NAME = 60
LONGEST_QUERY = 4_000


class KeptView(msgspec.Struct, frozen=True):
    """A view by its name; the query is what the address of the table says."""

    public_id: str
    name: str
    query: str
    made_at: datetime


def kept_views(actor: Actor) -> list[KeptView]:
    """The person's views of the stock of the company he acts for, by name."""
    rows = own_views(actor).order_by("name")[:MOST_VIEWS]
    return [KeptView(one.public_id, one.name, one.query, one.made_at) for one in rows]


def kept_view(actor: Actor, view_id: str) -> KeptView:
    """One of them."""
    one = own_views(actor).filter(public_id=view_id).first()
    if one is None:
        raise NotThere("There is no such view.")
    return KeptView(one.public_id, one.name, one.query, one.made_at)


def all_kept_views(person_id: int) -> list[KeptView]:
    """Everything that the person kept, at whichever company, to take along."""
    rows = StockView.objects.filter(person_id=person_id).order_by("pk")
    return [KeptView(one.public_id, one.name, one.query, one.made_at) for one in rows]


def own_views(actor: Actor) -> QuerySet[StockView]:
    """The rows behind them; none for whoever acts for no company."""
    return StockView.objects.filter(person_id=actor.person_id, company_id=actor.company_id or 0)
