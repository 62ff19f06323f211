"""The reader against what the real stock files hold, as people set it down by eye.

Runs where BOURSE_REAL_STOCK names the folder of the files, which are no part of this project.
"""

import os
from functools import cache
from pathlib import Path
from statistics import median

import pytest

from bourse.dialects import Correction, NotAStockList, Reading, read_file
from bourse.dialects.fields import FIELDS
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


def values_by_row(reading: Reading) -> dict[tuple[str, int], dict[str, object]]:
    return {
        (block.sheet, number): block.row(at)
        for block in reading.blocks
        for at, number in enumerate(block.numbers)
    }


def changed_fields(before: Reading, after: Reading) -> set[str]:
    """The fields of which some row's value is not what it was; rows are compared where both have them."""
    then, now = values_by_row(before), values_by_row(after)
    assert then.keys() == now.keys()
    return {
        name
        for place, values in now.items()
        for name in values.keys() | then[place].keys()
        if values.get(name) != then[place].get(name)
    }


@pytest.mark.parametrize("name", NAMES)
def test_mapping_every_column_as_it_is_mapped_changes_nothing(name: str) -> None:
    plain = first_reading(name)
    own = {f"column:{column.key}": column.field or "nothing" for column in plain.columns}
    asked = {(question.sheet, question.index) for question in plain.questions}
    open_keys = {column.key for column in plain.columns if (column.sheet, column.index) in asked}
    answers = {key: field for key, field in own.items() if key.partition(":")[2] not in open_keys}
    again = read_file(data_of(name), name, answers)
    assert again.layout == plain.layout
    assert changed_fields(plain, again) == set()
    assert [stone.ask_cents for stone in again.stones()] == [stone.ask_cents for stone in plain.stones()]
    assert [row.row for row in again.refused()] == [row.row for row in plain.refused()]


@pytest.mark.parametrize("name", NAMES)
def test_leaving_a_column_aside_takes_its_field_away_and_nothing_else(name: str) -> None:
    plain = first_reading(name)
    column = next(column for column in plain.columns if column.field in {"table_pct", "stock_no", "polish"})
    again = read_file(data_of(name), name, {f"column:{column.key}": "nothing"})
    assert again.layout == plain.layout
    assert changed_fields(plain, again) <= set(FIELDS[column.field or ""].fills)
    assert [one for one in again.columns if one.key != column.key] == [
        one for one in plain.columns if one.key != column.key
    ]


@pytest.mark.parametrize("name", NAMES)
def test_giving_every_unread_spelling_a_word_changes_those_cells_and_nothing_else(name: str) -> None:
    plain = first_reading(name)
    unread = [value for value in plain.values if not value.word and value.field in WORDS]
    answers = {value.key: WORDS[value.field] for value in unread}
    again = read_file(data_of(name), name, answers)
    assert again.layout == plain.layout
    if again.row_count == plain.row_count:
        assert changed_fields(plain, again) <= {value.field for value in unread} | {"fancy_color"}
    assert {value.word for value in again.values if value.is_own} <= set(WORDS.values())
    assert sum(value.is_own for value in again.values) == len(unread)


WORDS = {"shape": "Round", "clarity": "VS2", "polish": "Good", "lab": "Other", "milky": "None"}


@pytest.mark.parametrize("name", NAMES)
def test_a_corrected_cell_changes_its_row_and_nothing_else(name: str) -> None:
    plain = first_reading(name)
    block = plain.blocks[0]
    row = next(at for at, taken in enumerate(block.taken) if taken and block.row(at)["carat"] != 1.23)
    column = next(one for one in plain.columns if one.sheet == block.sheet and one.field == "carat")
    mended = Correction(block.sheet, block.numbers[row], column.index, "1.23")
    again = read_file(data_of(name), name, {}, [mended])
    assert again.layout == plain.layout
    then, now = values_by_row(plain), values_by_row(again)
    place = (block.sheet, block.numbers[row])
    assert now[place]["carat"] == 1.23
    assert {name: value for name, value in now[place].items() if name != "carat"} == {
        name: value for name, value in then[place].items() if name != "carat"
    }
    assert {at: values for at, values in now.items() if at != place} == {
        at: values for at, values in then.items() if at != place
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_row_that_is_left_out_is_gone_and_no_other(name: str) -> None:
    plain = first_reading(name)
    block = max(plain.blocks, key=lambda block: len(block.numbers))
    last = block.numbers[-1]
    again = read_file(data_of(name), name, {}, [Correction(block.sheet, last, -1, "leave")])
    then, now = values_by_row(plain), values_by_row(again)
    assert then.keys() - now.keys() == {(block.sheet, last)}
    assert all(then[place] == values for place, values in now.items())


@pytest.mark.parametrize("name", NAMES)
def test_every_reason_names_its_place_and_cure(name: str) -> None:
    reading = first_reading(name)
    for row in reading.refused():
        assert row.why and row.expected and row.cure
    for cell in (*reading.unread(), *reading.doubtful()):
        assert cell.why and cell.expected and cell.cure and cell.found
    assert sum(1 for _cell in reading.doubtful()) <= 0.02 * reading.row_count + 1
