"""Where in a sheet the table stands: its header row or rows, its columns, and the rows of goods below."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from bourse.dialects.cells import text_of
from bourse.dialects.columns import RawColumn
from bourse.dialects.dictionary import Dictionary
from bourse.dialects.headers import hint_of
from bourse.dialects.tables import Cell, Sheet

_LOOKED_AT = 40
_LEAST_KNOWN, _LEAST_SHARE = 3, 0.4
_ALMOST_ALL = 0.6

Row = Sequence[Cell]


@dataclass(frozen=True)
class Placed:
    """A table found in a sheet: headers with what stands above them, its rows, and those longer than the header."""

    sheet: str
    headers: list[str]
    contexts: list[str]
    rows: list[Row]
    numbers: list[int]

    @property
    def width(self) -> int:
        """How many columns the header has."""
        return len(self.headers)

    def columns(self) -> list[RawColumn]:
        """The table turned on its side: one column for each header, short rows filled up with nothing."""
        turned = list(zip_longest(*self.rows, fillvalue=None)) if self.rows else []
        nothing: tuple[Cell, ...] = (None,) * len(self.rows)
        return [
            RawColumn(self.sheet, index, header, turned[index] if index < len(turned) else nothing, context)
            for index, (header, context) in enumerate(zip(self.headers, self.contexts, strict=True))
        ]


def place(sheet: Sheet, dictionary: Dictionary) -> Placed | None:
    """The table in a sheet, or None where no row looks like a header."""
    if sheet.headers is not None:
        headers = list(sheet.headers)
        return Placed(sheet.name, headers, [""] * len(headers), list(sheet.rows), list(sheet.numbers))
    at = header_row(sheet.rows, dictionary)
    if at is None:
        return None
    return _below(sheet, at, dictionary)


def header_row(rows: Sequence[Row], dictionary: Dictionary) -> int | None:
    """The index of the row that names the columns: the one with the most headers that the dictionary knows."""
    scores = [_known(row, dictionary) for row in rows[:_LOOKED_AT]]
    best = max(range(len(scores)), key=lambda at: (scores[at], -at), default=None)
    return best if best is not None and scores[best] else None


def _known(row: Row, dictionary: Dictionary) -> int:
    texts = [cell.strip() for cell in row if isinstance(cell, str) and cell.strip()]
    filled = sum(1 for cell in row if text_of(cell))
    wordy = [text for text in texts if len(text) <= 60 and any(map(str.isalpha, text))]
    known = [text for text in wordy if hint_of(text, dictionary).fields]
    fields = {hint_of(text, dictionary).fields for text in known}
    if len(fields) < _LEAST_KNOWN or len(known) < _LEAST_SHARE * filled or len(wordy) < 0.75 * filled:
        return 0
    return len(known)


def _below(sheet: Sheet, at: int, dictionary: Dictionary) -> Placed:
    header = [text_of(cell) for cell in sheet.rows[at]]
    above = sheet.rows[at - 1] if at and sheet.numbers[at - 1] == sheet.numbers[at] - 1 else []
    contexts = _groups(above, len(header))
    start = at + 1
    if start < len(sheet.rows) and _continues(sheet.rows[start], dictionary):
        header = [" ".join(filter(None, pair)) for pair in _side_by_side(header, sheet.rows[start])]
        contexts += [""] * (len(header) - len(contexts))
        start += 1
    kept = [at for at in range(start, len(sheet.rows)) if not _repeats(sheet.rows[at], header)]
    rows = [sheet.rows[at] for at in kept]
    return Placed(sheet.name, header, contexts, list(rows), [sheet.numbers[at] for at in kept])


def _groups(above: Row, width: int) -> list[str]:
    """For each column the label of the group above it; a label reaches to the right until the next one."""
    labels = [text_of(cell) for cell in above]
    if sum(map(bool, labels)) < 2:
        return [""] * width
    reached, groups = "", []
    for label in (labels + [""] * width)[:width]:
        reached = label or reached
        groups.append(reached)
    return groups


def _continues(row: Row, dictionary: Dictionary) -> bool:
    """Whether a row below the header is its second line: words and units only, and some that the dictionary knows."""
    texts = [text_of(cell) for cell in row if text_of(cell)]
    if not texts or any(any(map(str.isdigit, text)) for text in texts):
        return False
    known = [
        text for text in texts if hint_of(text, dictionary).fields or text.strip("()").casefold() in _UNITS
    ]
    return len(known) >= _ALMOST_ALL * len(texts)


_UNITS = frozenset({"mm", "%", "ct", "cts", "usd", "$", "us$", "per carat", "per ct", "deg", "°", "(mm)"})


def _side_by_side(header: list[str], second: Row) -> list[tuple[str, str]]:
    return list(zip_longest(header, [text_of(cell) for cell in second], fillvalue=""))


def _repeats(row: Row, header: list[str]) -> bool:
    """Whether a row is the header again, as on every printed page."""
    first = next((at for at, name in enumerate(header) if name), None)
    if first is None or len(row) <= first or row[first] != header[first]:
        return False
    same = sum(1 for cell, name in zip(row, header, strict=False) if name and cell == name)
    return same >= _ALMOST_ALL * sum(map(bool, header))
