"""Ranges whose two ends stand in columns of their own: "Color From" and "Color To"."""

from collections.abc import Sequence

from bourse.dialects.columns import Filled, Value
from bourse.dialects.spelling import words_of

_LOW = frozenset({"from", "min", "low", "start"})
_HIGH = frozenset({"to", "max", "high", "end"})
_RANGED = frozenset({"color", "clarity"})


def join_ends(filled: Sequence[Filled]) -> None:
    """Give the column of each lower end the whole range, so that the upper one adds nothing to it."""
    for low in filled:
        if low.field.name in _RANGED and _LOW & set(words_of(low.raw.header)):
            for high in filled:
                if high.field is low.field and _HIGH & set(words_of(high.raw.header)):
                    _join(low, high, low.field.name)


def _join(low: Filled, high: Filled, name: str) -> None:
    ends = zip(low.values[name], high.values[name], strict=True)
    joined = [_range(first, last) for first, last in ends]
    low.values[name], high.values[name] = joined, [None] * len(joined)


def _range(first: Value, last: Value) -> Value:
    if isinstance(first, str) and isinstance(last, str) and first != last:
        return [first, last]
    return first if first is not None else last
