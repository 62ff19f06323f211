"""What a company shows the others of all its listings."""

from datetime import datetime

from django.db import transaction

from bourse.kit.outbox import announce
from bourse.market.facts import ShowingChanged
from bourse.market.models import Showing
from bourse.market.policy import may_set_showing_of
from bourse.market.queries.showings import ShowingView, showing
from bourse.market.refusals import OnlyOwnersSetShowing
from bourse.members.actor import Actor


@transaction.atomic
def set_showing(
    *, actor: Actor, hides_name: bool, hides_ask: bool, hides_cash_ask: bool, now: datetime
) -> tuple[ShowingView, int]:
    """What the others see from now on, and the fact by which search learns of it."""
    company_id = actor.company_id
    if company_id is None or not may_set_showing_of(actor, company_id):
        raise OnlyOwnersSetShowing("Only an owner of the company decides what others see of its stock.")
    Showing.objects.update_or_create(
        company_id=company_id,
        defaults={
            "hides_name": hides_name,
            "hides_ask": hides_ask,
            "hides_cash_ask": hides_cash_ask,
            "changed_at": now,
        },
    )
    fact_id = announce(ShowingChanged(company_id=company_id), now=now)
    return showing(actor), fact_id
