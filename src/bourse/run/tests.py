"""`./bourse test`: every check there is, in three lanes.

The plain lane is what CI runs. `--quick` leaves out the browser and what needs the machine to itself.
`--long` runs what needs minutes, each test alone, and writes what it found to docs/results. Arguments for
pytest run only what they name.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bourse.run.browser import find_chromium
from bourse.run.lanes import long_lane
from bourse.run.postgres import Server
from bourse.run.report import Tally, read_junit

ROOT = Path(__file__).resolve().parents[3]
KEPT = {"BOURSE_REAL_STOCK", "BOURSE_CHROMIUM", "BOURSE_SEED"}
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
        "--long", nargs="?", const="", metavar="NAME", help="the long checks, or the one named"
    )
    parser.add_argument("--seed", help="the seed of the long checks; drawn where none is given")
    chosen, pytest_arguments = parser.parse_known_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bourse-test-") as folder:
        server = Server(Path(folder) / "postgres")
        server.start()
        try:
            return _run(chosen, pytest_arguments, Path(folder), surroundings(Path(folder), server.url()))
        finally:
            server.stop()


def surroundings(folder: Path, database_url: str) -> dict[str, str]:
    """The variables for the checks: nothing of a running installation, a home and caches of their own."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith("BOURSE_") or name in KEPT
    }
    for name in ("home", "cache", "house"):
        (folder / name).mkdir()
    return {
        **kept,
        "HOME": str(folder / "home"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "PATH": f"{Path(sys.executable).parent}:{kept.get('PATH', '/usr/bin:/bin')}",
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "bourse.settings",
        "BOURSE_HOME": str(folder / "house"),
        "BOURSE_SECRET_KEY": "only for the tests of one run",
        "BOURSE_DATABASE_URL": database_url,
    }


def _run(chosen: argparse.Namespace, rest: list[str], folder: Path, env: dict[str, str]) -> int:
    begun = time.monotonic()
    tally = Tally()
    if not chosen.quick and not rest:
        env["BOURSE_CHROMIUM"] = find_chromium()
    if chosen.long is not None:
        long_lane(tally, chosen.long, chosen.seed, ROOT, folder, env)
    elif rest:
        _pytest(tally, rest, folder, env)
    else:
        _plain_lane(tally, folder, env, is_quick=chosen.quick)
    if "BOURSE_REAL_STOCK" not in env:
        tally.notes.append("The real stock files were not read: BOURSE_REAL_STOCK is not set.")
    print(tally.words(time.monotonic() - begun))
    return 0 if tally.is_good() else 1


def _plain_lane(tally: Tally, folder: Path, env: dict[str, str], *, is_quick: bool) -> None:
    for name, order in CHECKS.items():
        begun = time.monotonic()
        print(f"--- {name}", flush=True)
        done = subprocess.run(order, cwd=ROOT, env=env, stdin=subprocess.DEVNULL)
        tally.add_check(name, done.returncode == 0, time.monotonic() - begun)
    alone = "not long and not alone"
    if is_quick:
        _pytest(tally, ["-n", "2", "-m", alone, "--ignore", "tests/browser"], folder, env)
        return
    _pytest(tally, ["-n", "2", "-m", alone], folder, env)
    _pytest(tally, ["-m", "alone and not long"], folder, env)


def _pytest(tally: Tally, arguments: list[str], folder: Path, env: dict[str, str]) -> None:
    junit = folder / "junit.xml"
    junit.unlink(missing_ok=True)
    order = [sys.executable, "-P", "-m", "pytest", "-q", "--basetemp", str(folder / "pytest"), *arguments]
    print(f"--- pytest {' '.join(arguments)}", flush=True)
    done = subprocess.run([*order, "--junitxml", str(junit)], cwd=ROOT, env=env, stdin=subprocess.DEVNULL)
    tally.add_pytest(done.returncode, read_junit(junit))
