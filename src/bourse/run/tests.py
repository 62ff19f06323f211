"""`./bourse test`: every check there is, in three lanes.

The plain lane is what CI runs. `--quick` leaves out the browser and what needs the machine to itself.
`--long` runs what needs minutes, each test alone, and writes what it found to docs/results. Arguments for
pytest run only what they name.
"""

import argparse
import tempfile
import time
from pathlib import Path

from bourse.run.browser import find_chromium
from bourse.run.ground import Ground
from bourse.run.lanes import long_lane
from bourse.run.postgres import FORGETFUL, SETTINGS, Server
from bourse.run.report import Tally

CHECKS = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy", "--strict"],
    "floors": ["lint-imports"],
    "django": ["python", "-m", "django", "check", "--fail-level", "WARNING"],
    "migrations": ["python", "-m", "django", "makemigrations", "--check", "--dry-run"],
}


def main(arguments: list[str]) -> int:
    """Run the lane; 0 when everything passed."""
    parser = argparse.ArgumentParser(prog="./bourse test", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="in two minutes: no browser, no kills")
    parser.add_argument(
        "--long", nargs="?", const="", metavar="NAME", help="the long checks, or those named so"
    )
    parser.add_argument("--seed", help="the seed of the long checks; drawn where none is given")
    chosen, pytest_arguments = parser.parse_known_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bourse-test-") as folder:
        server = Server(Path(folder) / "postgres", settings=SETTINGS | FORGETFUL)
        server.start()
        try:
            return _run(chosen, pytest_arguments, Ground.laid(Path(folder), server.url()))
        finally:
            server.stop()


def _run(chosen: argparse.Namespace, rest: list[str], ground: Ground) -> int:
    begun = time.monotonic()
    tally = Tally()
    if not chosen.quick:
        ground.env["BOURSE_CHROMIUM"] = find_chromium()
    if chosen.long is not None:
        long_lane(tally, ground, chosen.long, chosen.seed)
    elif rest:
        ground.pytest(tally, *rest)
    else:
        _plain_lane(tally, ground, is_quick=chosen.quick)
    if "BOURSE_REAL_STOCK" not in ground.env:
        tally.notes.append("The real stock files were not read: BOURSE_REAL_STOCK is not set.")
    print(tally.words(time.monotonic() - begun))
    return 0 if tally.is_good() else 1


def _plain_lane(tally: Tally, ground: Ground, *, is_quick: bool) -> None:
    for name, order in CHECKS.items():
        print(f"--- {name}", flush=True)
        tally.add_check(name, *ground.run(order))
    print("--- tests", flush=True)
    beside_others = ["-n", "2", "-m", "not long and not alone"]
    ground.pytest(tally, *beside_others, "--ignore", "tests/browser")
    if is_quick:
        return
    print("--- tests in a browser", flush=True)  # apart: a browser's event loop stays in its worker
    ground.pytest(tally, *beside_others, "tests/browser")
    print("--- tests of whole installations", flush=True)  # a file's tests share one, and stay together
    ground.pytest(tally, "-n", "2", "--dist", "loadfile", "-m", "alone and not long")
