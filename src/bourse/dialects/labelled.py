"""Stones pasted as lines that each name what they say ("Color: G"), one stone below the other."""

import re
from collections.abc import Iterator

from bourse.dialects.cells import text_of
from bourse.dialects.dictionary import Dictionary
from bourse.dialects.headers import hint_of
from bourse.dialects.layout import Placed
from bourse.dialects.tables import Cell, Sheet
from bourse.dialects.tables.grid import Grid

_LABELLED = re.compile(r"\W*([^\W\d][\w .#/%$&()]{0,28}?)\s*[:=]\s*(\S.*)$")
_NEXT = re.compile(r"\s*[|;,]\s*(?=[^\W\d][\w .#/%$&()]{0,28}[:=])")
_LEAST_LABELS, _MOSTLY = 4, 0.5

Pairs = list[tuple[int, str, str]]


def place_labelled(sheet: Sheet, dictionary: Dictionary) -> Placed | None:
    """The stones of such a text in columns under their labels, or None where most lines have none."""
    lines = [" ".join(text for cell in row if (text := text_of(cell))) for row in sheet.rows]
    pairs = [
        (number, label, value)
        for line, number in zip(lines, sheet.numbers, strict=True)
        for label, value in _labelled(line)
        if hint_of(label, dictionary).fields
    ]
    labels = list(dict.fromkeys(label for _number, label, _value in pairs))
    spoken = {number for number, _label, _value in pairs}
    if len(labels) < _LEAST_LABELS or len(spoken) < _MOSTLY * sum(map(bool, lines)):
        return None
    stones = list(_stones(pairs))
    rows: list[list[Cell]] = [[said.get(label) for label in labels] for _number, said in stones]
    numbers = [number for number, _said in stones]
    return Placed(sheet.name, labels, [""] * len(labels), Grid(rows), numbers, is_derived=True)


def _labelled(line: str) -> Iterator[tuple[str, str]]:
    for part in _NEXT.split(line):
        if found := _LABELLED.match(part):
            yield found[1], found[2].strip("*_~ ")


def _stones(pairs: Pairs) -> Iterator[tuple[int, dict[str, str]]]:
    """Each stone with its first row: a label that comes again begins the next one."""
    first, said = 0, dict[str, str]()
    for number, label, value in pairs:
        if label in said:
            yield first, said
            said = {}
        first = first if said else number
        said[label] = value
    if said:
        yield first, said
