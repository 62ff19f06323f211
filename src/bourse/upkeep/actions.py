"""What an operator can do about the house from its page."""

from datetime import datetime

from django.db import transaction

from bourse.kit import audit, jobs
from bourse.members.actor import Actor
from bourse.upkeep.queries import refuse_others


@transaction.atomic
def check_audit(*, actor: Actor | None, now: datetime) -> None:
    """Have the audit checked against its anchors within seconds; what was found stands on the page."""
    operator = refuse_others(actor)
    jobs.defer_once(jobs.CHECK_AUDIT, one_at_a_time="audit", timestamp=0)
    audit.record("upkeep.check_audit", person_id=operator.person_id, company_id=None, about="audit", now=now)


@transaction.atomic
def try_job_again(*, actor: Actor | None, number: int, now: datetime) -> None:
    """Put a failed job back into the queue; the worker takes it within a second."""
    operator = refuse_others(actor)
    jobs.try_again(number=number, now=now)
    audit.record(
        "upkeep.try_job_again",
        person_id=operator.person_id,
        company_id=None,
        about=f"job {number}",
        now=now,
    )
