"""What the worker does for the market: each job gives one order."""

from procrastinate.contrib.django import app

from bourse.kit import clock
from bourse.kit.fetch import Resolver
from bourse.kit.jobs import job
from bourse.market import actions


@job(actions.READ_UPLOAD)
def read_upload(upload_id: int) -> None:
    """Read a kept file."""
    actions.read_upload(upload_id=upload_id, now=clock.now())


@app.periodic(cron="* * * * *")
@job("market.start_due_feeds")
def start_due_feeds(timestamp: int) -> None:
    """Give every feed whose time has come a job of its own."""
    actions.start_due_feeds(now=clock.now())


@job(actions.RUN_FEED)
def run_feed(feed_id: int) -> None:
    """Bring what is new at a feed."""
    actions.run_feed(feed_id=feed_id, resolver=Resolver(), now=clock.now())


@job(actions.FINISH_FEED)
def finish_feed_upload(upload_id: int) -> None:
    """Confirm what a feed brought, or hold it for a person."""
    actions.finish_feed_upload(upload_id=upload_id, now=clock.now())


@app.periodic(cron="17 * * * *")
@job("market.end_unconfirmed")
def end_unconfirmed(timestamp: int) -> None:
    """Remind of listings that nobody confirms, and end those whose time is over."""
    actions.end_unconfirmed(now=clock.now())


@app.periodic(cron="* * * * *")
@job("market.check_links")
def check_links(timestamp: int) -> None:
    """Look whether the links of listings still lead to something."""
    actions.check_links(resolver=Resolver(), now=clock.now())
