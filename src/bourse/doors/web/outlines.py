"""A stone as it lies before the eye: girdle and crown facets of each shape from above. Geometry only.

Points are in halves of the width from the middle of the stone, so x lies between -1 and 1, and y between -r
and r, where r is length over width; up is negative, as on a page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import acos, cos, pi, sin

Point = tuple[float, float]
Edge = Callable[[float, float], Point]
"""The girdle's point after a part of a turn, clockwise from the top, for a ratio."""

SAMPLES = 72
STARS = 0.97  # the tips of the stars lie a little inside the middle between table and girdle


@dataclass(frozen=True, slots=True)
class Above:
    """Lines of a stone seen from above: its girdle closed, its facets, what shows through the table."""

    girdle: list[Point]
    facets: list[list[Point]]
    through: list[list[Point]]


def above(mark: str, ratio: float, table: float | None) -> Above | None:
    """The lines of a shape; without a table the girdle alone; None for a shape that is not drawn."""
    if mark in _BRILLIANTS:
        edge, mains, middle = _BRILLIANTS[mark]
        girdle = [edge(place / SAMPLES, ratio) for place in range(SAMPLES)]
        facets = _brilliant(edge, mains, (0.0, middle(ratio)), ratio, table) if table else []
        return Above(girdle, facets, [])
    if mark in _CORNERS:
        return _cornered(mark, ratio, table)
    return None


def _brilliant(edge: Edge, mains: int, middle: Point, ratio: float, table: float) -> list[list[Point]]:
    """Table, stars, kites and halves, once for each main facet around."""

    def at(part: float, turn: float) -> Point:
        return _between(middle, edge(turn / mains % 1, ratio), part)

    corners = [at(table, turn) for turn in range(mains)]
    tips = [at((table + 1) / 2 * STARS, turn + 0.5) for turn in range(mains)]
    lines = [[*corners, corners[0]]]
    for turn in range(mains):
        lines += [
            [tips[turn - 1], corners[turn], tips[turn]],
            [tips[turn - 1], at(1, turn), tips[turn]],
            [tips[turn], at(1, turn + 0.5)],
        ]
    return lines


def _between(start: Point, end: Point, part: float) -> Point:
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part


def _oval(part: float, ratio: float) -> Point:
    return sin(2 * pi * part), -ratio * cos(2 * pi * part)


def _cushion(part: float, ratio: float) -> Point:
    x, y = sin(2 * pi * part), -cos(2 * pi * part)
    return _signed(x, 0.58), ratio * _signed(y, 0.58)


def _signed(value: float, power: float) -> float:
    size: float = abs(value) ** power
    return size if value >= 0 else -size


def _marquise(part: float, ratio: float) -> Point:
    x, y = sin(2 * pi * part), -cos(2 * pi * part)
    return _signed(x, 2), ratio * y


def _pear(part: float, ratio: float) -> Point:
    """A half circle below, two wings that bow to the tip above."""
    x, y = sin(2 * pi * part), -cos(2 * pi * part)
    head = ratio - 1
    return (x, head + y) if y >= 0 else (_signed(x, 1.7), head + y * (head + ratio))


LOBE = 0.53  # the radius of a heart's half; where both circles cross is the cleft


def _heart(part: float, ratio: float) -> Point:
    """From the cleft around the right lobe down to the tip, and back up by the left."""
    side, along = (1, part * 2) if part <= 0.5 else (-1, (1 - part) * 2)
    middle, shoulder = 1 - LOBE, LOBE - ratio
    if along <= 0.5:
        turn = (1 - along * 2) * (pi - acos(middle / LOBE))
        return side * (middle + LOBE * cos(turn)), shoulder - LOBE * sin(turn)
    down = (along - 0.5) * pi
    return side * _signed(cos(down), 1.4), shoulder + (2 * ratio - LOBE) * sin(down)


def _trilliant(part: float, ratio: float) -> Point:
    """Three bowed sides; the tip above."""
    side, along = int(part * 3) % 3, part * 3 % 1
    start, end = _tip(side), _tip(side + 1)
    bow = 0.5 * along * (1 - along)
    x, y = _between(start, end, along)
    out = (side + 0.5) / 3 * 2 * pi
    return (x + bow * sin(out)) / 0.866, ratio * ((y - bow * cos(out) + 1) / 1.625 * 2 - 1)


def _tip(turn: int) -> Point:
    return sin(turn / 3 * 2 * pi), -cos(turn / 3 * 2 * pi)


_BRILLIANTS: dict[str, tuple[Edge, int, Callable[[float], float]]] = {
    "round": (_oval, 8, lambda ratio: 0.0),
    "oval": (_oval, 8, lambda ratio: 0.0),
    "cushion": (_cushion, 8, lambda ratio: 0.0),
    "marquise": (_marquise, 8, lambda ratio: 0.0),
    "pear": (_pear, 8, lambda ratio: 0.6 * (ratio - 1)),
    "heart": (_heart, 8, lambda ratio: 0.9 - ratio),
    "trilliant": (_trilliant, 6, lambda ratio: 0.23 * ratio),
}
"""Edge, main facets, and how far below the middle the culet lies."""

_CORNERS = {"princess": 0.0, "baguette": 0.0, "emerald": 0.30, "asscher": 0.52, "radiant": 0.34}
"""How much of each corner is cut, in halves of the width."""

STEPS = 3
_TANGENT = 2**0.5 - 1  # of an eighth of a turn's half: how fast a cut corner closes from step to step


def _cornered(mark: str, ratio: float, table: float | None) -> Above:
    cut = _CORNERS[mark]
    girdle = _ring(ratio, cut, 0)
    if not table:
        return Above(girdle, [], [])
    inner = _ring(ratio, cut, 1 - table)
    ways = [list(pair) for pair in zip(girdle, inner, strict=True)]
    if mark in ("princess", "radiant"):
        return Above(girdle, [_closed(inner), *ways, *_points(girdle, inner)], _crossed(inner))
    rings = [_closed(_ring(ratio, cut, (1 - table) * step / STEPS)) for step in range(1, STEPS + 1)]
    return Above(girdle, [*rings, *ways], [])


def _ring(ratio: float, cut: float, inset: float) -> list[Point]:
    """A rectangle with cut corners, clockwise from the top right, each side so far inside the girdle's."""
    x, y = 1 - inset, ratio - inset
    if not cut:
        return [(-x, -y), (x, -y), (x, y), (-x, y)]
    cut = max(0.05, cut - inset * (1 - _TANGENT))
    right = [(x - cut, -y), (x, -y + cut), (x, y - cut), (x - cut, y)]
    return [*right, *((-px, py) for px, py in reversed(right))]


def _closed(ring: list[Point]) -> list[Point]:
    return [*ring, ring[0]]


def _points(girdle: list[Point], inner: list[Point]) -> list[list[Point]]:
    """From the middle of each long side of the girdle to both ends of the table's side."""
    sides = [*zip(girdle, girdle[1:] + girdle[:1], inner, inner[1:] + inner[:1], strict=True)]
    longest = sides if len(girdle) == 4 else sides[1::2]
    return [[start, _between(edge, end, 0.5), stop] for edge, end, start, stop in longest]


def _crossed(inner: list[Point]) -> list[list[Point]]:
    """The pavilion's ridges under the table, from corner to corner through the culet."""
    half = len(inner) // 2
    return [list(pair) for pair in zip(inner[:half], inner[half:], strict=True)]
