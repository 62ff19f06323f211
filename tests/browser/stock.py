"""A dealer's stock file, made up: RapNet's heads, thirty stones that a test can name."""

import csv
import io

HEADS = (
    *("Stock #", "Shape", "Weight", "Color", "Clarity", "Cut Grade", "Polish", "Symmetry"),
    *("Fluorescence Intensity", "Measurements", "Depth %", "Table %", "Lab", "Certificate #"),
    *("Rapnet Price", "City", "Country", "Availability", "Price"),
)
SHAPES = ("Round", "Oval", "Pear", "Emerald", "Cushion")
COLOURS = "DEFGHI"
CLARITIES = ("IF", "VVS1", "VVS2", "VS1", "VS2", "SI1")
REPORTS_FROM = 7_700_000_000  # a range that no laboratory has reached


def stone(number: int) -> dict[str, str]:
    """The number-th stone: every grade follows from the number, so that tests can say what they expect."""
    weight = 0.5 + number * 0.05
    return {
        "Stock #": f"AG-{number:03}",
        "Shape": SHAPES[number % 5],
        "Weight": f"{weight:.2f}",
        "Color": COLOURS[number % 6],
        "Clarity": CLARITIES[number // 5 % 6],
        "Cut Grade": "EX" if number % 5 == 0 else "",
        "Polish": "EX",
        "Symmetry": "VG" if number % 3 else "EX",
        "Fluorescence Intensity": ("None", "Faint", "Medium")[number % 3],
        "Measurements": "6.51 x 6.54 x 4.02",
        "Depth %": "61.6",
        "Table %": "57",
        "Lab": "GIA",
        "Certificate #": str(REPORTS_FROM + number),
        "Rapnet Price": "",
        "City": "Antwerp",
        "Country": "Belgium",
        "Availability": ("G", "M", "A")[number % 3],
        "Price": str(3000 + number * 100),
    }


def rapnet_like(numbers: range = range(30), **changes: str) -> str:
    """The file as text; a change `AG_003="4100"` sets that stone's price."""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADS)
    writer.writeheader()
    for number in numbers:
        row = stone(number)
        row["Price"] = changes.get(row["Stock #"].replace("-", "_"), row["Price"])
        writer.writerow(row)
    return out.getvalue()
