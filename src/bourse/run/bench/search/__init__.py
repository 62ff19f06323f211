"""Search over a made market: the engine and its rivals, the same 200 questions, answers compared.

Every answer is a page of 50, the exact total and twelve facets with their own filters left out. The questions
go round, so that the caches are cold for each; `cpu_ms` is processor time on one thread, Python included.
Answers of the first round are held against plain arrays and against each rival's. After the questions: broad
ones, opening the file anew, and a batch of 10,000 scattered changes, after which answers are held again.
"""

import tempfile
from pathlib import Path

from bourse.run.bench import Bound, Result, Size
from bourse.run.bench.search.measured import measured

TAKES = ("rows", "rivals")
ROWS, TOY_ROWS = 1_000_000, 20_000
QUESTIONS, TOY_QUESTIONS = 200, 20
TEN_MILLION = 10_000_000

BOUNDS = (
    Bound("p50_ms", at_most=0.12),
    Bound("p95_ms", at_most=0.6),
    Bound("no_filter_ms", at_most=0.5),
    Bound("broad_ms", at_most=4),
    Bound("bytes_per_listing", at_most=70),
    Bound("file_bytes_per_listing", at_most=98),
    Bound("restart_s", at_most=1),
    Bound("batch_visible_ms", at_most=15),
    Bound("wrong_answers", at_most=0),
    Bound("duckdb_times_cpu", at_least=80),
    Bound("polars_times_cpu", at_least=20),
    Bound("postgres_times_cpu", at_least=800),
)
AT_TEN_MILLION = {"p50_ms": 0.5, "p95_ms": 4.0, "duckdb_times_cpu": 70.0}


def bounds(size: Size) -> tuple[Bound, ...]:
    """What must hold at this size: the figures against rivals only where they were asked for."""
    rivals = {f"{name}_times_cpu" for name in size.rivals}
    chosen = [one for one in BOUNDS if "_times_" not in one.figure or one.figure in rivals]
    return tuple(map(_at_ten_million, chosen) if (size.rows or ROWS) >= TEN_MILLION else chosen)


def _at_ten_million(bound: Bound) -> Bound:
    other = AT_TEN_MILLION.get(bound.figure)
    if other is None:
        return bound
    return Bound(bound.figure, at_least=other) if bound.at_least else Bound(bound.figure, at_most=other)


def run(toy: bool, size: Size) -> Result:
    """Measure ours and the rivals that were asked for; a toy is the same on few stones."""
    rows = size.rows or (TOY_ROWS if toy else ROWS)
    questions = TOY_QUESTIONS if toy else QUESTIONS
    with tempfile.TemporaryDirectory(prefix="bourse-bench-") as folder:
        ours, rivals = measured(Path(folder), rows, questions, size.rivals)
    return Result({"rows": rows, "questions": questions}, ours, rivals)
