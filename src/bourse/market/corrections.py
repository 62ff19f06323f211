"""Cells of a file as its supplier mends them, before anything of them is read."""

from collections.abc import Iterable

import msgspec

from bourse.dialects import Correction, SheetFound
from bourse.dialects.reading import LEAVE
from bourse.dialects.tables import DEFAULT_LIMITS
from bourse.market.models import Upload
from bourse.market.refusals import CorrectionNotPossible

MOST_CORRECTIONS, LONGEST_CELL = 50_000, 2_000
LAST_ROW, LAST_INDEX = 2**31 - 1, DEFAULT_LIMITS.columns - 1
NUL = "\0"  # which neither a text nor a JSON column of PostgreSQL keeps


def refuse_what_is_not_there(found: Upload, corrections: list[Correction]) -> None:
    """Nothing, or a refusal that names the cell: a sheet of the file, a row below it, a column, a text."""
    read = msgspec.convert(found.report.get("sheets", []), list[SheetFound])
    sheets = {sheet.name: sheet for sheet in read}
    for mended in corrections:
        where = f"row {mended.row}, column {mended.index + 1}"
        if sheets and mended.sheet not in sheets:
            raise CorrectionNotPossible(f"The file has no sheet called “{mended.sheet[:60]}”.")
        if not _may_be_a_cell(mended):
            raise CorrectionNotPossible(f"There is no cell at {where} that could be corrected.")
        if sheets:
            _refuse_outside(sheets[mended.sheet], mended.row)
        if len(mended.text) > LONGEST_CELL:
            raise CorrectionNotPossible(f"The text for {where} has more than {LONGEST_CELL:,} characters.")
        if NUL in mended.text + mended.sheet:
            raise CorrectionNotPossible(f"The text for {where} holds the character NUL. Leave it out.")


def _refuse_outside(sheet: SheetFound, row: int) -> None:
    # A file that was read before its last row was kept says nothing of it.
    if sheet.last and not sheet.has_row(row):
        raise CorrectionNotPossible(f"Nothing stands in row {row}; the last row of the file is {sheet.last}.")


def _may_be_a_cell(mended: Correction) -> bool:
    if not 1 <= mended.row <= LAST_ROW:
        return False
    return 0 <= mended.index <= LAST_INDEX or (mended.index == -1 and mended.text == LEAVE)


def together(earlier: Iterable[Correction], later: Iterable[Correction]) -> list[dict[str, object]]:
    """Both as they are kept: the later one of a cell counts."""
    cells = {(one.sheet, one.row, one.index): one for one in (*earlier, *later)}
    if len(cells) > MOST_CORRECTIONS:
        raise CorrectionNotPossible(
            f"{len(cells):,} corrected cells; at most {MOST_CORRECTIONS:,}. Mend the file itself and send it."
        )
    kept: list[dict[str, object]] = msgspec.to_builtins(list(cells.values()))
    return kept
