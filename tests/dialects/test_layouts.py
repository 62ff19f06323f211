"""Lists in the manner of many houses and platforms, each read whole."""

import json
from collections.abc import Callable

import pytest

from bourse.dialects import Reading, read_file
from dialects.made import CODES, Stone, as_csv, fields, keys, stones, table, values

Columns = dict[str, Callable[[Stone], object]]

NIVODA_UPLOAD: Columns = {
    "stock_id": lambda s: f"N-{s.number}", "availability": lambda s: "A", "shape": lambda s: s.shape.upper(),
    "carats": lambda s: s.carat, "col": lambda s: s.color, "clar": lambda s: s.clarity,
    "cut": lambda s: CODES[s.make],
    "pol": lambda s: CODES[s.make], "symm": lambda s: CODES[s.make], "flo": lambda s: CODES[s.fluorescence],
    "floCol": lambda s: "", "length": lambda s: s.length, "width": lambda s: s.width,
    "height": lambda s: s.depth,
    "depth": lambda s: s.depth_pct, "table": lambda s: s.table, "lab": lambda s: s.lab,
    "reportNo": lambda s: s.report,
    "pricePerCarat": lambda s: s.per_carat, "labgrown": lambda s: "FALSE", "videoLink": lambda s: "",
}  # fmt: skip
GEMFIND: Columns = {
    "Cut": lambda s: s.shape, "Carat": lambda s: s.carat, "Color": lambda s: s.color,
    "Clarity": lambda s: s.clarity,
    "Depth %": lambda s: s.depth_pct, "Table %": lambda s: s.table, "Polish": lambda s: s.make,
    "Symmetry": lambda s: s.make, "Girdle": lambda s: "Medium to Slightly Thick", "Culet": lambda s: "None",
    "Fluor": lambda s: s.fluorescence, "Measurements": lambda s: f"{s.length} x {s.width} x {s.depth}",
    "Cert": lambda s: s.lab, "Cert #": lambda s: s.report, "Stock #": lambda s: f"G{s.number}",
    "Make": lambda s: s.make, "Price Per Carat": lambda s: f"${s.per_carat:,.2f}",
    "Total Price": lambda s: f"${s.total:,.2f}",
}  # fmt: skip
MUMBAI_HOUSE: Columns = {
    "SR NO": lambda s: s.number, "PKT NO": lambda s: f"KP/{s.number}", "SHP": lambda s: CODES[s.shape],
    "CTS": lambda s: f"{s.carat:.2f}", "COL": lambda s: s.color, "CLA": lambda s: s.clarity,
    "CUT": lambda s: CODES[s.make],
    "POL": lambda s: CODES[s.make], "SYM": lambda s: CODES[s.make], "FLS": lambda s: CODES[s.fluorescence],
    "RAP": lambda s: s.listed, "BACK": lambda s: s.discount, "RATE": lambda s: s.per_carat,
    "AMT": lambda s: s.total,
    "LAB": lambda s: s.lab, "CERT NO": lambda s: s.report,
    "DIAMETER": lambda s: f"{s.length} - {s.width} * {s.depth}",
    "TD%": lambda s: s.depth_pct, "TB%": lambda s: s.table, "CA": lambda s: 34.5, "CH": lambda s: 15.0,
    "PA": lambda s: 40.8,
    "PH": lambda s: 43.0, "BIC": lambda s: "BC0", "H&A": lambda s: "", "LUSTER": lambda s: "EX",
    "SHADE": lambda s: "NONE",
    "KEY TO SYMBOL": lambda s: "Feather, Cloud",
}  # fmt: skip
SURAT_PLUS_DISCOUNT: Columns = {
    "Stone ID": lambda s: f"{s.number}-B", "Shape": lambda s: CODES[s.shape], "Size": lambda s: s.carat,
    "Colour": lambda s: s.color, "Purity": lambda s: s.clarity, "Cut": lambda s: CODES[s.make],
    "Polish": lambda s: CODES[s.make],
    "Symm": lambda s: CODES[s.make], "Flour": lambda s: CODES[s.fluorescence],
    "Rap.Price": lambda s: s.listed,
    "DISC%": lambda s: -s.discount, "Price/Cts": lambda s: s.per_carat, "Amount US$": lambda s: s.total,
    "Report No": lambda s: s.report, "Lab": lambda s: s.lab,
}  # fmt: skip
RAMAT_GAN: Columns = {
    "Lot": lambda s: f"RG {s.number}", "צורה": lambda s: CODES[s.shape], "משקל": lambda s: s.carat,
    "צבע": lambda s: s.color,
    "ניקיון": lambda s: s.clarity, "מעבדה": lambda s: s.lab, "מספר תעודה": lambda s: s.report,
    "Price/Ct": lambda s: s.per_carat,
    "Rap %": lambda s: s.discount, "List": lambda s: s.listed,
}  # fmt: skip
HONG_KONG: Columns = {
    "货号": lambda s: f"HK{s.number}", "形状": lambda s: {"Round": "圆形", "Pear": "梨形", "Oval": "椭圆",
    "Cushion": "垫形"}[s.shape],
    "重量": lambda s: s.carat, "颜色": lambda s: s.color, "净度": lambda s: s.clarity,
    "切工": lambda s: CODES[s.make],
    "抛光": lambda s: CODES[s.make], "对称": lambda s: CODES[s.make], "荧光": lambda s: CODES[s.fluorescence],
    "证书": lambda s: s.lab, "证书号": lambda s: s.report, "国际报价": lambda s: s.listed,
    "退点": lambda s: s.discount,
    "单价": lambda s: s.per_carat, "总价": lambda s: s.total, "全深比": lambda s: s.depth_pct,
    "台面": lambda s: s.table,
}  # fmt: skip
IDEX_ONSITE: Columns = {
    "Item ID #": lambda s: 90_000 + s.number, "Supplier Stock Ref.": lambda s: f"I{s.number}",
    "Cut": lambda s: s.shape,
    "Carat": lambda s: f"{s.carat:.3f}", "Color": lambda s: s.color, "Natural Fancy Color": lambda s: "",
    "Clarity": lambda s: s.clarity, "Make (Cut Grade)": lambda s: s.make, "Grading Lab": lambda s: s.lab,
    "Certificate Number": lambda s: s.report, "Price Per Carat": lambda s: s.per_carat,
    "Total Price": lambda s: s.total,
    "% Off IDEX List": lambda s: s.discount, "Polish": lambda s: s.make, "Symmetry": lambda s: s.make,
    "Measurements (LengthxWidthxHeight)": lambda s: f"{s.length}x{s.width}x{s.depth}",
    "Depth": lambda s: s.depth_pct,
    "Table": lambda s: s.table, "Girdle (From / To)": lambda s: "Thin / Medium",
    "Culet Size": lambda s: "None",
    "Fluorescence Intensity": lambda s: s.fluorescence, "Country": lambda s: "USA", "": lambda s: "",
}  # fmt: skip
IDEX_LAB_GROWN: Columns = {
    "Item ID": lambda s: 80_000 + s.number, "Supplier Stock Ref": lambda s: f"L{s.number}",
    "Cut": lambda s: s.shape,
    "Carat": lambda s: s.carat, "Color": lambda s: s.color, "Clarity": lambda s: s.clarity,
    "Cut Grade": lambda s: s.make,
    "Grading Lab": lambda s: "IGI", "Certificate Number": lambda s: f"LG{s.report}",
    "Price Per Carat": lambda s: s.per_carat,
    "Total Price": lambda s: s.total, "Measurements Length": lambda s: s.length,
    "Measurements Width": lambda s: s.width,
    "Measurements Height": lambda s: s.depth, "Depth": lambda s: s.depth_pct, "Country Code": lambda s: "USA",
    "State Code": lambda s: "US-NY", "Pair Separable": lambda s: "no", "Availability": lambda s: "",
}  # fmt: skip
GIA_WORDS: Columns = {
    "report_number": lambda s: s.report,
    "shape_and_cutting_style": lambda s: f"{s.shape} Brilliant".replace("Cushion Brilliant", "Cushion"),
    "carat_weight": lambda s: f"{s.carat:.2f} carat", "color_grade": lambda s: s.color,
    "clarity_grade": lambda s: s.clarity,
    "cut_grade": lambda s: s.make, "polish": lambda s: s.make, "symmetry": lambda s: s.make,
    "fluorescence": lambda s: s.fluorescence if s.fluorescence == "None" else f"{s.fluorescence} Blue",
    "measurements": lambda s: f"{s.length} - {s.width} x {s.depth} mm", "Lab": lambda s: "GIA",
    "sku": lambda s: f"W{s.number}",
    "girdle": lambda s: "Medium to Slightly Thick (Faceted), 3.5%", "Total Amount $": lambda s: s.total,
}  # fmt: skip
ANTWERP_EXCEL: Columns = {
    "Ref.": lambda s: f"AN{s.number}", "Shape": lambda s: s.shape, "Crt": lambda s: s.carat,
    "Col.": lambda s: s.color,
    "Clar.": lambda s: s.clarity, "Fluo.": lambda s: s.fluorescence, "Cert.": lambda s: s.lab,
    "Cert. no": lambda s: s.report,
    "Length": lambda s: s.length, "Width": lambda s: s.width, "Depth": lambda s: s.depth,
    "Depth%": lambda s: s.depth_pct,
    "Cr Ht %": lambda s: 15.2, "Pav Dp": lambda s: 43.1, "$/ct": lambda s: f"{s.per_carat:,.0f}",
}  # fmt: skip
VDB_STYLE: Columns = {
    "stock_num": lambda s: f"V{s.number}", "shape": lambda s: s.shape, "size": lambda s: s.carat,
    "color": lambda s: s.color,
    "clarity": lambda s: s.clarity, "cut": lambda s: s.make, "fluor_intensity": lambda s: s.fluorescence,
    "meas_length": lambda s: s.length, "meas_width": lambda s: s.width, "meas_depth": lambda s: s.depth,
    "depth_percent": lambda s: s.depth_pct, "table_percent": lambda s: s.table, "lab": lambda s: s.lab,
    "cert_num": lambda s: s.report, "price_per_carat": lambda s: s.per_carat,
    "total_sales_price": lambda s: s.total,
    "lab_grown": lambda s: False, "available": lambda s: 1, "contact_person": lambda s: "Asha",
}  # fmt: skip
RETAIL_COST: Columns = {
    "SKU": lambda s: f"R{s.number}", "Shape": lambda s: s.shape, "Ct Weight": lambda s: s.carat,
    "Color": lambda s: s.color,
    "Clarity": lambda s: s.clarity, "Our Cost": lambda s: round(s.total * 0.8, 2), "Price": lambda s: s.total,
    "Price/Carat": lambda s: s.per_carat,
}  # fmt: skip

LAYOUTS = {
    "Nivoda's upload": NIVODA_UPLOAD, "GemFind": GEMFIND, "a Mumbai house": MUMBAI_HOUSE,
    "a Surat house with positive discounts": SURAT_PLUS_DISCOUNT, "Ramat Gan in Hebrew": RAMAT_GAN,
    "Hong Kong in Chinese": HONG_KONG, "IDEX onsite": IDEX_ONSITE, "IDEX lab-grown": IDEX_LAB_GROWN,
    "GIA's words": GIA_WORDS, "Antwerp": ANTWERP_EXCEL, "VDB": VDB_STYLE,
    "a shop with its cost beside the price": RETAIL_COST,
}  # fmt: skip
MADE = stones()


def reading_of(columns: Columns) -> Reading:
    return read_file(as_csv(table(columns, MADE)), "stock.csv")


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_stone_of_a_layout_is_taken_without_a_question(name: str) -> None:
    reading = reading_of(LAYOUTS[name])
    assert keys(reading) == []
    assert list(reading.refused()) == []
    assert list(reading.unread()) == []
    assert reading.taken_count == len(MADE)


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_stone_of_a_layout_is_itself_again(name: str) -> None:
    reading = reading_of(LAYOUTS[name])
    for at, (stone, made) in enumerate(zip(reading.stones(), MADE, strict=True)):
        read = values(reading, at)
        assert (read["shape"], read["carat"], read["color"], read["clarity"]) == (
            made.shape, made.carat, made.color, made.clarity,
        )  # fmt: skip
        assert stone.ask_cents is not None
        assert abs(stone.ask_cents - round(made.total * 100)) <= (50 * made.carat if name == "Antwerp" else 1)


def test_a_discount_that_is_written_positive_becomes_negative_below_the_list() -> None:
    assert values(reading_of(SURAT_PLUS_DISCOUNT))["discount_pct"] == MADE[0].discount


def test_idex_calls_the_shape_cut_and_its_own_number_the_item_id() -> None:
    read = fields(reading_of(IDEX_ONSITE))
    assert read["Cut"] == "shape"
    assert read["Make (Cut Grade)"] == "cut_grade"
    assert read["Item ID #"] == "exchange_item_id"
    assert read["Supplier Stock Ref."] == "stock_no"
    assert read[""] is None


def test_report_numbers_that_begin_with_lg_make_a_stone_lab_grown() -> None:
    assert {values(reading_of(IDEX_LAB_GROWN), at)["growth_type"] for at in range(len(MADE))} == {"Lab grown"}


def test_a_depth_in_millimetres_beside_a_depth_in_percent_is_told_by_its_values() -> None:
    read = fields(reading_of(ANTWERP_EXCEL))
    assert (read["Depth"], read["Depth%"]) == ("depth_mm", "depth_pct")
    assert (read["Cr Ht %"], read["Pav Dp"]) == ("crown_height", "pavilion_depth")


def test_a_girdle_in_gias_words_is_taken_apart() -> None:
    read = values(reading_of(GIA_WORDS))
    assert (read["girdle_min"], read["girdle_max"], read["girdle_condition"], read["girdle_pct"]) == (
        "Medium", "Slightly Thick", "Faceted", 3.5,
    )  # fmt: skip


def test_a_cost_beside_a_price_stays_the_sellers_own() -> None:
    reading = reading_of(RETAIL_COST)
    assert fields(reading)["Our Cost"] == "cost"
    assert next(reading.stones()).ask_cents == round(MADE[0].total * 100)


def test_persons_and_firms_beside_the_stones_are_left_aside() -> None:
    assert fields(reading_of(VDB_STYLE))["contact_person"] is None


def test_json_is_read_by_the_paths_of_its_values() -> None:
    records = [
        {
            "sku": f"J{stone.number}", "shape": stone.shape, "weight": stone.carat, "color": stone.color,
            "clarity": stone.clarity, "pricePerCarat": {"value": stone.per_carat, "currencyCode": "USD"},
        }
        for stone in MADE
    ]  # fmt: skip
    reading = read_file(json.dumps({"diamonds": records}).encode(), "stock.json")
    assert reading.format == "json"
    assert reading.taken_count == len(MADE)
    assert next(reading.stones()).ask_cents == round(MADE[0].total * 100)
    assert [row for block in reading.blocks for row in block.numbers][:2] == [1, 2]


def test_a_table_without_a_header_is_named_by_its_cells() -> None:
    body = table(MUMBAI_HOUSE, MADE)[1:]
    reading = read_file(as_csv(body), "stock.csv")
    assert reading.taken_count == len(MADE)
    assert next(reading.stones()).ask_cents == round(MADE[0].total * 100)


def test_the_same_layout_has_the_same_fingerprint_whatever_its_rows() -> None:
    one = read_file(as_csv(table(GEMFIND, MADE[:10])), "a.csv")
    two = read_file(as_csv(table(GEMFIND, MADE[10:])), "b.csv")
    other = read_file(as_csv(table(VDB_STYLE, MADE)), "c.csv")
    assert one.layout == two.layout != other.layout


def test_a_column_that_counts_the_rows_is_no_stock_number_beside_one() -> None:
    columns: Columns = {"Sr.": lambda s: s.number, **MUMBAI_HOUSE}
    del columns["SR NO"]
    reading = reading_of(columns)
    assert fields(reading)["Sr."] is None
    assert values(reading)["stock_no"] == "KP/1"


def test_a_laboratory_before_its_number_is_told_apart() -> None:
    columns: Columns = {**RETAIL_COST, "Report": lambda s: f"{s.lab} {s.report}"}
    read = values(reading_of(columns))
    assert (read["lab"], read["certificate_no"]) == (MADE[0].lab, MADE[0].report)


def test_three_grades_in_one_cell_are_cut_polish_and_symmetry() -> None:
    read = values(reading_of({**RETAIL_COST, "Cut-Pol-Sym": lambda s: "EX-EX-VG"}))
    assert (read["cut_grade"], read["polish"], read["symmetry"]) == ("Excellent", "Excellent", "Very Good")


def test_decimal_commas_and_german_headers_are_read() -> None:
    columns: Columns = {
        "Stock Nr": lambda s: f"E{s.number}", "Form": lambda s: s.shape,
        "Karat": lambda s: f"{s.carat}".replace(".", ","),
        "Farbe": lambda s: s.color, "Reinheit": lambda s: s.clarity,
        "Preis/ct": lambda s: f"{s.per_carat:,.2f}".translate(str.maketrans(",.", ".,")),
    }  # fmt: skip
    reading = read_file(as_csv(table(columns, MADE), ";"), "stock.csv")
    assert reading.taken_count == len(MADE)
    assert next(reading.stones()).ask_cents == round(MADE[0].total * 100)


def test_the_end_of_a_path_speaks_where_the_rest_only_wraps_it() -> None:
    records = [
        {
            "price": {"total": stone.total},
            "diamond": {
                "supplierStockId": f"N{stone.number}",
                "certificate": {
                    "shape": stone.shape.upper(), "carats": stone.carat, "color": stone.color,
                    "clarity": stone.clarity, "lab": stone.lab, "certNumber": stone.report,
                },
            },
        }
        for stone in MADE
    ]  # fmt: skip
    reading = read_file(json.dumps(records).encode(), "stock.json")
    assert reading.taken_count == len(MADE)
    assert values(reading)["certificate_no"] == MADE[0].report


def test_a_yes_under_is_lab_is_lab_grown() -> None:
    reading = reading_of({**RETAIL_COST, "is_lab": lambda s: s.number % 2 == 0})
    assert [values(reading, at)["growth_type"] for at in range(2)] == ["Natural", "Lab grown"]


def test_an_address_that_says_lab_grown_makes_its_row_lab_grown() -> None:
    address = "https://example.com/diamonds/{}/1"
    reading = reading_of(
        {
            **RETAIL_COST,
            "Page": lambda s: address.format("round-lab-grown-diamond" if s.number == 1 else "round"),
        }
    )
    assert [values(reading, at)["growth_type"] for at in range(2)] == ["Lab grown", "Natural"]


def test_a_record_that_leaves_out_what_it_does_not_know_keeps_its_layout() -> None:
    def records(extra: dict[str, str]) -> bytes:
        plain = [
            {"sku": f"J{s.number}", "shape": s.shape, "ct": s.carat, "color": s.color, "clarity": s.clarity}
            for s in MADE
        ]
        return json.dumps([{**extra, **plain[0]}, *plain[1:]]).encode()

    with_polish, without = records({"polish": "EX"}), records({})
    assert read_file(with_polish, "a.json").layout == read_file(without, "b.json").layout
