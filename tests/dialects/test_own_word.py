"""What a supplier says himself stands before what the reader makes of his file, and nothing else changes."""

import io
from collections.abc import Mapping, Sequence

import openpyxl
import pytest

from bourse.dialects import (
    Column,
    Correction,
    NotAStockList,
    Reading,
    Surety,
    layout_of,
    look_at,
    read_file,
    read_remembered,
)
from bourse.dialects.answers import (
    AnswerNotUsable,
    CorrectionNotThere,
    EncodingNotKnown,
    FieldNotKnown,
    HeaderRowNotThere,
    SheetNotThere,
    WordNotKnown,
)
from dialects.made import PLAIN, as_csv, fields, keys, read_csv, stones, table, values

MADE = stones(12)
PRICED = {**PLAIN, "Price/Ct": lambda s: s.per_carat}
ROWS = table(PRICED, MADE)
EMPTY: Mapping[str, str] = {}


def read(
    rows: Sequence[Sequence[object]], answers: Mapping[str, str] = EMPTY, *mended: Correction
) -> Reading:
    return read_file(as_csv(rows), "stock.csv", answers, mended)


def workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def column(reading: Reading, header: str) -> Column:
    return next(one for one in reading.columns if one.header == header)


class TestColumns:
    def test_a_column_that_is_left_aside_gets_the_field_that_its_supplier_names(self) -> None:
        extra = {**PRICED, "Zulu": lambda s: s.lab}
        natural, mapped = read_csv(extra, MADE), read_csv(extra, MADE, {"column:zulu": "brand"})
        assert column(natural, "Zulu").field != "brand"
        assert column(mapped, "Zulu").field == "brand"
        assert column(mapped, "Zulu").surety is Surety.YOURS
        assert values(mapped)["brand"] == MADE[0].lab

    def test_a_column_that_we_took_for_a_field_gives_way_to_the_one_that_its_supplier_names(self) -> None:
        extra = {**PRICED, "Other": lambda s: f"B-{s.number}"}
        reading = read_csv(extra, MADE, {"column:other": "stock_no"})
        assert (fields(reading)["Stock #"], fields(reading)["Other"]) == (None, "stock_no")
        assert [stone.stock_no for stone in reading.stones()] == [f"B-{s.number}" for s in MADE]

    def test_a_column_that_is_to_mean_nothing_is_left_aside(self) -> None:
        reading = read_csv(PRICED, MADE, {"column:stockno": "nothing"})
        assert (fields(reading)["Stock #"], column(reading, "Stock #").surety) == (None, Surety.YOURS)
        assert {stone.stock_no for stone in reading.stones()} == {None}
        assert reading.taken_count == len(MADE)

    def test_a_price_mapped_by_its_supplier_is_no_question_any_more(self) -> None:
        few = MADE[:4]
        unclear = {**PLAIN, "Price": lambda s: s.total}
        assert keys(read_csv(unclear, few)) == ["price:price"]
        reading = read_csv(unclear, few, {"column:price": "total_price"})
        assert keys(reading) == []
        assert [stone.ask_cents for stone in reading.stones()] == [round(s.total * 100) for s in few]

    def test_mapping_what_is_mapped_already_changes_nothing_but_who_said_it(self) -> None:
        plain, own = read_csv(PRICED, MADE), read_csv(PRICED, MADE, {"column:shape": "shape"})
        assert own.blocks == plain.blocks
        assert column(own, "Shape").surety is Surety.YOURS

    def test_a_list_whose_headers_nobody_knows_is_read_by_its_suppliers_mapping(self) -> None:
        rows = [["h1", "h2", "h3", "h4", "h5", "h6"], *table(PRICED, MADE)[1:]]
        named = dict(
            zip(
                ("column:h1", "column:h2", "column:h3", "column:h4", "column:h5", "column:h6"),
                ("stock_no", "shape", "carat", "color", "clarity", "price_per_carat"),
                strict=True,
            )
        )
        reading = read(rows, {"header:": "1", **named})
        assert reading.taken_count == len(MADE)
        assert reading.blocks[0].row(0) == read(ROWS).blocks[0].row(0)

    def test_headers_that_come_twice_have_keys_of_their_own(self) -> None:
        rows = [[*row, "x"] for row in ROWS]
        rows[0][-1] = "Shape"
        reading = read(rows, {"column:shape#2": "brand"})
        assert [(one.key, one.field) for one in reading.columns if one.header == "Shape"] == [
            ("shape", "shape"),
            ("shape#2", "brand"),
        ]

    def test_a_column_that_the_file_does_not_have_is_passed_over(self) -> None:
        assert read(ROWS, {"column:gone": "brand"}).blocks == read(ROWS).blocks

    def test_a_field_that_there_is_not_is_refused(self) -> None:
        with pytest.raises(FieldNotKnown, match="“colouur”, which is no field"):
            read(ROWS, {"column:shape": "colouur"})

    def test_the_words_of_confidence(self) -> None:
        columns = {**PLAIN, "Price": lambda s: s.total, "Zulu": lambda s: "x"}
        reading = read_csv(columns, MADE[:4])
        said = {one.header: one.surety for one in reading.columns}
        assert said["Shape"] is Surety.KNOWN
        assert said["Price"] is Surety.ASKED
        assert said["Zulu"] is Surety.ASIDE


class TestValues:
    COLUMNS = {**PRICED, "Fluor": lambda s: "Glimmer" if s.number == 1 else "FNT"}

    def test_a_spelling_that_nobody_knows_is_listed_before_those_that_are_read(self) -> None:
        found = [one for one in read_csv(self.COLUMNS, MADE).values if one.field == "fluorescence_intensity"]
        assert [(one.key, one.text, one.count, one.word, one.is_own) for one in found] == [
            ("value:fluorescence_intensity:glimmer", "Glimmer", 1, "", False),
            ("value:fluorescence_intensity:fnt", "FNT", 11, "Faint", False),
        ]

    def test_a_spelling_means_what_its_supplier_says_and_nothing_else_changes(self) -> None:
        plain = read_csv(self.COLUMNS, MADE)
        reading = read_csv(self.COLUMNS, MADE, {"value:fluorescence_intensity:glimmer": "Strong"})
        assert values(reading)["fluorescence_intensity"] == "Strong"
        assert list(reading.unread()) == []
        assert [one.found for one in plain.unread()] == ["Glimmer"]
        assert [reading.blocks[0].row(at) for at in range(1, 12)] == [
            plain.blocks[0].row(at) for at in range(1, 12)
        ]
        (own,) = [one for one in reading.values if one.is_own]
        assert (own.text, own.word) == ("Glimmer", "Strong")

    def test_a_spelling_that_we_know_means_what_its_supplier_says(self) -> None:
        reading = read_csv(self.COLUMNS, MADE, {"value:fluorescence_intensity:fnt": "Medium"})
        assert values(reading, 1)["fluorescence_intensity"] == "Medium"

    def test_a_spelling_that_is_to_mean_nothing_leaves_the_cell_empty(self) -> None:
        reading = read_csv(self.COLUMNS, MADE, {"value:fluorescence_intensity:glimmer": "nothing"})
        assert "fluorescence_intensity" not in values(reading)
        assert (list(reading.unread()), reading.taken_count) == ([], len(MADE))

    def test_a_shape_that_is_to_mean_nothing_keeps_its_row_out_since_a_stone_cannot_be_without_it(
        self,
    ) -> None:
        columns = {**PRICED, "Shape": lambda s: "Blob" if s.number == 1 else "RD"}
        reading = read_csv(columns, MADE, {"value:shape:blob": "nothing"})
        assert [(row.row, row.found) for row in reading.refused()] == [(2, "Blob")]

    def test_a_shape_that_nobody_knows_is_taken_once_its_supplier_says_what_it_means(self) -> None:
        columns = {**PRICED, "Shape": lambda s: "Blob" if s.number == 1 else "RD"}
        assert read_csv(columns, MADE).taken_count == len(MADE) - 1
        reading = read_csv(columns, MADE, {"value:shape:blob": "Cushion Modified"})
        assert reading.taken_count == len(MADE)
        assert values(reading)["shape"] == "Cushion Modified"

    def test_a_placeholder_that_keeps_its_row_out_is_a_spelling_without_a_word(self) -> None:
        columns = {**PRICED, "Clarity": lambda s: "XX" if s.number < 3 else "" if s.number == 3 else "VS1"}
        reading = read_csv(columns, MADE)
        assert [row.found for row in reading.refused()] == ["XX", "XX", ""]
        found = [(one.text, one.count, one.word) for one in reading.values if one.field == "clarity"]
        assert found == [("XX", 2, ""), ("VS1", 9, "VS1")]
        assert read_csv(columns, MADE, {"value:clarity:xx": "SI1"}).taken_count == 11

    def test_a_range_is_a_word_too(self) -> None:
        columns = {**PRICED, "Color": lambda s: "Whitish" if s.number == 1 else "G"}
        reading = read_csv(columns, MADE, {"value:color:whitish": "G-H"})
        assert values(reading)["color"] == ["G", "H"]

    @pytest.mark.parametrize("word", ["Blinding", "", "12"])
    def test_what_is_no_word_of_the_scale_is_refused(self, word: str) -> None:
        with pytest.raises(WordNotKnown, match="“Glimmer” is to mean"):
            read_csv(self.COLUMNS, MADE, {"value:fluorescence_intensity:Glimmer": word})

    @pytest.mark.parametrize("field", ["carat", "nonsense", ""])
    def test_a_field_without_words_is_refused(self, field: str) -> None:
        with pytest.raises(FieldNotKnown, match="is no field of words"):
            read_csv(self.COLUMNS, MADE, {f"value:{field}:x": "Round"})


class TestSheets:
    DATA = workbook(Round=ROWS[:6], Old=ROWS[:1] + ROWS[6:])

    def test_every_sheet_is_described_with_its_first_rows(self) -> None:
        first, second = read_file(self.DATA, "stock.xlsx").sheets
        assert (first.name, first.rows, first.header_row, first.is_read, first.hidden) == (
            "Round", 6, 1, True, False,
        )  # fmt: skip
        assert first.numbers == [1, 2, 3, 4, 5, 6]
        assert first.preview[0] == list(PRICED)
        assert first.preview[1][0] == "A1"
        assert second.rows == 8

    def test_a_sheet_that_is_left_out_is_not_read(self) -> None:
        plain = read_file(self.DATA, "stock.xlsx")
        reading = read_file(self.DATA, "stock.xlsx", {"sheet:Old": "leave"})
        assert [block.sheet for block in reading.blocks] == ["Round"]
        assert reading.blocks == plain.blocks[:1]
        assert [one.is_read for one in reading.sheets] == [True, False]
        assert reading.layout == plain.layout

    def test_a_file_of_which_every_sheet_is_left_out_is_refused(self) -> None:
        with pytest.raises(SheetNotThere, match="Every sheet is left out"):
            read_file(self.DATA, "stock.xlsx", {"sheet:Old": "leave", "sheet:Round": "leave"})

    def test_a_sheet_to_be_read_that_names_no_columns_is_refused(self) -> None:
        data = workbook(Stock=ROWS, Notes=[["Call Asha", "soon"]])
        with pytest.raises(SheetNotThere, match="Sheet “Notes” is to be read"):
            read_file(data, "stock.xlsx", {"sheet:Notes": "read"})

    def test_a_hidden_sheet_is_read_where_its_supplier_says_so(self) -> None:
        book = openpyxl.load_workbook(io.BytesIO(self.DATA))
        book["Old"].sheet_state = "hidden"
        data = io.BytesIO()
        book.save(data)
        assert read_file(data.getvalue(), "stock.xlsx").taken_count == 5
        reading = read_file(data.getvalue(), "stock.xlsx", {"sheet:Old": "read"})
        assert reading.taken_count == len(MADE)
        assert reading.notes == read_file(self.DATA, "stock.xlsx").notes

    def test_an_answer_that_is_neither_read_nor_leave_is_refused(self) -> None:
        with pytest.raises(AnswerNotUsable, match="expected read or leave"):
            read_file(self.DATA, "stock.xlsx", {"sheet:Old": "maybe"})

    def test_keys_name_the_sheet_where_sheets_of_different_headers_share_a_header(self) -> None:
        other = [[*row, "x"] for row in ROWS]
        other[0][-1] = "Brand"
        reading = read_file(workbook(One=ROWS, Two=other), "stock.xlsx", {"column:stockno@2": "nothing"})
        assert [(one.sheet, one.key, one.field) for one in reading.columns if one.header == "Stock #"] == [
            ("One", "stockno@1", "stock_no"),
            ("Two", "stockno@2", None),
        ]


class TestHeaderRow:
    ROWS = [["Asha Diamonds", "", "", "", "", ""], *ROWS]

    def test_the_row_with_the_headers_is_the_one_that_its_supplier_names(self) -> None:
        plain = read(self.ROWS)
        assert plain.sheets[0].header_row == 2
        assert read(self.ROWS, {"header:": "2"}).blocks == plain.blocks
        fields = ("stock_no", "shape", "carat", "color", "clarity", "price_per_carat")
        named = [f"column:{one.key}" for one in read(self.ROWS, {"header:": "3"}).columns]
        moved = read(self.ROWS, {"header:": "3", **dict(zip(named, fields, strict=True))})
        assert moved.sheets[0].header_row == 3
        assert moved.taken_count == len(MADE) - 1
        assert moved.layout == plain.layout

    @pytest.mark.parametrize("row", ["0", "99", "-1", "two", "²"])
    def test_a_row_that_the_sheet_does_not_have_is_refused(self, row: str) -> None:
        with pytest.raises(HeaderRowNotThere):
            read(self.ROWS, {"header:": row})

    def test_a_file_that_names_its_columns_itself_has_no_header_row(self) -> None:
        data = b'[{"Shape": "RD", "Weight": 1.01, "Color": "D", "Clarity": "VS1"}]'
        assert read_file(data, "stock.json").sheets[0].header_row is None
        with pytest.raises(HeaderRowNotThere, match="names its columns itself"):
            read_file(data, "stock.json", {"header:": "1"})


class TestEncoding:
    def test_a_text_is_read_in_the_encoding_that_its_supplier_names(self) -> None:
        rows = [[*row, "Ünïcode"] for row in ROWS]
        rows[0][-1] = "City"
        data = as_csv(rows)
        assert read_file(data, "stock.csv").encoding == "utf-8"
        assert next(read_file(data, "stock.csv").stones()).values["city"] == "Ünïcode"
        reading = read_file(data, "stock.csv", {"encoding": "cp1252"})
        assert reading.encoding == "cp1252"
        assert next(reading.stones()).values["city"] == "ÃœnÃ¯code"
        assert reading.layout == read_file(data, "stock.csv").layout

    @pytest.mark.parametrize("name", ["utf-9", "rot13", "base64", "../x"])
    def test_an_encoding_that_no_text_is_read_in_is_refused(self, name: str) -> None:
        with pytest.raises(EncodingNotKnown, match="is no encoding that we read"):
            read(ROWS, {"encoding": name})


class TestCorrections:
    BAD = [ROWS[0], ["A1", "Blob", *ROWS[1][2:]], *ROWS[2:]]

    def test_a_refused_row_comes_with_its_cells_and_the_column_that_keeps_it_out(self) -> None:
        (refused,) = read(self.BAD).refused()
        assert (refused.row, refused.index, refused.column, refused.found) == (2, 1, "Shape", "Blob")
        assert refused.cells == [str(cell) for cell in self.BAD[1]]

    def test_a_corrected_cell_is_read_as_if_it_had_stood_there(self) -> None:
        reading = read(self.BAD, EMPTY, Correction("", 2, 1, str(ROWS[1][1])))
        assert reading.blocks == read(ROWS).blocks
        assert reading.layout == read(self.BAD).layout

    def test_a_row_that_is_left_out_is_no_row(self) -> None:
        reading = read(self.BAD, EMPTY, Correction("", 2, -1, "leave"))
        assert (reading.row_count, reading.taken_count) == (11, 11)
        assert reading.blocks[0].numbers == list(range(3, 14))

    def test_a_row_that_is_too_long_is_corrected_as_it_stands(self) -> None:
        odd = ["A99", "RD", "x", "y", "1.00", "q", "G", "VS1", "7000", "z"]
        (refused,) = read([*ROWS, odd]).refused()
        assert (refused.row, refused.index, refused.cells) == (14, -1, odd)
        right = ["A99", "RD", "1.00", "G", "VS1", "7000", "", "", "", ""]
        mended = [Correction("", 14, at, cell) for at, cell in enumerate(right)]
        assert read([*ROWS, odd], EMPTY, *mended).blocks == read([*ROWS, right[:6]]).blocks

    def test_a_row_whose_cell_was_cut_in_two_is_corrected_by_its_columns(self) -> None:
        rows = [[*ROWS[0][:5], "Remarks", ROWS[0][5]], *([*row[:5], "none", row[5]] for row in ROWS[1:])]
        cut = [*rows[2][:5], "a", " b", rows[2][6]]
        cut[1] = "Blob"
        wrong = [*rows[:2], cut, *rows[3:]]
        (refused,) = read(wrong).refused()
        assert (refused.index, refused.cells) == (1, [str(c) for c in [*cut[:5], "a, b", cut[7]]])
        mended = [Correction("", 3, 1, "PS"), Correction("", 3, 6, "4321")]
        reading = read(wrong, EMPTY, *mended)
        assert values(reading, 1)["shape"] == "Pear"
        assert (values(reading, 1)["member_comment"], values(reading, 1)["price_per_carat"]) == ("a, b", 4321)

    def test_a_row_that_is_too_short_is_filled_up(self) -> None:
        rows = [ROWS[0], ["A1", *ROWS[1][2:5]], *ROWS[2:]]
        assert read(rows).taken_count == 11
        mended = [Correction("", 2, at, str(cell)) for at, cell in enumerate(ROWS[1])]
        assert read(rows, EMPTY, *mended).blocks == read(ROWS).blocks

    def test_a_stone_pasted_in_words_is_corrected_in_the_columns_that_its_words_made(self) -> None:
        text = "RD 1.01 G VS1 GIA 6141438171 $5000/ct\nPS 2.00 H Zz9 GIA 6141438172 $7000/ct"
        (refused,) = read_file(text.encode(), "pasted.txt").refused()
        mended = read_file(text.encode(), "pasted.txt", EMPTY, [Correction("", 2, refused.index, "SI1")])
        assert [str(stone.clarity[0]) for stone in mended.stones() if stone.clarity] == ["VS1", "SI1"]

    @pytest.mark.parametrize("wrong", [
        Correction("", 99, 1, "RD"), Correction("Sheet9", 2, 1, "RD"), Correction("", 2, -1, "drop"),
        Correction("", 2, 9999, "x"), Correction("", 2, 1, "x" * 40_000),
    ])  # fmt: skip
    def test_a_correction_of_what_is_not_there_is_refused(self, wrong: Correction) -> None:
        with pytest.raises(CorrectionNotThere):
            read(self.BAD, EMPTY, wrong)


class TestMemory:
    def test_answers_are_found_by_the_layout_of_the_file_as_it_came(self) -> None:
        rows = [["h1", "h2", "h3", "h4", "h5", "h6"], *ROWS[1:]]
        rows[0][0] = "Lot"
        data = as_csv(rows)
        own = {"header:": "1", "column:h2": "shape", "column:h3": "carat", "column:h4": "color",
               "column:h5": "clarity", "column:h6": "price_per_carat"}  # fmt: skip
        memory = {layout_of(data, "stock.csv"): own}
        reading, given = read_remembered(data, "stock.csv", memory)
        assert given == own
        assert reading.taken_count == len(MADE)
        assert reading.layout in memory

    def test_without_a_memory_of_the_layout_nothing_is_answered(self) -> None:
        reading, given = read_remembered(as_csv(ROWS), "stock.csv", {"other": {"column:shape": "nothing"}})
        assert (given, reading.blocks) == ({}, read(ROWS).blocks)

    def test_a_layout_is_the_same_as_csv_and_as_workbook(self) -> None:
        assert layout_of(as_csv(ROWS), "a.csv") == layout_of(workbook(Any=ROWS), "a.xlsx")

    def test_the_layout_of_records_does_not_depend_on_answers(self) -> None:
        data = b'[{"Shape": "RD", "Weight": 1.01, "Color": "D", "Clarity": "VS1", "Zulu": "7"}]'
        plain = read_file(data, "stock.json")
        mapped = read_file(data, "stock.json", {"column:zulu": "stock_no", "column:color": "nothing"})
        assert mapped.layout == plain.layout == layout_of(data, "stock.json")
        assert read_remembered(data, "s.json", {plain.layout: {"column:zulu": "stock_no"}})[1] == {
            "column:zulu": "stock_no"
        }

    def test_a_file_that_is_no_list_can_be_looked_at_and_has_a_layout(self) -> None:
        data = as_csv([["a", "b"], ["1", "2"]])
        with pytest.raises(NotAStockList):
            read_file(data, "x.csv")
        (sheet,) = look_at(data, "x.csv")
        assert (sheet.rows, sheet.header_row, sheet.is_read, sheet.preview) == (
            2, None, False, [["a", "b"], ["1", "2"]],
        )  # fmt: skip
        assert layout_of(data, "x.csv") == layout_of(as_csv([["A", "B"], ["3", "4"]]), "y.csv")
