"""XLS, the workbook of Excel until 2003, through calamine."""

import datetime
import io
from collections.abc import Sequence

import python_calamine as calamine

from bourse.dialects.tables.archive import encrypted
from bourse.dialects.tables.biff import SheetFacts, look_through
from bourse.dialects.tables.growing import Tally
from bourse.dialects.tables.limits import Limits
from bourse.dialects.tables.refusals import TooManyCells, WorkbookCorrupt
from bourse.dialects.tables.sheets import CellNote, Sheet, Tables
from bourse.dialects.tables.typed import TypedSheet, Value, shown_error

_SECONDS_A_DAY = 86_400


def read_xls(data: bytes, stream: bytes, limits: Limits) -> Tables:
    """The sheets of the workbook; `stream` is the part of the file in which its records stand."""
    facts = look_through(stream, limits.sheets)
    if facts.is_encrypted:
        raise encrypted()
    for sheet in facts.sheets:
        _check_spread(sheet, limits)
    try:
        sheets = _sheets(data, facts.sheets, Tally(limits))
    except calamine.PasswordError as error:
        raise encrypted() from error
    except calamine.CalamineError as error:
        raise _corrupt(str(error)) from error
    except BaseException as error:
        # The library ends in a panic on some damaged files, which is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise _corrupt("its records contradict each other") from error
    return Tables(
        "xls", None, None, [sheet for sheet, _ in sheets], [note for _, notes in sheets for note in notes]
    )


def _check_spread(facts: SheetFacts, limits: Limits) -> None:
    """The library makes room for the whole rectangle, however empty it is."""
    if facts.rows * facts.columns > limits.cells:
        raise TooManyCells(
            f"The workbook spreads its cells over {facts.rows:,} rows and {facts.columns:,} columns; "
            f"at most {limits.cells:,} cells are read. Delete what is far outside of the list."
        )


def _sheets(data: bytes, facts: Sequence[SheetFacts], tally: Tally) -> list[tuple[Sheet, list[CellNote]]]:
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    tabs = book.sheets_metadata
    known = facts if len(facts) == len(tabs) else [SheetFacts()] * len(tabs)
    return [
        _sheet(book, tab, fact, tally)
        for tab, fact in zip(tabs, known, strict=True)
        if tab.typ == calamine.SheetTypeEnum.WorkSheet
    ]


def _sheet(
    book: calamine.CalamineWorkbook, tab: calamine.SheetMetadata, facts: SheetFacts, tally: Tally
) -> tuple[Sheet, list[CellNote]]:
    rows = book.get_sheet_by_name(tab.name).to_python(skip_empty_area=False)
    values: list[list[Value]] = [[_value(cell) for cell in row] for row in rows]
    for row, column, error in facts.errors:
        if row < len(values) and column < len(values[row]):
            values[row][column] = shown_error(error)
    sheet = TypedSheet(tab.name, tally)
    sheet.add(range(1, len(values) + 1), values, has_spoilt=bool(facts.errors))
    return sheet.done(hidden=tab.visible != calamine.SheetVisibleEnum.Visible), sheet.notes


def _value(cell: object) -> Value:
    """A cell of the library as one of ours: whole numbers as int, times as the numbers that they are."""
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else cell
    if isinstance(cell, datetime.timedelta):
        return cell.total_seconds() / _SECONDS_A_DAY
    if isinstance(cell, datetime.time):
        return (cell.hour * 3600 + cell.minute * 60 + cell.second) / _SECONDS_A_DAY
    assert isinstance(cell, str | int | datetime.date)
    return None if cell == "" else cell


def _corrupt(reason: str) -> WorkbookCorrupt:
    return WorkbookCorrupt(
        f"The workbook is damaged or cut off ({reason}); expected a whole XLS file. "
        "Open it in a spreadsheet and save it as XLSX."
    )
