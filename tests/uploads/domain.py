"""What the trade writes into its lists, right, wrong, and so that only the supplier knows."""

from collections.abc import Iterator

from uploads.cases import Case
from uploads.stock import AT, MADE, Table, as_csv, as_xlsx, changed, column_of, table

KIND = "trade"
FORMATS = {"csv": as_csv, "xlsx": as_xlsx}


def cases() -> Iterator[Case]:
    yield from _words()
    yield from _numbers()
    yield from _missing()
    yield from _prices()
    yield from _discounts()
    yield from _currencies()
    yield from _twice()
    yield from _growth()
    yield from _colours()
    yield from _reports()


def _case(name: str, rows: Table, taken: int = 12, lost: int = 0, **more: object) -> Iterator[Case]:
    for ending, made in FORMATS.items():
        yield Case(
            KIND, f"{name} ({ending})", f"s.{ending}", lambda made=made: made(rows), taken, lost, **more
        )  # type: ignore[misc, arg-type]


SPELLINGS: dict[str, tuple[str, dict[str, str]]] = {
    "Shape": (
        "shape",
        {
            "RD": "Round",
            "BR": "Round",
            "RBC": "Round",
            "round brilliant": "Round",
            "PS": "Pear",
            "PEAR": "Pear",
            "EM": "Emerald",
            "PR": "Princess",
            "PRINCESS": "Princess",
            "MQ": "Marquise",
            "marquise": "Marquise",
            "AS": "Asscher",
            "CU": "Cushion",
            "CUS": "Cushion",
            "HS": "Heart",
            "HEART": "Heart",
            "OV": "Oval",
            "RAD": "Radiant",
            "TRI": "Trilliant",
            "BAG": "Baguette",
            "TRAP": "Trapezoid",
            "KITE": "Kite",
        },
    ),
    "Color": ("color", {"g": "G", "G+": "G", "G-": "G", "O-P": "O-P", "OP": "O-P", "Y-Z": "Y-Z", " H ": "H"}),
    "Clarity": (
        "clarity",
        {
            "if": "IF",
            "LC": "IF",
            "VVS-1": "VVS1",
            "VVS 2": "VVS2",
            "vs1": "VS1",
            "VS-2": "VS2",
            "SI-1": "SI1",
            "SI3": "SI3",
            "P1": "I1",
            "I-2": "I2",
            "VS1+": "VS1",
            "FL": "FL",
        },
    ),
    "Cut": (
        "cut_grade",
        {
            "EX": "Excellent",
            "Exc": "Excellent",
            "X": "Excellent",
            "VG": "Very Good",
            "V.Good": "Very Good",
            "GD": "Good",
            "G": "Good",
            "F": "Fair",
            "P": "Poor",
            "ID": "Ideal",
        },
    ),
    "Fluorescence": (
        "fluorescence_intensity",
        {
            "NON": "None",
            "N": "None",
            "NIL": "None",
            "FNT": "Faint",
            "FAINT": "Faint",
            "MED": "Medium",
            "MEDIUM": "Medium",
            "STG": "Strong",
            "STRONG": "Strong",
            "VST": "Very Strong",
            "VSL": "Very Slight",
        },
    ),
    "Lab": ("lab", {"gia": "GIA", "G.I.A.": "GIA", "IGI": "IGI", "HRD": "HRD", "AGS": "AGS", "GCAL": "GCAL"}),
}
UNKNOWN = {"Shape": "Blob", "Color": "QQ", "Clarity": "XXX", "Weight": "heavy"}
UNREAD = {"Cut": "Superb!", "Polish": "??x", "Symmetry": "wow", "Fluorescence": "Neon", "Lab": "Uncle"}


def _words() -> Iterator[Case]:
    for column, (field, words) in SPELLINGS.items():
        for spelling, word in words.items():
            yield from _case(f"{column} “{spelling}”", changed(column, spelling), values={field: word})
    for column, text in UNKNOWN.items():
        yield from _case(
            f"{column} “{text}”", changed(column, text), 11, 1, says=("row 2", f"“{text}”", column)
        )
    for column, text in UNREAD.items():
        yield from _case(f"{column} “{text}”", changed(column, text), says=("row 2",))


def _numbers() -> Iterator[Case]:
    weights = {
        "0,92": 0.92,
        "0.92 ct": 0.92,
        "0.92ct.": 0.92,
        " 0.92": 0.92,
        ".92": 0.92,
        "0.920": 0.92,
        "1": 1.0,
    }
    for text, carat in weights.items():
        rows = changed("Weight", text)
        rows[1][AT["Price/Ct"]] = ""
        yield from _case(f"the weight {text}", rows, values={"carat": carat})
    for text in ("0", "-1", "1001", "1e9", "1.2.3", "one", "0.0001", "∞", "NaN"):
        yield from _case(f"the weight {text}", changed("Weight", text), 11, 1, says=("row 2", "Weight"))
    commas = [str(row[AT["Weight"]]).replace(".", ",") for row in table()[1:]]
    yield from _case("every weight with a decimal comma", changed("Weight", *commas), values={"carat": 0.92})
    for text in ("5", "600", "-61", "deep"):
        yield from _case(
            f"the depth {text}", changed("Depth %", text), says=("row 2", "percentage from 20 to 110")
        )
    for text in ("5", "101", "-57", "flat"):
        yield from _case(
            f"the table {text}", changed("Table %", text), says=("row 2", "percentage from 20 to 100")
        )
    for text in (
        "6.29-6.32x3.87",
        "6.29*6.32*3.87",
        "6.29 x 6.32 x 3.87 mm",
        "6,29-6,32x3,87",
        "6.29 × 6.32 × 3.87",
    ):
        yield from _case(f"the measurements {text}", changed("Measurements", text), values={"depth_mm": 3.87})
    for text in ("big", "6.29", "1x2x3x4", "0.1x0.1x0.1", "629x632x387"):
        yield from _case(f"the measurements {text}", changed("Measurements", text), says=("row 2",))


def _missing() -> Iterator[Case]:
    for column in ("Shape", "Weight", "Color", "Clarity"):
        for text in ("", "-", "N/A", "NA", "*"):
            yield from _case(f"{column} “{text}”", changed(column, text), 11, 1, says=("row 2", "is missing"))
    for column in (
        "Cut",
        "Polish",
        "Lab",
        "Report #",
        "City",
        "Comment",
        "Stock #",
        "Depth %",
        "Measurements",
    ):
        for text in ("", "-", "N/A", "NA"):
            yield from _case(f"{column} “{text}”", changed(column, text))
    for column in ("Lab", "Report #", "City", "Comment", "Stock #", "Cut"):
        yield from _case(f"no {column} at all", column_of(column, ""))


FIRST = round(MADE[0].total * 100)


def _priced(text: object, total: object = "") -> Table:
    rows = changed("Price/Ct", text)
    rows[1][AT["Total Price"]] = total
    return rows


def _prices() -> Iterator[Case]:
    for text in ("4160", "4160.00", "$4160", "4,160.00", "US$ 4,160", "4 160", "4160 USD", "4'160.00"):
        yield from _case(f"the price {text}", _priced(text), cents=(FIRST, 874069))
    for text in ("", "0", "-", "N/A", "Call", "P.O.R.", "on request", "-4160", "0.00"):
        yield from _case(f"the price “{text}”", _priced(text), cents=(None, 874069))
    for text in ("10000000000", "0.01"):
        yield from _case(f"the price {text}", _priced(text), cents=(None, 874069), says=("row 2",))
    apart = _priced("4160", "9999")
    yield from _case(
        "a total that is not the price times the weight", apart, 11, 1, says=("row 2", "within 1 %")
    )
    near = _priced("4160", "3830")
    yield from _case("a total a little rounded", near, cents=(383000,))
    yield from _case("the total alone", [_without(row, "Price/Ct") for row in table()], cents=(FIRST,))
    yield from _case(
        "the price per carat alone", [_without(row, "Total Price") for row in table()], cents=(FIRST,)
    )
    bare = [_without(_without(row, "Total Price"), "Price/Ct", -1) for row in table()]
    yield from _case("no price at all", bare, cents=(None,))
    twisted = [[*row] for row in table()]
    for row in twisted[1:]:
        row[AT["Total Price"]] = "77.00"
    yield from _case(
        "totals that all contradict the prices",
        twisted,
        asks=frozenset({"two_prices:pricect:totalprice"}),
        cents=(None,),
    )


def _without(row: list[object], column: str, shift: int = 0) -> list[object]:
    at = AT[column]
    return [*row[:at], *row[at + 1 :]]


def _discounts() -> Iterator[Case]:
    forms = {
        "minus and whole": lambda off: f"-{off}",
        "whole": str,
        "a fraction": lambda off: f"-{off / 100:.2f}",
        "with its sign": lambda off: f"-{off}%",
        "in brackets": lambda off: f"({off})",
    }
    for how, form in forms.items():
        rows = [[*row] for row in table()]
        rows[0] += ["Rap", "Disc %"]
        for row, stone in zip(rows[1:], MADE, strict=True):
            row += [str(stone.listed), form(-stone.discount)]  # type: ignore[operator]
        yield from _case(f"discounts written {how}", rows, cents=(FIRST,))


def _currencies() -> Iterator[Case]:
    for sign in ("€", "£", "₹", "¥", "EUR ", "HKD "):
        rows = [_without(row, "Total Price") for row in table()]
        for row in rows[1:]:
            row[AT["Price/Ct"]] = f"{sign}{row[AT['Price/Ct']]}"
        code = {"€": "EUR", "£": "GBP", "₹": "INR", "¥": "CNY"}.get(sign, sign.strip())
        yield from _case(
            f"prices in {code} by {sign}", rows, asks=frozenset({f"currency:{code}"}), cents=(None,)
        )
    for sign in ("$", "US$", "USD "):
        rows = [_without(row, "Total Price") for row in table()]
        for row in rows[1:]:
            row[AT["Price/Ct"]] = f"{sign}{row[AT['Price/Ct']]}"
        yield from _case(f"prices in dollars by {sign}", rows, cents=(FIRST,))


def _twice() -> Iterator[Case]:
    rows = table()
    yield from _case("one row twice, the same in all", [*rows, rows[3]], 12, 1, says=("Row 4 has the same",))
    for column, text in (("Comment", "later"), ("Total Price", ""), ("City", "Surat")):
        again = [*rows[3]]
        again[AT[column]] = text
        yield from _case(
            f"one stone twice with another {column}", [*rows, again], 12, 1, asks=frozenset({"duplicates"}),
            says=("Row 4 has the same stock number",),
        )  # fmt: skip
    other = [*rows[3]]
    other[AT["Stock #"]] = "B1"
    yield from _case(
        "one report under two stock numbers", [*rows, other], 12, 1, asks=frozenset({"duplicates"}),
        says=("Row 4 has the same laboratory and report number",),
    )  # fmt: skip
    other = [*rows[3]]
    other[AT["Report #"]] = "7000000001"
    yield from _case(
        "one stock number for two reports", [*rows, other], 12, 1, asks=frozenset({"duplicates"})
    )


def _growth() -> Iterator[Case]:
    yield from _case("an LG report", changed("Report #", "LG600000001"), values={"growth_type": "Lab grown"})
    for text in ("Lab Grown", "lab-grown diamond", "CVD", "lab created"):
        yield from _case(
            f"the comment “{text}”", changed("Comment", text), values={"growth_type": "Lab grown"}
        )
    for word, growth in (
        ("Natural", "Natural"),
        ("CVD", "CVD"),
        ("HPHT", "HPHT"),
        ("Lab Grown", "Lab grown"),
    ):
        rows = [[*row, word if at else "Growth Type"] for at, row in enumerate(table())]
        yield from _case(f"the growth {word}", rows, values={"growth_type": growth})
    rows = [
        [*row, "Natural" if at else "Growth Type"]
        for at, row in enumerate(changed("Report #", "LG600000001"))
    ]
    yield from _case("a lab-grown report in a natural list", rows, 11, 1, says=("row 2", "natural"))


def _colours() -> Iterator[Case]:
    fancies = {
        "Fancy Yellow": ("Yellow", "Fancy"), "Fancy Intense Yellow": ("Yellow", "Fancy Intense"),
        "Fancy Vivid Pink": ("Pink", "Fancy Vivid"), "Fancy Light Brown": ("Brown", "Fancy Light"),
        "FIY": ("Yellow", "Fancy Intense"), "FVY": ("Yellow", "Fancy Vivid"),
        "Fancy Deep Brownish Orange": ("Orange", "Fancy Deep"),
    }  # fmt: skip
    for text, (colour, strength) in fancies.items():
        expected = {"color": "Fancy", "fancy_color": colour, "fancy_intensity": strength}
        yield from _case(f"{text} among white stones", changed("Color", text), values=expected)
    for text, ends in (("G-H", ["G", "H"]), ("G/H", ["G", "H"]), ("GH", None), ("D to F", ["D", "F"])):
        if ends:
            yield from _case(f"the range {text}", changed("Color", text), values={"color": ends})
    for text, ends in (("VS1-VS2", ["VS1", "VS2"]), ("VVS", ["VVS1", "VVS2"]), ("SI1/SI2", ["SI1", "SI2"])):
        yield from _case(f"the clarity {text}", changed("Clarity", text), values={"clarity": ends})


def _reports() -> Iterator[Case]:
    for text in ("GIA 6141438171", "GIA6141438171", "gia-6141438171"):
        yield from _case(f"the report {text}", changed("Report #", text), values={"lab": "GIA"})
    for text in ("614143817", "61414381711", "1", "ABC"):
        yield from _case(
            f"the report {text} of GIA", changed("Report #", text), values={"certificate_no": text}
        )
