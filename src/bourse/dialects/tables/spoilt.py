"""Finds the cells in which bytes were lost, and says which bytes and where in the file they stand."""

from collections.abc import Iterator, Sequence

from bourse.dialects.tables.encodings import BROKEN, BadByte, Decoded
from bourse.dialects.tables.sheets import MOST_NOTES, CellNote, Sheet


def broken_cells(sheets: Sequence[Sheet], decoded: Decoded, *, has_escapes: bool = False) -> list[CellNote]:
    """A note for each cell that holds a lost byte, or an escape that stands for no letter."""
    if not decoded.bad and not has_escapes:
        return []
    notes: list[CellNote] = []
    lost = iter(decoded.bad)
    for sheet, number, index, cell in _cells_with_broken(sheets):
        bad = [next(lost, BadByte()) for _ in range(cell.count(BROKEN))]
        if len(notes) < MOST_NOTES:
            notes.append(CellNote(sheet.name, number, index, cell, _why(bad, decoded.encoding)))
    return notes


def _cells_with_broken(sheets: Sequence[Sheet]) -> Iterator[tuple[Sheet, int, int, str]]:
    for sheet in sheets:
        for number, row in zip(sheet.numbers, sheet.rows, strict=True):
            for index, cell in enumerate(row):
                if isinstance(cell, str) and BROKEN in cell:
                    yield sheet, number, index, cell


def _why(bad: Sequence[BadByte], encoding: str) -> str:
    first = bad[0]
    if first.offset is None:
        return f"The sign {BROKEN} stands where the program that wrote the file lost a letter."
    return f"Byte 0x{first.value:02X} at offset {first.offset} is no valid {encoding} text."
