"""Markets for the tests of search."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from bourse.kit import confined, outbox
from bourse.wiring import LISTENERS
from cast import NOON


@pytest.fixture(autouse=True)
def read_in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """No child process for each of many tiny files."""

    def run(function: Callable[..., Any], *given: Any, **_limits: Any) -> Any:
        return function(*given)

    monkeypatch.setattr(confined, "run", run)


def follow(now: datetime = NOON) -> None:
    """Do what the follower does: hand over every fact that waits."""
    while outbox.deliver(LISTENERS, now=now):
        pass
