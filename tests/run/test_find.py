"""The stones of a phrase at the command line, and how it was read."""

import io
import json

import pytest

from bourse.run import find
from bourse.search import follower
from cast import Cast
from market.files import A1, A2, A3, listed
from run.test_commands import loaded, typed


@pytest.fixture(autouse=True)
def log_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other tests of this process keep their log."""
    monkeypatch.setattr("bourse.run.log.configure", lambda _name: None)


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert find.main(list(words)) == 0
    return capsys.readouterr().out


def test_the_reading_is_told_by_the_field_names_of_the_dictionary(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(said(capsys, "--read", "rd 1.00-1.05 F-G VS xyz <-25", "--json"))
    assert told == {
        "filters": {
            "shape": ["Round"],
            "carat": [1, 1.05],
            "color": ["F", "G"],
            "clarity": ["VS1", "VS2"],
            "discount_pct": [None, -25],
        },
        "unread": ["xyz"],
        "questions": [],
    }


def test_the_reading_is_told_in_lines(capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "--read", "-30 to -35 not round 1ct up or 0.50-0.59 xyz 7.5 mm").splitlines()
    assert told == [
        "carat: from 1 or 0.5–0.59",
        "length_mm: 7.5",
        "shape: not Round",
        "discount_pct: -35–-30",
        "Not understood: xyz",
    ]


def test_a_doubt_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    (asked,) = json.loads(said(capsys, "--read", "--json", "oval under 8k"))["questions"]
    assert asked.startswith("<8k")


def test_the_reading_needs_neither_django_nor_a_database() -> None:
    answer = typed("find", "--read", "rd 1.00")
    names = loaded(answer)
    assert (answer.returncode, answer.stdout) == (0, "shape: Round\ncarat: 1\n")
    assert not {"django", "psycopg", "bourse.settings"} & names


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("x" * 1_000_000, "A phrase has 20,000 characters at most. Upload a long list as a file."),
        ("D " * 10_000, "A phrase has 4,000 words at most, and this has 10,000."),
    ],
)
def test_a_phrase_that_is_too_long_is_refused_before_it_is_read(
    text: str, why: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    assert find.main(["--read", "-", "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == {"error": {"code": "phrase_too_long", "why": why}}


def test_stones_are_found_in_the_catalogue(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    listed(cast.asha, A1, A2, A3)
    follower.rebuild()
    capsys.readouterr()
    found = json.loads(said(capsys, "--json", "round or pear -20 or better"))
    assert (found["read_as"], found["not_applied"], found["total"]) == ("Round, Pear", ["-20+"], 2)
    assert [row["report_number"] for row in found["listings"]] == ["7000000001", "7000000002"]
    assert found["reading"]["filters"]["discount_pct"] == [None, -20]


def test_stones_are_shown_in_a_table(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    listed(cast.asha, A1, A2, A3)
    follower.rebuild()
    capsys.readouterr()
    first, count, headings, row = said(capsys, "--limit", "1", "round").splitlines()
    assert (first, count) == ("Read as: Round", "1 found:")
    assert headings.split()[:4] == ["Shape", "Carat", "Colour", "Clarity"]
    assert row.split()[:6] == ["Round", "1.01", "G", "VS1", "GIA", "7000000001"]


def test_without_a_catalogue_no_answer_says_that_nothing_is_there(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert find.main(["round"]) == 1
    assert capsys.readouterr().err == "Search is being built. Ask again in a few seconds.\n"
