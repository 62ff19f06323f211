"""Where in a sheet the table stands: its header row or rows, its columns, and the rows of goods below."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest

from bourse.dialects.cells import text_of
from bourse.dialects.columns import RawColumn
from bourse.dialects.dictionary import Dictionary
from bourse.dialects.headers import hint_of
from bourse.dialects.own_layout import is_ours
from bourse.dialects.tables import Cell, Sheet
from bourse.dialects.tables.grid import Grid

_LOOKED_AT = 40
_PLAINLY = 8
_LEAST_KNOWN, _LEAST_SHARE = 3, 0.4
_MOSTLY_WORDS, _ALMOST_ALL = 0.75, 0.6

Row = Sequence[Cell]


@dataclass(frozen=True)
class Placed:
    """A table found in a sheet: headers with what stands above them, and its rows. `title` is what the tab
    and the lines above the header say, `file` how the file is called, `header_number` the row of the headers,
    `keys` the names by which its columns are mapped, `late` the corrections of rows with too many cells,
    `left_out` the numbers of the rows that its supplier leaves out.
    A derived table is not laid out in columns in its sheet; a wanted one is read whatever it looks like.
    """

    sheet: str
    headers: list[str]
    contexts: list[str]
    rows: Grid
    numbers: list[int]
    title: str = ""
    file: str = ""
    header_number: int | None = None
    keys: list[str] = field(default_factory=list)
    late: dict[int, dict[int, str]] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()
    is_derived: bool = False
    is_wanted: bool = False

    @property
    def width(self) -> int:
        """How many columns the header has."""
        return len(self.headers)

    @cached_property
    def is_ours(self) -> bool:
        """Whether this house wrote the table: then its headers settle everything."""
        return is_ours(self.headers)

    def columns(self) -> list[RawColumn]:
        """The table turned on its side: one column for each header, short rows filled up with nothing."""
        turned = self.rows.columns(self.width)
        keys = self.keys or [""] * self.width
        return [
            RawColumn(
                self.sheet,
                index,
                header,
                turned[index],
                context,
                key,
                self.is_ours,
            )
            for index, (header, context, key) in enumerate(
                zip(self.headers, self.contexts, keys, strict=True)
            )
        ]


def place(sheet: Sheet, dictionary: Dictionary) -> Placed | None:
    """The table in a sheet, or None where no row looks like a header."""
    if sheet.headers is not None:
        headers = list(sheet.headers)
        nothing = [""] * len(headers)
        return Placed(sheet.name, headers, nothing, sheet.rows.below(0), list(sheet.numbers), sheet.name)
    at = header_row(sheet.rows, dictionary)
    if at is None:
        return None
    return place_below(sheet, at, dictionary)


def header_row(rows: Sequence[Row], dictionary: Dictionary) -> int | None:
    """The index of the row that names the columns: the one with the most headers that the dictionary
    knows.
    """
    best, best_known = None, 0
    for at, row in enumerate(rows[:_LOOKED_AT]):
        known = _known(row, dictionary)
        if known > best_known:
            best, best_known = at, known
        if known >= max(_PLAINLY, _MOSTLY_WORDS * len(row)):
            break
    return best


def _known(row: Row, dictionary: Dictionary) -> int:
    texts = [cell.strip() for cell in row if isinstance(cell, str) and cell.strip()]
    filled = sum(1 for cell in row if text_of(cell))
    wordy = [text for text in texts if _could_be_a_header(text)]
    if len(wordy) < _MOSTLY_WORDS * filled:
        return 0
    known = [text for text in wordy if hint_of(text, dictionary).fields]
    fields = {hint_of(text, dictionary).fields for text in known}
    if len(fields) < _LEAST_KNOWN or len(known) < _LEAST_SHARE * filled:
        return 0
    return len(known)


def _could_be_a_header(text: str) -> bool:
    return (
        len(text) <= 60
        and any(map(str.isalpha, text))
        and sum(map(str.isdigit, text)) <= 2
        and "://" not in text
    )


def place_below(sheet: Sheet, at: int, dictionary: Dictionary) -> Placed:
    """The table under the row at this place."""
    header = [text_of(cell) for cell in sheet.rows[at]]
    above = sheet.rows[at - 1] if at and sheet.numbers[at - 1] == sheet.numbers[at] - 1 else []
    contexts = _groups(above, len(header))
    start = at + 1
    if start < len(sheet.rows) and _continues(sheet.rows[start], dictionary):
        header = [" ".join(filter(None, pair)) for pair in _side_by_side(header, sheet.rows[start])]
        contexts += [""] * (len(header) - len(contexts))
        start += 1
    again = set(_repeats(sheet.rows, start, header))
    rows, numbers = sheet.rows.below(start), list(sheet.numbers[start:])
    if again:
        kept = [at for at in range(start, len(sheet.rows)) if at not in again]
        rows, numbers = sheet.rows.only(kept), [sheet.numbers[at] for at in kept]
    title, number = _title(sheet, at), sheet.numbers[at]
    return Placed(sheet.name, header, contexts, rows, numbers, title, header_number=number)


def _title(sheet: Sheet, at: int) -> str:
    """What the tab and the lines above the header say."""
    above = (text_of(cell) for row in sheet.rows[:at] for cell in row)
    return " ".join(filter(None, [sheet.name, *above]))


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
    """Whether a row below the header is its second line: words and units only, and some that the dictionary
    knows.
    """
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


def _repeats(rows: Grid, start: int, header: list[str]) -> Iterator[int]:
    """The rows that are the header again, as on every printed page."""
    first = next((at for at, name in enumerate(header) if name), None)
    if first is None:
        return
    name = header[first]
    column = rows.columns(first + 1)[first]
    for at in _places(column, name, start):
        same = sum(1 for cell, name in zip(rows[at], header, strict=False) if name and cell == name)
        if same >= _ALMOST_ALL * sum(map(bool, header)):
            yield at


def _places(column: Sequence[Cell], name: str, start: int) -> Iterator[int]:
    """Where a text stands in a column from this row on; mostly nowhere, which is known at once."""
    below = column[start:]
    return (start + at for at, cell in enumerate(below) if cell == name) if name in below else iter(())
