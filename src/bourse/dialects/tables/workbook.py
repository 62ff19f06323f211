"""XLSX, XLS and ODS through calamine."""

import io

import python_calamine as calamine

from bourse.dialects.tables.growing import GrowingSheet, Tally
from bourse.dialects.tables.limits import Limits
from bourse.dialects.tables.refusals import WorkbookCorrupt
from bourse.dialects.tables.sheets import Cell, Sheet, Tables


def read_workbook(data: bytes, format: str, limits: Limits) -> Tables:
    """The sheets of a workbook with the values that it shows."""
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        tally = Tally(limits)
        sheets = [_sheet(book, about, tally) for about in book.sheets_metadata]
    except calamine.CalamineError as error:
        raise WorkbookCorrupt(
            f"The workbook cannot be opened ({error}); expected a whole {format.upper()} file. "
            "Open it in a spreadsheet and save it again."
        ) from error
    return Tables(format, None, None, sheets, [])


def _sheet(book: calamine.CalamineWorkbook, about: calamine.SheetMetadata, tally: Tally) -> Sheet:
    read = book.get_sheet_by_name(about.name)
    rows: list[list[Cell]] = [
        [_cell(value) for value in row] for row in read.to_python(skip_empty_area=False)
    ]
    sheet = GrowingSheet(about.name, tally)
    sheet.add_rows(rows)
    return sheet.done(hidden=about.visible != calamine.SheetVisibleEnum.Visible)


def _cell(value: object) -> Cell:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return None if value == "" else value  # type: ignore[return-value]
