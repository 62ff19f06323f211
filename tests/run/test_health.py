"""Whether an installation is ready, and how the follower goes on after a failure."""

import os
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import OperationalError

from bourse.kit import clock, outbox
from bourse.run import follower, health


@pytest.fixture
def beat(home: Path) -> Path:
    health.beat(home)
    return home / health.BEAT


class Spoken(outbox.Fact, frozen=True):
    """A fact that nobody hears."""


def announced(seconds_ago: float) -> None:
    outbox.announce(Spoken(), now=clock.now() - timedelta(seconds=seconds_ago))


@pytest.mark.django_db
def test_it_is_ready_while_the_follower_goes_round(beat: Path) -> None:
    assert health.why_not() is None


@pytest.mark.django_db
def test_it_is_not_ready_while_the_follower_is_silent(beat: Path) -> None:
    long_ago = time.time() - health.SILENCE_LIMIT_S - 1
    os.utime(beat, (long_ago, long_ago))
    assert health.why_not() == "the follower is silent"
    beat.unlink()
    assert health.why_not() == "the follower is silent"


@pytest.mark.django_db
def test_it_is_not_ready_while_an_old_fact_waits(beat: Path) -> None:
    announced(seconds_ago=1)
    assert health.why_not() is None
    announced(seconds_ago=health.LAG_LIMIT_S + 5)
    assert str(health.why_not()).startswith("2 facts wait, the oldest for 35 s")


@pytest.mark.django_db
def test_every_migration_is_made() -> None:
    assert health.missing_migrations() == []


def test_the_follower_goes_on_after_a_failure(
    home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stop, rounds = threading.Event(), list[str]()

    def deliver(_: object, *, now: datetime) -> int:
        rounds.append("round")
        if len(rounds) == 1:
            raise OperationalError("server closed the connection")
        if len(rounds) == 2:
            raise ValueError("a listener's bug")
        stop.set()
        return 0

    monkeypatch.setattr(follower, "keep_in_place", lambda: False)
    monkeypatch.setattr(outbox, "deliver", deliver)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 24))  # noqa: DTZ001
    follower.follow(stop)
    assert len(rounds) == 3
    assert health.follower_silence_s(home) is not None
