"""Jobs: deferred with the order or not at all, done by the worker, their errors kept for the operator."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from procrastinate.contrib.django import app

import working
from bourse.kit import clock, jobs
from bourse.kit.models import JobFailure

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
done: list[str] = []
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_jobs() -> None:
    done.clear()
    if "tests.note" not in app.tasks:
        jobs.job("tests.note")(note)
        jobs.job("tests.break")(break_down)


def note(word: str) -> None:
    done.append(word)


def break_down() -> None:
    done.append("tried")
    if done.count("tried") == 1:
        raise ValueError("a bug of one job")


def test_a_job_is_done_once() -> None:
    jobs.defer("tests.note", word="first")
    assert jobs.by_state() == {"waiting": 1, "running": 0, "failed": 0}
    assert working.do_waiting_jobs() == 1
    assert (working.do_waiting_jobs(), done) == (0, ["first"])


def test_an_order_that_is_undone_leaves_no_job() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        jobs.defer("tests.note", word="never")
        raise RuntimeError
    assert jobs.by_state()["waiting"] == 0


def test_a_failed_job_keeps_its_error_and_is_tried_again_when_told_so() -> None:
    number = jobs.defer("tests.break")
    with pytest.raises(AssertionError, match="a bug of one job"):
        working.do_waiting_jobs()
    failed = jobs.failed()
    assert [(job.number, job.name, job.why) for job in failed] == [
        (number, "tests.break", "ValueError: a bug of one job")
    ]
    jobs.try_again(number=number, now=NOON)
    working.do_waiting_jobs()
    assert (jobs.failed(), done) == ([], ["tried", "tried"])


def test_the_longest_wait_counts_from_when_a_job_was_due() -> None:
    now = clock.now()
    assert jobs.oldest_waiting_s(now) == 0
    jobs.defer("tests.note", at=now + timedelta(hours=1), word="later")
    assert jobs.oldest_waiting_s(now) == 0
    jobs.defer("tests.note", at=now - timedelta(minutes=2), word="due")
    jobs.defer("tests.note", word="now")
    assert jobs.oldest_waiting_s(now) == 120
    assert 3599 < jobs.oldest_waiting_s(now + timedelta(hours=1)) - 120 <= 3600


def test_only_a_failed_job_is_put_back() -> None:
    number = jobs.defer("tests.note", word="waits")
    for wrong in (number, number + 1):
        with pytest.raises(jobs.JobNotFailed):
            jobs.try_again(number=wrong, now=NOON)
    assert jobs.by_state() == {"waiting": 1, "running": 0, "failed": 0}


def test_old_jobs_are_forgotten_and_young_ones_kept() -> None:
    JobFailure.objects.create(number=7, words="old", failed_at=NOON.replace(year=2025))
    jobs.defer("tests.note", word="young")
    working.do_waiting_jobs()
    jobs.forget_old_jobs(timestamp=0)
    assert not JobFailure.objects.exists()
