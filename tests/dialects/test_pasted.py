"""Lists pasted from mail and chat, and files that are no stock at all."""

import pytest

from bourse.dialects import NotAStockList, Reading, read_file
from dialects.made import as_csv, keys, values


def pasted(text: str) -> Reading:
    return read_file(text.encode(), "pasted.txt")


MAIL = """Hi Ben,

please find our offer of today:

RD 1.01 G VS1 EX EX EX NONE GIA 6141438171 -32%
RD 0.90 H SI1 EX VG EX FNT GIA 6141438172 -28.5%
CU 2.01 F VVS2 EX VG MED BLUE GIA 6141438173 -40%
PS 1.50ct D/IF VG/VG None GIA: 6141438174 $7,500/ct

Best regards
Asha, Asha Diamonds, tel +91 22 1234 5678
"""


def test_stones_stand_between_greeting_and_signature() -> None:
    reading = pasted(MAIL)
    assert reading.taken_count == reading.row_count == 4
    first = values(reading)
    assert (first["shape"], first["carat"], first["color"], first["clarity"]) == ("Round", 1.01, "G", "VS1")
    assert (first["cut_grade"], first["polish"], first["symmetry"]) == ("Excellent", "Excellent", "Excellent")
    assert (first["fluorescence_intensity"], first["lab"], first["certificate_no"]) == (
        "None",
        "GIA",
        "6141438171",
    )
    assert first["discount_pct"] == -32.0


def test_two_grades_of_a_fancy_shape_are_polish_and_symmetry() -> None:
    third = values(pasted(MAIL), 2)
    assert (third["polish"], third["symmetry"]) == ("Excellent", "Very Good")
    assert "cut_grade" not in third
    assert (third["fluorescence_intensity"], third["fluorescence_color"]) == ("Medium", "Blue")


def test_a_price_per_carat_in_dollars_makes_the_ask() -> None:
    *_others, last = pasted(MAIL).stones()
    assert (last.weight_ct, last.ask_cents) == (last.weight_ct, 1_125_000)


def test_a_stone_of_two_lines_is_one_stone_and_the_title_says_lab_grown() -> None:
    reading = pasted(
        "LAB GROWN\n\nOval 2.51 ct E VS1\nIGI LG512345678 $410/ct\n"
        "Round 1.20 ct D VVS2 3EX\nIGI LG512345679 $380/ct\n"
    )
    assert reading.taken_count == 2
    assert [values(reading, at)["growth_type"] for at in range(2)] == ["Lab grown", "Lab grown"]
    assert [values(reading, at)["certificate_no"] for at in range(2)] == ["LG512345678", "LG512345679"]
    assert [stone.ask_cents for stone in reading.stones()] == [102_910, 45_600]


def test_a_header_line_above_single_spaces_names_the_words() -> None:
    reading = pasted(
        "Shape Carat Color Clarity Cut Pol Sym Fluo Lab Report# Disc\n"
        "RD 1.01 G VS1 EX EX EX NON GIA 6141438171 -32\n"
        "PR 1.02 G VS2 - EX VG NON GIA 6141438173 -35\n"
    )
    assert reading.taken_count == 2
    assert values(reading, 1)["symmetry"] == "Very Good"
    assert values(reading, 1)["discount_pct"] == -35.0


def test_a_pasted_table_with_tabs_is_a_table() -> None:
    reading = pasted(
        "Stock#\tShape\tCts\tCol\tClar\tP/Ct\nA1\tRD\t1.01\tG\tVS1\t7000\nA2\tPS\t0.90\tD\tIF\t9000\n"
    )
    assert [stone.ask_cents for stone in reading.stones()] == [707_000, 810_000]


def refusal_of(rows: list[list[object]]) -> str:
    with pytest.raises(NotAStockList) as caught:
        read_file(as_csv(rows), "file.csv")
    return str(caught.value)


def test_a_purchase_ledger_is_refused_as_one() -> None:
    rows: list[list[object]] = [
        ["Date", "Shape", "Size (mm)", "Supplier", "Quantity", "Rate", "Type"],
        ["2026-01-02", "RB", "2", "Ravi", 3.6, 500000, "Purchase"],
        ["2026-01-03", "MQ", "3", "Ravi", 1.5, 600000, "Purchase"],
    ]
    assert refusal_of(rows).startswith("This is a purchase ledger, not a list of stock")


def test_a_price_list_is_refused_as_one() -> None:
    rows: list[list[object]] = [
        ["Shape", "Low Size", "High Size", "Color", "Clarity", "Price"], ["round", 0.3, 0.39, "D", "IF",
        4200],
        ["round", 0.4, 0.49, "D", "IF", 4800], ["round", 0.5, 0.69, "E", "VS1", 5200],
    ]  # fmt: skip
    assert refusal_of(rows).startswith("This is a price list")


def test_anything_else_is_refused_with_the_cure() -> None:
    assert "name the row that holds its headers" in refusal_of(
        [["Name", "Phone"], ["Asha", "12"], ["Ben", "34"]]
    )


def test_the_refusal_has_a_stable_name() -> None:
    assert NotAStockList.code == "not_a_stock_list"


def test_lines_that_name_what_they_say_are_one_stone_after_the_other() -> None:
    text = """
    Available today:
    Shape: Pear
    Carat: 1.21
    Color: G
    Clarity: VS2
    Lab: GIA 6100007919
    Price: $4,700/ct

    Shape: Oval
    Carat: 0.90, Color: D | Clarity: IF
    Lab: IGI 6100015838
    Price: $5,100/ct
    """
    reading = read_file(text.encode(), "pasted")
    assert keys(reading) == []
    first, second = reading.stones()
    assert (first.row, first.values["shape"], first.values["clarity"], first.ask_cents) == (
        3,
        "Pear",
        "VS2",
        568_700,
    )
    assert (second.values["color"], second.values["certificate_no"], second.values["lab"]) == (
        "D", "6100015838", "IGI",
    )  # fmt: skip


def test_marks_of_bold_are_not_read() -> None:
    reading = read_file(b"*RD 1.40 H SI1 EX EX EX*\n*PS 0.71 D VVS2 VG VG*\n", "pasted")
    assert [stone.values["shape"] for stone in reading.stones()] == ["Round", "Pear"]


def test_colour_and_clarity_with_a_stroke_between_are_apart() -> None:
    reading = read_file(b"Round 1.40 H/SI1 3EX\nOval 0.90 G-H VS1 VG VG\n", "pasted")
    first, second = reading.stones()
    assert (first.values["color"], first.values["clarity"]) == ("H", "SI1")
    assert (second.values["color"], second.values["clarity"]) == (["G", "H"], "VS1")


def test_commas_in_thousands_are_no_columns() -> None:
    text = "\n".join(f"{n}) Round 1.4{n} H SI1 3EX None = $6,58{n}" for n in range(6))
    reading = read_file(text.encode(), "pasted.txt")
    assert reading.format == "text"
    assert "580" not in str(reading.blocks[0].row(0).get("member_comment"))


def test_a_number_of_pieces_is_the_number_of_stones_and_a_dollar_before_it_makes_it_a_price() -> None:
    text = "RD 0.70 G-H SI1-SI2 700 pc $250/ct\nRD 1.20 G-H SI1 1200pcs $300 pc\nRD 1.01 G VS1 5000 p/c"
    found = [
        (stone.stones, stone.values.get("price_per_carat"), stone.values.get("member_comment"))
        for stone in read_file(text.encode(), "pasted.txt").stones()
    ]
    assert found == [(700, 250.0, None), (1200, 300.0, None), (1, 5000.0, None)]
