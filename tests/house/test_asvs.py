"""The checklist of ASVS 5.0.0 level 2: most lines are held by a named test that exists, others say why."""

import ast
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs/security/asvs-5.0-level-2.md"
LINE = re.compile(r"^\| (v5\.0\.0-[^|]+) \| ([^|]+) \| (met|n/a|open) \| ([^|]+) \|$", re.MULTILINE)
TEST = re.compile(r"`([\w/]+\.py)::(\w+)`")


def lines(text: str) -> list[tuple[str, str, str]]:
    """The ids, the state and the evidence of each line."""
    return [(ids, state, evidence) for ids, _demand, state, evidence in LINE.findall(text)]


def test_every_line_is_read() -> None:
    text = DOCUMENT.read_text()
    assert len(lines(text)) == text.count("\n| v5.0.0-")


def test_six_lines_in_ten_are_held_by_a_test() -> None:
    states = Counter(state for _ids, state, _evidence in lines(DOCUMENT.read_text()))
    assert states["met"] / states.total() >= 0.6, states


def test_every_test_that_is_named_is_there() -> None:
    missing = []
    for ids, state, evidence in lines(DOCUMENT.read_text()):
        named = TEST.findall(evidence)
        if (state == "met") is not bool(named):
            missing.append(f"{ids} is {state} and names {len(named)} tests")
        missing += [f"{ids}: {file}::{name}" for file, name in named if name not in _in_file(file)]
    assert missing == []


def test_every_open_line_says_its_risk_and_the_others_why() -> None:
    told = [(ids, state, evidence) for ids, state, evidence in lines(DOCUMENT.read_text()) if state != "met"]
    assert [ids for ids, state, evidence in told if state == "open" and "risk:" not in evidence] == []
    assert [ids for ids, _state, evidence in told if len(evidence) < 15] == []


def _in_file(file: str) -> set[str]:
    """The tests that a file holds."""
    path = ROOT / "tests" / file
    if not path.exists():
        return set()
    return {node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)}
