"""What a list's title and its file's name say of how its stones came to be."""

import pytest

from bourse.dialects import Reading, read_file
from bourse.vocabulary import Growth
from dialects.made import PLAIN, Cells, stones, table

MADE = stones()


def read_under(title: str, name: str = "stock.csv", answers: dict[str, str] | None = None) -> Reading:
    columns: Cells = {**PLAIN, "Price/Carat": lambda s: s.per_carat}
    lines = [",".join(map(str, row)) for row in table(columns, MADE)]
    return read_file("\n".join([*([title] if title else []), *lines]).encode(), name, answers)


def growths(reading: Reading) -> set[object]:
    return {stone.growth for stone in reading.stones()}


def test_an_untitled_list_is_natural_and_says_why() -> None:
    reading = read_under("")
    assert growths(reading) == {Growth.NATURAL}
    assert "ISO 18323" in " ".join(reading.notes)


def test_a_title_that_says_lab_grown_makes_every_stone_lab_grown() -> None:
    reading = read_under("LAB GROWN DIAMONDS STOCK LIST")
    assert (growths(reading), reading.questions, reading.notes) == ({Growth.LAB_GROWN}, [], [])


@pytest.mark.parametrize(
    ("title", "name"), [("", "lab_grown_stock.csv"), ("Natural and lab-grown diamonds", "stock.csv")]
)
def test_a_name_or_a_title_of_both_kinds_is_asked_about_once(title: str, name: str) -> None:
    reading = read_under(title, name)
    assert [question.key for question in reading.questions] == ["growth"]
    assert growths(reading) == {None}
    answered = read_under(title, name, {"growth": "Natural"})
    assert (growths(answered), answered.questions) == ({Growth.NATURAL}, [])


def test_a_list_whose_shape_is_asked_about_is_read_all_the_same() -> None:
    columns: Cells = {("Alpha" if header == "Shape" else header): cell for header, cell in PLAIN.items()}
    lines = [",".join(map(str, row)) for row in table({**columns, "Beta": PLAIN["Shape"]}, MADE)]
    reading = read_file("\n".join(lines).encode(), "stock.csv", {})
    assert [question.key for question in reading.questions] == ["which:shape"]
