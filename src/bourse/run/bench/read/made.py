"""Stock files for the bench, made from a seed: thirty columns with RapNet's headers, one value in twenty
spoilt.
"""

import csv
import io
import random
import zipfile
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

Row = list[str | float]
SPOILT = 0.05

_SHAPES = ["BR", "PS", "PR", "EM", "OV", "CU", "MQ", "RA", "AS", "HS"]
_LABS = ["GIA", "GIA", "GIA", "IGI", "HRD"]
_CITIES = [
    ("New York", "NY", "USA"),
    ("Antwerp", "", "Belgium"),
    ("Mumbai", "MH", "India"),
    ("Ramat Gan", "", "Israel"),
]
_ODD_NUMBERS = ["6.2e", "1,2,3", "n.m.", "#REF!", "9999999999", "12O.5"]

HEADERS = [
    "Stock #", "Availability", "Shape", "Weight", "Color", "Clarity", "Cut Grade", "Polish", "Symmetry",
    "Fluorescence Intensity", "Fluorescence Color", "Measurements", "Lab", "Certificate #", "Treatment",
    "RapNet Price", "RapNet Discount %", "Depth %", "Table %", "Girdle Thin", "Girdle Thick", "Culet Size",
    "Crown Height", "Pavilion Depth", "Member Comments", "Country", "State", "City", "Certificate URL",
    "Image URL",
]  # fmt: skip
_NUMBERS = {
    "Weight",
    "RapNet Price",
    "RapNet Discount %",
    "Depth %",
    "Table %",
    "Crown Height",
    "Pavilion Depth",
}
_NEVER_SPOILT = {"Stock #", "Certificate URL", "Image URL", "Member Comments"}


def rows(count: int, seed: int) -> list[Row]:
    """So many stones below the header row, the same for the same seed."""
    draw = random.Random(seed)  # noqa: S311  a bench needs the same stones every time
    return [list(HEADERS), *(_row(draw, number) for number in range(count))]


def _row(draw: random.Random, number: int) -> Row:
    carat = round(0.3 + draw.expovariate(1.1), 2)
    wide = round(6.5 * carat ** (1 / 3), 2)
    city, state, country = draw.choice(_CITIES)
    listed, discount = draw.randrange(10, 250) * 100, draw.randrange(-50, 5)
    report = str(draw.randrange(2_000_000_000, 7_999_999_999))
    stone: Row = [
        f"B{number:07d}", draw.choice(["G", "M", ""]), draw.choice(_SHAPES), carat, draw.choice("DEFGHIJK"),
        draw.choice(["IF", "VVS1", "VVS2", "VS1", "VS2", "SI1", "SI2", "I1"]), _grade(draw), _grade(draw),
        _grade(draw), draw.choice(["N", "F", "M", "S"]), draw.choice(["", "", "B"]),
        f"{wide:.2f}x{wide + 0.03:.2f}x{wide * 0.61:.2f}", draw.choice(_LABS), report, "",
        round(listed * (1 + discount / 100), 2), discount, round(draw.uniform(57, 66), 1),
        draw.randrange(53, 64),
        draw.choice(["TN", "M", "STK"]), draw.choice(["M", "STK", "TK"]), "N", round(draw.uniform(13, 16), 1),
        round(draw.uniform(42, 45), 1), draw.choice(["", "Eye clean", "No BGM"]), country, state, city,
        f"https://example.com/reports/{report}.pdf", f"https://example.com/images/{number:07d}.jpg",
    ]  # fmt: skip
    return [_spoil(draw, value, header) for value, header in zip(stone, HEADERS, strict=True)]


def _grade(draw: random.Random) -> str:
    return draw.choice(["EX", "EX", "VG", "G"])


def _spoil(draw: random.Random, value: str | float, header: str) -> str | float:
    if draw.random() >= SPOILT or header in _NEVER_SPOILT:
        return value
    if header in _NUMBERS:
        return draw.choice(_ODD_NUMBERS)
    return _misspelt(draw, str(value))


def _misspelt(draw: random.Random, word: str) -> str:
    at = draw.randrange(len(word) + 1)
    return f"{word[:at]}{draw.choice('qzj')}{word[at:]}"


def as_csv(table: Sequence[Row]) -> bytes:
    """The table as CSV in UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(table)
    return text.getvalue().encode()


_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_KIND}.sharedStrings+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}">'
        '<sheets><sheet name="Stock" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    ),
}
_MAIN = f'xmlns="{_SHEETS}"'


def as_xlsx(table: Sequence[Row]) -> bytes:
    """The table as a workbook of one sheet, texts shared as Excel shares them."""
    shared: dict[str, int] = {}
    sheet = "".join(_xlsx_row(number, row, shared) for number, row in enumerate(table, 1))
    texts = "".join(f"<si><t>{escape(text)}</t></si>" for text in shared)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, part in _PARTS.items():
            parts.writestr(name, part)
        parts.writestr(
            "xl/worksheets/sheet1.xml", f"<worksheet {_MAIN}><sheetData>{sheet}</sheetData></worksheet>"
        )
        parts.writestr("xl/sharedStrings.xml", f"<sst {_MAIN}>{texts}</sst>")
    return archive.getvalue()


def _xlsx_row(number: int, row: Row, shared: dict[str, int]) -> str:
    cells = "".join(
        _xlsx_cell(f"{_letter(at)}{number}", value, shared) for at, value in enumerate(row) if value != ""
    )
    return f'<row r="{number}">{cells}</row>'


def _xlsx_cell(place: str, value: str | float, shared: dict[str, int]) -> str:
    if isinstance(value, str):
        return f'<c r="{place}" t="s"><v>{shared.setdefault(value, len(shared))}</v></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def _letter(at: int) -> str:
    return chr(65 + at) if at < 26 else f"A{chr(65 + at - 26)}"


WRITERS: dict[str, Callable[[Sequence[Row]], bytes]] = {"csv": as_csv, "xlsx": as_xlsx}
