"""A round stone to scale, from above and from the side, by the figures of its own claims: geometry only."""

from dataclasses import dataclass
from math import cos, pi, radians, sin, tan

WIDTH = 240.0  # of the girdle in the side view, in the drawing's units
LEFT, TOP = 20.0, 190.0
CENTRE_X, CENTRE_Y, RADIUS = 140.0, 82.0, 74.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """Paths of both views, and where their words stand."""

    from_above: str
    outline: str
    facets: str
    measure: str
    height: int
    table_at: tuple[int, int]
    depth_at: tuple[int, int]
    crown_at: tuple[int, int]
    pavilion_at: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Proportions:
    """What a drawing needs, in percent of the girdle's width and in degrees."""

    depth_percent: float
    table_percent: float
    crown_angle: float | None = None
    pavilion_angle: float | None = None
    girdle_percent: float = 3.5


def drawn(given: Proportions) -> Drawing | None:
    """The drawing, or nothing where the figures do not close to a stone."""
    crown, girdle, pavilion = _heights(given)
    if not (20 <= given.table_percent < 95 and crown > 0 and pavilion > 0):
        return None
    scale = WIDTH / 100
    upper = TOP + crown * scale
    lower = upper + girdle * scale
    return _placed(given.table_percent, upper, lower, lower + pavilion * scale)


def _heights(given: Proportions) -> tuple[float, float, float]:
    """Crown, girdle and pavilion in percent; what no angle says is shared out as in a usual stone."""
    body = given.depth_percent - given.girdle_percent
    if given.crown_angle:
        crown = tan(radians(given.crown_angle)) * (100 - given.table_percent) / 2
        return crown, given.girdle_percent, body - crown
    if given.pavilion_angle:
        pavilion = tan(radians(given.pavilion_angle)) * 50
        return body - pavilion, given.girdle_percent, pavilion
    return body * 0.26, given.girdle_percent, body * 0.74


def _placed(table_percent: float, upper: float, lower: float, culet: float) -> Drawing:
    right, middle = LEFT + WIDTH, LEFT + WIDTH / 2
    table = WIDTH * table_percent / 100
    edges = middle - table / 2, middle + table / 2
    stars = (edges[0] + LEFT) / 2, (edges[1] + right) / 2
    return Drawing(
        from_above=_from_above(table_percent / 100),
        outline=_path(
            (edges[0], TOP),
            (edges[1], TOP),
            (right, upper),
            (right, lower),
            (middle, culet),
            (LEFT, lower),
            (LEFT, upper),
        )
        + "Z",
        facets="".join(
            (
                _path((LEFT, upper), (right, upper)),
                _path((LEFT, lower), (right, lower)),
                _path((edges[0], TOP), (stars[0], upper), (middle, TOP), (stars[1], upper), (edges[1], TOP)),
                _path((stars[0], lower), (middle, culet), (stars[1], lower)),
            )
        ),
        measure="".join(
            (
                _path((edges[0], TOP - 12), (edges[0], TOP - 4)),
                _path((edges[1], TOP - 12), (edges[1], TOP - 4)),
                _path((edges[0], TOP - 8), (edges[1], TOP - 8)),
            )
        ),
        height=round(culet + 8),
        table_at=(round(middle), round(TOP - 15)),
        depth_at=(round(right + 14), round(lower + (culet - lower) * 0.82)),
        crown_at=(round(LEFT - 14), round((TOP + upper) / 2)),
        pavilion_at=(round(LEFT - 14), round(lower + (culet - lower) * 0.5)),
    )


def _from_above(table: float) -> str:
    """Girdle, table, stars, kites and halves of a round brilliant, eight times around."""
    half = f"a{RADIUS} {RADIUS} 0 1 0"
    rim = f"M{CENTRE_X - RADIUS:.1f} {CENTRE_Y:.1f}{half} {2 * RADIUS} 0{half} {-2 * RADIUS} 0"
    corners = [_around(table, turn) for turn in range(8)]
    tips = [_around((table + 1) / 2 * 0.97, turn + 0.5) for turn in range(8)]
    paths = [rim, _path(*corners) + "Z"]
    for turn in range(8):
        corner, tip, behind = corners[turn], tips[turn], tips[turn - 1]
        paths.append(_path(behind, corner, tip))
        paths.append(_path(behind, _around(1, turn), tip))
        paths.append(_path(tip, _around(1, turn + 0.5)))
    return "".join(paths)


def _around(part: float, turn: float) -> tuple[float, float]:
    """A point at a part of the radius, at so many eighths of a turn."""
    angle = (turn + 0.5) * pi / 4
    return CENTRE_X + RADIUS * part * cos(angle), CENTRE_Y + RADIUS * part * sin(angle)


def _path(*points: tuple[float, float]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
