"""Markets for the tests of search."""

import fcntl
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bourse.kit import confined, outbox
from bourse.search import catalogue
from bourse.search.engine.compiled import Kernels, compile_into, load
from bourse.wiring import LISTENERS
from cast import NOON


@pytest.fixture(autouse=True)
def read_in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """No child process for each of many tiny files."""

    def run(function: Callable[..., Any], *given: Any, **_limits: Any) -> Any:
        return function(*given)

    monkeypatch.setattr(confined, "run", run)


@pytest.fixture(scope="session")
def kernels() -> Kernels:
    """The kernels, compiled once for this environment."""
    folder = Path(sys.prefix) / "kernels"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        compile_into(folder)
    found = load(folder)
    assert found
    return found


def follow(now: datetime = NOON) -> None:
    """Do what the follower does: hand over every fact that waits."""
    while outbox.deliver(LISTENERS, now=now):
        pass


def content() -> list[object]:
    """All that the catalogue in place says, wherever in its files it lies."""
    engine = catalogue.current()
    assert engine is not None
    told = {name: value for name, value in engine._arrays.items() if not name.startswith("payload")}
    header = engine._header
    arrays = [(name, array.dtype.str, array.shape, array.tobytes()) for name, array in sorted(told.items())]
    rows = [engine.payload(slot) for slot in range(engine.rows)]
    return [header.rows, header.about, header.words, header.totals, header.given, arrays, rows]
