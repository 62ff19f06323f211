"""The worker for tests: does what waits, in the test's own thread and on its own connection."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from procrastinate.contrib.django import app
from procrastinate.jobs import Job
from procrastinate.periodic import PeriodicDeferrer

from bourse.kit import jobs

read_row = Job.from_row.__func__


def do_waiting_jobs() -> int:
    """Run the real worker once over what waits, in this thread; how many jobs it did. A failed job fails."""
    known = {job.number for job in jobs.failed()}
    before = jobs.by_state()["waiting"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("procrastinate.worker.utils.sync_to_async", _in_this_thread)
        patch.setattr(PeriodicDeferrer, "worker", _never)
        patch.setattr("procrastinate.contrib.django.db_cleanup.close_old_connections", lambda: None)
        patch.setattr("procrastinate.jobs.Job.from_row", classmethod(_from_row))
        async_to_sync(app.run_worker_async)(wait=False, listen_notify=False, install_signal_handlers=False)
    broken = [job for job in jobs.failed() if job.number not in known]
    assert not broken, broken
    return before - jobs.by_state()["waiting"]


def _from_row(kind: type[Job], row: dict[str, Any]) -> Job:
    """Django's connection leaves JSON as a text, and the worker's own reads it."""
    given = row["args"]
    return read_row(kind, {**row, "args": json.loads(given) if isinstance(given, str) else given})


async def _in_this_thread(work: Callable[..., Any], *arguments: Any) -> Any:
    return await sync_to_async(work, thread_sensitive=True)(*arguments)


async def _never(_: PeriodicDeferrer) -> None:
    await asyncio.Event().wait()
