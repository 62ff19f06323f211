"""What the worker does for the notices: each job gives one order."""

from procrastinate.contrib.django import app

from bourse.kit import clock
from bourse.kit.jobs import job
from bourse.notices import actions


@job(actions.SEND_MAIL, queue=actions.OUTGOING)
def send_mail() -> None:
    """Send the mail that is due."""
    actions.send_mail(tell_time=clock.now)


@app.periodic(cron="* * * * *")
@job("notices.look_for_mail")
def look_for_mail(timestamp: int) -> None:
    """What came due since: a retry, the end of quiet hours, what a dead worker left."""
    actions.have_mail_sent(now=clock.now())


@app.periodic(cron="*/5 * * * *")
@job("notices.write_due_digests")
def write_due_digests(timestamp: int) -> None:
    """Digests of those whose hour has come."""
    actions.write_due_digests(now=clock.now())


@app.periodic(cron="41 3 * * *")
@job("notices.forget_old_mail")
def forget_old_mail(timestamp: int) -> None:
    """Mail that is settled, or that nobody could send."""
    actions.forget_old_mail(now=clock.now())


@job(actions.DELIVER, queue=actions.OUTGOING)
def deliver(webhook_id: int) -> None:
    """Deliver what waits for one address."""
