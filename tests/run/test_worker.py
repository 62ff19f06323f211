"""The worker as a process: what it was doing when it ended is done by the next one."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from run.house import ROOT, wait_for

pytestmark = pytest.mark.django_db(transaction=True)

PROGRAM = """
import sys, time
from pathlib import Path
from bourse.run.process import set_up_django
set_up_django()
from bourse.kit import jobs
from bourse.run import log, worker
log.configure("worker")
worker.GRACE_S = 0.2

@jobs.job("tests.write")
def write(place, seconds):
    file = Path(place)
    file.with_suffix(".begun").touch()
    if not file.with_suffix(".quick").exists():
        time.sleep(seconds)
    file.touch()

worker.main([])
"""


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], "subprocess.Popen[str]"]]:
    """Start workers on the test's database; those that are left end with the test."""
    about = connection.settings_dict
    url = f"postgresql://{about['USER']}@/{about['NAME']}?host={quote(str(about['HOST']))}"
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "BOURSE_HOME": str(tmp_path)}
    started: list[subprocess.Popen[str]] = []

    def begin() -> "subprocess.Popen[str]":
        order = [sys.executable, "-P", "-c", PROGRAM]
        variables = {**env, "BOURSE_DATABASE_URL": url, "BOURSE_SECRET_KEY": "of a test"}
        started.append(subprocess.Popen(order, env=variables, text=True, stderr=subprocess.PIPE))
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def state(number: int) -> str:
    return str(ProcrastinateJob.objects.get(pk=number).status)


def test_a_job_is_done_within_a_second_of_its_order(
    start: Callable[[], "subprocess.Popen[str]"], tmp_path: Path
) -> None:
    first = ordered(tmp_path / "first", 0)
    start()
    wait_for(lambda: state(first) == "succeeded")
    second = ordered(tmp_path / "second", 0)
    wait_for(lambda: state(second) == "succeeded", 1)


def test_told_to_stop_it_puts_back_what_it_does(
    start: Callable[[], "subprocess.Popen[str]"], tmp_path: Path
) -> None:
    number = ordered(tmp_path / "file", 60)
    process = start()
    wait_for((tmp_path / "file.begun").exists)
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    assert state(number) == "todo"
    (tmp_path / "file.quick").touch()
    start()
    wait_for((tmp_path / "file").exists)


def test_what_a_killed_worker_did_is_taken_again(
    start: Callable[[], "subprocess.Popen[str]"], tmp_path: Path
) -> None:
    number = ordered(tmp_path / "file", 60)
    process = start()
    wait_for((tmp_path / "file.begun").exists)
    process.kill()
    process.wait()
    assert state(number) == "doing"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '31 seconds'")
    (tmp_path / "file.quick").touch()
    start()
    wait_for(lambda: state(number) == "succeeded")


def ordered(place: Path, seconds: float) -> int:
    """The number of a job that only the started process knows."""
    return app.configure_task("tests.write").defer(place=str(place), seconds=seconds)
