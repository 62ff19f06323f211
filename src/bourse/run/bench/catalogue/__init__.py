"""The catalogue at 100,000 listings: engine, page of the running house, and PostgreSQL on the same rows.

A house of its own is started with a made market. Its catalogue is opened here and asked a seeded mix of what
dealers ask, each question answered with its page, exact total, all facets and spans. PostgreSQL then answers
the same questions over one flat table with indexes; its totals and facets are compared with ours. Then the
pages are fetched, signed in, one after another, and an edit by hand is timed until others find it.
Processor time (cpu) leaves neighbours out; the rest is wall time, here and now.
"""

import importlib
import tempfile
from pathlib import Path
from types import ModuleType

from bourse.run.bench import Bound, Result
from bourse.run.bench.catalogue.house import running
from bourse.run.process import set_up_django

STONES, QUESTIONS, RIVALS, PAGES, EDITS = 100_000, 1_000, 60, 150, 20
TOY = (400, 20, 5, 3, 2)
SEED = 20261124

BOUNDS = (
    Bound("engine_p95_ms", at_most=3),
    Bound("page_p95_ms", at_most=60),
    Bound("edit_visible_max_ms", at_most=1_000),
    Bound("wrong_answers", at_most=0),
)


def run(toy: bool) -> Result:
    """Measure engine, rival, page and edit on one market; a toy is the same on few stones."""
    stones, questions, rivals, pages, edits = TOY if toy else (STONES, QUESTIONS, RIVALS, PAGES, EDITS)
    with (
        tempfile.TemporaryDirectory(prefix="bourse-bench-") as folder,
        running(Path(folder) / "house", stones=stones, seed=SEED) as house,
    ):
        set_up_django()
        measured: ModuleType = importlib.import_module("bourse.run.bench.catalogue.measured")
        found = measured.all_of(house, SEED, (questions, rivals, pages, edits))
    setting = {"stones": stones, "questions": questions, "pages": pages, "edits": edits, "seed": SEED}
    return Result({**setting, "facets": found.facets}, found.figures, {"postgresql": found.rival})
