"""Every ambiguity three times: settled by the cells, asked about where they do not settle it, never asked
again.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bourse.dialects.reading import Ask
from dialects.made import CODES, PLAIN, Stone, fields, keys, read_csv, stones, values

MADE = stones()
# So few that no statistics settle anything, and all of one carat, so that no arithmetic does.
FEW = [replace(stone, carat=1.0) for stone in MADE[:4]]
Columns = dict[str, Callable[[Stone], object]]


def asks(reading_columns: Columns, made: list[Stone]) -> list[int | None]:
    return [stone.ask_cents for stone in read_csv(reading_columns, made).stones()]


class TestPrice:
    def test_a_price_beside_a_total_is_per_carat(self) -> None:
        columns: Columns = {**PLAIN, "Price": lambda s: s.per_carat, "Total Price": lambda s: s.total}
        reading = read_csv(columns, MADE)
        assert fields(reading)["Price"] == "price_per_carat"
        assert keys(reading) == []

    def test_a_price_beside_a_price_per_carat_is_the_total(self) -> None:
        columns: Columns = {**PLAIN, "Price": lambda s: s.total, "Price/Carat": lambda s: s.per_carat}
        assert fields(read_csv(columns, MADE))["Price"] == "total_price"

    def test_a_price_is_per_carat_when_list_and_discount_make_it(self) -> None:
        columns: Columns = {
            **PLAIN, "Price": lambda s: s.per_carat, "RapList": lambda s: s.listed,
            "Rap%": lambda s: s.discount,
        }  # fmt: skip
        assert fields(read_csv(columns, MADE))["Price"] == "price_per_carat"

    def test_a_price_is_the_total_when_list_and_discount_times_weight_make_it(self) -> None:
        columns: Columns = {
            **PLAIN, "Price": lambda s: s.total, "RapList": lambda s: s.listed, "Rap%": lambda s: s.discount,
        }  # fmt: skip
        assert fields(read_csv(columns, MADE))["Price"] == "total_price"

    def test_a_price_beside_a_discount_alone_is_what_makes_the_list_whole_hundreds(self) -> None:
        per_carat: Columns = {
            **PLAIN,
            "Price": lambda s: s.per_carat,
            "RapnetDiscount": lambda s: s.discount / 100,
        }
        total: Columns = {**PLAIN, "Price": lambda s: s.total, "RapnetDiscount": lambda s: s.discount / 100}
        assert fields(read_csv(per_carat, MADE))["Price"] == "price_per_carat"
        assert fields(read_csv(total, MADE))["Price"] == "total_price"

    def test_a_price_alone_is_told_by_how_it_grows_with_weight(self) -> None:
        many = stones(300)
        per_carat = read_csv({**PLAIN, "Price": lambda s: s.per_carat}, many)
        total = read_csv({**PLAIN, "Price": lambda s: s.total}, many)
        assert (fields(per_carat)["Price"], keys(per_carat)) == ("price_per_carat", [])
        assert (fields(total)["Price"], keys(total)) == ("total_price", [])

    def test_a_price_that_nothing_settles_is_asked_about_and_leaves_the_asks_open(self) -> None:
        reading = read_csv({**PLAIN, "Price": lambda s: s.total}, FEW)
        (question,) = reading.questions
        assert question.key == "price:price"
        assert question.fields == ["price_per_carat", "total_price"]
        assert [option.value for option in question.options] == ["price_per_carat", "total_price"]
        assert "We do not guess, so we ask." in question.why
        assert {stone.ask for stone in reading.stones()} == {Ask.OPEN}
        assert reading.taken_count == len(FEW)

    @pytest.mark.parametrize("answer", ["price_per_carat", "total_price"])
    def test_an_answered_price_is_not_asked_about_again(self, answer: str) -> None:
        reading = read_csv({**PLAIN, "Price": lambda s: s.total}, FEW, {"price:price": answer})
        assert keys(reading) == []
        assert fields(reading)["Price"] == answer

    def test_an_answer_that_no_option_has_is_no_answer(self) -> None:
        assert keys(read_csv({**PLAIN, "Price": lambda s: s.total}, FEW, {"price:price": "both"})) == [
            "price:price"
        ]

    def test_two_columns_that_could_be_the_price_are_one_question(self) -> None:
        columns: Columns = {
            **PLAIN, "Alpha": lambda s: s.per_carat, "Beta": lambda s: round(s.total * 1.7) + 13 * s.number,
        }  # fmt: skip
        reading = read_csv(columns, MADE)
        (question,) = reading.questions
        assert question.key == "which_price:alpha:beta"
        assert [option.value for option in question.options] == [
            "alpha:price_per_carat", "alpha:total_price", "beta:price_per_carat", "beta:total_price",
            "nothing",
        ]  # fmt: skip
        assert {stone.ask for stone in reading.stones()} == {Ask.OPEN}
        again = read_csv(columns, MADE, {question.key: "alpha:price_per_carat"})
        assert keys(again) == []
        assert next(again.stones()).ask_cents == round(MADE[0].total * 100)
        none = read_csv(columns, MADE, {question.key: "nothing"})
        assert (keys(none), {stone.ask for stone in none.stones()}) == ([], {Ask.NONE})

    def test_two_prices_that_contradict_each_other_throughout_are_asked_about(self) -> None:
        columns: Columns = {**PLAIN, "Price/Ct": lambda s: s.per_carat, "Total": lambda s: s.total * 2}
        columns["Total Price"] = columns.pop("Total")
        reading = read_csv(columns, MADE)
        assert keys(reading) == ["two_prices:pricect:totalprice"]
        again = read_csv(columns, MADE, {"two_prices:pricect:totalprice": "price_per_carat"})
        assert keys(again) == []
        assert next(again.stones()).ask_cents == round(MADE[0].total * 100)


class TestDiscount:
    @pytest.mark.parametrize(
        "written",
        [
            lambda s: s.discount, lambda s: -s.discount, lambda s: s.discount / 100,
            lambda s: -s.discount / 100,
            lambda s: 100 + s.discount, lambda s: f"{s.discount} %", lambda s: f"({-s.discount})",
        ],
    )  # fmt: skip
    def test_a_discount_beside_list_and_price_is_read_however_it_is_written(
        self, written: Callable[[Stone], object]
    ) -> None:
        columns: Columns = {
            **PLAIN, "Price/Ct": lambda s: s.per_carat, "Rap": lambda s: s.listed, "Rap %": written,
        }  # fmt: skip
        reading = read_csv(columns, MADE)
        assert keys(reading) == []
        assert [values(reading, at)["discount_pct"] for at in range(3)] == [s.discount for s in MADE[:3]]

    def test_most_minus_signs_mean_below_the_list(self) -> None:
        reading = read_csv({**PLAIN, "Price/Ct": lambda s: s.per_carat, "Rap %": lambda s: s.discount}, FEW)
        assert values(reading)["discount_pct"] == FEW[0].discount
        assert keys(reading) == []

    def test_the_word_off_makes_a_bare_number_a_discount(self) -> None:
        reading = read_csv({**PLAIN, "Price/Ct": lambda s: 5000, "% Off": lambda s: -s.discount}, FEW)
        assert values(reading)["discount_pct"] == FEW[0].discount
        assert keys(reading) == []

    def test_a_bare_percentage_that_nothing_explains_is_asked_about(self) -> None:
        columns: Columns = {
            **PLAIN,
            "Price/Ct": lambda s: 5000 + 7 * s.number,
            "Rap %": lambda s: -s.discount,
        }
        reading = read_csv(columns, FEW)
        assert keys(reading) == ["discount:rappct"]
        assert "discount_pct" not in values(reading)

    def test_an_answered_discount_is_not_asked_about_again(self) -> None:
        columns: Columns = {
            **PLAIN,
            "Price/Ct": lambda s: 5000 + 7 * s.number,
            "Rap %": lambda s: -s.discount,
        }
        reading = read_csv(columns, FEW, {"discount:rappct": "minus percent"})
        assert keys(reading) == []
        assert values(reading)["discount_pct"] == FEW[0].discount

    def test_list_and_discount_make_the_ask_where_no_price_stands(self) -> None:
        reading = read_csv({**PLAIN, "Rap": lambda s: s.listed, "Back": lambda s: s.discount}, MADE)
        assert next(reading.stones()).ask_cents == round(MADE[0].total * 100)


class TestCut:
    def test_cut_is_the_shape_when_its_cells_are_shapes(self) -> None:
        columns: Columns = {**PLAIN, "Cut": lambda s: s.shape.lower()}
        del columns["Shape"]
        reading = read_csv(columns, MADE)
        assert fields(reading)["Cut"] == "shape"
        assert values(reading)["shape"] == MADE[0].shape

    def test_cut_is_the_grade_when_its_cells_are_grades(self) -> None:
        reading = read_csv({**PLAIN, "Cut": lambda s: CODES[s.make]}, MADE)
        assert fields(reading)["Cut"] == "cut_grade"
        assert values(reading)["cut_grade"] == MADE[0].make

    def test_cut_of_mostly_own_words_is_the_grade_that_some_cells_name_and_the_others_are_unread(
        self,
    ) -> None:
        reading = read_csv({**PLAIN, "Cut": lambda s: "Superb" if s.number <= 32 else "EX"}, MADE)
        assert fields(reading)["Cut"] == "cut_grade"
        assert [cell.found for cell in reading.unread()] == ["Superb"] * 32

    def test_cut_with_cells_that_are_neither_is_left_aside(self) -> None:
        assert fields(read_csv({**PLAIN, "Cut": lambda s: "FACETED"}, MADE))["Cut"] is None


class TestCert:
    def test_a_number_that_lost_a_sign_is_no_number(self) -> None:
        columns: Columns = {
            **PLAIN,
            "Report #": lambda s: s.report.replace("7", "\x00") if s.number == 1 else s.report,
        }
        reading = read_csv(columns, MADE)
        assert "certificate_no" not in {name for name, value in values(reading).items() if value is not None}
        assert [cell.row for cell in reading.unread()] == [2]

    def test_cert_is_the_laboratory_when_its_cells_name_one(self) -> None:
        assert fields(read_csv({**PLAIN, "Cert": lambda s: s.lab}, MADE))["Cert"] == "lab"

    def test_cert_is_the_report_when_its_cells_are_numbers(self) -> None:
        assert fields(read_csv({**PLAIN, "Cert": lambda s: s.report}, MADE))["Cert"] == "certificate_no"


class TestDepth:
    def test_depth_is_a_percentage_in_the_sixties(self) -> None:
        reading = read_csv({**PLAIN, "Depth": lambda s: s.depth_pct}, MADE)
        assert values(reading)["depth_pct"] == MADE[0].depth_pct

    def test_depth_is_millimetres_below_ten(self) -> None:
        reading = read_csv({**PLAIN, "Depth": lambda s: s.depth}, MADE)
        assert values(reading)["depth_mm"] == MADE[0].depth

    def test_depth_as_a_fraction_becomes_a_percentage(self) -> None:
        reading = read_csv({**PLAIN, "Depth %": lambda s: round(s.depth_pct / 100, 4)}, MADE)
        assert values(reading)["depth_pct"] == MADE[0].depth_pct


class TestLetterR:
    LONG, SQUARE = "8.00x6.00x4.00", "6.45x6.47x3.97"

    def columns(self, size: str | None) -> Columns:
        return {
            **PLAIN,
            "Shape": lambda s: "R" if s.number % 2 else "PS",
            "Measurements": lambda s: size or "",
        }

    def test_r_is_round_when_these_stones_are_as_wide_as_long(self) -> None:
        reading = read_csv(self.columns(self.SQUARE), MADE)
        assert values(reading)["shape"] == "Round"
        assert keys(reading) == []

    def test_r_is_radiant_when_these_stones_are_longer_than_wide(self) -> None:
        assert values(read_csv(self.columns(self.LONG), MADE))["shape"] == "Radiant"

    def test_r_without_sizes_is_asked_about(self) -> None:
        reading = read_csv(self.columns(None), MADE)
        assert keys(reading) == ["shape:r"]

    def test_an_answered_r_is_not_asked_about_again(self) -> None:
        reading = read_csv(self.columns(None), MADE, {"shape:r": "Radiant"})
        assert keys(reading) == []
        assert values(reading)["shape"] == "Radiant"


class TestCost:
    def test_a_cost_alone_is_asked_about_and_is_no_ask_until_then(self) -> None:
        reading = read_csv({**PLAIN, "Cost": lambda s: s.total}, MADE)
        assert keys(reading) == ["cost:cost"]
        assert {stone.ask for stone in reading.stones()} == {Ask.OPEN}

    def test_a_cost_that_is_ones_own_leaves_the_stones_without_an_ask(self) -> None:
        reading = read_csv({**PLAIN, "Cost": lambda s: s.total}, MADE, {"cost:cost": "cost"})
        assert keys(reading) == []
        assert {(stone.ask, stone.ask_cents) for stone in reading.stones()} == {(Ask.NONE, None)}

    def test_a_cost_that_the_buyer_pays_is_the_ask(self) -> None:
        reading = read_csv({**PLAIN, "Cost": lambda s: s.total}, MADE, {"cost:cost": "total_price"})
        assert next(reading.stones()).ask_cents == round(MADE[0].total * 100)


class TestCurrency:
    def test_dollars_by_sign_word_or_silence_are_no_question(self) -> None:
        for price in (
            lambda s: f"${s.per_carat:,.2f}",
            lambda s: f"USD {s.per_carat}",
            lambda s: s.per_carat,
        ):
            assert keys(read_csv({**PLAIN, "Price/Ct": price}, MADE)) == []

    @pytest.mark.parametrize(
        ("header", "price"),
        [("Price/Ct", lambda s: f"€{s.per_carat}"), ("Price/Ct EUR", lambda s: s.per_carat)],
    )
    def test_euros_are_asked_about(self, header: str, price: Callable[[Stone], object]) -> None:
        reading = read_csv({**PLAIN, header: price}, MADE)
        assert keys(reading) == ["currency:EUR"]
        assert {stone.ask for stone in reading.stones()} == {Ask.OPEN}

    def test_a_column_of_another_currency_is_asked_about_and_the_answer_takes_the_asks_away(self) -> None:
        columns: Columns = {**PLAIN, "Price/Ct": lambda s: s.per_carat, "Currency": lambda s: "INR"}
        assert keys(read_csv(columns, MADE)) == ["currency:INR"]
        reading = read_csv(columns, MADE, {"currency:INR": "no_ask"})
        assert keys(reading) == []
        assert {stone.ask for stone in reading.stones()} == {Ask.NONE}


class TestListAlone:
    def test_a_list_price_alone_is_asked_about(self) -> None:
        assert keys(read_csv({**PLAIN, "List Price": lambda s: s.listed}, MADE)) == ["list:listprice"]

    def test_a_list_price_that_is_the_ask_makes_it(self) -> None:
        reading = read_csv({**PLAIN, "List Price": lambda s: s.listed}, MADE, {"list:listprice": "ask"})
        assert next(reading.stones()).ask_cents == round(MADE[0].listed * MADE[0].carat * 100)


class TestDuplicates:
    def test_two_rows_with_one_stock_number_are_one_question_and_the_later_is_refused(self) -> None:
        made = [MADE[0], replace(MADE[1], number=MADE[0].number), MADE[2]]
        reading = read_csv({**PLAIN, "Price/Ct": lambda s: s.per_carat}, made)
        assert keys(reading) == ["duplicates"]
        assert [row.row for row in reading.refused()] == [3]

    def test_the_answer_says_which_row_stands(self) -> None:
        made = [MADE[0], replace(MADE[1], number=MADE[0].number), MADE[2]]
        reading = read_csv({**PLAIN, "Price/Ct": lambda s: s.per_carat}, made, {"duplicates": "last"})
        assert keys(reading) == []
        assert [row.row for row in reading.refused()] == [2]

    def test_stock_numbers_that_differ_in_case_alone_are_the_same(self) -> None:
        columns: Columns = {
            **PLAIN,
            "Stock #": lambda s: "ab1" if s.number == 1 else "AB1" if s.number == 2 else s.number,
        }
        assert keys(read_csv(columns, MADE[:5])) == ["duplicates"]

    def test_rows_alike_in_every_cell_are_no_question(self) -> None:
        reading = read_csv({**PLAIN, "Price/Ct": lambda s: s.per_carat}, [MADE[0], MADE[0], MADE[1]])
        assert keys(reading) == []
        assert [row.row for row in reading.refused()] == [3]

    def test_one_laboratory_and_report_number_twice_is_one_question(self) -> None:
        columns: Columns = {
            **PLAIN,
            "Lab": lambda s: "GIA",
            "Report No": lambda s: "6141234567" if s.number < 3 else s.report,
        }
        reading = read_csv(columns, MADE[:5])
        assert keys(reading) == ["duplicates"]
        assert [row.row for row in reading.refused()] == [3]


class TestGrowth:
    def test_a_file_that_says_nothing_of_growth_is_natural_and_says_so(self) -> None:
        reading = read_csv(dict(PLAIN), MADE)
        assert values(reading)["growth_type"] == "Natural"
        assert "ISO 18323" in reading.notes[0]

    def test_a_yes_under_lab_grown_is_lab_grown_and_a_nought_is_natural(self) -> None:
        reading = read_csv({**PLAIN, "Lab Grown": lambda s: s.number % 2}, MADE)
        assert [values(reading, at)["growth_type"] for at in range(2)] == ["Lab grown", "Natural"]
        assert reading.notes == []

    def test_a_natural_stone_with_a_lab_grown_report_is_refused(self) -> None:
        columns: Columns = {**PLAIN, "Type": lambda s: "Natural", "Cert No": lambda s: f"LG{s.report}"}
        assert read_csv(columns, MADE[:3]).taken_count == 0


class TestWhichColumn:
    def test_a_weight_that_no_header_names_is_asked_about(self) -> None:
        columns: Columns = {**PLAIN, "Aaa": lambda s: s.carat, "Bbb": lambda s: s.carat + 0.5}
        del columns["Weight"]
        reading = read_csv(columns, MADE)
        assert keys(reading) == ["which:weight"]

    def test_the_answer_names_the_weights_column(self) -> None:
        columns: Columns = {**PLAIN, "Aaa": lambda s: s.carat, "Bbb": lambda s: s.carat + 0.5}
        del columns["Weight"]
        reading = read_csv(columns, MADE, {"which:weight": "4"})
        assert keys(reading) == []
        assert values(reading)["carat"] == MADE[0].carat
