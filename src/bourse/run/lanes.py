"""The long lane: tests that need minutes, each alone, with a seed and a result that stays in docs/results."""

import json
import secrets
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

from bourse.run.report import Case, Tally, read_junit


def long_lane(
    tally: Tally, name: str, seed: str | None, root: Path, folder: Path, env: dict[str, str]
) -> None:
    """Run each long test whose name holds the given one, and keep what it found."""
    for test in _long_tests(root, env):
        if name in short_name(test):
            drawn = seed or env.get("BOURSE_SEED") or str(secrets.randbelow(10**9))
            _run(tally, test, drawn, root, folder, {**env, "BOURSE_SEED": drawn})


def short_name(test: str) -> str:
    """A test's name in the results: `kills_web` for tests/run/test_kills.py::test_kills[web]."""
    return test.rpartition("::")[2].removeprefix("test_").replace("[", "_").removesuffix("]")


def _long_tests(root: Path, env: dict[str, str]) -> list[str]:
    order = [sys.executable, "-P", "-m", "pytest", "--collect-only", "-q", "-m", "long"]
    said = subprocess.run(order, cwd=root, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    return [line for line in said.stdout.splitlines() if "::" in line and " " not in line.split("[")[0]]


def _run(tally: Tally, test: str, seed: str, root: Path, folder: Path, env: dict[str, str]) -> None:
    print(f"--- {short_name(test)}, seed {seed}", flush=True)
    junit = folder / "junit.xml"
    junit.unlink(missing_ok=True)
    order = [sys.executable, "-P", "-m", "pytest", "-q", "-s", "--basetemp", str(folder / "pytest"), test]
    begun = time.monotonic()
    done = subprocess.run([*order, "--junitxml", str(junit)], cwd=root, env=env, stdin=subprocess.DEVNULL)
    cases = read_junit(junit)
    tally.add_pytest(done.returncode, cases)
    _keep(root, test, seed, time.monotonic() - begun, cases)


def _keep(root: Path, test: str, seed: str, seconds: float, cases: list[Case]) -> None:
    results = root / "docs/results"
    results.mkdir(parents=True, exist_ok=True)
    found = {
        "name": short_name(test),
        "date": today().isoformat(),
        "commit": commit(root),
        "seed": seed,
        "passed": bool(cases) and all(case.outcome == "passed" for case in cases),
        "seconds": round(seconds),
        "figures": {name: value for case in cases for name, value in case.figures.items()},
    }
    (results / f"{short_name(test)}.json").write_text(json.dumps(found, indent=2) + "\n")


def today() -> date:
    """The machine's date: no order is recorded with it."""
    return datetime.now(UTC).date()  # noqa: TID251 (a report's date, no moment of the market)


def commit(root: Path) -> str:
    """The commit that is checked out, marked where files differ from it; unknown outside a repository."""
    order = ["git", "-C", str(root), "describe", "--always", "--dirty", "--abbrev=12"]
    try:
        said = subprocess.run(order, capture_output=True, text=True)
    except FileNotFoundError:
        return "unknown"
    return said.stdout.strip() or "unknown"
