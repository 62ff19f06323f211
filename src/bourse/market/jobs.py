"""What the worker does for the market: each job gives one order."""

from bourse.kit import clock
from bourse.kit.jobs import job
from bourse.market import actions


@job(actions.READ_UPLOAD)
def read_upload(upload_id: int) -> None:
    """Read a kept file."""
    actions.read_upload(upload_id=upload_id, now=clock.now())
