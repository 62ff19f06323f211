"""What a company shows the others of all its listings."""

from datetime import datetime

from django.db import transaction

from bourse.kit.outbox import announce
from bourse.market.facts import ShowingChanged
from bourse.market.locks import take_stock_alone
from bourse.market.models import Showing, ShowingChange
from bourse.market.policy import may_set_showing_of
from bourse.market.queries.showings import ShowingView, showing
from bourse.market.recording import fields_of, record
from bourse.market.refusals import OnlyOwnersSetShowing
from bourse.members.actor import Actor
from bourse.members.refusals import refuse_suspended

HIDES = ("hides_name", "hides_ask", "hides_cash_ask")


@transaction.atomic
def set_showing(
    *, actor: Actor, hides_name: bool, hides_ask: bool, hides_cash_ask: bool, now: datetime
) -> tuple[ShowingView, int]:
    """What the others see from now on, and the fact by which search learns of it."""
    refuse_suspended(actor)
    company_id = actor.company_id
    if company_id is None or not may_set_showing_of(actor, company_id):
        raise OnlyOwnersSetShowing("Only an owner of the company decides what others see of its stock.")
    take_stock_alone(company_id)
    found = Showing.objects.filter(company_id=company_id).first() or Showing(company_id=company_id)
    before = fields_of(found, *HIDES)
    if (found.hides_ask, found.hides_cash_ask) != (hides_ask, hides_cash_ask):
        _remember(company_id, actor, hides_ask, hides_cash_ask, now)
        found.asks_switched_at = now
    found.hides_name, found.hides_ask, found.hides_cash_ask = hides_name, hides_ask, hides_cash_ask
    found.changed_at = now
    found.save()
    record("set_showing", actor, "stock", now, before=before, after=fields_of(found, *HIDES))
    fact_id = announce(ShowingChanged(company_id=company_id), now=now)
    return showing(actor), fact_id


def _remember(company_id: int, actor: Actor, hides_ask: bool, hides_cash_ask: bool, now: datetime) -> None:
    """So that the history tells others later what they could see at this time."""
    ShowingChange.objects.create(
        company_id=company_id,
        at=now,
        person_id=actor.person_id,
        hides_ask=hides_ask,
        hides_cash_ask=hides_cash_ask,
    )
