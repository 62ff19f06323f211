"""Work that a request does not wait for: deferred in the order's own transaction, done by the worker.

A job runs at least once: a worker that is killed leaves its jobs behind, and the next one takes them again.
So a job takes ids, locks and looks, and may run twice without harm. The tables are procrastinate's; a room
names its jobs in its jobs.py and defers them by that name, since its actions may not look up at its jobs.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, ParamSpec, TypeVar

import msgspec
import structlog
from asgiref.sync import async_to_sync
from django.db import Error, InterfaceError, OperationalError, transaction
from django.db.models import Count, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob
from procrastinate.tasks import Task
from procrastinate.worker import Worker

from bourse.kit import clock, idempotency, sealing
from bourse.kit.facts import JobFailed
from bourse.kit.models import JobFailure
from bourse.kit.outbox import announce
from bourse.kit.refusal import Refusal

log = structlog.get_logger()

Given = ParamSpec("Given")
Done = TypeVar("Done")

WAITING, RUNNING, FAILED = "todo", "doing", "failed"
STATES = {WAITING: "waiting", RUNNING: "running", FAILED: "failed"}
MOST_SHOWN = 50
USUAL_QUEUE = "default"
CHECK_AUDIT = "kit.check_audit"
KEPT_DAYS, FAILED_KEPT_DAYS = 7, 90
ONLY_THE_DATABASE_WAS_AWAY = RetryStrategy(
    max_attempts=10, wait=1, linear_wait=2, retry_exceptions=(OperationalError, InterfaceError)
)


class JobNotFailed(Refusal):
    """This job has not failed, or somebody had it tried again already."""

    status = 409


class FailedJob(msgspec.Struct, frozen=True):
    """A job that nobody will try again unless he is told to."""

    number: int
    name: str
    arguments: dict[str, Any]
    attempts: int
    why: str
    failed_at: datetime | None


def job(
    name: str, *, queue: str = USUAL_QUEUE
) -> Callable[[Callable[Given, Done]], Task[Given, Done, Given]]:
    """Make a function the job of this name. It is tried again by itself only where the database was away."""
    return app.task(name=name, queue=queue, retry=ONLY_THE_DATABASE_WAS_AWAY, task_middleware=[_seen])


def defer(
    name: str, *, one_at_a_time: str | None = None, at: datetime | None = None, **arguments: Any
) -> int:
    """Have the job done once this transaction is committed; its number.

    Jobs with the same word in `one_at_a_time` run one after another, in the order they were deferred.
    """
    task = app.configure_task(name, allow_unknown=False, lock=one_at_a_time, schedule_at=at)
    return task.defer(**arguments)


@transaction.atomic
def defer_once(name: str, *, one_at_a_time: str, **arguments: Any) -> None:
    """Have the job done once this transaction is committed, unless one that waits will find the work too.

    The waiting one is held until the commit: no worker takes it before it can see what was written.
    """
    waits = ProcrastinateJob.objects.filter(
        task_name=name, args=arguments, status=WAITING, scheduled_at=None
    ).order_by("pk")
    if waits.select_for_update(skip_locked=True).first() is None:
        defer(name, one_at_a_time=one_at_a_time, **arguments)


def by_state() -> dict[str, int]:
    """How many jobs wait, run and have failed."""
    found = ProcrastinateJob.objects.filter(status__in=STATES).values_list("status").annotate(Count("id"))
    return dict.fromkeys(STATES.values(), 0) | {STATES[status]: count for status, count in found}


def oldest_waiting_s(now: datetime) -> float:
    """How many seconds the job that has waited longest has waited; none that is due later counts."""
    deferred = ProcrastinateEvent.objects.filter(job_id=OuterRef("pk")).order_by("-pk").values("at")[:1]
    due = ProcrastinateJob.objects.filter(status=WAITING).annotate(
        since=Coalesce("scheduled_at", Subquery(deferred))
    )
    oldest = due.filter(since__lte=now).aggregate(oldest=Min("since"))["oldest"]
    return (now - oldest).total_seconds() if oldest else 0.0


def failed(limit: int = MOST_SHOWN) -> list[FailedJob]:
    """The jobs that failed last, newest first, each with its error."""
    rows = list(ProcrastinateJob.objects.filter(status=FAILED).order_by("-id")[:limit])
    whys = JobFailure.objects.in_bulk([row.pk for row in rows])
    return [_shown(row, whys.get(row.pk)) for row in rows]


@transaction.atomic
def try_again(*, number: int, now: datetime) -> None:
    """Put a failed job back into the queue."""
    if not ProcrastinateJob.objects.select_for_update().filter(pk=number, status=FAILED).exists():
        raise JobNotFailed("This job has not failed, or it was put back already.")
    app.job_manager.retry_job_by_id(number, retry_at=now)


def _shown(row: ProcrastinateJob, failure: JobFailure | None) -> FailedJob:
    why = failure.words if failure else "The worker died each time; its log says more."
    return FailedJob(
        row.pk, row.task_name, row.args, row.attempts, why, failure.failed_at if failure else None
    )


def _seen(call: Callable[[], Any], context: JobContext, worker: Worker) -> Any:
    """One log line for each job, and its error where the operator finds it."""
    begun = time.monotonic()
    about = {"job": context.job.task_name, "number": context.job.id}
    try:
        result = call()
    except Exception as error:
        log.exception("job_failed", took_s=round(time.monotonic() - begun, 2), **about)
        _keep_error(context.job.id or 0, context.job.task_name, error)
        raise
    log.info("job_done", took_s=round(time.monotonic() - begun, 2), **about)
    return result


def _keep_error(number: int, name: str, error: Exception) -> None:
    words = f"{type(error).__name__}: {error}"[:1000]
    try:
        now = clock.now()
        JobFailure.objects.update_or_create(number=number, defaults={"words": words, "failed_at": now})
        announce(JobFailed(number=number, name=name, at=now.isoformat()), now=now)
    except Error:  # the database is what the job missed; the log has the error
        log.warning("job_error_not_kept", number=number)


@app.periodic(cron="23 3 * * *")
@job("kit.forget_old_jobs")
def forget_old_jobs(timestamp: int) -> None:
    """Forget what was done a week ago, and what failed three months ago."""
    forget = async_to_sync(app.job_manager.delete_old_jobs)
    forget(nb_hours=KEPT_DAYS * 24, include_cancelled=True, include_aborted=True)
    forget(nb_hours=FAILED_KEPT_DAYS * 24, include_failed=True)
    JobFailure.objects.filter(failed_at__lt=clock.now() - timedelta(days=FAILED_KEPT_DAYS)).delete()


@app.periodic(cron="11 2 * * *")
@job(CHECK_AUDIT)
def check_audit(timestamp: int) -> None:
    """Check each night, and when the operator asks, that the audit is as it was sealed."""
    sealing.check(now=clock.now())


@app.periodic(cron="53 * * * *")
@job("kit.forget_old_operation_ids")
def forget_old_operation_ids(timestamp: int) -> None:
    """Forget the operation ids of more than thirty days ago."""
    idempotency.forget_old(clock.now())
