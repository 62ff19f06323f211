"""What a process does in the race for the tokens of one bucket; apart, since the racers import it."""

import sys
import time
from pathlib import Path
from threading import Thread

from django.conf import settings

from bourse.kit import buckets

AT = 1_800_000_000.25


def race() -> None:
    """Take as often as told, in two threads, and print how much each got; or hold the slot for good."""
    order, home, secret = sys.argv[1:]
    settings.configure(HOME=Path(home), SECRET_KEY=secret)
    if order == "hold":
        _hold()
    threads = [Thread(target=_take, args=(int(order) // 2,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _take(times: int) -> None:
    got = sum(buckets.take("raced for", per_s=1e-6, burst=1000, at=AT).ok for _ in range(times))
    print(f"{got}\n", end="")  # in one piece: two threads print


def _hold() -> None:
    with buckets._table().slot_of("raced for"):
        print("held", flush=True)
        time.sleep(60)
