"""What a bare R means in a column of shapes: round to some houses, radiant to others."""

from bourse.dialects.columns import Value
from bourse.dialects.questions import Questions
from bourse.dialects.rows import Rows
from bourse.dialects.scales import AMBIGUOUS_R

_ROUND_RATIO, _LONG_RATIO = 1.03, 1.05
_NEARLY_ALL = 0.8


def settle_letter_r(rows: Rows, questions: Questions) -> None:
    """Replace every R by the shape that the sizes of these stones show, else by the answer; else leave it
    unread.
    """
    shapes = rows.column("shape")
    lettered = [at for at, shape in enumerate(shapes) if shape == AMBIGUOUS_R]
    if not lettered:
        return
    meant = _by_size(rows, lettered) or _by_company(shapes) or questions.letter_r(rows.sources["shape"])
    for at in lettered:
        shapes[at] = meant


def _by_size(rows: Rows, lettered: list[int]) -> str | None:
    lengths, widths = rows.column("length_mm"), rows.column("width_mm")
    ratios = [ratio for at in lettered if (ratio := _ratio(lengths[at], widths[at])) is not None]
    if not ratios:
        return None
    if sum(ratio <= _ROUND_RATIO for ratio in ratios) >= _NEARLY_ALL * len(ratios):
        return "Round"
    return "Radiant" if sum(ratio > _LONG_RATIO for ratio in ratios) >= _NEARLY_ALL * len(ratios) else None


def _ratio(length: Value, width: Value) -> float | None:
    if not isinstance(length, float) or not isinstance(width, float):
        return None
    return max(length, width) / min(length, width)


def _by_company(shapes: list[Value]) -> str | None:
    """A house that spells one of the two otherwise means the other by R."""
    others = set(map(str, shapes))
    if "Radiant" in others and "Round" not in others:
        return "Round"
    return None
