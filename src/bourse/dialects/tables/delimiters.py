"""Which sign parts the cells of a text, if any does."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

CANDIDATES = (",", ";", "\t", "|")
_SAMPLED_LINES = 200
_SAMPLED_CHARACTERS = 64_000  # of a line
_AGREEING = 0.6
_AGREEING_ON_TWO = 0.9  # one comma a line is as likely a sentence
_AGREEING_ON_WIDE = 0.3
_WIDE = 5
_MOSTLY = 0.9
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_THOUSANDS_COMMA = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SEP_LINE = re.compile(r'\ufeff?"?sep=(.)"?\s*', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Split:
    """What a sign makes of the sampled lines: the width of most rows, how many agree, which is the first."""

    delimiter: str
    width: int
    agreeing: float
    first: int


def declared_delimiter(first_line: str) -> str | None:
    """The sign that a first line `sep=;` names, as Excel writes and reads it."""
    match = _SEP_LINE.fullmatch(first_line)
    return match[1] if match else None


def find_delimiter(lines: Sequence[str]) -> Split | None:
    """The delimiter on which the lines agree, or None where they are one cell each or free text."""
    sample = [line[:_SAMPLED_CHARACTERS] for line in lines[:_SAMPLED_LINES] if line.strip()]
    splits = [split for sign in CANDIDATES if (split := _split(sample, sign)) is not None]
    if not splits:
        return None
    widest = max(split.width for split in splits)
    # A sign inside one cell ("6.2|6.2|3.8") may agree sooner than the true one, and never as widely.
    wide = [split for split in splits if 2 * split.width >= widest]
    best = min(wide, key=lambda split: (split.first, -split.width))
    return _without_decimal_commas(best, splits, sample)


def _split(sample: Sequence[str], sign: str) -> Split | None:
    rows = (next(csv.reader([line], delimiter=sign)) for line in sample)
    widths = [len(row) for row in rows if any(row)]
    wide = Counter(width for width in widths if width > 1)
    if not wide:
        return None
    width = max(wide, key=lambda width: (wide[width], width))
    is_near = [abs(found - width) <= 1 and found > 1 for found in widths]
    agreeing = sum(is_near) / len(widths)
    return Split(sign, width, agreeing, _first_of_two(is_near)) if agreeing >= _needed(width) else None


def _needed(width: int) -> float:
    """How many lines must agree: the wider the rows, the less they can agree by chance."""
    return _AGREEING_ON_WIDE if width >= _WIDE else _AGREEING if width > 2 else _AGREEING_ON_TWO


def _first_of_two(is_near: Sequence[bool]) -> int:
    """The first line that agrees as the next one does: an address above the list may agree by chance."""
    pairs = (at for at, both in enumerate(pairwise(is_near)) if all(both))
    return next(pairs, is_near.index(True))


def _without_decimal_commas(best: Split, splits: Sequence[Split], sample: Sequence[str]) -> Split | None:
    """A comma that stands between digits is a decimal sign where another sign parts the cells."""
    others = [split for split in splits if split.delimiter != ","]
    if best.delimiter != "," or (not others and best.width > 2):
        return best
    commas = sum(line.count(",") for line in sample)
    decimal = sum(len(_DECIMAL_COMMA.findall(line)) for line in sample)
    if not others:
        # "$6,580" at the end of every line makes no table of two columns.
        thousands = sum(len(_THOUSANDS_COMMA.findall(line)) for line in sample)
        return None if thousands >= _AGREEING * commas else best
    return max(others, key=lambda split: split.width) if decimal >= _MOSTLY * commas else best
