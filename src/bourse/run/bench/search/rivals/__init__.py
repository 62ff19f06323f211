"""What others need for the same answers, each in the best form that was found for it.

All get the stones in the order that suits them best, which is ours: by weight class, shape, origin, colour,
clarity, ask. DuckDB and Polars run on one thread. Of the forms in which facets can be asked, one statement
for each filtered facet is DuckDB's best, grouping sets over one pass PostgreSQL's.
"""

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, cast

from bourse.kit.refusal import Refusal
from bourse.run.bench.search.made import Answer, Asked, Stones

NAMES = ("duckdb", "polars", "postgres")


class NoSuchRival(Refusal):
    """Nobody of that name is compared, or its package is not installed."""


class Rival(Protocol):
    """Another engine over the same stones."""

    def fill(self, stones: Stones) -> None:
        """Take in the stones."""

    def ask(self, asked: Asked) -> Answer:
        """The same answer."""

    def cpu_s(self) -> float:
        """Processor time that other processes have spent for it so far."""

    def close(self) -> None:
        """Stop and leave nothing."""


def rival(name: str, folder: Path) -> Rival:
    """The rival, empty."""
    if name not in NAMES:
        raise NoSuchRival(f"There is no rival {name}; there are {', '.join(NAMES)}.")
    try:
        module = importlib.import_module(f"{__name__}.by_{name}")
    except ImportError as missing:
        raise NoSuchRival(f"{name} is not installed: {missing}.") from missing
    return cast(Callable[[Path], Rival], module.Rival)(folder)
