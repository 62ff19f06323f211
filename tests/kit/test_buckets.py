"""Token buckets across processes: nothing lost, nothing invented, nobody kept waiting by the dead."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bourse.kit import buckets
from bourse.kit.buckets import FILE_BYTES, GROUP_BYTES, SLOTS_IN_GROUP, Taken, fill, give_back, take

AT = 1_800_000_000.25
SECRET = "only for the tests of one run"
RACER = "from kit.racing import race; race()"


@pytest.fixture(autouse=True)
def own_home(settings: Any, tmp_path: Path) -> Path:
    """A data folder for each test."""
    settings.HOME, settings.SECRET_KEY = tmp_path, SECRET
    return tmp_path


def test_a_bucket_gives_its_burst_and_then_its_rate() -> None:
    answers = [take("one", per_s=2, burst=3, at=AT) for _ in range(4)]
    assert [one.ok for one in answers] == [True, True, True, False]
    assert [one.left for one in answers] == [2, 1, 0, 0]
    assert answers[3].wait_s == 0.5
    assert take("one", per_s=2, burst=3, at=AT + 0.5) == Taken(True, 0, 0)
    assert take("one", per_s=2, burst=3, at=AT + 100).left == 2


@pytest.mark.parametrize("per_s", [3, 0.7, 1 / 900, 10_000 / 86_400, 1234.5])
def test_who_waits_as_long_as_he_was_told_gets_in_and_not_sooner(per_s: float) -> None:
    key = f"waits {per_s}"
    while (answer := take(key, per_s=per_s, burst=5, cost=0.9, at=AT)).ok:
        pass
    assert not take(key, per_s=per_s, burst=5, cost=0.9, at=AT + answer.wait_s - 1e-5).ok
    assert take(key, per_s=per_s, burst=5, cost=0.9, at=AT + answer.wait_s).ok


def test_a_refused_cost_takes_nothing() -> None:
    take("rows", per_s=1, burst=100, cost=60, at=AT)
    assert take("rows", per_s=1, burst=100, cost=50, at=AT) == Taken(False, 40, 10)
    assert take("rows", per_s=1, burst=100, cost=40, at=AT) == Taken(True, 0, 0)


def test_what_a_bucket_never_holds_is_never_given() -> None:
    assert take("large", per_s=1, burst=10, cost=11, at=AT).ok is False
    take("large", per_s=1, burst=10, cost=10, at=AT)
    assert take("large", per_s=1, burst=10, cost=30, at=AT) == Taken(False, 0, 10)


def test_a_look_costs_nothing_and_needs_no_slot() -> None:
    assert take("looked at", per_s=1, burst=5, cost=0, at=AT) == Taken(True, 5, 0)
    fill("looked at")
    give_back("looked at", 3)
    assert take("looked at", per_s=1, burst=5, cost=0, at=AT).left == 5


def test_what_was_given_back_can_be_taken_again_and_never_more_than_the_burst() -> None:
    for _ in range(5):
        take("back", per_s=0.001, burst=5, at=AT)
    give_back("back", 2)
    assert take("back", per_s=0.001, burst=5, cost=0, at=AT).left == 2
    give_back("back", 99)
    assert take("back", per_s=0.001, burst=5, cost=0, at=AT).left == 5


def test_a_filled_bucket_is_as_new() -> None:
    take("full", per_s=0.001, burst=5, cost=5, at=AT)
    fill("full")
    assert take("full", per_s=0.001, burst=5, at=AT).left == 4


def test_a_clock_set_back_locks_nobody_out_longer_than_an_empty_bucket() -> None:
    take("clock", per_s=1, burst=10, cost=10, at=AT)
    assert take("clock", per_s=1, burst=10, at=AT - 3600) == Taken(False, 0, 1)
    assert take("clock", per_s=1, burst=10, at=AT - 3599).ok


def test_keys_do_not_share_and_are_not_kept_in_clear(own_home: Path) -> None:
    take("asha@bourse.example", per_s=1, burst=1, at=AT)
    assert take("ben@bourse.example", per_s=1, burst=1, at=AT).ok
    assert b"asha" not in (own_home / "run/buckets").read_bytes()


def test_the_file_never_grows_and_the_fullest_makes_room(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(buckets, "GROUPS", 1)
    for number in range(SLOTS_IN_GROUP):
        take(f"key {number}", per_s=1, burst=100, cost=10 + number, at=AT)
    take("one more", per_s=1, burst=100, cost=50, at=AT)
    assert take("key 0", per_s=1, burst=100, cost=0, at=AT).left == 100  # the fullest of them was let go
    assert [take(f"key {n}", per_s=1, burst=100, cost=0, at=AT).left for n in (1, 15)] == [89, 75]
    assert (own_home / "run/buckets").stat().st_size == FILE_BYTES
    assert GROUP_BYTES == 512


@pytest.mark.parametrize("left", [b"", b"of another version".ljust(FILE_BYTES, b"\xff")])
def test_a_file_of_another_version_is_made_anew(own_home: Path, left: bytes) -> None:
    (own_home / "run").mkdir()
    (own_home / "run/buckets").write_bytes(left)
    assert take("anew", per_s=1, burst=1, at=AT).ok
    assert (own_home / "run/buckets").stat().st_size == FILE_BYTES
    assert (own_home / "run/buckets").stat().st_mode & 0o777 == 0o600


def test_four_racing_processes_get_exactly_what_there_is(own_home: Path) -> None:
    racers = [_racer(own_home, "4000") for _ in range(4)]
    got = [sum(map(int, racer.communicate()[0].split())) for racer in racers]
    assert sum(got) == 1000
    assert take("raced for", per_s=1e-6, burst=1000, at=AT).left == 0


def test_whoever_dies_with_a_slot_in_his_hands_holds_up_nobody(own_home: Path) -> None:
    racer = _racer(own_home, "hold")
    assert racer.stdout and racer.stdout.readline() == "held\n"
    os.kill(racer.pid, signal.SIGKILL)
    racer.communicate()
    assert take("raced for", per_s=1e-6, burst=1000, at=AT).ok


def _racer(home: Path, order: str) -> "subprocess.Popen[str]":
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", RACER, order, str(home), SECRET]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)
