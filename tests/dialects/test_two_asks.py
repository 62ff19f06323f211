"""The memo ask and the cash ask, each per carat or for the stone, in US dollars or exchanged at a rate."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bourse.dialects import Reading
from bourse.dialects.rates import RateNotUsable, rate_of
from bourse.dialects.reading import Ask, TakenStone
from dialects.made import PLAIN, Stone, fields, keys, read_csv, stones

MADE = stones()
FEW = [replace(stone, carat=1.0) for stone in MADE[:4]]
EURO = {"currency:EUR": "rate:1.0842:2026-11-24"}
Columns = dict[str, Callable[[Stone], object]]
PRICED: Columns = {**PLAIN, "Price/Ct": lambda s: s.per_carat}


def taken(reading: Reading) -> list[TakenStone]:
    return list(reading.stones())


def cents(dollars: float) -> int:
    return int(Decimal(str(round(dollars, 6))).quantize(Decimal("0.01"), "ROUND_HALF_UP") * 100)


class TestCash:
    def test_a_cash_price_near_the_price_per_carat_is_per_carat(self) -> None:
        reading = read_csv({**PRICED, "Cash Price": lambda s: s.per_carat - 100}, MADE)
        assert fields(reading)["Cash Price"] == "cash_price"
        assert keys(reading) == []
        first = taken(reading)[0]
        assert first.ask_cents == cents(MADE[0].per_carat * MADE[0].carat)
        assert first.cash_cents == cents((MADE[0].per_carat - 100) * MADE[0].carat)

    def test_a_cash_price_near_the_total_is_for_the_stone(self) -> None:
        reading = read_csv({**PRICED, "Cash Price": lambda s: round(s.total * 0.97, 2)}, MADE)
        assert fields(reading)["Cash Price"] == "cash_total_price"
        assert taken(reading)[0].cash_cents == cents(round(MADE[0].total * 0.97, 2))

    @pytest.mark.parametrize(("header", "field"), [
        ("Cash Price Per Carat", "cash_price"), ("Cash Price/Ct", "cash_price"),
        ("Total Cash Price", "cash_total_price"), ("Cash Total", "cash_total_price"),
        ("Memo Price per ct", "memo_price"), ("Memo Total", "memo_total_price"),
    ])  # fmt: skip
    def test_a_header_may_say_itself_what_a_second_price_is_for(self, header: str, field: str) -> None:
        assert fields(read_csv({**PRICED, header: lambda s: 1000 + s.number}, FEW))[header] == field

    def test_a_file_that_has_only_a_cash_price_names_a_cash_ask_alone(self) -> None:
        reading = read_csv({**PLAIN, "Cash Price Per Carat": lambda s: s.per_carat}, MADE)
        assert {(stone.ask_cents, stone.ask) for stone in reading.stones()} == {(None, Ask.NAMED)}
        assert [stone.cash_cents for stone in reading.stones()] == [
            cents(s.per_carat * s.carat) for s in MADE
        ]

    def test_a_cash_price_alone_is_told_by_how_it_grows_with_weight(self) -> None:
        reading = read_csv({**PLAIN, "Cash Price": lambda s: s.total}, stones(300))
        assert (fields(reading)["Cash Price"], keys(reading)) == ("cash_total_price", [])

    def test_a_cash_price_that_nothing_settles_is_asked_about(self) -> None:
        columns: Columns = {**PLAIN, "Cash Price": lambda s: s.total}
        reading = read_csv(columns, FEW)
        (question,) = reading.questions
        assert question.key == "cash:cashprice"
        assert [option.value for option in question.options] == ["cash_price", "cash_total_price", "nothing"]
        assert {stone.ask for stone in reading.stones()} == {Ask.OPEN}
        answered = read_csv(columns, MADE[:4], {"cash:cashprice": "cash_total_price"})
        assert keys(answered) == []
        assert [stone.cash_cents for stone in answered.stones()] == [cents(s.total) for s in MADE[:4]]

    def test_a_cash_price_that_is_none_leaves_no_ask(self) -> None:
        reading = read_csv({**PLAIN, "Cash Price": lambda s: s.total}, FEW, {"cash:cashprice": "nothing"})
        assert fields(reading)["Cash Price"] is None
        assert {(stone.cash_cents, stone.ask) for stone in reading.stones()} == {(None, Ask.NONE)}

    def test_list_and_cash_discount_make_the_cash_ask_where_no_cash_price_stands(self) -> None:
        columns: Columns = {
            **PRICED, "Rap": lambda s: s.listed, "Rap %": lambda s: s.discount,
            "Cash Discount %": lambda s: s.discount - 3,
        }  # fmt: skip
        reading = read_csv(columns, MADE)
        assert keys(reading) == []
        assert [stone.cash_cents for stone in reading.stones()] == [
            cents(round(s.listed * (97 + s.discount) / 100, 2) * s.carat) for s in MADE
        ]

    def test_a_cash_ask_above_the_memo_ask_is_taken_with_a_warning(self) -> None:
        columns: Columns = {
            **PRICED, "Cash Price": lambda s: s.per_carat + (500 if s.number == 1 else -50),
        }  # fmt: skip
        reading = read_csv(columns, MADE)
        (doubt,) = reading.doubtful()
        assert (doubt.row, doubt.column, doubt.expected) == (2, "Cash Price", "at most the memo ask")
        assert "taken as it stands" in doubt.why
        assert doubt.cure == "Check which of the two prices is for cash."
        assert reading.taken_count == len(MADE)

    def test_two_cash_prices_that_contradict_each_other_are_left_out_with_a_warning(self) -> None:
        columns: Columns = {
            **PRICED, "Cash Price Per Carat": lambda s: s.per_carat - 10,
            "Total Cash Price": lambda s: (s.per_carat - 10) * s.carat * (2 if s.number == 1 else 1),
        }  # fmt: skip
        reading = read_csv(columns, MADE)
        assert [doubt.row for doubt in reading.doubtful()] == [2]
        assert [stone.cash_cents is None for stone in reading.stones()] == [True] + [False] * 39


class TestMemo:
    def test_a_memo_price_goes_before_the_plain_price(self) -> None:
        columns: Columns = {
            **PRICED, "Memo Price Per Carat": lambda s: s.per_carat + 200 if s.number == 1 else "",
        }  # fmt: skip
        asks = [stone.ask_cents for stone in read_csv(columns, MADE).stones()]
        assert asks[:2] == [
            cents((MADE[0].per_carat + 200) * MADE[0].carat),
            cents(MADE[1].per_carat * MADE[1].carat),
        ]

    def test_a_memo_price_alone_is_the_ask(self) -> None:
        columns: Columns = {**PLAIN, "Memo Total": lambda s: s.total}
        assert [stone.ask_cents for stone in read_csv(columns, MADE).stones()] == [
            cents(s.total) for s in MADE
        ]


class TestRates:
    def test_another_currency_may_be_answered_by_a_rate_that_is_typed(self) -> None:
        (question,) = read_csv({**PLAIN, "Price/Ct EUR": lambda s: s.per_carat}, MADE).questions
        assert (question.key, question.typed) == ("currency:EUR", "rate")
        assert [option.value for option in question.options] == ["usd", "no_ask", "rate"]

    def test_amounts_are_exchanged_once_each_in_decimal_and_rounded_half_up(self) -> None:
        columns: Columns = {**PLAIN, "Price/Ct EUR": lambda s: "1000.05"}
        one = replace(MADE[0], carat=1.01)
        (stone,) = taken(read_csv(columns, [one], EURO))
        # 1000.05 x 1.01 x 1.0842 = 1095.0967521…
        assert stone.ask_cents == 109_510
        assert (stone.priced_in, stone.rate, stone.rate_date) == (
            "EUR", Decimal("1.0842"), date(2026, 11, 24),
        )  # fmt: skip

    def test_half_a_cent_is_rounded_up(self) -> None:
        columns: Columns = {**PLAIN, "Total Price EUR": lambda s: "100.01"}
        (stone,) = taken(read_csv(columns, MADE[:1], {"currency:EUR": "rate:1.5:2026-11-24"}))
        assert stone.ask_cents == 15_002

    def test_amounts_with_their_sign_in_the_cell_are_exchanged_too_and_dollars_stay(self) -> None:
        columns: Columns = {
            **PLAIN, "Price/Ct": lambda s: f"€{s.per_carat}" if s.number % 2 else f"${s.per_carat}",
        }  # fmt: skip
        reading = read_csv(columns, MADE)
        assert keys(reading) == ["currency:EUR"]
        assert [stone.ask for stone in reading.stones()] == [Ask.OPEN, Ask.NAMED] * 20
        answered = taken(read_csv(columns, MADE, EURO))
        assert [stone.priced_in for stone in answered] == ["EUR", ""] * 20
        exact = Decimal(str(MADE[0].per_carat)) * Decimal(str(MADE[0].carat)) * Decimal("1.0842")
        assert answered[0].ask_cents == int(exact.quantize(Decimal("0.01"), "ROUND_HALF_UP") * 100)
        assert answered[1].ask_cents == cents(MADE[1].per_carat * MADE[1].carat)

    def test_a_column_of_currencies_has_a_question_for_each(self) -> None:
        columns: Columns = {
            **PRICED, "Currency": lambda s: ["USD", "EUR", "INR", ""][s.number % 4],
        }  # fmt: skip
        reading = read_csv(columns, MADE[:4])
        assert sorted(keys(reading)) == ["currency:EUR", "currency:INR"]
        answers = {**EURO, "currency:INR": "no_ask"}
        read = taken(read_csv(columns, MADE[:4], answers))
        assert [(stone.priced_in, stone.ask) for stone in read] == [
            ("EUR", Ask.NAMED), ("", Ask.NONE), ("", Ask.NAMED), ("", Ask.NAMED),
        ]  # fmt: skip

    def test_the_cash_ask_is_exchanged_as_well(self) -> None:
        columns: Columns = {
            **PLAIN, "Price/Ct EUR": lambda s: 1000, "Cash Price/Ct EUR": lambda s: 900,
        }  # fmt: skip
        (stone,) = taken(read_csv(columns, FEW[:1], {"currency:EUR": "rate:2:2026-11-24"}))
        assert (stone.ask_cents, stone.cash_cents) == (200_000, 180_000)

    def test_amounts_that_are_dollars_all_the_same_are_not_exchanged(self) -> None:
        columns: Columns = {**PLAIN, "Price/Ct": lambda s: "€1000"}
        (stone,) = taken(read_csv(columns, FEW[:1], {"currency:EUR": "usd"}))
        assert (stone.ask_cents, stone.priced_in) == (100_000, "")

    @pytest.mark.parametrize("answer", [
        "rate:0:2026-11-24", "rate:-1:2026-11-24", "rate:1e3:2026-11-24", "rate:5000:2026-11-24",
        "rate:1.1:2026-13-01", "rate:1.1:1970-01-01", "rate:1.1", "rate:", "rate:NaN:2026-11-24",
        "rate:1.1:2026-11-24:", "rate:١:2026-11-24",
    ])  # fmt: skip
    def test_a_rate_that_makes_no_sense_is_refused(self, answer: str) -> None:
        with pytest.raises(RateNotUsable):
            read_csv({**PLAIN, "Price/Ct EUR": lambda s: s.per_carat}, MADE, {"currency:EUR": answer})

    def test_the_rate_of_a_day_to_come_is_refused_by_whoever_knows_the_day(self) -> None:
        assert rate_of("rate:1.1:2026-11-24", "EUR", date(2026, 11, 24)).dollars == Decimal("1.1")
        with pytest.raises(RateNotUsable, match="expected a day from 2000-01-01 to today"):
            rate_of("rate:1.1:2026-11-25", "EUR", date(2026, 11, 24))


class TestPairs:
    def test_a_pair_names_its_other_stone_and_whether_they_may_be_parted(self) -> None:
        columns: Columns = {
            **PRICED, "Is Matched Pair": lambda s: "Y", "Pair Stock #": lambda s: f"A{s.number + 1}",
            "Is Matched Pair Separable": lambda s: "N",
        }  # fmt: skip
        first = taken(read_csv(columns, MADE))[0].values
        assert (first["is_pair"], first["pair_stock_no"], first["pair_separable"]) == ("Yes", "A2", "No")
