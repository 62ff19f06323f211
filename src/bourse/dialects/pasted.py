"""Lists pasted as text from mail or chat: stones read line by line, by the words themselves."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bourse.dialects.cells import text_of
from bourse.dialects.dictionary import Dictionary
from bourse.dialects.labelled import place_labelled
from bourse.dialects.layout import Placed, header_row, place
from bourse.dialects.tables import Cell, Sheet
from bourse.dialects.tables.grid import Grid
from bourse.dialects.unnamed import place_unnamed
from bourse.dialects.wordlist import HEADERS, Said, read_words

_LEAST_STONES = 1
_WIDE = 4
_LAB_GROWN = re.compile(r"\b(?:lab[\s-]?(?:grown|created|diamonds?)|LGD|CVD)\b", re.IGNORECASE)
_NATURAL = re.compile(r"\bnaturals?\b", re.IGNORECASE)
_ESSENTIAL = {"carat", "color", "clarity"}
_TELLING = {"shape", *_ESSENTIAL}


def as_table(sheet: Sheet, dictionary: Dictionary) -> Placed | None:
    """The stones of a headerless sheet or text put into columns with headers, or None where there are
    none.
    """
    if sheet.headers is not None or not sheet.rows:
        return None
    if _is_text(sheet):
        return (
            _split_at_spaces(sheet, dictionary)
            or place_labelled(sheet, dictionary)
            or _by_words(sheet, dictionary)
        )
    return place_unnamed(sheet, dictionary) or _by_words(sheet, dictionary)


def _is_text(sheet: Sheet) -> bool:
    return sum(1 for row in sheet.rows if len(_filled(row)) <= 2) > 0.5 * len(sheet.rows)


def _filled(row: Sequence[Cell]) -> list[str]:
    return [text for cell in row if (text := text_of(cell))]


def _split_at_spaces(sheet: Sheet, dictionary: Dictionary) -> Placed | None:
    """A table whose columns are parted by single spaces: a header line, and lines of as many words below
    it.
    """
    rows: list[list[Cell]] = [list(" ".join(_filled(row)).split()) for row in sheet.rows]
    at = header_row(rows, dictionary)
    if at is None or len(rows[at]) < _WIDE:
        return None
    width = len(rows[at])
    if not any(len(row) == width for row in rows[at + 1 :]) or any(
        len(row) != width and _is_stone(row, dictionary) for row in rows[at + 1 :]
    ):
        return None
    kept = [number for number, row in enumerate(rows) if number >= at and len(row) == width]
    table = Sheet(sheet.name, Grid([rows[row] for row in kept]), [sheet.numbers[row] for row in kept], None)
    placed = place(table, dictionary)
    return replace(placed, is_derived=True) if placed else None


def _is_stone(row: Sequence[Cell], dictionary: Dictionary) -> bool:
    return read_words([text_of(cell) for cell in row], dictionary).keys() >= _ESSENTIAL


@dataclass
class _Stone:
    """A stone under way: the row it began in, and what its lines said so far."""

    number: int
    said: Said = field(default_factory=dict)


def _by_words(sheet: Sheet, dictionary: Dictionary) -> Placed | None:
    stones = [stone for stone in _stones(sheet, dictionary) if len(stone.said.keys() & _TELLING) >= 3]
    if sum(1 for stone in stones if stone.said.keys() >= _ESSENTIAL) < _LEAST_STONES:
        return None
    used = [name for name in HEADERS if any(name in stone.said for stone in stones)]
    rows: list[Sequence[Cell]] = [[stone.said.get(name) for name in used] for stone in stones]
    headers = [HEADERS[name] for name in used]
    numbers = [stone.number for stone in stones]
    return Placed(sheet.name, headers, [""] * len(used), Grid(rows), numbers, is_derived=True)


def _stones(sheet: Sheet, dictionary: Dictionary) -> Iterator[_Stone]:
    """Every stone with the lines that belong to it: a line that repeats what the stone has begins the next
    one.
    """
    current: _Stone | None = None
    grown: str | None = None
    for row, number in zip(sheet.rows, sheet.numbers, strict=True):
        said = read_words(_filled(row), dictionary)
        if not said.keys() & HEADERS.keys() - {"member_comment", "growth_type"}:
            grown = _title_growth(" ".join(_filled(row))) or grown
            continue
        if current is not None and _continues(current.said, said):
            current.said = {**said, **current.said}
            continue
        if current is not None:
            yield current
        current = _Stone(number, said)
        if grown and "growth_type" not in said:
            current.said["growth_type"] = grown
    if current is not None:
        yield current


def _continues(held: Said, said: Said) -> bool:
    if said.keys() & held.keys() - {"member_comment"}:
        return False
    return held.keys() >= _ESSENTIAL or not said.keys() >= _ESSENTIAL


def _title_growth(text: str) -> str | None:
    if _LAB_GROWN.search(text):
        return "Lab grown"
    return "Natural" if _NATURAL.search(text) else None
