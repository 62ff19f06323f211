"""Whole uploads through the orders of the market, read in the test's own process."""

from collections.abc import Callable
from typing import Any

import pytest

from bourse.kit import confined


@pytest.fixture
def read_in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """No child for each of some hundred small files; test_corpus goes through the real one."""

    def run(function: Callable[..., Any], *given: Any, **_limits: Any) -> Any:
        return function(*given)

    monkeypatch.setattr(confined, "run", run)
