"""What the worker does for the members' room: each job gives one order."""

from django.conf import settings
from procrastinate.contrib.django import app

from bourse.kit import clock
from bourse.kit.jobs import job
from bourse.members.actions import forget_old_requests, screening
from bourse.members.actions.forgetting import forget_declined
from bourse.members.actions.joining import SCREEN
from bourse.members.actions.signing import sign_ins


@job(SCREEN)
def screen(application_id: int | None, company_id: int | None) -> None:
    """Compare an applicant or a member with every list in force."""
    screening.compare(application_id=application_id, company_id=company_id, now=clock.now())


@job(screening.COMPARE)
def compare_list(list_id: int, before_id: int | None) -> None:
    """Compare everybody with a list that was loaded."""
    screening.compare_list(list_id=list_id, before_id=before_id, now=clock.now())


@app.periodic(cron="*/5 * * * *")
@job("members.take_in_seen")
def take_in_seen(timestamp: int) -> None:
    """Note when sign-ins were last used."""
    sign_ins.take_in_seen(settings.HOME)


@app.periodic(cron="41 3 * * *")
@job("members.forget_ended_sign_ins")
def forget_ended_sign_ins(timestamp: int) -> None:
    """Forget sessions that are over."""
    sign_ins.forget_ended(now=clock.now())


@app.periodic(cron="7 * * * *")
@job("members.forget_old_requests")
def forget_old_calls(timestamp: int) -> None:
    """Forget the calls of the API of more than thirty days ago."""
    while forget_old_requests(now=clock.now()):
        pass


@app.periodic(cron="23 4 * * *")
@job("members.forget_declined")
def forget_declined_applicants(timestamp: int) -> None:
    """Forget applications that came to nothing, once the operator's term is over."""
    while forget_declined(now=clock.now()):
        pass
