"""The words of the pages cover the vocabulary and the dictionary."""

import inspect

import pytest

from bourse import vocabulary
from bourse.dialects.dictionary import standard
from bourse.doors.web import words
from bourse.doors.web.names import FIELDS, NAMES
from bourse.vocabulary import Clarity, Colour, Laboratory, Make, Scale, Shape

CODES = {Colour, Clarity, Laboratory}
SCALES = [
    scale
    for _, scale in inspect.getmembers(vocabulary, inspect.isclass)
    if issubclass(scale, Scale) and scale is not Scale and scale not in CODES
]


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale.__name__)
def test_every_word_of_a_scale_can_be_translated(scale: type[Scale]) -> None:
    assert [str(word) for word in scale if str(word) not in NAMES] == []


def test_every_field_of_the_dictionary_has_a_name() -> None:
    fields = {field for meanings in standard().headers.values() for field in meanings}
    assert sorted(fields - set(FIELDS)) == []


def test_every_grade_of_make_has_its_abbreviation() -> None:
    assert [str(grade) for grade in Make if str(grade) not in words.SHORT_MAKES] == []


@pytest.mark.parametrize(
    ("grades", "said"),
    [
        (("Excellent", "Excellent", "Excellent"), "3EX"),
        (("Excellent", "Excellent", "Very Good"), "EX EX VG"),
        (("", "Excellent", "Very Good"), "– EX VG"),
        (("Good", "Good", "Good"), "G G G"),
        (("", "", ""), ""),
    ],
)
def test_make_is_in_the_shorthand_of_the_trade(grades: tuple[str, str, str], said: str) -> None:
    assert words.make(*grades) == said


def test_every_shape_has_a_drawing() -> None:
    assert {words.mark(str(shape)) for shape in Shape} >= {"round", "oval", "trilliant", "baguette", "other"}


def test_a_range_of_grades_is_joined_by_a_dash() -> None:
    assert words.span("G", "I") == "G–I"
    assert words.span("G", "") == words.span("G", "G") == "G"
