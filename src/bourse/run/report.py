"""What a run of the checks came to: counts, the slowest tests, the seconds per folder."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

NO_TESTS_COLLECTED = 5


@dataclass(frozen=True)
class Case:
    """One test as pytest reported it."""

    module: str
    name: str
    seconds: float
    outcome: str
    figures: dict[str, str] = field(default_factory=dict)


@dataclass
class Tally:
    """The sum of checks and tests."""

    cases: list[Case] = field(default_factory=list)
    checks: dict[str, bool] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    is_broken: bool = False

    def add_check(self, name: str, is_good: bool, seconds: float) -> None:
        """Count a check that is no test."""
        self.checks[name] = is_good
        self.cases.append(Case("checks", name, seconds, "passed" if is_good else "failed"))

    def add_pytest(self, status: int, cases: list[Case]) -> None:
        """Count a run of pytest; one that ended for another reason than a failed test is broken."""
        self.cases += cases
        self.is_broken |= status not in (0, 1, NO_TESTS_COLLECTED)

    def is_good(self) -> bool:
        """Whether all passed and something ran at all."""
        return not self.is_broken and self.count("passed") > 0 and self.count("failed") == 0

    def count(self, outcome: str) -> int:
        """How many tests and checks came out so."""
        return sum(case.outcome == outcome for case in self.cases)

    def words(self, seconds: float) -> str:
        """The report that ends a run; its last line counts."""
        slowest = sorted(self.cases, key=lambda case: -case.seconds)[:10]
        folders: dict[str, float] = defaultdict(float)
        for case in self.cases:
            folders[folder_of(case.module)] += case.seconds
        lines = ["", "The ten slowest:"]
        lines += [f"{case.seconds:8.1f} s  {case.module.rpartition('.')[2]}: {case.name}" for case in slowest]
        lines += ["", "Seconds per folder:"]
        lines += [
            f"{spent:8.1f} s  {folder}"
            for folder, spent in sorted(folders.items(), key=lambda pair: -pair[1])
        ]
        lines += ["", *self._troubles(), *self.notes, f"Total: {seconds:.0f} s"]
        counts = ", ".join(f"{self.count(outcome)} {outcome}" for outcome in ("passed", "failed", "skipped"))
        return "\n".join([*lines, counts])

    def _troubles(self) -> list[str]:
        failed = [f"Failed: {case.module}: {case.name}" for case in self.cases if case.outcome == "failed"]
        return [*failed, *(["A run of pytest broke off."] if self.is_broken else [])]


def folder_of(module: str) -> str:
    """The folder of tests that a module lies in: tests/market for tests.market.test_asks."""
    return "/".join(module.split(".")[:2]) if module.startswith("tests.") else module


def read_junit(file: Path) -> list[Case]:
    """The tests in pytest's own report; none where it wrote none."""
    if not file.exists():
        return []
    return [_case(found) for found in ElementTree.parse(file).iter("testcase")]  # noqa: S314 (our own file)


def _case(found: ElementTree.Element) -> Case:
    outcome = "passed"
    if found.find("failure") is not None or found.find("error") is not None:
        outcome = "failed"
    elif found.find("skipped") is not None:
        outcome = "skipped"
    figures = {one.get("name", ""): one.get("value", "") for one in found.iter("property")}
    module, name = found.get("classname", ""), found.get("name", "")
    return Case(module, name, float(found.get("time", 0)), outcome, figures)
