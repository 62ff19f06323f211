"""What dealers ask: a seeded mix of broad looks, usual searches, narrow wishes, orders and later pages."""

from collections.abc import Callable
from random import Random
from typing import Any

from bourse.search.filter import Filter
from bourse.search.measures import Range
from bourse.search.scales import CHOICES, LABORATORIES, Growing, Report, Sort
from bourse.vocabulary import (
    Clarity,
    Colour,
    FancyColour,
    FluorescenceIntensity,
    Laboratory,
    Make,
    Scale,
    Shape,
)

SHAPES = (Shape.ROUND,) * 12 + (Shape.OVAL,) * 3 + (Shape.PEAR, Shape.EMERALD, Shape.PRINCESS, Shape.RADIANT)
SIZES = (30, 40, 50, 70, 90, 100, 100, 100, 120, 150, 200, 300)
SORTS = (
    (Sort.USUAL,) * 6
    + (Sort.PRICE_PER_CARAT,) * 4
    + (*(Sort.TOTAL, Sort.NEWEST, Sort.WEIGHT_FALLING, Sort.COLOUR, Sort.CLARITY, Sort.TABLE),)
)


def filters(random: Random, count: int) -> list[Filter]:
    """So many questions."""
    return [_filter(random) for _ in range(count)]


def _filter(random: Random) -> Filter:
    parts = {name: make(random) for name, (chance, make) in WISHES.items() if random.random() < chance}
    if random.random() < 0.04:
        parts["colour"] = (FancyColour.YELLOW,)
    return Filter(
        growth=random.choice((Growing.NATURAL,) * 4 + (Growing.LAB_GROWN, Growing.BOTH)),
        sort=random.choice(SORTS),
        page=random.choice((1,) * 8 + (2, 5)),
        **parts,
    )


def _size(random: Random) -> Range:
    low = random.choice(SIZES)
    return Range(low, low + random.choice((9, 20, 49, 99)))


def _price(random: Random, least: int, most: int) -> Range:
    low = random.randint(least, most)
    return Range(low * 100, low * random.choice((120, 150, 300)))


def _run(random: Random, grades: tuple[Scale, ...]) -> tuple[Scale, ...]:
    first = random.randrange(len(grades))
    return grades[first : first + random.randint(1, 4)]


WISHES: dict[str, tuple[float, Callable[[Random], Any]]] = {
    "shape": (0.8, lambda random: (random.choice(SHAPES),)),
    "ct": (0.7, lambda random: (_size(random),)),
    "colour": (0.6, lambda random: _run(random, tuple(Colour)[:11])),
    "clarity": (0.6, lambda random: _run(random, tuple(Clarity)[1:9])),
    "cut": (0.25, lambda _: (Make.EXCELLENT,)),
    "polish": (0.2, lambda _: (Make.EXCELLENT, Make.VERY_GOOD)),
    "fluorescence": (0.3, lambda random: tuple(FluorescenceIntensity)[: random.choice((1, 4, 5))]),
    "lab": (0.35, lambda random: random.choice(((Laboratory.GIA,), LABORATORIES, (Report.NONE,)))),
    "ppc": (0.12, lambda random: (_price(random, 500, 20_000),)),
    "total": (0.15, lambda random: (_price(random, 300, 60_000),)),
    "table": (0.06, lambda _: (Range(5_600, 6_000),)),
    "depth": (0.06, lambda _: (Range(5_900, 6_300),)),
    "eye_clean": (0.05, lambda _: CHOICES["eye_clean"].values[:1]),
    "country": (0.08, lambda random: (random.choice(("India", "Belgium", "Israel")),)),
}
"""How often each filter is used, and what is asked of it."""
