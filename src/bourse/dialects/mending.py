"""Cells and rows put right by their supplier, before anything is made of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bourse.dialects.answers import CorrectionNotThere
from bourse.dialects.reading import LEAVE, Correction
from bourse.dialects.tables import Cell, Sheet
from bourse.dialects.tables.grid import Grid
from bourse.dialects.tables.limits import DEFAULT_LIMITS

Fixes = dict[int, dict[int, str]]
_WHOLE_ROW = -1


def fixes_of(corrections: Iterable[Correction], sheet: str) -> tuple[Fixes, frozenset[int]]:
    """The corrections of one sheet: for each row the texts by their columns; and the rows left out."""
    fixes: Fixes = defaultdict(dict)
    left_out = set()
    for one in corrections:
        if one.sheet == sheet and _checked(one) == _WHOLE_ROW:
            left_out.add(one.row)
        elif one.sheet == sheet:
            fixes[one.row][one.index] = one.text
    return dict(fixes), frozenset(left_out)


def _checked(one: Correction) -> int:
    is_cell = 0 <= one.index < DEFAULT_LIMITS.columns and len(one.text) <= DEFAULT_LIMITS.cell_characters
    if is_cell or (one.index == _WHOLE_ROW and one.text == LEAVE):
        return one.index
    raise CorrectionNotThere(
        f"Row {one.row} is corrected in column {one.index + 1}; expected a column of the list, "
        "or the word leave for the whole row. Correct it again."
    )


def refuse_unknown(corrections: Iterable[Correction], sheets: Iterable[Sheet]) -> None:
    """Refuse corrections of sheets and rows that the file does not have."""
    numbers = {sheet.name: set(sheet.numbers) for sheet in sheets}
    for one in corrections:
        if one.row not in numbers.get(one.sheet, ()):
            where = f" of sheet “{one.sheet[:60]}”" if one.sheet else ""
            raise CorrectionNotThere(
                f"Row {one.row}{where} is corrected, and nothing stands there; expected a row of the file. "
                "Take that correction back."
            )


def mended_sheet(sheet: Sheet, fixes: Fixes) -> tuple[Sheet, Fixes]:
    """The sheet with its corrections, and those that have to wait until it is known how cells that were cut
    in two belong together: the ones of rows longer than most.
    """
    lengths = Counter(sheet.rows.lengths())
    usual = lengths.most_common(1)[0][0] if lengths else 0
    late = {
        number: fixes[number]
        for at, number in enumerate(sheet.numbers)
        if number in fixes and len(sheet.rows[at]) > usual
    }
    now = {number: cells for number, cells in fixes.items() if number not in late}
    return replace(sheet, rows=mended_rows(sheet.rows, sheet.numbers, now)), late


def mended_rows(rows: Grid, numbers: Sequence[int], fixes: Fixes) -> Grid:
    """The rows with these cells replaced."""
    places = {at: fixes[number] for at, number in enumerate(numbers) if number in fixes}
    return rows.with_rows({at: mended_row(rows[at], cells) for at, cells in places.items()})


def mended_row(row: Sequence[Cell], cells: Mapping[int, str]) -> list[Cell]:
    """One row with these cells replaced."""
    mended = list(row)
    mended += [None] * (max(cells, default=-1) + 1 - len(mended))
    for index, text in cells.items():
        mended[index] = text
    return mended
