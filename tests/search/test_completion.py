"""What is offered to somebody who types a phrase."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bourse.search import completion
from bourse.search.completion import MOST, complete
from bourse.search.phrase import read


def texts(typed: str) -> list[str]:
    """What is offered where the cursor stands at the stroke, or at the end."""
    cursor = typed.find("|") if "|" in typed else len(typed)
    return [one.text for one in complete(typed.replace("|", "", 1), cursor)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("rou", "Round"),
        ("1.00-1.09 prin", "Princess"),
        ("rd fluorescence str", "Strong"),
        ("cut v", "Very Good"),
        ("cut grade v", "Very Good"),
        ("gi", "GIA"),
        ("lab i", "IGI"),
        ("hong k", "Hong Kong"),
        ("square em", "Square Emerald"),
        ("GIA, tapered b", "Tapered Baguette"),
    ],
)
def test_what_begins_so_is_offered(typed: str, first: str) -> None:
    assert texts(typed)[:1] == [first]


def test_a_suggestion_takes_the_place_of_the_words_that_it_completes() -> None:
    assert complete("2ct square em GIA", 13)[0] == (4, 13, "Square Emerald", "Square Emerald")
    assert complete("2ct rouXX GIA", 7)[0][:3] == (4, 9, "Round")


def test_behind_a_facets_name_its_values_are_offered_before_a_letter_is_typed() -> None:
    assert texts("milky ")[:2] == ["None", "Light"]
    assert set(texts("lab ")) >= {"GIA", "IGI", "HRD"}


@pytest.mark.parametrize("typed", ["", " ", "1.00-1.0", "zzzq", "rd |", "GIA, "])
def test_where_nothing_is_begun_or_known_nothing_is_offered(typed: str) -> None:
    assert texts(typed) == []


def test_what_is_offered_reads_whole_and_without_a_doubt() -> None:
    offered = {one.text for one in completion._known()}
    read_wrongly = [text for text in offered if read(text).not_understood or read(text).doubts]
    assert (len(offered) > 250, read_wrongly) == (True, [])


@given(st.text(), st.integers())
def test_whatever_is_typed_the_answer_fits_the_text(text: str, cursor: int) -> None:
    found = complete(text, cursor)
    assert len(found) <= MOST
    assert all(0 <= one.start <= one.end <= len(text) for one in found)
