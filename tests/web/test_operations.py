"""The operator's page of the house; for anybody else it is not there."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from django.db import connection
from procrastinate.contrib.django import app

from bourse.kit import clock, jobs
from bourse.kit.models import JobFailure
from bourse.kit.status import BACKUP, STATUS, Backup, Process, Status, Trouble
from cast import Cast
from web.conftest import Browse, text_of

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def well(home: Path) -> None:
    """A house that was well a moment ago."""
    now = clock.now()
    up = [Process("web", 7, NOON, 0), Process("worker", 8, NOON, 3, "ended by signal SIGKILL")]
    wrong = [Trouble(NOON, "worker", "job_failed: ValueError: a bug")]
    found = Status(now, "0.1.0 (abc)", "3.11.7", up, 90 * 1024**3, 100 * 1024**3, wrong)
    (home / STATUS).write_bytes(msgspec.json.encode(found))
    made = Backup(now - timedelta(hours=5), "/srv/one.backup", 3 * 1024**3, True)
    (home / BACKUP).write_bytes(msgspec.json.encode(made))
    (home / "follower.beat").touch()


def failed_job() -> int:
    """A job that failed, with its error."""
    number = app.configure_task("tests.unknown").defer()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [number])
        cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [number])
    JobFailure.objects.create(number=number, words="ValueError: <a bug>", failed_at=NOON)
    return number


def test_a_house_that_is_well_says_so(browse: Browse, cast: Cast) -> None:
    page = text_of(browse(cast.omar).get("/operations/"))
    assert "All is well." in page
    for said in ("ended by signal SIGKILL", "24 Nov 2026, 12:00", "0.1.0 (abc)", "90.0 GiB", "90 %", "5 h"):
        assert said in page
    assert "job_failed: ValueError: a bug" in page
    assert "Yes: restored on trial, the same" in page


def test_what_needs_a_person_stands_first(browse: Browse, cast: Cast, home: Path) -> None:
    down = Status(NOON, "0.1.0", "3.11.7", [Process("web", None, None, 9)], 1024**3, 100 * 1024**3)
    (home / STATUS).write_bytes(msgspec.json.encode(down))
    (home / BACKUP).write_bytes(msgspec.json.encode(Backup(failed_at=NOON, why="The disk is full.")))
    page = text_of(browse(cast.omar).get("/operations/"))
    for said in (
        "This needs a person:",
        "The supervisor has not been heard of",
        "A process is down",
        "Less than 2 GiB are free",
        "There is no backup of the last day and a half",
        "The last try failed: The disk is full.",
    ):
        assert said in page


def test_a_failed_job_is_tried_again_by_one_order(browse: Browse, cast: Cast) -> None:
    number, client = failed_job(), browse(cast.omar)
    page = text_of(client.get("/operations/"))
    assert "Jobs have failed." in page and "ValueError: <a bug>" in page
    answer = client.post("/operations/try-again/", {"job": number}, follow=True)
    assert f"Job {number} waits to be tried again." in text_of(answer)
    assert jobs.by_state() == {"waiting": 1, "running": 0, "failed": 0}
    assert client.post("/operations/try-again/", {"job": number}).status_code == 409
    assert client.post("/operations/try-again/", {"job": "x"}).status_code == 409


@pytest.mark.parametrize("who", ["asha", "tara", "vera", "ben", "carl"])
def test_for_members_it_is_not_there(browse: Browse, cast: Cast, who: str) -> None:
    number, client = failed_job(), browse(getattr(cast, who))
    assert client.get("/operations/").status_code == 404
    assert client.post("/operations/try-again/", {"job": number}).status_code == 404
    assert jobs.by_state()["failed"] == 1
    assert "/operations/" not in text_of(client.get("/search/"))


def test_a_visitor_signs_in_first(browse: Browse, cast: Cast) -> None:
    assert browse(None).get("/operations/")["Location"].startswith("/account/sign-in/")
