"""Cells that were spoilt before the reader saw them, put among the unread cells of their rows."""

from collections import defaultdict
from collections.abc import Sequence

from bourse.dialects.reading import Block, OddCells
from bourse.dialects.tables import CellNote

_EXPECTED = "a cell that came through whole"
_CURE = "Mend this cell where the list was made, then export it again."


def add_notes(block: Block, notes: Sequence[CellNote], headers: Sequence[str]) -> None:
    """Add what the opened file notes of a block's cells, where the reader has no reason of its own."""
    place = {number: at for at, number in enumerate(block.numbers)} if notes else {}
    known = {(odd.index, position) for odd in block.odd for position in odd.positions} if notes else set()
    by_column: dict[int, list[CellNote]] = defaultdict(list)
    for note in notes:
        if note.sheet == block.sheet and note.row in place and (note.index, place[note.row]) not in known:
            by_column[note.index].append(note)
    for index, spoilt in by_column.items():
        positions = [place[note.row] for note in spoilt]
        texts = [(note.found, note.why, _EXPECTED, _CURE) for note in spoilt]
        header = headers[index] if index < len(headers) else ""
        block.odd.append(OddCells(index, positions, list(range(len(spoilt))), texts, header))
