"""What the worker does for the notices: each job gives one order."""

from procrastinate.contrib.django import app

from bourse.kit import clock
from bourse.kit.fetch import Resolver
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
@job("notices.forget_what_is_old")
def forget_what_is_old(timestamp: int) -> None:
    """Mail that is settled or that nobody could send, events that are a month old."""
    actions.forget_old_mail(now=clock.now())
    actions.forget_old_events(now=clock.now())


@job(actions.DELIVER, queue=actions.OUTGOING)
def deliver(webhook_id: int) -> None:
    """Deliver what waits for one address."""
    actions.deliver(webhook_id=webhook_id, resolver=Resolver(), tell_time=clock.now)


@job(actions.WAKE, queue=actions.OUTGOING)
def wake(webhook_id: int) -> None:
    """The pause of an address, or of what waits for it, is over."""
    actions.defer_delivery(webhook_id)


@app.periodic(cron="* * * * *")
@job("notices.look_for_deliveries")
def look_for_deliveries(timestamp: int) -> None:
    """What a dead worker left."""
    actions.look_for_deliveries(now=clock.now())
