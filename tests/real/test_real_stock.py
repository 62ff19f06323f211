"""The reader against what the real stock files hold, as people set it down by eye.

Runs where BOURSE_REAL_STOCK names the folder of the files, which are no part of this project.
"""

import os
from functools import cache
from pathlib import Path
from statistics import median

import pytest

from bourse.dialects import NotAStockList, Reading
from real import measures
from real.measures import Headers

FOLDER = os.environ["BOURSE_REAL_STOCK"]
LEDGER = "nayto_melee_purchase.xlsx"
NAMES = [name for name in measures.names() if name != LEDGER]
# Small copies and other dealers' exports of one portal: with them gone too, nobody else has the spelling.
TWINS = (
    {"idex_fullfeed_2025.csv", "idex_fullfeed_2025_head.csv"},
    {"star_solitaire.csv", "vantyghem.csv", "rditrading_advanced.csv"},
)
# Two rows that carry one laboratory and report number: the later one waits for the supplier's answer.
SAME_REPORT = {"treasure_polygon_upload.xlsx row 934"}


@cache
def data_of(name: str) -> bytes:
    return (Path(FOLDER) / name).read_bytes()


@cache
def first_reading(name: str) -> Reading:
    return measures.reading_of(data_of(name), name)


@cache
def bare_reading(name: str, twins: frozenset[str] = frozenset()) -> Reading:
    return measures.without_its_own_words(data_of(name), name, twins)


def sum_of(headers: list[Headers]) -> Headers:
    total = Headers()
    for one in headers:
        total.add(one)
    return total


@pytest.mark.parametrize("name", NAMES)
def test_no_header_of_a_file_gets_a_wrong_field(name: str) -> None:
    assert measures.headers_against_truth(first_reading(name), name).wrong == []


def test_nearly_every_header_gets_its_field() -> None:
    total = sum_of([measures.headers_against_truth(first_reading(name), name) for name in NAMES])
    assert total.right >= 0.99 * total.count, total.missed


@pytest.mark.parametrize("name", NAMES)
def test_without_its_own_spellings_no_header_of_a_file_gets_a_wrong_field(name: str) -> None:
    twins = next((frozenset(group) for group in TWINS if name in group), frozenset[str]())
    assert measures.headers_against_truth(bare_reading(name), name).wrong == []
    assert measures.headers_against_truth(bare_reading(name, twins), name).wrong == []


def test_without_their_own_spellings_most_headers_are_right_or_asked_about() -> None:
    total = sum_of([measures.headers_against_truth(bare_reading(name), name) for name in NAMES])
    assert total.right + total.asked >= 0.95 * total.count, total.missed


@pytest.mark.parametrize("name", NAMES)
def test_at_least_nineteen_rows_in_twenty_are_taken(name: str) -> None:
    reading = first_reading(name)
    assert reading.taken_count >= 0.95 * reading.row_count


@pytest.mark.parametrize("name", NAMES)
def test_no_value_of_a_checked_row_is_wrong(name: str) -> None:
    compared = measures.rows_against_truth(first_reading(name), name)
    assert compared.wrong == []
    assert {line.partition(":")[0] for line in compared.verdicts} <= SAME_REPORT


@pytest.mark.parametrize("name", NAMES)
def test_answers_make_no_value_wrong_and_leave_no_question(name: str) -> None:
    answers = measures.all_answers(first_reading(name))
    again = measures.reading_of(data_of(name), name, answers)
    assert again.questions == []
    assert again.layout == first_reading(name).layout
    assert measures.rows_against_truth(again, name).wrong == []


def test_questions_are_few() -> None:
    counts = [len(first_reading(name).questions) for name in NAMES]
    assert max(counts) <= 4
    assert median(counts) <= 1


def test_the_purchase_ledger_is_refused_as_one() -> None:
    with pytest.raises(NotAStockList, match="purchase ledger"):
        first_reading(LEDGER)
