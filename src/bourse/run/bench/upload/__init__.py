"""A supplier's whole stock, from the last byte to the difference and from the confirm to the search.

Every figure is wall time of the real ./bourse, through the API, while other members search twenty times a
second: a first file, the same file again (of which no row may be written), and the file of the next day.
`search_p95_ms` is what those members wait meanwhile, `search_p95_before_ms` in the quiet before. The rivals
keep a table up to date without difference, history or search: one statement for each row, and one COPY.
"""

import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bourse.run import database
from bourse.run.bench import Bound, Figures, Result
from bourse.run.bench.upload import made, rivals
from bourse.run.bench.upload.house import House
from bourse.run.bench.upload.searchers import Searchers
from bourse.run.bench.upload.watch import Watch
from bourse.run.postgres import Server

STONES, OTHERS, QUIET_S = 100_000, 20_000, 20.0
TOY, TOY_OTHERS, TOY_QUIET_S = 300, 100, 1.0
SEARCHES_PER_S = 20

BOUNDS = (
    Bound("first_difference_s", at_most=20),
    Bound("first_searchable_s", at_most=10),
    Bound("same_total_s", at_most=10),
    Bound("same_rows_written", at_most=0),
    Bound("next_day_searchable_s", at_most=10),
    Bound("search_slower_than_allowed_ms", at_most=0),
)


def run(toy: bool) -> Result:
    """Bring one supplier's stock three times into a house where others search."""
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)  # a server may close what it has answered
    stones, others = (TOY, TOY_OTHERS) if toy else (STONES, OTHERS)
    with tempfile.TemporaryDirectory(prefix="bourse-bench-") as folder, running(Path(folder)) as house:
        house.bring("other", made.stock(others, seed=1, prefix="O"), "add_and_update")
        with Searchers(house, SEARCHES_PER_S) as searchers:
            before = searchers.p95_ms_of(TOY_QUIET_S if toy else QUIET_S)
            figures = _three_files(house, stones, others, searchers)
        figures |= _slower(before, figures)
        told = rivals.measure(house.database, made.stock(stones, seed=7, prefix="S"), is_toy=toy)
    return Result(
        {"stones": stones, "columns": len(made.HEADERS), "others": others, "searches_per_s": SEARCHES_PER_S},
        figures,
        told,
    )


@contextmanager
def running(folder: Path) -> Iterator[House]:
    """A house with two suppliers and a buyer on a database server of its own."""
    server = Server(folder / "database")
    server.start()
    try:
        database.recreate(server.url("postgres"), "bourse")
        with House(folder / "home", server.url("bourse")) as house:
            yield house
    finally:
        server.stop()


def _three_files(house: House, stones: int, others: int, searchers: Searchers) -> Figures:
    """The times of a first file, of the same one and of the next day's, and what the database saw."""
    first, later = made.stock(stones, seed=7, prefix="S"), made.next_day(stones, seed=7, prefix="S")
    with Watch(house.database) as watch, searchers.measured() as waits:
        begun = house.bring("ours", first, "replace_all", expected=others + stones)
        moment = watch.moment()
        again = house.bring("ours", first, "replace_all")
        same = watch.rows_written(moment)
        changed = house.bring("ours", later, "replace_all", expected=others + made.left(stones))
    return {
        "first_difference_s": begun.difference_s,
        "first_searchable_s": begun.searchable_s,
        "same_difference_s": again.difference_s,
        "same_confirm_s": again.confirm_s,
        "same_total_s": again.difference_s + again.confirm_s,
        "same_rows_written": float(same),
        "next_day_difference_s": changed.difference_s,
        "next_day_searchable_s": changed.searchable_s,
        "longest_transaction_s": watch.longest_s,
        "search_p95_ms": waits.p95_ms,
        "searches": float(waits.count),
    }


def _slower(before: float, figures: Figures) -> Figures:
    """By how much searching was slower than a fifth, or ten milliseconds, more than in the quiet."""
    allowed = before + max(0.2 * before, 10.0)
    return {
        "search_p95_before_ms": before,
        "search_slower_than_allowed_ms": max(0.0, figures["search_p95_ms"] - allowed),
    }
