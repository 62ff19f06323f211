"""A company's own stock of 100,000: its table, a row changed in it, and ten thousand asks changed at once.

Every figure is wall time of the real ./bourse, as the company's trader meets it in his browser, while nobody
else works. `table_s` is the slowest of several addresses of the table from the click to the last byte of its
first fifty rows, `edit_p95_ms` what nineteen of twenty rows wait for their answer. An order for many is timed
from its last byte to its commit (`reprice_s`), and from there until a buyer finds the new asks
(`reprice_searchable_s`). The rivals change as many asks in a copy of the same table, without history, checks
or search: by one UPDATE, and by one for each row.
"""

import tempfile
from pathlib import Path

from bourse.run.bench import Bound, Result
from bourse.run.bench.stock import measured, rivals
from bourse.run.bench.upload import made, running

STONES, OTHERS, EDITS = 100_000, 20_000, 200
TOY, TOY_OTHERS, TOY_EDITS = 400, 100, 5

BOUNDS = (
    Bound("table_s", at_most=1),
    Bound("edit_p95_ms", at_most=100),
    Bound("reprice_s", at_most=3),
    Bound("reprice_searchable_s", at_most=1),
)


def run(toy: bool) -> Result:
    """Look at a large own stock, change rows of it, then a tenth of it at once."""
    stones, others, edits = (TOY, TOY_OTHERS, TOY_EDITS) if toy else (STONES, OTHERS, EDITS)
    with tempfile.TemporaryDirectory(prefix="bourse-bench-") as folder, running(Path(folder)) as house:
        house.bring("other", made.stock(others, seed=1, prefix="O"), "add_and_update", expected=others)
        house.bring("ours", made.stock(stones, seed=7, prefix="S"), "replace_all", expected=others + stones)
        figures = measured.table(house) | measured.edits(house, edits) | measured.reprice(house)
        told = rivals.measure(house.database)
    return Result({"stones": stones, "others": others, "edits": edits}, figures, told)
