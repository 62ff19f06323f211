"""The reader of stock files: rows a second from bytes to typed columns, checks and reasons included."""

import gc
import importlib
import importlib.util
import resource
import time
from collections.abc import Callable
from functools import partial
from types import ModuleType

from bourse.dialects import read_file
from bourse.run.bench import Bound, Figures, Result
from bourse.run.bench.read import made

BOUNDS = (Bound("csv_rows_per_s", at_least=100_000), Bound("xlsx_rows_per_s", at_least=15_000))
SEED = 7
_ROWS = {"csv": 100_000, "xlsx": 50_000}
_TOY = {"csv": 400, "xlsx": 200}
_ROUNDS = 3


def run(toy: bool) -> Result:
    """Measure ours and the rivals in turn on the same bytes; each figure is the best of a few rounds."""
    counts = _TOY if toy else _ROWS
    files = {kind: made.WRITERS[kind](made.rows(count, SEED)) for kind, count in counts.items()}
    rounds = 1 if toy else _ROUNDS
    figures: Figures = {}
    rivals: dict[str, Figures] = {}
    for kind, data in files.items():
        figure = f"{kind}_rows_per_s"
        figures[figure] = _best(partial(read_file, data, f"stock.{kind}"), counts[kind], rounds)
        for name, parse in _rivals(kind).items():
            rivals.setdefault(name, {})[figure] = _best(partial(parse, data), counts[kind], rounds)
    figures["rss_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Result(
        setting={
            "clock": "processor time",
            "csv_rows": counts["csv"],
            "xlsx_rows": counts["xlsx"],
            "columns": len(made.HEADERS),
            "seed": SEED,
        },
        figures=figures,
        rivals=rivals,
    )


def _best(work: Callable[[], object], count: int, rounds: int) -> float:
    """The best rate of a few rounds, in rows a second."""
    return max(_rate(work, count) for _round in range(rounds))


def _rate(work: Callable[[], object], count: int) -> float:
    """Rows a second of one core: processor time, so that neighbours and a rival's many threads do not
    count. The collector rests, for the rivals too, as it does in the child that reads a dealer's file.
    What the work gives is let go after the clock has stopped.
    """
    gc.collect()
    gc.disable()
    started = time.process_time()
    given = work()
    seconds = time.process_time() - started
    gc.enable()
    del given
    return count / seconds


def _rivals(kind: str) -> dict[str, Callable[[bytes], int]]:
    """The rivals that are installed here: the tests' environment has them, a running house does not."""
    if not all(importlib.util.find_spec(name) for name in ("polars", "openpyxl")):
        return {}
    rivals: ModuleType = importlib.import_module("bourse.run.bench.read.rivals")
    found: dict[str, Callable[[bytes], int]] = rivals.CSV if kind == "csv" else rivals.XLSX
    return found
