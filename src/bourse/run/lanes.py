"""The long lane: tests that need minutes, each alone, with a seed and a result that stays in docs/results."""

import json
import re
import secrets
import subprocess
import time
from datetime import UTC, date, datetime

from bourse.run.ground import ROOT, Ground
from bourse.run.report import Case, Tally

RESULTS = ROOT / "docs/results"
ROUND = re.compile(r"\[\d+\]$")  # a test in numbered rounds is one test with one result


def long_lane(tally: Tally, ground: Ground, name: str, seed: str | None) -> None:
    """Run each long test whose name holds the given one, and keep what it found."""
    checked_out = commit()  # before the results themselves change the tree
    for test in _long_tests(ground):
        if name not in short_name(test):
            continue
        drawn = seed or ground.env.get("BOURSE_SEED") or str(secrets.randbelow(10**9))
        print(f"--- {short_name(test)}, seed {drawn}", flush=True)
        begun = time.monotonic()
        cases = ground.pytest(tally, "-s", test, BOURSE_SEED=drawn)
        _keep(short_name(test), checked_out, drawn, time.monotonic() - begun, cases)


def short_name(test: str) -> str:
    """A test's name in the results: `kills_web` for tests/run/test_kills.py::test_kills[web]."""
    plain = test.rpartition("::")[2].removeprefix("test_").removesuffix("]")
    return re.sub(r"[^\w.]+", "_", plain)


def _long_tests(ground: Ground) -> list[str]:
    said = ground.ask("--collect-only", "-q", "-m", "long")
    found = [line for line in said.splitlines() if "::" in line and " " not in line.partition("[")[0]]
    return list(dict.fromkeys(ROUND.sub("", test) for test in found))


def _keep(name: str, checked_out: str, seed: str, seconds: float, cases: list[Case]) -> None:
    RESULTS.mkdir(parents=True, exist_ok=True)
    found = {
        "name": name,
        "date": today().isoformat(),
        "commit": checked_out,
        "seed": seed,
        "passed": bool(cases) and all(case.outcome == "passed" for case in cases),
        "seconds": round(seconds),
        "figures": {figure: value for case in cases for figure, value in case.figures.items()},
    }
    (RESULTS / f"{name}.json").write_text(json.dumps(found, indent=2) + "\n")


def today() -> date:
    """The machine's date: nothing of the market is recorded with it."""
    return datetime.now(UTC).date()  # noqa: TID251 (a report's date, no moment of the market)


def commit() -> str:
    """The commit that is checked out, marked where files differ from it; unknown outside a repository."""
    order = ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--abbrev=12"]
    try:
        said = subprocess.run(order, capture_output=True, text=True)
    except FileNotFoundError:
        return "unknown"
    return said.stdout.strip() or "unknown"
