"""The stock that the files of this corpus hold: invented stones, in any order, as any kind of table."""

import csv
import io
import zipfile
from collections.abc import Sequence

import xlsxwriter

from dialects.made import CODES, Stone, stones
from dialects.making import workbook

HEADERS = (
    "Stock #",
    "Shape",
    "Weight",
    "Color",
    "Clarity",
    "Cut",
    "Polish",
    "Symmetry",
    "Fluorescence",
    "Measurements",
    "Depth %",
    "Table %",
    "Lab",
    "Report #",
    "Price/Ct",
    "Total Price",
    "City",
    "Comment",
)
AT = {header: index for index, header in enumerate(HEADERS)}
MADE = stones(12, seed=4)
Table = list[list[object]]


def row_of(stone: Stone) -> list[object]:
    """A stone as a row under HEADERS."""
    return [
        f"A{stone.number}", CODES[stone.shape], f"{stone.carat:.2f}", stone.color, stone.clarity,
        CODES[stone.make], CODES[stone.make], "VG", CODES[stone.fluorescence],
        f"{stone.length}x{stone.width}x{stone.depth}", str(stone.depth_pct), str(stone.table), stone.lab,
        stone.report, f"{stone.per_carat:.2f}", f"{stone.total:.2f}", "Antwerp", f"Lot {stone.number}",
    ]  # fmt: skip


def table(count: int = 12) -> Table:
    """The header and so many stones."""
    return [list(HEADERS), *(row_of(stone) for stone in MADE[:count])]


def changed(column: str, *texts: object, count: int = 12) -> Table:
    """The table with other cells in a column, from the first stone on."""
    rows = table(count)
    for row, text in zip(rows[1:], texts, strict=False):
        row[AT[column]] = text
    return rows


def column_of(column: str, text: object, count: int = 12) -> Table:
    """The table with one text in all cells of a column."""
    return changed(column, *[text] * count, count=count)


def as_text(rows: Sequence[Sequence[object]], delimiter: str = ",", end: str = "\r\n") -> str:
    """The rows as delimited text."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


def as_csv(rows: Sequence[Sequence[object]], delimiter: str = ",", end: str = "\r\n") -> bytes:
    """The rows as a CSV file."""
    return as_text(rows, delimiter, end).encode()


def as_xlsx(rows: Sequence[Sequence[object]], name: str = "Stock") -> bytes:
    """The rows as a workbook of one sheet."""
    return workbook(**{name: rows})


def with_shared_texts(rows: Sequence[Sequence[object]]) -> bytes:
    """The rows as a workbook of texts that stand in a table of their own, none of them a formula."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Stock")
        for at, row in enumerate(rows):
            for index, cell in enumerate(row):
                sheet.write_string(at, index, str(cell))
    return out.getvalue()


def members(data: bytes) -> dict[str, bytes | str]:
    """What a zip holds, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        return {name: made.read(name) for name in made.namelist()}
