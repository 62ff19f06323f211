"""Readers of a stone's sides in millimetres, however they are strung together."""

import re

from bourse.dialects.cells import Odd, spoilt, text_of
from bourse.dialects.dictionary import Dictionary
from bourse.dialects.grades import Words, nothing
from bourse.dialects.tables import Cell

SHORTEST_MM, LONGEST_MM = 0.3, 100.0
_ALIKE, _TALLEST = 1.1, 3.0
_SIDE = r"(\d+\.?\d*|\.\d+)"
_PLAIN = re.compile(rf"{_SIDE} ?[xX*] ?{_SIDE} ?[xX*] ?{_SIDE}")
_POINTED, _COMMAED = re.compile(r"\d*\.?\d+"), re.compile(r"\d+(?:,\d+)?")
_BETWEEN = re.compile(r"[\s xX×*|:;/\-–,]*(?:mm)?[\s xX×*|:;/\-–,]*", re.IGNORECASE)


def measurements(cell: Cell, _dictionary: Dictionary | None) -> Words | Odd | None:
    """Fills length_mm, width_mm, depth_mm, as given: "5.70x5.67x3.63", "8.08|8.3|4.94", "4.43 - 4.45 x 2.70
    mm".
    """
    if type(cell) is str and (found := _PLAIN.fullmatch(cell)):
        return _checked([float(found[1]), float(found[2]), float(found[3])])
    text = text_of(cell)
    style = _COMMAED if "," in text and "." not in text else _POINTED
    numbers = style.findall(text)
    if len(numbers) not in (2, 3) or any(not _BETWEEN.fullmatch(gap) for gap in style.split(text)):
        return None if nothing(cell) else spoilt(cell) or Odd("These are not two or three lengths.")
    strung = "-" if len(numbers) == 2 and re.search(r"\d\s*[-–]\s*\d", text) else "x"
    return _checked([float(side.replace(",", ".")) for side in numbers], strung=strung)


def sides_in(cell: Cell) -> tuple[float | None, float | None, float | None]:
    """The three sides in a cell of measurements, None for each that is not there."""
    read = measurements(cell, None)
    if not isinstance(read, tuple):
        return None, None, None
    length, width, depth = (side if isinstance(side, float) else None for side in read)
    return length, width, depth


def _checked(sides: list[float], *, strung: str = "x") -> Words | Odd | None:
    if any(side and not SHORTEST_MM <= side <= LONGEST_MM for side in sides):
        return Odd(f"No side of a stone is shorter than {SHORTEST_MM} or longer than {LONGEST_MM:.0f} mm.")
    if len(sides) == 2 and strung == "x" and max(sides) > _ALIKE * min(sides):
        return Odd("Of two lengths it is open whether the second is a width or a depth.")
    if len(sides) == 3 and sides[2] > _TALLEST * max(sides[:2]) > 0:
        return Odd("No stone is that much deeper than it is wide.")
    filled: list[float | None] = [side or None for side in sides]
    return tuple((*filled, None)[:3]) if any(filled) else None
