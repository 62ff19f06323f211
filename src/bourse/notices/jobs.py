"""What the worker does for the notices: each job gives one order."""

from bourse.kit.jobs import job
from bourse.notices.actions.events import DELIVER
from bourse.notices.actions.letters import OUTGOING, SEND_MAIL


@job(SEND_MAIL, queue=OUTGOING)
def send_mail() -> None:
    """Send the mail that is due."""


@job(DELIVER, queue=OUTGOING)
def deliver(webhook_id: int) -> None:
    """Deliver what waits for one address."""
