"""What the worker does for all rooms together."""

from bourse.kit.jobs import job
from bourse.wiring.forgetting import FORGET, forget


@job(FORGET)
def forget_person(person_id: int) -> None:
    """Take an erased person out of every room."""
    forget(person_id)
