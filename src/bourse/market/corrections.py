"""Cells of a file as its supplier mends them, before anything of them is read."""

from collections.abc import Iterable

import msgspec

from bourse.dialects import Correction
from bourse.dialects.reading import LEAVE
from bourse.market.models import Upload
from bourse.market.refusals import CorrectionNotPossible

MOST_CORRECTIONS, LONGEST_CELL = 50_000, 2_000


def refuse_what_is_not_there(found: Upload, corrections: list[Correction]) -> None:
    """Nothing, or a refusal that names the cell: a sheet of the file, a row below it, a column, a text."""
    sheets = {sheet["name"] for sheet in found.report.get("sheets", [])}
    for mended in corrections:
        where = f"row {mended.row}, column {mended.index + 1}"
        if sheets and mended.sheet not in sheets:
            raise CorrectionNotPossible(f"The file has no sheet called “{mended.sheet[:60]}”.")
        if mended.row < 1 or mended.index < -1 or (mended.index == -1 and mended.text != LEAVE):
            raise CorrectionNotPossible(f"There is no cell at {where} that could be corrected.")
        if len(mended.text) > LONGEST_CELL:
            raise CorrectionNotPossible(f"The text for {where} has more than {LONGEST_CELL:,} characters.")


def together(earlier: Iterable[Correction], later: Iterable[Correction]) -> list[dict[str, object]]:
    """Both as they are kept: the later one of a cell counts."""
    cells = {(one.sheet, one.row, one.index): one for one in (*earlier, *later)}
    if len(cells) > MOST_CORRECTIONS:
        raise CorrectionNotPossible(
            f"{len(cells):,} corrected cells; at most {MOST_CORRECTIONS:,}. Mend the file itself and send it."
        )
    kept: list[dict[str, object]] = msgspec.to_builtins(list(cells.values()))
    return kept
