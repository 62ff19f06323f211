"""Warnings stand apart from refusals: what is odd is read, and said; every reason has its place and cure."""

import pytest

from bourse.dialects import read_file
from dialects.made import PLAIN, as_csv, read_csv, stones, table

MADE = stones(12)
GRADED = {**PLAIN, "Price/Ct": lambda s: s.per_carat, "Lab": lambda s: "GIA"}


@pytest.mark.parametrize(("lab", "report", "expected"), [
    ("GIA", "61414381712", "7 to 10 digits"), ("GIA", "614", "7 to 10 digits"),
    ("GIA", "AB 6141438171", "7 to 10 digits"), ("IGI", "12345678901", "7 to 10 digits"),
    ("HRD", "1234567890123", "8 to 12 digits"), ("AGS", "10000000000000", "7 to 13 digits"),
])  # fmt: skip
def test_a_report_number_of_the_wrong_length_for_its_laboratory_is_read_with_a_warning(
    lab: str, report: str, expected: str
) -> None:
    columns = {**GRADED, "Lab": lambda s: lab, "Report #": lambda s: report if s.number == 3 else ""}
    reading = read_csv(columns, MADE)
    (doubt,) = reading.doubtful()
    assert (doubt.sheet, doubt.row, doubt.index, doubt.column) == ("", 4, 7, "Report #")
    assert (doubt.found, doubt.expected) == (report, expected)
    assert doubt.why == f"Report numbers of {lab} have {expected}; this one was taken as it stands."
    assert doubt.cure == "Compare the number with the report, and correct it where it is wrong."
    assert (reading.taken_count, list(reading.unread())) == (12, [])
    assert [stone.report_no for stone in reading.stones()][2] == report


@pytest.mark.parametrize(("lab", "report"), [
    ("GIA", "6141438171"), ("GIA", "1234567"), ("IGI", "F5A12345"), ("IGI", "LG123456789"),
    ("IGI", "1-234-5678"), ("HRD", "190000012345"), ("EGL USA", "1"),
])  # fmt: skip
def test_a_report_number_as_its_laboratory_prints_them_is_no_warning(lab: str, report: str) -> None:
    columns = {**GRADED, "Lab": lambda s: lab, "Report #": lambda s: report if s.number == 3 else ""}
    assert list(read_csv(columns, MADE).doubtful()) == []


def test_a_refused_row_has_no_warnings_beside_its_reason() -> None:
    columns = {
        **GRADED, "Shape": lambda s: "Blob" if s.number == 1 else "RD", "Report #": lambda s: "61414381712",
    }  # fmt: skip
    reading = read_csv(columns, MADE[:2])
    assert [row.row for row in reading.refused()] == [2]
    assert [doubt.row for doubt in reading.doubtful()] == [3]


def test_a_number_that_excel_damaged_is_an_unread_cell_with_what_was_expected_and_the_cure() -> None:
    columns = {**GRADED, "Report #": lambda s: "6.14144E+09" if s.number == 1 else s.report}
    (cell,) = read_csv(columns, MADE).unread()
    assert (cell.sheet, cell.row, cell.index, cell.column, cell.found) == (
        "",
        2,
        7,
        "Report #",
        "6.14144E+09",
    )
    assert cell.why.startswith("Damaged by Excel: a long number was rounded")
    assert cell.expected == "a report's number, exactly as it is printed"
    assert cell.cure == (
        "Make the column one of text in the spreadsheet, enter the number again as it is printed, and save "
        "it once more."
    )


def test_a_word_that_nobody_knows_is_an_unread_cell_with_what_was_expected_and_the_cure() -> None:
    columns = {**GRADED, "Fluor": lambda s: "Glimmer" if s.number == 1 else "N"}
    (cell,) = read_csv(columns, MADE).unread()
    assert (cell.row, cell.column, cell.found) == (2, "Fluor", "Glimmer")
    assert cell.expected == "a strength such as None, Faint or Medium"
    assert cell.cure == (
        "Write a strength such as None, Faint or Medium instead of “Glimmer”, or say what it means."
    )


def test_prices_that_contradict_each_other_by_more_than_a_hundredth_keep_their_row_out() -> None:
    columns = {
        **GRADED,
        "Total Price": lambda s: round(s.total * 1.02, 2) if s.number == 1 else s.total,
    }
    (row,) = read_csv(columns, MADE).refused()
    assert (row.row, row.column, row.index, row.found) == (
        2,
        "Total Price",
        7,
        str(round(MADE[0].total * 1.02, 2)),
    )
    assert row.expected == f"{MADE[0].per_carat} x {MADE[0].carat}, within 1 %"
    assert row.cure == "Correct the price that is wrong, or leave one of the two empty."


def test_every_reason_says_sheet_row_column_found_expected_and_cure() -> None:
    head, *body = table({**GRADED, "Report #": lambda s: s.report}, MADE)
    body[0][1], body[1][2], body[2][3], body[3][4], body[4][0] = "Blob", "", "G and Yellow", "REJ", body[5][0]
    body[6] = [*body[6], "a", "b", "c"]
    body[7][7] = body[8][7]
    reading = read_file(as_csv([head, *body]), "stock.csv")
    refused = list(reading.refused())
    assert [row.row for row in refused] == [2, 3, 4, 5, 7, 8, 10]
    for row in refused:
        assert row.why.endswith(".") and row.cure.endswith(".") and row.expected
        assert len(row.cells) == len(head) or row.index == -1
        assert row.index == -1 or row.column == head[row.index]
