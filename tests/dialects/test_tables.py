"""Tables as houses really send them: titles, two header rows, totals, cut rows, damage, goods of other
kinds.
"""

import io
from collections.abc import Sequence

import msgspec
import openpyxl

from bourse.dialects import Reading, read_file
from bourse.dialects.documented import documented
from bourse.vocabulary import Availability, Clarity, Colour, ColourRange, Growth, Laboratory, Shape
from dialects.made import CODES, PLAIN, as_csv, fields, keys, read_csv, stones, table, values

MADE = stones(12)
PRICED = {**PLAIN, "Price/Ct": lambda s: s.per_carat}


def read_rows(rows: Sequence[Sequence[object]]) -> Reading:
    return read_file(as_csv(rows), "stock.csv")


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


def test_titles_above_the_header_and_totals_below_are_no_rows() -> None:
    rows = [
        ["Asha Diamonds", "", "", "", "", ""], ["Stock of 24 November", "", "", "", "", ""],
        *table(PRICED, MADE),
        ["Total", "", sum(stone.carat for stone in MADE), "", "", ""],
    ]  # fmt: skip
    reading = read_rows(rows)
    assert reading.row_count == reading.taken_count == len(MADE)
    assert reading.blocks[0].numbers[0] == 4


def test_a_header_that_comes_again_on_every_page_is_no_row() -> None:
    head, *body = table(PRICED, MADE)
    reading = read_rows([head, *body[:6], head, *body[6:]])
    assert reading.taken_count == len(MADE)
    assert reading.blocks[0].numbers == [2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14]


def test_a_header_of_two_rows_is_read_with_its_groups() -> None:
    columns = {**PRICED, "L": lambda s: s.length, "W": lambda s: s.width, "H": lambda s: s.depth}
    head, *body = table(columns, MADE)
    groups = ["Stone", "", "", "", "", "Price", "Measurements", "", ""]
    reading = read_rows([groups, head, *body])
    assert reading.taken_count == len(MADE)
    assert keys(reading) == []


def test_units_below_the_header_belong_to_it() -> None:
    head, *body = table({**PLAIN, "Price": lambda s: s.per_carat, "Depth": lambda s: s.depth_pct}, MADE)
    reading = read_rows([head, ["", "", "ct", "", "", "per carat", "%"], *body])
    assert fields(reading)["Price per carat"] == "price_per_carat"
    assert reading.taken_count == len(MADE)


def test_every_sheet_that_is_a_list_of_stock_is_read_and_others_are_not() -> None:
    data = workbook(
        Round=table(PRICED, MADE[:5]), Fancy=table(PRICED, MADE[5:]), Contacts=[["Name", "Phone"],
        ["Asha", "+91 22"]]
    )  # fmt: skip
    reading = read_file(data, "stock.xlsx")
    assert [block.sheet for block in reading.blocks] == ["Round", "Fancy"]
    assert reading.taken_count == len(MADE)


def test_a_hidden_sheet_is_not_read_and_the_note_says_so() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(Stock=table(PRICED, MADE[:5]), Old=table(PRICED, MADE[5:])))
    )
    book["Old"].sheet_state = "hidden"
    data = io.BytesIO()
    book.save(data)
    reading = read_file(data.getvalue(), "stock.xlsx")
    assert [block.sheet for block in reading.blocks] == ["Stock"]
    assert reading.notes[-1] == "The sheet “Old” is hidden in the workbook and was not read."


def test_rows_that_lack_their_last_cells_are_filled_up() -> None:
    head, *body = table({**PRICED, "Comments": lambda s: ""}, MADE)
    assert read_rows([head, *(row[:-1] for row in body)]).taken_count == len(MADE)


def test_a_comma_that_nobody_quoted_is_mended_where_the_cells_show_it() -> None:
    columns = {
        **PRICED,
        "Comments": lambda s: "fine",
        "Lab": lambda s: s.lab,
        "Report No": lambda s: s.report,
    }
    head, *body = table(columns, MADE)
    cut = [*body[3][:6], "eye clean", " no black", *body[3][7:]]
    reading = read_rows([head, *body[:3], cut, *body[4:]])
    assert reading.taken_count == len(MADE)
    assert values(reading, 3)["member_comment"] == "eye clean, no black"
    assert values(reading, 3)["certificate_no"] == MADE[3].report


def test_a_row_too_long_to_be_mended_is_refused_with_its_reason() -> None:
    head, *body = table(PRICED, MADE)
    (refused,) = read_rows(
        [head, *body, ["A99", "RD", "x", "y", "1.00", "q", "G", "VS1", "7000", "z"]]
    ).refused()
    assert refused.row == len(MADE) + 2
    assert refused.found == "10 cells"
    assert "quotes" in refused.cure


def test_what_is_missing_or_not_understood_keeps_a_row_out_with_found_expected_and_cure() -> None:
    head, *body = table(PRICED, MADE)
    body[0][1], body[1][2], body[2][3], body[3][4] = "STARBURST", "", "FB", "REJ"
    refused = {row.row: row for row in read_rows([head, *body]).refused()}
    assert sorted(refused) == [2, 3, 4, 5]
    assert refused[2].column == "Shape"
    assert refused[2].found == "STARBURST"
    assert refused[2].why == "“STARBURST” is no shape that we know."
    assert refused[3].why == "The weight is missing."
    assert refused[4].expected == "a colour from D to Z, a range of them, or a fancy colour"
    assert (
        refused[5].cure
        == "Write a clarity from FL to I3, or a range of them instead of “REJ” in column “Clarity”."
    )


def test_an_odd_cell_of_a_taken_row_keeps_its_reason() -> None:
    head, *body = table({**PRICED, "Table %": lambda s: s.table, "Lab": lambda s: s.lab}, MADE)
    body[0][6], body[1][6], body[2][7] = "6.2", "#REF!", "GAL"
    reading = read_rows([head, *body])
    unread = {(cell.row, cell.index): cell for cell in reading.unread()}
    assert reading.taken_count == len(MADE)
    assert sorted(unread) == [(2, 6), (3, 6), (4, 7)]
    assert unread[2, 6].why == "6.2 is not plausible here. Expected: a percentage from 20 to 100."
    assert unread[3, 6].why.startswith("A formula failed in the spreadsheet and left #REF! behind.")
    assert unread[4, 7].found == "GAL"
    assert "table_pct" not in values(reading, 0)


def test_placeholders_and_noughts_are_empty_and_not_unread() -> None:
    columns = {**PRICED, "Lab": lambda s: "Not Specified", "Table %": lambda s: "0", "Polish": lambda s: "-"}
    reading = read_csv(columns, MADE)
    assert list(reading.unread()) == []
    assert not {"lab", "table_pct", "polish"} & values(reading).keys()


def test_prices_and_weights_beyond_reason_are_not_believed() -> None:
    head, *body = table(PRICED, MADE)
    body[0][2], body[1][5], body[2][5] = 5000, 0.01, 1e9
    reading = read_rows([head, *body])
    assert [row.row for row in reading.refused()] == [2]
    assert [(cell.row, cell.index) for cell in reading.unread()] == [(3, 5), (4, 5)]


def test_a_total_that_contradicts_the_price_per_carat_keeps_its_row_out() -> None:
    columns = {**PRICED, "Total": lambda s: s.total * (2 if s.number == 3 else 1)}
    columns["Total Price"] = columns.pop("Total")
    (refused,) = read_csv(columns, MADE).refused()
    assert refused.row == 4
    assert refused.column == "Total Price"


def test_a_grade_beside_a_fancy_colour_keeps_its_row_out_but_for_the_colours_own_initial() -> None:
    columns = {**PRICED, "Fancy Color": lambda s: {1: "Yellow", 2: "Y"}.get(s.number, "")}
    head, *body = table(columns, MADE)
    body[0][3], body[1][3] = "D", "Y"
    reading = read_rows([head, *body])
    assert [row.row for row in reading.refused()] == [2]
    assert (values(reading, 1)["color"], values(reading, 1)["fancy_color"]) == ("Fancy", "Yellow")


def test_jewellery_and_other_stones_are_no_rows() -> None:
    columns = {
        **PRICED,
        "Metal": lambda s: "18KW" if s.number == 1 else "",
        "Category": lambda s: "Ring" if s.number == 2 else "Loose",
    }
    reading = read_csv(columns, MADE)
    assert reading.row_count == reading.taken_count == len(MADE) - 2


def test_a_total_is_the_price_per_carat_times_the_weight_rounded_half_up() -> None:
    columns = {**PRICED, "Weight": lambda s: 0.5, "Price/Ct": lambda s: "1234.25"}
    # 0.5 x 1234.25 = 617.125
    assert next(read_csv(columns, MADE).stones()).ask_cents == 61_713


def test_no_price_is_an_explicit_no_ask() -> None:
    stone = next(read_csv(dict(PLAIN), MADE).stones())
    assert (stone.ask, stone.ask_cents) == ("no ask", None)


def test_a_taken_stone_has_the_trades_own_types() -> None:
    columns = {
        **PRICED, "Lab": lambda s: s.lab, "Cert No": lambda s: s.report, "Status": lambda s: "M",
        "Cut Grade": lambda s: CODES[s.make],
    }  # fmt: skip
    stone = next(read_csv(columns, MADE).stones())
    made = MADE[0]
    assert stone.shape is Shape(made.shape)
    assert str(stone.weight_ct) == str(made.carat)
    assert stone.colour == ColourRange(Colour(made.color), Colour(made.color))
    assert stone.clarity == (Clarity(made.clarity), Clarity(made.clarity))
    assert stone.growth is Growth.NATURAL
    assert stone.laboratory is Laboratory(made.lab)
    assert (stone.report_no, stone.stock_no, stone.stones) == (made.report, "A1", 1)
    assert stone.availability is Availability.MEMO


def test_a_parcel_has_a_range_of_clarities_and_a_count() -> None:
    columns = {
        **PRICED,
        "Clarity": lambda s: "VS-SI",
        "Color": lambda s: "G-H",
        "Parcel Stones": lambda s: 24,
    }
    stone = next(read_csv(columns, MADE).stones())
    assert stone.clarity == (Clarity.VS1, Clarity.SI2)
    assert str(stone.colour) == "G-H"
    assert stone.stones == 24


def test_the_documented_shape_has_exactly_its_keys() -> None:
    head, *body = table({**PRICED, "Price": lambda s: ""}, MADE)
    body[0][1] = "STARBURST"
    shown = documented(read_rows([head, *body]), "stock.csv")
    assert list(shown) == [
        "file", "format", "columns", "sheets", "spellings", "rows", "refused", "unread", "doubtful",
        "questions", "totals",
    ]  # fmt: skip
    assert list(shown["columns"][0]) == [
        "sheet", "index", "header", "field", "confidence", "samples", "key", "surety",
    ]  # fmt: skip
    assert list(shown["sheets"][0]) == [
        "name", "rows", "header_row", "is_read", "hidden", "preview", "numbers", "last", "blank",
    ]  # fmt: skip
    assert list(shown["spellings"][0]) == ["key", "field", "header", "text", "count", "word", "is_own"]
    assert list(shown["rows"][0]) == ["sheet", "row", "taken", "values"]
    assert list(shown["refused"][0]) == ["sheet", "row", "column", "found", "expected", "why", "cure",
                                         "index", "cells"]  # fmt: skip
    assert shown["totals"] == {"rows": 12, "taken": 11, "refused": 1}
    assert shown["rows"][0]["taken"] is False


def test_a_reading_crosses_from_another_process_unchanged() -> None:
    columns = {**PRICED, "Price": lambda s: "", "Clarity": lambda s: "VS-SI", "Treatment": lambda s: "CE/LD"}
    head, *body = table(columns, MADE)
    body[0][1], body[1][3] = "STARBURST", "FB"
    reading = read_rows([head, *body])
    crossed = msgspec.msgpack.decode(msgspec.msgpack.encode(reading), type=Reading)
    assert crossed == reading
    assert documented(crossed, "stock.csv") == documented(reading, "stock.csv")
