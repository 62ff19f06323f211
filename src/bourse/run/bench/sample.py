"""How fast the sample market is loaded, with and without its past.

Every figure is wall time of the whole step that a first start takes: a process of its own, its people, the
stock, today's files and the audit over all of it. Both markets are loaded into a database of their own.
"""

import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

from bourse.run import database
from bourse.run.bench import Bound, Result
from bourse.run.postgres import Server
from bourse.run.process import answer_of, order

STONES, MONTHS = 20_000, 24
WITHOUT_HISTORY = 100_000
TOY = 400

BOUNDS = (
    Bound("with_history_s", at_most=20),
    Bound("without_history_stones_per_s", at_least=5_000),
)


def run(toy: bool) -> Result:
    """Load a market of the size of a first start with its past, and a larger one without."""
    stones, without = (TOY, TOY) if toy else (STONES, WITHOUT_HISTORY)
    with tempfile.TemporaryDirectory(prefix="bourse-bench-") as folder:
        server = Server(Path(folder))
        server.start()
        try:
            history_s, rows = _loaded(server, Path(folder), stones=stones, months=MONTHS)
            plain_s, _ = _loaded(server, Path(folder), stones=without, months=0)
        finally:
            server.stop()
    figures = {
        "with_history_s": history_s,
        "with_history_rows_per_s": rows / history_s,
        "without_history_s": plain_s,
        "without_history_stones_per_s": without / plain_s,
    }
    return Result({"stones": stones, "months": MONTHS, "stones_without_history": without}, figures)


def _loaded(server: Server, home: Path, *, stones: int, months: int) -> tuple[float, int]:
    """How long the load takes in an empty database, and how many rows it left in the market's tables."""
    database.recreate(server.url("postgres"), "bourse")
    _step(home, "prepare")
    begun = time.monotonic()
    _step(home, "sample", json.dumps({"stones": stones, "months": months}))
    took = time.monotonic() - begun
    return took, sum(_count(server, table) for table in ("stone", "listing", "askchange", "pastlisting"))


def _step(home: Path, name: str, *more: str) -> object:
    ours = {name: value for name, value in os.environ.items() if name != "BOURSE_DATABASE_URL"}
    env = {**ours, "BOURSE_HOME": str(home)}
    done = subprocess.run(
        order("steps", name, *more), env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    )
    return answer_of(name, done.returncode, done.stdout)


def _count(server: Server, table: str) -> int:
    with database.connect(server.url()) as connection:
        row = connection.execute(f"SELECT count(*) FROM market_{table}").fetchone()  # noqa: S608  our names
    return int(str(row[0])) if row else 0
