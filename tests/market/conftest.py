"""Uploads of the market's tests: small files, read in the test's own process."""

from collections.abc import Callable
from typing import Any

import pytest

from bourse.kit import confined
from kit.conftest import authority, certificate, serve  # noqa: F401  the web of one machine


@pytest.fixture(autouse=True)
def read_in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """No child for each of some hundred tiny files: tests/kit and the stories go through the real one."""

    def run(function: Callable[..., Any], *given: Any, **_limits: Any) -> Any:
        return function(*given)

    monkeypatch.setattr(confined, "run", run)
