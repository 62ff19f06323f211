"""Where the tables of a file stand: as the reader finds them, or as the supplier says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bourse.dialects.answers import Own, SheetNotThere, header_index, keys_of
from bourse.dialects.cells import text_of
from bourse.dialects.dictionary import Dictionary
from bourse.dialects.layout import Placed, place, place_below
from bourse.dialects.mending import Fixes, fixes_of, mended_rows, mended_sheet
from bourse.dialects.own import without_reasons
from bourse.dialects.pasted import as_table
from bourse.dialects.reading import SheetFound
from bourse.dialects.tables import Cell, Sheet

_PREVIEWED, _PREVIEWED_CELLS, _PREVIEWED_SIGNS = 12, 60, 80
_STRETCHES = 200


@dataclass(frozen=True)
class Found:
    """A sheet with its number in the workbook, the table that stands in it, and whether it is looked at at
    all.
    """

    sheet: Sheet
    number: int
    placed: Placed | None
    is_looked_at: bool

    def described(self, *, is_read: bool) -> SheetFound:
        """The sheet for a person to look at."""
        sheet = self.sheet
        return SheetFound(
            name=sheet.name,
            rows=len(sheet.rows),
            header_row=self.placed.header_number if self.placed else None,
            is_read=is_read,
            hidden=sheet.hidden,
            preview=[_texts(row) for row in _head(sheet)],
            numbers=[0] * (sheet.headers is not None) + list(sheet.numbers[:_PREVIEWED]),
            last=sheet.numbers[-1] if sheet.numbers else 0,
            blank=_blank(sheet.numbers),
        )


def _blank(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """The first stretches of rows that have no number here."""
    held = np.array([0, *numbers], dtype=np.int64)
    before = np.flatnonzero(np.diff(held) > 1)[:_STRETCHES]
    return [(int(held[at]) + 1, int(held[at + 1]) - 1) for at in before]


def _head(sheet: Sheet) -> Iterator[Sequence[Cell]]:
    """The first rows; before them the names of the columns, where the format has names for them."""
    if sheet.headers is not None:
        yield list(sheet.headers)
    yield from sheet.rows[:_PREVIEWED]


def _texts(row: Sequence[Cell]) -> list[str]:
    return [text_of(cell)[:_PREVIEWED_SIGNS] for cell in row[:_PREVIEWED_CELLS]]


def found_in(sheets: Sequence[Sheet], own: Own, dictionary: Dictionary, file: str) -> list[Found]:
    """Every sheet with its table. A person sees what is not hidden, and hidden sheets where there are no
    others; that is what is looked at, unless the supplier says otherwise.
    """
    some_shown = any(not sheet.hidden for sheet in sheets)
    looked_at = [own.sheets.get(sheet.name, not (sheet.hidden and some_shown)) for sheet in sheets]
    if sheets and not any(looked_at):
        raise SheetNotThere("Every sheet is left out; expected one that is read. Choose the sheet to read.")
    found = [
        Found(sheet, number, _placed(sheet, own, dictionary, file) if is_looked_at else None, is_looked_at)
        for number, (sheet, is_looked_at) in enumerate(zip(sheets, looked_at, strict=True), 1)
    ]
    return _keyed(found)


def _keyed(found: Sequence[Found]) -> list[Found]:
    placed = [(one.number, one.placed.headers) for one in found if one.placed]
    keys = iter(keys_of(placed))
    return [replace(one, placed=replace(one.placed, keys=next(keys))) if one.placed else one for one in found]


def _placed(sheet: Sheet, own: Own, dictionary: Dictionary, file: str) -> Placed | None:
    fixes, left_out = fixes_of(own.corrections, sheet.name)
    is_wanted = own.sheets.get(sheet.name, False) or sheet.name in own.header_rows
    placed = _with_fixes(sheet, fixes, own, dictionary)
    if placed is None and own.sheets.get(sheet.name):
        where = f"Sheet “{sheet.name[:60]}”" if sheet.name else "The list"
        raise SheetNotThere(
            f"{where} is to be read, and no row of it names columns that we know; "
            "expected the number of the row with the headers. Choose that row."
        )
    return replace(placed, file=file, is_wanted=is_wanted, left_out=left_out) if placed else None


def _with_fixes(sheet: Sheet, fixes: Fixes, own: Own, dictionary: Dictionary) -> Placed | None:
    row = own.header_rows.get(sheet.name)
    placed = table_in(sheet, row, dictionary)
    if not fixes:
        return placed
    if placed is not None and placed.is_derived:
        return replace(placed, rows=mended_rows(placed.rows, placed.numbers, fixes))
    mended, late = mended_sheet(sheet, fixes)
    placed = table_in(mended, row, dictionary)
    return replace(placed, late=late) if placed else None


def table_in(sheet: Sheet, header_row: int | None, dictionary: Dictionary) -> Placed | None:
    """The table in a sheet: below the row that the supplier names, else where the reader finds it."""
    if header_row is None:
        placed = place(sheet, dictionary) or as_table(sheet, dictionary)
    else:
        names_itself = sheet.headers is not None
        at = header_index(sheet.name, list(sheet.numbers), header_row, names_itself=names_itself)
        placed = place_below(sheet, at, dictionary)
    return None if placed is None else without_reasons(placed)
