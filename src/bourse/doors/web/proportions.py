"""The side view of a round stone to scale, from the figures of its own claims. Geometry, no markup."""

from dataclasses import dataclass
from math import radians, tan

WIDTH = 240.0  # of the girdle, in the drawing's units
LEFT, TOP = 20.0, 34.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """Paths of one side view, and where its words stand."""

    outline: str
    facets: str
    measure: str
    height: int
    table_at: tuple[int, int]
    depth_at: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Proportions:
    """What a drawing needs, in percent of the girdle's width and in degrees."""

    depth_percent: float
    table_percent: float
    crown_angle: float | None = None
    pavilion_angle: float | None = None
    girdle_percent: float = 3.5


def side_view(given: Proportions) -> Drawing | None:
    """The drawing, or nothing where the figures do not close to a stone."""
    crown, girdle, pavilion = _heights(given)
    if not (20 <= given.table_percent < 95 and crown > 0 and pavilion > 0):
        return None
    return _drawn(given.table_percent, crown, girdle, pavilion)


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


def _drawn(table_percent: float, crown: float, girdle: float, pavilion: float) -> Drawing:
    scale = WIDTH / 100
    right, middle = LEFT + WIDTH, LEFT + WIDTH / 2
    table = WIDTH * table_percent / 100
    left_edge, right_edge = middle - table / 2, middle + table / 2
    upper = TOP + crown * scale
    lower = upper + girdle * scale
    culet = lower + pavilion * scale
    star = (left_edge + LEFT) / 2, (right_edge + right) / 2
    return Drawing(
        outline=(
            f"M{left_edge:.1f} {TOP:.1f}H{right_edge:.1f}L{right:.1f} {upper:.1f}V{lower:.1f}"
            f"L{middle:.1f} {culet:.1f}L{LEFT:.1f} {lower:.1f}V{upper:.1f}Z"
        ),
        facets=(
            f"M{LEFT:.1f} {upper:.1f}H{right:.1f}M{LEFT:.1f} {lower:.1f}H{right:.1f}"
            f"M{left_edge:.1f} {TOP:.1f}L{star[0]:.1f} {upper:.1f}L{middle:.1f} {TOP:.1f}"
            f"L{star[1]:.1f} {upper:.1f}L{right_edge:.1f} {TOP:.1f}"
            f"M{star[0]:.1f} {lower:.1f}L{middle:.1f} {culet:.1f}L{star[1]:.1f} {lower:.1f}"
        ),
        measure=(
            f"M{left_edge:.1f} {TOP - 12:.1f}v8M{right_edge:.1f} {TOP - 12:.1f}v8"
            f"M{left_edge:.1f} {TOP - 8:.1f}H{right_edge:.1f}"
        ),
        height=round(culet + 28),
        table_at=(round(middle), round(TOP - 14)),
        depth_at=(round(right), round((lower + culet) / 2 + 16)),
    )
