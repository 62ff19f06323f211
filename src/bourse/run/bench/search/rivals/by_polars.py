"""Polars in memory, one thread: one pass marks which facets' filters a row fails."""

import os
from collections.abc import Sequence
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any

os.environ["POLARS_MAX_THREADS"] = "1"

import numpy as np
import polars

from bourse.run.bench.search.made import FACETS, ORDERS, PAGE, Answer, Asked, Stones

NAMES = tuple(FACETS)


class Rival:
    """The stones in a frame."""

    def __init__(self, _folder: Path) -> None:
        self._frame = polars.DataFrame()

    def fill(self, stones: Stones) -> None:
        """One frame in one piece."""
        self._frame = polars.DataFrame(stones).rechunk()

    def ask(self, asked: Asked) -> Answer:
        """A lazy query over what passes the ranges; counts by numpy, which is quicker at that."""
        column, descends = ORDERS[asked.order]
        soft = {name: codes for name, codes in asked.sets.items() if name in FACETS}
        near = self._near(asked, soft, [*NAMES, "id", column])
        found = near.filter(polars.col("fails") == 0)
        keys = found[column].to_numpy().astype(np.int64) * (-1 if descends else 1) << 32
        keys = keys + found["id"].to_numpy()
        behind = (asked.page + 1) * PAGE
        if keys.size > behind:
            keys = np.partition(keys, behind - 1)[:behind]
        ids = (np.sort(keys)[asked.page * PAGE : behind] & 0xFFFF_FFFF).tolist()
        facets = [self._counts(name, near if name in soft else found) for name in NAMES]
        return Answer(found.height, ids, facets)

    def _near(self, asked: Asked, soft: dict[str, Any], columns: list[str]) -> polars.DataFrame:
        """Rows that fail at most one facet's filter, with the number of it."""
        lazy = self._frame.lazy()
        for name, (low, high) in reversed(list(asked.ranges.items())):
            lazy = lazy.filter(polars.col(name).is_between(low, high))
        for name, codes in asked.sets.items():
            if name not in soft:
                lazy = lazy.filter(_one_of(name, codes))
        fails = [
            polars.when(_one_of(name, codes)).then(0).otherwise(1 << NAMES.index(name)).cast(polars.Int32)
            for name, codes in soft.items()
        ]
        marked = lazy.with_columns(reduce(add, fails, polars.lit(0, dtype=polars.Int32)).alias("fails"))
        kept = [0, *(1 << NAMES.index(name) for name in soft)]
        return (
            marked.filter(polars.col("fails").is_in(kept))
            .select([*dict.fromkeys(columns), "fails"])
            .collect()
        )

    def _counts(self, name: str, rows: polars.DataFrame) -> list[int]:
        allowed = rows.filter(polars.col("fails").is_in([0, 1 << NAMES.index(name)]))[name].to_numpy()
        counts: list[int] = np.bincount(allowed, minlength=FACETS[name]).tolist()
        return counts

    def cpu_s(self) -> float:
        """It lives in this process."""
        return 0.0

    def close(self) -> None:
        """Give the memory back."""
        self._frame = polars.DataFrame()


def _one_of(name: str, codes: Sequence[int]) -> polars.Expr:
    return polars.col(name) == codes[0] if len(codes) == 1 else polars.col(name).is_in(codes)
