"""What is told of the house itself, to whoever runs it."""

from datetime import datetime

from bourse.kit.facts import JobFailed
from bourse.members.queries import operators
from bourse.notices.actions import tell
from bourse.notices.topics import Reason, Topic


def job_failed(fact: JobFailed, now: datetime) -> None:
    """The operators hear of the first failure of each kind of job in an hour."""
    tell(
        topic=Topic.OPERATIONS,
        people=operators(),
        once=f"job {fact.name} failed {fact.at[:13]}",
        subject=f"A job failed: {fact.name}",
        body="Read why, mend the cause, and try it again. There may be more of its kind.",
        link="/operations/",
        why=Reason.OPERATOR,
        now=now,
    )
