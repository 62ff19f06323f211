"""What the worker does for all rooms together."""

from procrastinate.contrib.django import app

from bourse.kit import clock
from bourse.kit.jobs import job
from bourse.wiring.forgetting import FORGET, forget
from bourse.wiring.telling import searches


@job(FORGET)
def forget_person(person_id: int) -> None:
    """Take an erased person out of every room."""
    forget(person_id)


@app.periodic(cron="*/5 * * * *")
@job("wiring.tell_of_daily_searches")
def tell_of_daily_searches(timestamp: int) -> None:
    """One notice for each person whose hour has come and whose daily searches found something."""
    searches.tell_daily(clock.now())
