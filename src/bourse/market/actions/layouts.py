"""What is remembered of a company's layouts, changed and forgotten by itself."""

from datetime import datetime

from django.db import transaction

from bourse.kit.refusal import NotThere
from bourse.market.actions.uploads import company_to_change
from bourse.market.answers import refuse_what_means_nothing
from bourse.market.models import SupplierLayout
from bourse.market.reading import Answers
from bourse.market.recording import record
from bourse.members.actor import Actor


@transaction.atomic
def change_layout(*, actor: Actor, layout: str, answers: Answers, now: datetime) -> None:
    """Other answers for the next file of this layout; an empty one is asked for again."""
    found = _own_layout(actor, layout)
    refuse_what_means_nothing(answers, known=found.answers)
    found.answers = {key: answer for key, answer in (found.answers | answers).items() if answer}
    found.updated_at = now
    found.save(update_fields=["answers", "updated_at"])
    record("change_layout", actor, _about(layout), now, after={"answered": sorted(answers)})


@transaction.atomic
def forget_layout(*, actor: Actor, layout: str, now: datetime) -> None:
    """Nothing remembered of this layout: its next file asks again."""
    found = _own_layout(actor, layout)
    found.delete()
    record("forget_layout", actor, _about(layout), now, before={"answers": len(found.answers)})


def _about(layout: str) -> str:
    return f"layout {layout}"[:200]


def _own_layout(actor: Actor, layout: str) -> SupplierLayout:
    company_id = company_to_change(actor)
    found = SupplierLayout.objects.select_for_update().filter(company_id=company_id, layout=layout).first()
    if found is None:
        raise NotThere("Nothing is remembered of this layout.")
    return found
