"""The web process: granian and its workers, each with Django behind a gate."""

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from bourse.run import health, log
from bourse.run.gate import Gate
from bourse.run.parent import end_with_parent

STOP_S = 10


def load() -> Callable[..., Any]:
    """The application of one worker, which ends with the process that started it."""
    parent = multiprocessing.parent_process()
    assert parent and parent.pid
    end_with_parent(parent.pid, signal.SIGKILL)
    return Gate(get_wsgi_application(), health.is_ready, urlsplit(settings.URL).scheme).answer


def main(_: list[str]) -> None:
    """Serve until told to stop."""
    if settings.METRICS_BIND:
        _count_in(settings.HOME / "metrics")
    assert get_resolver().url_patterns  # loaded before the fork: the workers share it
    gc.freeze()
    Server(
        "bourse.run.web",
        address=settings.BIND,
        port=settings.PORT,
        interface=Interfaces.RSGI,
        loop=Loops.asyncio,
        http=HTTPModes.http1,
        websockets=False,
        workers=settings.WEB_WORKERS,
        backlog=1024,
        backpressure=1024,  # open connections of a worker, idle ones too; the gate limits requests
        http1_settings=HTTP1Settings(header_read_timeout=10_000),
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_S,
        log_level=LogLevels.warning,
        log_dictconfig=log.granian_dictconfig(),
    ).serve(target_loader=load, wrap_loader=False)


def _count_in(folder: Path) -> None:
    """Have each worker count requests in a file of its own there, and begin at nothing."""
    folder.mkdir(mode=0o700, exist_ok=True)
    for left in folder.glob("*.db"):
        left.unlink()
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)  # read when the counters are made, in a worker
