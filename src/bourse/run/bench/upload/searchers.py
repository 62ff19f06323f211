"""Members who search at a steady pace, whatever the house is busy with, and how long each of them waits."""

import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Thread
from typing import Self

from bourse.run.bench.upload.house import Client, House

AT_ONCE = 8
_SHAPES = ("Round", "Pear", "Oval", "Emerald", "Cushion")


class Waits:
    """The times that searches took."""

    def __init__(self) -> None:
        self.ms: list[float] = []

    @property
    def count(self) -> int:
        """How many searches there were."""
        return len(self.ms)

    @property
    def p95_ms(self) -> float:
        """What nineteen of twenty searches keep to."""
        return sorted(self.ms)[int(0.95 * (len(self.ms) - 1))] if self.ms else 0.0


class Searchers:
    """Asks so many times a second, from its start on: a late answer delays no other question."""

    def __init__(self, house: House, per_s: int) -> None:
        self._clients = [Client(house.port, "buyer") for _ in range(AT_ONCE)]
        self._pause, self._ended, self._waits = 1 / per_s, Event(), Waits()
        self._draw = random.Random(3)  # noqa: S311  a bench asks the same every time

    def __enter__(self) -> Self:
        self._thread = Thread(target=self._ask_on)
        self._thread.start()
        return self

    def __exit__(self, *_why: object) -> None:
        self._ended.set()
        self._thread.join()

    def p95_ms_of(self, seconds: float) -> float:
        """What nineteen of twenty searches of the coming seconds keep to."""
        with self.measured() as waits:
            time.sleep(seconds)
        return waits.p95_ms

    @contextmanager
    def measured(self) -> Iterator[Waits]:
        """The searches within the block."""
        self._waits = Waits()
        yield self._waits
        self._waits = Waits()

    def _ask_on(self) -> None:
        due = time.monotonic()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while not self._ended.wait(max(0.0, due - time.monotonic())):
                pool.submit(self._ask, due, self._waits)
                due += self._pause

    def _ask(self, due: float, waits: Waits) -> None:
        client = self._clients.pop()
        shape, low = self._draw.choice(_SHAPES), self._draw.randrange(30, 200) / 100
        client.ask("GET", f"search?shape={shape}&ct={low:.2f}-{low + 0.5:.2f}&limit=50")
        waits.ms.append((time.monotonic() - due) * 1000)
        self._clients.append(client)
