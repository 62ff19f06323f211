"""Habits of houses in many countries: what they call things, in which script, and what they write beside."""

import json
from collections.abc import Callable

import pytest

from bourse.dialects import read_file
from bourse.dialects.dictionary import standard
from bourse.dialects.headers import hint_of
from dialects.made import PLAIN, Stone, as_csv, fields, keys, read_csv, stones, table, values

Columns = dict[str, Callable[[Stone], object]]
MADE = stones()
PRICED: Columns = {**PLAIN, "Price/Ct": lambda s: s.per_carat}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Weight 重量", "carat"), ("Color 顏色", "color"), ("Sym 對稱", "symmetry"),
        ("Cut 切工", "cut_grade"),
        ("Качество огранки", "cut_grade"), ("Цена за карат", "price_per_carat"), ("Pureté", "clarity"),
        ("פוליש", "polish"), ("Ask/ct", "price_per_carat"), ("CPS", "cut_grade"), ("Pair #", "pair_stock_no"),
        ("Pair Price", "pair_price"), ("Pol/Sym", "polish"), ("Parcel ID", "stock_no"),
    ],
)  # fmt: skip
def test_a_header_of_another_house_or_script_is_recognised(header: str, field: str) -> None:
    assert hint_of(header, standard()).fields == (field,)


def test_two_scripts_that_say_different_things_say_nothing() -> None:
    assert hint_of("Lab 重量", standard()).fields == ()


def test_a_french_list_with_decimal_commas_is_read_whole() -> None:
    columns: Columns = {
        "Réf.": lambda s: f"B{s.number}", "Forme": lambda s: s.shape,
        "Poids": lambda s: f"{s.carat}".replace(".", ","), "Couleur": lambda s: s.color,
        "Pureté": lambda s: s.clarity, "Taille": lambda s: s.make, "Poli": lambda s: s.make,
        "Symétrie": lambda s: s.make, "Certificat": lambda s: s.lab, "N° certificat": lambda s: s.report,
        "Prix/ct": lambda s: f"{s.per_carat:.2f}".replace(".", ","),
        "Prix total": lambda s: f"{s.total:.2f}".replace(".", ","),
    }  # fmt: skip
    reading = read_file(as_csv(table(columns, MADE), ";"), "stock.csv")
    assert (keys(reading), reading.taken_count) == ([], 40)
    assert fields(reading)["Taille"] == "cut_grade"
    assert [stone.ask_cents for stone in reading.stones()] == [round(stone.total * 100) for stone in MADE]


def test_clr_is_colour_or_clarity_as_its_cells_say() -> None:
    columns = {name: cell for name, cell in PRICED.items() if name not in {"Color", "Clarity"}}
    reading = read_csv({**columns, "Clr": lambda s: s.color, "Clt": lambda s: s.clarity}, MADE)
    assert (fields(reading)["Clr"], fields(reading)["Clt"]) == ("color", "clarity")
    reading = read_csv({**columns, "Col": lambda s: s.color, "Clr": lambda s: s.clarity}, MADE)
    assert (fields(reading)["Col"], fields(reading)["Clr"]) == ("color", "clarity")


def test_fl_before_a_colour_is_faint() -> None:
    reading = read_csv({**PRICED, "Fluo": lambda s: ["FL BL", "MED BL", "NONE"][s.number % 3]}, MADE)
    found = [(values(reading, at)["fluorescence_intensity"]) for at in range(3)]
    assert found == ["Medium", "None", "Faint"]


def test_a_type_of_certificate_that_is_a_laboratory_is_the_laboratory() -> None:
    reading = read_csv({**PRICED, "Cert Type": lambda s: s.lab, "Cert No": lambda s: s.report}, MADE)
    assert fields(reading)["Cert Type"] == "lab"


def test_a_no_to_one_treatment_leaves_room_for_another() -> None:
    reading = read_csv(
        {**PRICED, "HPHT": lambda s: "No", "Laser Drilled": lambda s: ["No", "Yes"][s.number % 2]}, MADE
    )
    assert [values(reading, at)["treatment"] for at in range(2)] == ["Laser drilled", "None"]


def test_a_yes_under_post_growth_treatment_is_one() -> None:
    grown = {**PRICED, "Growth Type": lambda s: "CVD", "Post Growth Treatment": lambda s: "Yes"}
    assert values(read_csv(grown, MADE))["treatment"] == "Post-growth"


def test_a_fancy_colour_in_three_columns_is_one_colour() -> None:
    columns = {name: cell for name, cell in PRICED.items() if name != "Color"}
    reading = read_csv(
        {**columns, "Natural Color": lambda s: ["Yellow", "Pink"][s.number % 2],
         "Color Grade": lambda s: "Fancy Intense", "Overtone": lambda s: "Brownish"}, MADE,
    )  # fmt: skip
    first = values(reading)
    assert first["color"] == "Fancy"
    assert [first[f"fancy_{name}"] for name in ("color", "intensity", "overtone")] == [
        "Pink", "Fancy Intense", "Brownish",
    ]  # fmt: skip


def test_lengths_beside_a_count_of_stones_are_a_range_of_sizes() -> None:
    reading = read_csv({**PRICED, "Pcs": lambda s: 40 + s.number, "MM": lambda s: "1.80-1.90"}, MADE)
    assert fields(reading)["MM"] == "size_range"
    assert "length_mm" not in values(reading)


def test_type_iia_is_no_way_of_growing() -> None:
    reading = read_csv({**PRICED, "Type": lambda s: "IIA"}, MADE)
    assert values(reading)["growth_type"] == "Natural"


def test_a_column_that_counts_the_rows_is_known_above_a_line_of_totals_too() -> None:
    columns: Columns = {"Sr": lambda s: s.number, "Stone ID": lambda s: f"K-{s.number}", **PRICED}
    del columns["Stock #"]
    rows = [*table(columns, MADE), ["", "Total", "", 61.4, "", "", ""]]
    reading = read_file(as_csv(rows), "stock.csv")
    assert (fields(reading)["Sr"], fields(reading)["Stone ID"]) == (None, "stock_no")
    assert (reading.row_count, values(reading)["stock_no"]) == (40, "K-1")


def test_a_column_that_counts_the_rows_is_nobodys_stock_number_either_when_alone() -> None:
    columns = {name: cell for name, cell in PRICED.items() if name != "Stock #"}
    reading = read_csv({"SR NO": lambda s: s.number, **columns}, MADE)
    assert fields(reading)["SR NO"] is None


def test_grades_under_initials_are_told_by_them() -> None:
    grade = lambda s: ["EX", "VG"][s.number % 2]  # noqa: E731
    reading = read_csv({**PRICED, "P": grade, "S": grade, "C": grade}, MADE)
    assert [fields(reading)[initial] for initial in "CPS"] == ["cut_grade", "polish", "symmetry"]
    alone = read_csv({**PRICED, "P": grade, "C": grade}, MADE)
    assert [fields(alone)[initial] for initial in "CP"] == [None, None]


def test_a_range_in_two_columns_is_one_range() -> None:
    columns = {name: cell for name, cell in PRICED.items() if name not in {"Color", "Clarity"}}
    reading = read_csv(
        {**columns, "Pcs": lambda s: 40, "Color From": lambda s: "F",
         "Color To": lambda s: ["F", "H"][s.number % 2],
         "Clarity From": lambda s: "VS1", "Clarity To": lambda s: "SI1"}, MADE,
    )  # fmt: skip
    assert (keys(reading), reading.taken_count) == ([], 40)
    assert [values(reading, at)["color"] for at in range(2)] == [["F", "H"], "F"]
    assert values(reading)["clarity"] == ["VS1", "SI1"]


@pytest.mark.parametrize("header", ["P/C", "$ p/c", "Asking P/C"])
def test_p_over_c_is_the_price_per_carat(header: str) -> None:
    assert hint_of(header, standard()).fields == ("price_per_carat",)


class TestNestedFeeds:
    def test_a_shop_keeps_its_stock_number_with_the_variant(self) -> None:
        shop = [
            {"id": 7000 + s.number, "variants": [{"sku": f"V-{s.number}", "price": f"{s.total:.2f}"}],
             "metafields": {"shape": s.shape, "carat": s.carat, "color": s.color, "clarity": s.clarity}}
            for s in MADE
        ]  # fmt: skip
        found = fields(read_file(json.dumps({"products": shop}).encode(), "shop.json"))
        assert (found["variants.0.sku"], found["metafields.carat"]) == ("stock_no", "carat")
        assert found["id"] == "exchange_item_id"

    def test_attributes_listed_with_their_names_are_columns(self) -> None:
        shop = [
            {"sku": f"V-{s.number}", "price": s.total, "attributes": [
                {"id": 1, "name": "Shape", "options": [s.shape]},
                {"id": 2, "name": "Carat", "options": [s.carat]},
                {"id": 3, "name": "Color", "options": [s.color]},
                {"id": 4, "name": "Clarity", "options": [s.clarity]},
            ]}
            for s in MADE
        ]  # fmt: skip
        reading = read_file(json.dumps(shop).encode(), "shop.json")
        assert reading.taken_count == 40
        assert fields(reading)["attributes.Clarity"] == "clarity"


class TestPrices:
    def test_cells_that_say_per_carat_settle_it(self) -> None:
        reading = read_csv({**PLAIN, "Price": lambda s: f"${s.per_carat:.0f}/ct"}, MADE[:6])
        assert (keys(reading), fields(reading)["Price"]) == ([], "price_per_carat")

    def test_our_cost_is_nobodys_price(self) -> None:
        reading = read_csv({**PLAIN, "Our Cost": lambda s: s.total}, MADE)
        assert (keys(reading), fields(reading)["Our Cost"]) == ([], "cost")

    def test_a_foreign_sign_beside_the_price_is_asked_about(self) -> None:
        reading = read_csv({**PRICED, "Netto": lambda s: f"{s.total:.2f} €"}, MADE)
        assert keys(reading) == ["currency:EUR"]
        assert next(reading.stones()).ask_cents is None

    def test_the_list_price_of_the_whole_stone_is_no_list_price(self) -> None:
        columns: Columns = {
            **PRICED, "Rap Price": lambda s: s.listed, "Rap Vlu": lambda s: round(s.listed * s.carat, 2),
        }  # fmt: skip
        reading = read_csv(columns, MADE)
        assert (fields(reading)["Rap Price"], fields(reading)["Rap Vlu"]) == ("list_price", None)

    def test_nor_where_it_stands_alone(self) -> None:
        reading = read_csv({**PRICED, "Rap Vlu": lambda s: round(s.listed * s.carat, 2)}, MADE)
        assert fields(reading)["Rap Vlu"] is None

    def test_a_price_that_repeats_one_in_dollars_is_left_aside(self) -> None:
        reading = read_csv(
            {**PLAIN, "Price INR": lambda s: round(s.total * 84), "Rate USD": lambda s: s.per_carat}, MADE
        )
        assert keys(reading) == []
        assert fields(reading)["Price INR"] is None
        assert next(reading.stones()).ask_cents == round(MADE[0].total * 100)

    def test_prices_with_a_foreign_sign_only_are_asked_about(self) -> None:
        reading = read_csv({**PLAIN, "Price": lambda s: f"€ {s.total:,.2f}"}, MADE)
        assert keys(reading) == ["currency:EUR"]
        assert next(reading.stones()).ask_cents is None

    def test_numbers_that_may_be_the_only_price_are_asked_about(self) -> None:
        columns: Columns = {**PLAIN, "Quote": lambda s: s.total}
        assert keys(read_csv(columns, MADE)) == ["price:quote"]
        answered = read_csv(columns, MADE, {"price:quote": "total_price"})
        assert next(answered.stones()).ask_cents == round(MADE[0].total * 100)
        aside = read_csv(columns, MADE, {"price:quote": "nothing"})
        assert (keys(aside), fields(aside)["Quote"]) == ([], None)
        assert next(aside.stones()).ask_cents is None

    def test_numbers_that_have_nothing_to_do_with_the_weight_are_no_price(self) -> None:
        assert keys(read_csv({**PLAIN, "Zip": lambda s: 10_000 + s.number * 7919 % 997}, MADE)) == []
