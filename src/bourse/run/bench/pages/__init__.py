"""Pages in a browser: the largest paint, shifts of the layout, and how soon two hundred actions are answered.

A house of its own is started with a made market, and Debian's chromium opens twelve pages as one of its
members: on a slow phone (processor slowed four times, 1.6 Mbit/s, 150 ms) and at a desk. Then a dealer's hand
goes over the search: grades, shapes, rows by keyboard. The browser's own event timing says how long each of
these waited for its next paint; beside it stands when the results had changed.
"""

import importlib
import tempfile
from pathlib import Path
from types import ModuleType

from bourse.run.bench import Bound, Result
from bourse.run.bench.catalogue.house import running

STONES, PAGES, ACTIONS = 20_000, 12, 200
TOY = (400, 3, 12)
SEED = 20261124

BOUNDS = (
    Bound("phone_lcp_p75_ms", at_most=1_500),
    Bound("cls_p75", at_most=0.02),
    Bound("action_p75_ms", at_most=100),
    Bound("action_p98_ms", at_most=200),
    Bound("search_script_kib", at_most=150),
)


def run(toy: bool) -> Result:
    """Measure pages and actions on one market; a toy is the same on few stones."""
    stones, pages, actions = TOY if toy else (STONES, PAGES, ACTIONS)
    with (
        tempfile.TemporaryDirectory(prefix="bourse-bench-") as folder,
        running(Path(folder) / "house", stones=stones, seed=SEED) as house,
    ):
        measured: ModuleType = importlib.import_module("bourse.run.bench.pages.measured")
        figures = measured.all_of(house, pages, actions)
    return Result({"stones": stones, "pages": pages, "actions": actions, "seed": SEED}, figures)
