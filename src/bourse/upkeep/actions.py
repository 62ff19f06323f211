"""What an operator can do about the house from its page."""

from datetime import datetime

from bourse.kit import jobs
from bourse.members.actor import Actor
from bourse.upkeep.queries import refuse_others


def try_job_again(*, actor: Actor | None, number: int, now: datetime) -> None:
    """Put a failed job back into the queue; the worker takes it within a second."""
    refuse_others(actor)
    jobs.try_again(number=number, now=now)
