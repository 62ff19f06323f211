"""Weights and measurements as only the trade says them: 70 pointer, 4 grainer, 6.41-6.45x3.97."""

import re

from bourse.search.measures import Measure, Range
from bourse.search.phrase import doubts
from bourse.search.phrase.reading import Reading

_POINTS = frozenset({"pointer", "pointers", "pt", "pts", "point", "points"})
_GRAINS = frozenset({"grainer", "grainers", "grain", "grains"})
_WHOLE = re.compile(r"(\d{1,3})(?:-(\d{1,3}))?(\+)?")
_NUMBER = r"\d{1,3}(?:\.\d+)?"
_MEASURED = re.compile(
    rf"({_NUMBER})[x*×-]({_NUMBER})[x*×]({_NUMBER})(?:mm)?|({_NUMBER})[x*×]({_NUMBER})(?:mm)?"
)
_SIDES = ("length", "width", "height")
_FRACTION = re.compile(r"\d/\d{1,2}(?:ct)?")
GRAIN = 25  # hundredths of a carat


def points(reading: Reading) -> int:
    """Hundredths of a carat: 70 pointer, 30-40 pts."""
    found = _WHOLE.fullmatch(reading.word()) if reading.word(1) in _POINTS else None
    if not found:
        return 0
    low, high = int(found[1]), int(found[2] or found[1])
    if low > high:
        return reading.leave(2, doubts.BACKWARDS)
    reading.say("ct", (Range(low=low) if found[3] else Range(low, high),))
    return 2


def grains(reading: Reading) -> int:
    """Quarters of a carat: a 4 grainer is 1.00–1.24."""
    found = _WHOLE.fullmatch(reading.word()) if reading.word(1) in _GRAINS else None
    if not found:
        return 0
    low, high = int(found[1]) * GRAIN, (int(found[2] or found[1]) + 1) * GRAIN - 1
    if low > high:
        return reading.leave(2, doubts.BACKWARDS)
    reading.say("ct", (Range(low=low) if found[3] else Range(low, high),))
    reading.doubt(doubts.GRAINS, 2)
    return 2


def measured(reading: Reading) -> int:
    """The sides as a report prints them: 6.41-6.45x3.97, 8x6mm."""
    found = _MEASURED.fullmatch(reading.word())
    if not found:
        return 0
    for name, text in zip(_SIDES, filter(None, found.groups()), strict=False):
        if span := Measure.MILLIMETRES.range_of(text):
            reading.say(name, (span,))
    return 1


def fraction(reading: Reading) -> int:
    """A weight with a stroke, which two houses cut at different hundredths, is not read: 3/4 ct."""
    return reading.leave(1, doubts.FRACTION) if _FRACTION.fullmatch(reading.word()) else 0
