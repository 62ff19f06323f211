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
    usual_s, slowest_s, cut_short = _seconds(lambda: dealer.bring(before + 1)), 0.0, 0
    for number in range(before + 2, before + 2 + times):
        upload = _Upload(dealer, number)
        upload.start()
        time.sleep(chance.random() * usual_s)
        slowest_s = max(slowest_s, _seconds(lambda: _kill_and_await(house, victim)))
        upload.join()
        cut_short += not upload.is_confirmed
        assert dealer.stands() == {number} or (not upload.is_confirmed and dealer.stands() == {number - 1})
        dealer.bring(number)
        wait_for(lambda: dealer.found() == STONES)
    assert slowest_s < RESTART_S or victim == "supervisor"  # whom a person starts again
    for name, figure in (
        ("kills", times),
        ("uploads_cut_short", cut_short),
        ("slowest_restart_s", slowest_s),
    ):
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
    pid = _pid_of(house, victim)
    with_it = {pid, *(one for one in house.pids() if _parent(one) == pid)}
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: with_it.isdisjoint(house.pids()))
    wait_for(lambda: _is_back(house, victim, pid))


def _is_back(house: Installation, victim: str, dead: int) -> bool:
    try:
        return _pid_of(house, victim) != dead and house.answers()
    except (StopIteration, FileNotFoundError):
        return False


def _pid_of(house: Installation, victim: str) -> int:
    if victim == "postgres":
        return house.postmaster()
    if victim == "follower":
        return next(iter(house.pids("bourse.run.process follower")))
    webs = house.pids("bourse.run.process web")
    main = next(pid for pid in webs if _parent(pid) == house.process.pid)
    if victim == "web":
        return main
    return next(pid for pid in webs if _parent(pid) == main)


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0
