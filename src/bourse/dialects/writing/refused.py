"""Rows that were not taken, given back under their own headers with the reason and the cure beside them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bourse.dialects.own import ADDED
from bourse.dialects.own_layout import APOSTROPHE
from bourse.dialects.tables.encodings import readable
from bourse.dialects.writing.texts import is_formula

_NUMBER = frozenset("0123456789.,%")


class RefusedLine(NamedTuple):
    """One row: the number that it had in its file, its cells as texts, why it was not taken, and the cure."""

    row: int
    cells: Sequence[str]
    why: str
    cure: str


def refused_texts(headers: Sequence[str], lines: Iterable[RefusedLine]) -> Iterator[list[str]]:
    """The header row and one row of texts for each line, all as wide as the file was."""
    width = len(headers)
    yield [*map(shown, headers), *ADDED]
    for line in lines:
        cells = [shown(cell) for cell in line.cells[:width]]
        yield [*cells, *[""] * (width - len(cells)), str(line.row), shown(line.why), shown(line.cure)]


def shown(text: str) -> str:
    """A cell of the supplier's own, behind an apostrophe where a spreadsheet would run it."""
    text = readable(text)
    is_number = bool(text) and text[0] in "+-−" and set(text[1:].strip()) <= _NUMBER
    return APOSTROPHE + text if text.startswith(APOSTROPHE) or (is_formula(text) and not is_number) else text
