"""The worker: does the jobs that orders deferred, two at a time, behind the requests.

What goes to other servers (mail, webhooks) has hands of its own: one that hangs holds up no upload.

It asks for work each fifth of a second instead of listening: a connection that a pooler shares hears nothing.
Any failure of its own ends the process, the supervisor starts it again, and what it was doing is taken again.
"""

import asyncio
import os
import signal
from contextlib import suppress
from datetime import UTC, datetime

import structlog
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django import app, connector_params
from procrastinate.jobs import Job, Status

from bourse.kit.jobs import USUAL_QUEUE
from bourse.notices.actions import OUTGOING
from bourse.run import requests

logger = structlog.get_logger()

JOBS_AT_ONCE = {USUAL_QUEUE: 2, OUTGOING: 8}
NICE = 5
LOOK_S = 0.2
GRACE_S = 8.0  # for running jobs, once told to stop; the supervisor waits for 15
BEAT_S = 5.0
SILENT_S = 30.0  # a worker without a beat for so long is dead
ROUND_S = 10.0
MOST_ATTEMPTS = 5  # of a job whose worker died: what kills one kills the next too


def main(_: list[str]) -> None:
    """Work until told to stop."""
    os.nice(NICE)
    if settings.IS_EMBEDDED:
        connection_created.connect(_give_way)
    requests.begin()
    asyncio.run(_work())


def _give_way(connection: BaseDatabaseWrapper, **_: object) -> None:
    """The database's process that works for a job stands behind the requests as the job does."""
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, connection.connection.info.backend_pid, NICE)


async def _work() -> None:
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4)
    async with app.with_connector(connector).open_async() as own:
        await take_again(own, SILENT_S if not settings.IS_EMBEDDED else None)
        working = [asyncio.create_task(_run(own, queue, hands)) for queue, hands in JOBS_AT_ONCE.items()]
        caring = asyncio.create_task(_care(own))
        told = asyncio.create_task(_told_to_stop())
        await asyncio.wait({*working, caring, told}, return_when=asyncio.FIRST_COMPLETED)
        caring.cancel()
        if told.done():
            await _end(own, working)
        for task in (*working, caring):
            if task.done() and not task.cancelled():
                task.result()


async def _run(own: App, queue: str, hands: int) -> None:
    await own.run_worker_async(
        queues=[queue],
        concurrency=hands,
        listen_notify=False,
        install_signal_handlers=False,
        fetch_job_polling_interval=LOOK_S,
        update_heartbeat_interval=BEAT_S,
        stalled_worker_timeout=SILENT_S,
    )


async def _told_to_stop() -> None:
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    await told.wait()


async def _end(own: App, working: "list[asyncio.Task[None]]") -> None:
    """Let running jobs end; what does not in time goes back into the queue, and its thread ends with us."""
    for task in working:
        task.cancel()
    _, busy = await asyncio.wait(working, timeout=GRACE_S)
    if not busy:
        return
    running = list(await own.job_manager.list_jobs_async(status=Status.DOING.value))
    await _put_back(own, running)
    logger.warning("jobs_put_back", jobs=[job.id for job in running])
    os._exit(0)


async def _care(own: App) -> None:
    """Take again, from time to time, what a dead worker on another machine left."""
    while True:
        await asyncio.sleep(ROUND_S)
        await take_again(own, SILENT_S)


async def take_again(own: App, silent_s: float | None) -> None:
    """Put back the jobs of workers silent for so long; without a limit, of all others that there were.

    The embedded database has one worker at a time: whatever is marked as running at its start is an orphan.
    """
    if silent_s is None:
        orphans = list(await own.job_manager.list_jobs_async(status=Status.DOING.value))
    else:
        orphans = list(await own.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent_s))
    if orphans:
        logger.warning("jobs_taken_again", jobs=[job.id for job in orphans])
    await _put_back(own, [job for job in orphans if job.attempts < MOST_ATTEMPTS])
    for job in orphans:
        if job.attempts >= MOST_ATTEMPTS:
            await own.job_manager.finish_job(job, Status.FAILED, delete_job=False)


async def _put_back(own: App, jobs: list[Job]) -> None:
    now = datetime.now(UTC)  # noqa: TID251 (when to try, no moment of the market)
    for job in jobs:
        await own.job_manager.retry_job(job, retry_at=now)
