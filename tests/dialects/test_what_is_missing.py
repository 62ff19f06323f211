"""What keeps a row out by what it lacks or by what it is, and where the reason says to look."""

import pytest

from bourse.dialects import Reading, RefusedRow, read_file

HEAD = "Stock #,Shape,Weight,Clarity,Lab,Report #,Price/ct"


def read(*cells: str, under: str, file: str = "stock.csv") -> Reading:
    rows = (f"M-{at},RD,1.01,VS1,GIA,61000000{at:02},7000,{cell}\n" for at, cell in enumerate(cells))
    return read_file((f"{HEAD},{under}\n" + "".join(rows)).encode(), file)


def taken(reading: Reading) -> list[str | None]:
    return [stone.stock_no for stone in reading.stones()]


class TestColours:
    EXPECTED = "a colour from D to Z, a range of them, or a fancy colour"

    def test_a_list_without_a_colour_is_told_so(self) -> None:
        (row,) = read("nice", under="Comments").refused()
        assert (row.column, row.index, row.found, row.expected) == ("", -1, "", self.EXPECTED)
        assert row.why == "The colour is missing: no column of the list holds it."
        assert row.cure == "Add a column with the colour, or say which column holds it."

    @pytest.mark.parametrize("head", ["Color", "Fancy Color"])
    def test_the_one_column_that_there_is_goes_by_its_header(self, head: str) -> None:
        (row,) = read("Fancy Yellow", "", under=head).refused()
        assert (row.row, row.column, row.index, row.why) == (3, head, 7, "The colour is missing.")
        assert row.cure == f"Fill in the colour in column “{head}”, then upload again."

    def test_where_there_are_two_either_may_be_filled(self) -> None:
        (row,) = read("G,", ",Yellow", ",", under="Color,Fancy Color").refused()
        assert (row.row, row.column) == (4, "Color")
        assert row.cure == "Fill in the colour in column “Color” or “Fancy Color”, then upload again."


class TestSimulants:
    def refused(self, head: str, word: str) -> RefusedRow:
        reading = read("G,Diamond", f"G,{word}", "G,", under=f"Color,{head}")
        assert (taken(reading), reading.row_count) == (["M-0", "M-2"], 3)
        (row,) = reading.refused()
        return row

    @pytest.mark.parametrize(
        "head", ["Type", "Gem", "Category", "Product Type", "Stone Type", "Alpha", "Comments"]
    )
    @pytest.mark.parametrize(
        "word", ["Moissanite", "Cubic Zirconia", "Lab created moissanite", "diamond simulant"]
    )
    def test_its_row_is_kept_out_by_name_and_counted(self, head: str, word: str) -> None:
        assert self.refused(head, word) == RefusedRow(
            sheet="",
            row=3,
            column=head,
            found=word,
            expected="a diamond, natural or lab-grown",
            why=f"“{word}” is no diamond, and diamonds alone are listed here.",
            cure="Take the row out of the list, or correct the cell.",
            index=8,
            cells=["M-1", "RD", "1.01", "VS1", "GIA", "6100000001", "7000", "G", word],
        )

    @pytest.mark.parametrize("word", ["CZ", "YAG", "Glass", "Moissanite 4 mm"])
    def test_a_code_or_a_phrase_counts_where_kinds_are_told(self, word: str) -> None:
        assert self.refused("Gem", word).found == word

    def test_elsewhere_it_does_not(self) -> None:
        reading = read("G,CZ", "G,USA", under="Color,Country")
        assert taken(reading) == ["M-0", "M-1"]
        assert taken(read("G,tested: no moissanite", under="Color,Comments")) == ["M-0"]

    def test_a_list_of_nothing_else_is_refused_row_by_row(self) -> None:
        reading = read("G,Moissanite", "G,Moissanite", under="Color,Type")
        assert (taken(reading), [row.row for row in reading.refused()]) == ([], [2, 3])
