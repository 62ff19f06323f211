"""Every file of the corpus gets its answer, and every refusal says what was found, expected, and the cure."""

import pytest

from bourse.dialects.tables import CellNote, FileRefused, open_tables
from dialects.corpus import CORPUS, HOSTILE, Case, Opened
from dialects.corpus.cases import Refused


def test_no_two_cases_have_one_name() -> None:
    cases = [*CORPUS, *HOSTILE]
    assert len({case.name for case in cases}) == len(cases) > 160


@pytest.mark.parametrize("case", CORPUS, ids=lambda case: case.name)
def test_it_is_answered_as_expected(case: Case) -> None:
    if isinstance(case.answer, Opened):
        _check_opened(case, case.answer)
    else:
        _check_refused(case, case.answer)


def _check_opened(case: Case, answer: Opened) -> None:
    tables = open_tables(case.made(), case.file)
    sheet = tables.sheets[0]
    assert (tables.format, sheet.rows) == (answer.format, answer.rows)
    assert [list(map(type, row)) for row in sheet.rows] == [list(map(type, row)) for row in answer.rows]
    if answer.encoding is not None:
        assert tables.encoding == answer.encoding
    if answer.delimiter is not None:
        assert tables.delimiter == answer.delimiter
    if answer.headers is not None:
        assert sheet.headers == answer.headers
    if answer.numbers is not None:
        assert list(sheet.numbers) == answer.numbers
    assert [_matches(note, tables.notes) for note in answer.notes] == [True] * len(tables.notes)


def _matches(expected: tuple[int, int, str], notes: list[CellNote]) -> bool:
    row, index, words = expected
    return any((note.row, note.index) == (row, index) and words in note.found + note.why for note in notes)


def _check_refused(case: Case, answer: Refused) -> None:
    with pytest.raises(FileRefused) as caught:
        open_tables(case.made(), case.file)
    assert type(caught.value) is answer.refusal
    sentence = str(caught.value)
    assert answer.words in sentence
    assert "; expected " in sentence or "; at most " in sentence or "are read" in sentence, sentence
    assert sentence.endswith("."), sentence
