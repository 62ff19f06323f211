"""kill -9 during uploads: the stock is the old or the new, what was confirmed stays, the house comes back."""

import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from run.dealer import MEMBERS, STONES, Dealer, Lost
from run.house import Installation, installation, wait_for

pytestmark = pytest.mark.alone

RESTART_S = 10.0
VICTIMS = ("supervisor", "web", "worker", "follower", "postgres")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("kills") / "house", "--empty") as started:
        made = started.command("manage", "shell", "-v0", "-c", MEMBERS)
        assert made.returncode == 0, made.stderr
        yield started


@pytest.fixture(scope="module")
def dealer(house: Installation) -> Dealer:
    made = Dealer(house)
    made.sign_in()
    made.bring(1)
    return made


@pytest.mark.parametrize("victim", VICTIMS)
def test_three_kills_during_uploads(
    house: Installation, dealer: Dealer, victim: str, record_property: Callable[[str, object], None]
) -> None:
    kill_during_uploads(house, dealer, victim, 3, record_property)


@pytest.mark.long
@pytest.mark.parametrize("victim", VICTIMS)
def test_twenty_five_kills_during_uploads(
    house: Installation, dealer: Dealer, victim: str, record_property: Callable[[str, object], None]
) -> None:
    kill_during_uploads(house, dealer, victim, 25, record_property)


def kill_during_uploads(
    house: Installation, dealer: Dealer, victim: str, times: int, record: Callable[[str, object], None]
) -> None:
    """So many kills at random moments of an upload; after each the stock is looked at."""
    chance = random.Random(f"{os.environ.get('BOURSE_SEED', '1')} {victim}")
    before = next(iter(dealer.stands()))
    usual_s, gone_s, down_s, cut_short = _seconds(lambda: dealer.bring(before + 1)), 0.0, 0.0, 0
    for number in range(before + 2, before + 2 + times):
        upload = _Upload(dealer, number)
        upload.start()
        time.sleep(chance.random() * usual_s)
        killed = time.monotonic()
        gone_s = max(gone_s, _seconds(lambda: _kill_and_await(house, victim)))
        wait_for(house.answers)
        down_s = max(down_s, time.monotonic() - killed)
        upload.join()
        cut_short += not upload.is_confirmed
        assert dealer.stands() == {number} or (not upload.is_confirmed and dealer.stands() == {number - 1})
        dealer.bring(number)
        wait_for(lambda: dealer.found() == STONES)
    assert gone_s < RESTART_S or victim == "supervisor"  # whom a person starts again
    figures = {
        "kills": times,
        "uploads_cut_short": cut_short,
        "slowest_restart_s": gone_s,
        "slowest_ready_s": down_s,
    }
    for name, figure in figures.items():
        record(name, round(figure, 2))


class _Upload(threading.Thread):
    """One upload that may be cut short."""

    def __init__(self, dealer: Dealer, number: int) -> None:
        super().__init__()
        self.dealer, self.number, self.is_confirmed = dealer, number, False

    def run(self) -> None:
        try:
            self.dealer.bring(self.number)
            self.is_confirmed = True
        except Lost:
            pass


def _seconds(what: Callable[[], object]) -> float:
    begun = time.monotonic()
    what()
    return time.monotonic() - begun


def _kill_and_await(house: Installation, victim: str) -> None:
    if victim == "supervisor":
        others = set(house.pids()) - {house.process.pid}
        house.kill()
        house.start()
        assert others.isdisjoint(house.pids())
        return
    pid = _those(house, victim)[0]
    with_it = {pid, *(one for one in house.pids() if _parent(one) == pid)}
    there = len(_those(house, victim))
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: with_it.isdisjoint(house.pids()))
    wait_for(lambda: len(_those(house, victim)) == there)


def _those(house: Installation, victim: str) -> list[int]:
    """The processes that the word names: one each, two workers."""
    if victim == "postgres":
        return house.postmaster()
    if victim == "follower":
        return house.pids("bourse.run.process follower")
    webs = house.pids("bourse.run.process web")
    mains = [pid for pid in webs if _parent(pid) == house.process.pid]
    return mains if victim == "web" else [pid for pid in webs if _parent(pid) in mains]


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0
