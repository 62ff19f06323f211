"""A stone to scale, from above and from the side, by the figures of its own claims: geometry only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import radians, tan

from bourse.doors.web.outlines import Point, above

WIDTH = 240.0  # of the girdle in the side view, in the drawing's units
LEFT, TOP = 20.0, 216.0
CENTRE_X, CENTRE_Y, RADIUS = 140.0, 82.0, 74.0
ALONE, MARGIN = 120, 4.0  # the picture of a card: a square, the stone from above alone
STEPPED = ("emerald", "asscher", "baguette")

USUAL_GIRDLE = 3.5
GIRDLES = {
    "Extremely Thin": 1.0,
    "Very Thin": 1.5,
    "Thin": 2.5,
    "Slightly Thin": 3.0,
    "Medium": 3.5,
    "Slightly Thick": 4.5,
    "Thick": 5.5,
    "Very Thick": 7.0,
    "Extremely Thick": 9.0,
}
CULETS = {
    "Very Small": 1.0,
    "Small": 2.0,
    "Medium": 3.0,
    "Slightly Large": 4.5,
    "Large": 6.0,
    "Very Large": 8.0,
    "Extremely Large": 11.0,
}
"""What the words of a girdle and a culet come to, in percent of the stone's width."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Proportions:
    """What a drawing needs: percents of the girdle's width, degrees, millimetres; None is not said."""

    mark: str = "round"  # the shape's drawing in the sprite
    length_mm: float | None = None
    width_mm: float | None = None
    depth_percent: float | None = None
    table_percent: float | None = None
    crown_percent: float | None = None
    crown_angle: float | None = None
    pavilion_percent: float | None = None
    pavilion_angle: float | None = None
    girdle_percent: float = USUAL_GIRDLE
    culet_percent: float = 0.0

    @property
    def ratio(self) -> float | None:
        """Length over width; a round stone needs no measurements for it."""
        if self.length_mm and self.width_mm:
            return self.length_mm / self.width_mm
        return 1.0 if self.mark == "round" else None


@dataclass(frozen=True, slots=True)
class FromAbove:
    """Paths of the stone from above, the lines of its two measures, and where their words stand."""

    girdle: str
    facets: str
    through: str
    measure: str
    length_at: Place
    width_at: Place


@dataclass(frozen=True, slots=True)
class FromTheSide:
    """Paths of the stone from the side, and where its words stand."""

    outline: str
    facets: str
    measure: str
    height: int
    table_at: Place
    depth_at: Place
    crown_at: Place
    pavilion_at: Place


@dataclass(frozen=True, slots=True)
class Drawing:
    """Both views, as far as the figures allow them."""

    above: FromAbove | None
    side: FromTheSide | None

    @property
    def height(self) -> int:
        """The drawing's height, in its own units."""
        return self.side.height if self.side else round(TOP - 36)


def proportions_of(claimed: Mapping[str, object], mark: str) -> Proportions:
    """The figures of a listing's claims, whatever of them is said."""
    extra = claimed.get("particulars")
    more = extra if isinstance(extra, dict) else {}
    length, width, depth = (_number(claimed.get(name)) for name in ("length_mm", "width_mm", "depth_mm"))
    if length and width and mark not in ("heart", "trilliant"):  # those may be wider than long
        length, width = max(length, width), min(length, width)
    across = (length + width) / 2 if length and width and mark == "round" else width
    return Proportions(
        mark=mark,
        length_mm=length,
        width_mm=width,
        depth_percent=_number(claimed.get("depth_percent")) or (depth and across and depth / across * 100),
        table_percent=_number(claimed.get("table_percent")),
        crown_percent=_number(more.get("crown_height")),
        crown_angle=_number(more.get("crown_angle")),
        pavilion_percent=_number(more.get("pavilion_depth")),
        pavilion_angle=_number(more.get("pavilion_angle")),
        girdle_percent=_number(more.get("girdle_pct")) or _girdle(claimed),
        culet_percent=CULETS.get(str(claimed.get("culet")), 0.0),
    )


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float | Decimal) and value > 0 else None


def _girdle(claimed: Mapping[str, object]) -> float:
    """Of a girdle from thin to thick the middle."""
    said = [
        GIRDLES[word] for name in ("girdle_from", "girdle_to") if (word := str(claimed.get(name))) in GIRDLES
    ]
    return sum(said) / len(said) if said else USUAL_GIRDLE


def drawn(given: Proportions) -> Drawing | None:
    """The drawing, or nothing where the figures close to no stone or none are given."""
    above, side = _from_above(given), _from_the_side(given)
    return Drawing(above, side) if above and (side or given.length_mm) else None


def picture(given: Proportions) -> str | None:
    """The stone from above as an SVG of its own, for a card; None for a shape that is not drawn."""
    ratio = given.ratio
    lines = above(given.mark, ratio, _table(given)) if ratio else None
    if lines is None or ratio is None:
        return None
    half = ALONE / 2
    scale = (half - MARGIN) / max(1.0, ratio)
    girdle, facets, through = (
        _scaled(group, half, half, scale) for group in ([lines.girdle], lines.facets, lines.through)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {ALONE} {ALONE}" fill="none" stroke="#777">'
        f'<path d="{girdle}Z"/><path stroke-width=".6" d="{facets}"/>'
        f'<path stroke-width=".6" stroke-opacity=".5" d="{through}"/></svg>'
    )


def _table(given: Proportions) -> float | None:
    """The table as a part of the width, where it can be one."""
    said = given.table_percent
    return said / 100 if said and 20 <= said < 95 else None


def _from_above(given: Proportions) -> FromAbove | None:
    ratio = given.ratio
    lines = above(given.mark, ratio, _table(given)) if ratio else None
    if lines is None or ratio is None:
        return None
    scale = RADIUS / max(1.0, ratio)
    girdle, facets, through = (
        _scaled(group, CENTRE_X, CENTRE_Y, scale) for group in ([lines.girdle], lines.facets, lines.through)
    )
    right, foot, half = CENTRE_X + scale + 12, CENTRE_Y + scale * ratio + 12, scale * ratio
    return FromAbove(
        girdle=girdle + "Z",
        facets=facets,
        through=through,
        measure=_upright(right, CENTRE_Y - half, CENTRE_Y + half)
        + _level(foot, CENTRE_X - scale, CENTRE_X + scale),
        length_at=(round(right + 8), round(CENTRE_Y + 4)),
        width_at=(round(CENTRE_X), round(foot + 15)),
    )


def _scaled(lines: Iterable[list[Point]], x: float, y: float, scale: float) -> str:
    return "".join(_path(*((x + px * scale, y + py * scale) for px, py in line)) for line in lines)


def _from_the_side(given: Proportions) -> FromTheSide | None:
    heights, table = _heights(given), _table(given)
    if heights is None or table is None:
        return None
    scale = WIDTH / 100
    upper = TOP + heights[0] * scale
    lower = upper + heights[1] * scale
    return _placed(given, table, upper, lower, lower + heights[2] * scale)


def _heights(given: Proportions) -> tuple[float, float, float] | None:
    """Crown, girdle and pavilion in percent; what nothing says is shared out as in a usual stone."""
    if not given.depth_percent or not given.table_percent:
        return None
    body = given.depth_percent - given.girdle_percent
    crown = given.crown_percent or _rise(given.crown_angle, (100 - given.table_percent) / 2)
    pavilion = given.pavilion_percent or _rise(given.pavilion_angle, 50 - given.culet_percent / 2)
    crown = crown or (body - pavilion if pavilion else body * 0.26)
    return (crown, given.girdle_percent, body - crown) if 0 < crown < body else None


def _rise(angle: float | None, run: float) -> float | None:
    return tan(radians(angle)) * run if angle and angle < 90 else None


def _placed(given: Proportions, table: float, upper: float, lower: float, foot: float) -> FromTheSide:
    right, middle = LEFT + WIDTH, LEFT + WIDTH / 2
    edges = middle - WIDTH * table / 2, middle + WIDTH * table / 2
    culet = WIDTH * given.culet_percent / 200
    rim = (edges[1], TOP), (right, upper), (right, lower)
    foot_points = ((middle + culet, foot), (middle - culet, foot)) if culet else ((middle, foot),)
    draw = _steps if given.mark in STEPPED else _stars
    return FromTheSide(
        outline=_path((edges[0], TOP), *rim, *foot_points, (LEFT, lower), (LEFT, upper)) + "Z",
        facets=_level_at(upper) + _level_at(lower) + draw(edges, upper, lower, foot),
        measure=_level(TOP - 8, *edges),
        height=round(foot + 8),
        table_at=(round(middle), round(TOP - 17)),
        depth_at=(round(right + 14), round(lower + (foot - lower) * 0.82)),
        crown_at=(round(LEFT - 14), round((TOP + upper) / 2)),
        pavilion_at=(round(LEFT - 14), round(lower + (foot - lower) * 0.5)),
    )


def _level_at(y: float) -> str:
    return _path((LEFT, y), (LEFT + WIDTH, y))


def _stars(edges: tuple[float, float], upper: float, lower: float, foot: float) -> str:
    """The facets of a brilliant: stars and bezels above, two mains below."""
    middle = LEFT + WIDTH / 2
    stars = (edges[0] + LEFT) / 2, (edges[1] + LEFT + WIDTH) / 2
    crown = _path((edges[0], TOP), (stars[0], upper), (middle, TOP), (stars[1], upper), (edges[1], TOP))
    return crown + _path((stars[0], lower), (middle, foot), (stars[1], lower))


def _steps(edges: tuple[float, float], upper: float, lower: float, foot: float) -> str:
    """The facets of a step cut: level lines, three above and three below."""
    middle, lines = LEFT + WIDTH / 2, []
    for part in (1 / 3, 2 / 3):
        half = (edges[1] - edges[0]) / 2 * (1 - part) + WIDTH / 2 * part
        y = TOP + (upper - TOP) * part
        lines.append(_path((middle - half, y), (middle + half, y)))
        y, half = lower + (foot - lower) * part, WIDTH / 2 * (1 - part)
        lines.append(_path((middle - half, y), (middle + half, y)))
    return "".join(lines)


def _level(y: float, start: float, end: float) -> str:
    """A measure's line with its two ends."""
    return (
        _path((start, y - 4), (start, y + 4))
        + _path((end, y - 4), (end, y + 4))
        + _path((start, y), (end, y))
    )


def _upright(x: float, start: float, end: float) -> str:
    return (
        _path((x - 4, start), (x + 4, start))
        + _path((x - 4, end), (x + 4, end))
        + _path((x, start), (x, end))
    )


def _path(*points: Point) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
