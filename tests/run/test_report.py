"""What `./bourse test` and `./bourse bench` say at the end."""

import json
from pathlib import Path

import pytest

from bourse.run import bench, log
from bourse.run.bench import Bound, Result, command
from bourse.run.lanes import short_name
from bourse.run.report import Case, Tally, read_junit

JUNIT = """<testsuites><testsuite>
<testcase classname="tests.run.test_a" name="test_good" time="1.5">
  <properties><property name="uploads" value="25"/></properties></testcase>
<testcase classname="tests.run.test_a" name="test_bad" time="0.5"><failure/></testcase>
<testcase classname="tests.kit.test_b" name="test_left" time="0"><skipped/></testcase>
</testsuite></testsuites>"""


@pytest.fixture
def cases(tmp_path: Path) -> list[Case]:
    (tmp_path / "junit.xml").write_text(JUNIT)
    return read_junit(tmp_path / "junit.xml")


def test_pytests_report_is_read(cases: list[Case]) -> None:
    assert [case.outcome for case in cases] == ["passed", "failed", "skipped"]
    assert cases[0].figures == {"uploads": "25"}


def test_the_last_line_counts(cases: list[Case]) -> None:
    tally = Tally()
    tally.add_pytest(1, cases)
    tally.add_check("lint", True, 2.0)
    lines = tally.words(4).splitlines()
    assert lines[-1] == "2 passed, 1 failed, 1 skipped"
    assert "     2.0 s  tests/run" in lines
    assert "Failed: tests.run.test_a: test_bad" in lines
    assert not tally.is_good()


def test_a_run_that_broke_off_is_not_good(cases: list[Case]) -> None:
    tally = Tally()
    tally.add_pytest(3, cases[:1])
    assert not tally.is_good()


def test_a_run_of_nothing_is_not_good() -> None:
    assert not Tally().is_good()


def test_a_long_tests_result_is_named_like_the_test() -> None:
    assert short_name("tests/run/test_kills.py::test_kills[web]") == "kills_web"


@pytest.mark.parametrize(
    ("bound", "value", "holds"),
    [
        (Bound("a", at_least=2), 2, True),
        (Bound("a", at_least=2), 1.9, False),
        (Bound("a", at_most=2), 2, True),
        (Bound("a", at_most=2), 2.1, False),
        (Bound("a", at_most=2), None, False),
    ],
)
def test_a_bound_holds_or_not(bound: Bound, value: float | None, holds: bool) -> None:
    assert bound.holds(value) is holds


class Measuring:
    """Opens the list."""

    BOUNDS = (Bound("rows_per_s", at_least=10), Bound("lost", at_most=0))

    def run(self, toy: bool) -> Result:
        return Result({"seed": 1}, {"rows_per_s": 12_345.6}, {"other": {"rows_per_s": 9.0}})


@pytest.fixture
def measuring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "load", lambda _: Measuring())
    monkeypatch.setattr(log, "configure", lambda _: None)  # pytest keeps its own


def test_a_bench_prints_what_the_issue_of_every_figure_asks(
    measuring: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["read", "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == {
        "bench": "read",
        "setting": {"seed": 1, "toy": False},
        "figures": {"rows_per_s": 12345.6},
        "rivals": {"other": {"rows_per_s": 9.0}},
        "must": [
            {"figure": "rows_per_s", "bound": ">= 10", "holds": True},
            {"figure": "lost", "bound": "<= 0", "holds": False},
        ],
    }


def test_a_benchs_table_shows_what_fails(measuring: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["read"]) == 1
    said = capsys.readouterr().out
    assert "12,346" in said
    assert "<= 0 FAILS" in said


def test_a_toy_is_held_against_no_bound(measuring: None) -> None:
    assert command.main(["read", "--toy"]) == 0


def has_its_own_test(name: str) -> bool:
    return Path(__file__).with_name(f"test_bench_{name}.py").exists()


@pytest.mark.alone
@pytest.mark.parametrize("name", [name for name in command.names() if not has_its_own_test(name)])
def test_every_bench_runs_at_a_toy_size(name: str) -> None:
    module = command.load(name)
    found = module.run(True)
    assert command.opening(module)
    assert {bound.figure for bound in module.BOUNDS} <= set(found.figures)
    assert all(figure.rpartition("_")[2] in UNITS for figure in found.figures), found.figures


UNITS = {"s", "ms", "us", "mib", "percent", "count", "ratio"}


def test_there_is_a_bench_for_the_start() -> None:
    assert "start" in command.names()
    assert bench.__doc__
