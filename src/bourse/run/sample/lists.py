"""How the sample's firms write their stock files: each layout as some house of the trade writes it."""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import xlsxwriter
from numpy.random import Generator

from bourse.run.sample.histories import ASKED_ABOVE_MARKET
from bourse.run.sample.saying import report_numbers
from bourse.run.sample.stones import Stones, draw
from bourse.run.sample.suppliers import COUNTRIES, SUPPLIERS, Firm

Row = dict[str, Any]
Cell = Callable[[Row], object]

REPORTS_OF_TODAY = 500_000_000  # stones of the lists are counted from here on, far from the market's
RATE = 1.09  # US dollars for a euro
SHORT = {
    "Round": "RB",
    "Oval": "OV",
    "Pear": "PS",
    "Emerald": "EM",
    "Princess": "PC",
    "Radiant": "RAD",
    "Marquise": "MQ",
    "Cushion Brilliant": "CB",
    "Cushion Modified": "CM",
    "Asscher": "AS",
    "Heart": "HS",
    "Excellent": "EX",
    "Very Good": "VG",
    "Good": "G",
    "Fair": "F",
    "Poor": "P",
    "None": "NON",
    "Faint": "FNT",
    "Medium": "MED",
    "Strong": "STG",
    "Very Strong": "VST",
}


@dataclass(frozen=True)
class List:
    """A stock file and the stones in it."""

    name: str
    content: bytes
    rows: list[Row]


@dataclass(frozen=True)
class Layout:
    """Headers with what stands below them, and the form of the file."""

    columns: Mapping[str, Cell]
    suffix: str = "csv"
    delimiter: str = ","
    title: str = ""
    is_short: bool = False
    decimal: str = "."


def _of(name: str) -> Cell:
    return lambda row: row[name]


def _measured(row: Row) -> str:
    return f"{row['length_mm']:.2f}x{row['width_mm']:.2f}x{row['depth_mm']:.2f}"


def _colour(row: Row) -> str:
    """The grade, or a fancy colour in one breath: Fancy Intense Brownish Yellow."""
    words = (row["fancy_intensity"], row["fancy_overtone"], row["fancy_colour"])
    return row["colour"] or " ".join(filter(None, words))


def _named(**columns: str) -> dict[str, Cell]:
    """Headers with spaces for underscores, each with the name of what stands below it."""
    return {header.replace("_", " "): _of(name) for header, name in columns.items()}


_GRADES = {
    "Shape": "shape", "Clarity": "clarity", "Cut": "cut", "Polish": "polish",
    "Symmetry": "symmetry", "Fluorescence": "fluorescence",
}  # fmt: skip
_PLAIN = {
    **_named(Stock_Number="stock_number", Growth_Type="growth", Carat="carats"),
    "Color": _colour,
    **_named(**_GRADES),
    **_named(Lab="laboratory", Report_Number="report_number", Length="length_mm", Width="width_mm"),
    "Height": _of("depth_mm"),
    "Depth %": _of("depth_percent"),
    "Table %": _of("table_percent"),
    **_named(Price_Per_Carat="per_carat", Total_Price="total", Availability="availability"),
    **_named(City="city", Country="country"),
}
_SHORT = {
    **_named(Stone_ID="stock_number", Shp="shape", Cts="carats"),
    "Col": _colour,
    **_named(Clr="clarity", Cut="cut"),
    **_named(Pol="polish", Sym="symmetry", Fls="fluorescence", Lab="laboratory", Cert_No="report_number"),
    "Measurement": _measured,
    "TD%": _of("depth_percent"),
    "Tab%": _of("table_percent"),
    "$/Ct": _of("per_carat"),
    "Amount $": _of("total"),
    "Status": _of("availability"),
}

LAYOUTS: dict[str, Layout] = {
    "plain": Layout(_PLAIN),
    "short": Layout(_SHORT, is_short=True),
    "tabbed": Layout(_PLAIN, suffix="txt", delimiter="\t"),
    "loud": Layout(
        {header.upper(): cell for header, cell in _SHORT.items()}, title="STOCK LIST", is_short=True
    ),
    "sheet": Layout(_PLAIN, suffix="xlsx", title="Stock"),
    "grown": Layout({"Type": _of("growth"), **_SHORT}, is_short=True),
    "euro": Layout(
        {f"{header} (EUR)" if "Price" in header else header: cell for header, cell in _PLAIN.items()},
        delimiter=";",
        decimal=",",
    ),
}


def written(dice: Generator, firm: Firm, count: int, sent_at: datetime) -> List:
    """A list of so many new stones, as the firm writes it."""
    layout = LAYOUTS[firm.layout]
    rows = _rows(dice, firm, count, sent_at)
    name = f"{firm.mail_host.removesuffix('.example')}_{sent_at:%Y-%m-%d}.{layout.suffix}"
    content = _workbook(layout, rows) if layout.suffix == "xlsx" else _text(layout, rows)
    return List(name, content, rows)


def _rows(dice: Generator, firm: Firm, count: int, sent_at: datetime) -> list[Row]:
    stones = draw(dice, dice.random(count) < firm.lab_grown)
    first = REPORTS_OF_TODAY + SUPPLIERS.index(firm) * 10_000
    reports = report_numbers(first + np.arange(count))
    columns = {name: getattr(stones, name).tolist() for name in Stones.__dataclass_fields__}
    asked = np.exp(np.log(stones.market_ppc) + ASKED_ABOVE_MARKET + firm.margin) / (
        RATE if firm.currency else 1
    )
    return [
        {
            **{name: values[place] for name, values in columns.items()},
            "stock_number": f"{firm.prefix}{sent_at:%m%d}{place:03}",
            "report_number": report if columns["laboratory"][place] else "",
            "per_carat": (per_carat := max(5.0, float(round(ask)))),
            "total": round(per_carat * columns["carats"][place], 2),
            "availability": "Available",
            "city": firm.city,
            "country": COUNTRIES[firm.country],
        }
        for place, (report, ask) in enumerate(zip(reports, asked.tolist(), strict=True))
    ]


def _cells(layout: Layout, row: Row) -> list[object]:
    return [_cell(layout, cell(row)) for cell in layout.columns.values()]


def _cell(layout: Layout, value: object) -> object:
    """Two decimals for weights, prices and millimetres; the trade's short words where the house uses them."""
    if isinstance(value, float):
        return f"{value:.2f}".replace(".", layout.decimal)
    return SHORT.get(str(value), value) if layout.is_short else value


def _text(layout: Layout, rows: list[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=layout.delimiter, lineterminator="\r\n")
    if layout.title:
        writer.writerows([[layout.title], []])
    writer.writerow(layout.columns)
    writer.writerows(_cells(layout, row) for row in rows)
    return text.getvalue().encode()


def _workbook(layout: Layout, rows: list[Row]) -> bytes:
    """A workbook with a title above its headers, numbers as numbers."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet = book.add_worksheet(layout.title)
        sheet.write(0, 0, layout.title)
        sheet.write_row(2, 0, list(layout.columns))
        for place, row in enumerate(rows, start=3):
            sheet.write_row(place, 0, [cell(row) for cell in layout.columns.values()])
    return kept.getvalue()
