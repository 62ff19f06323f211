"""Filters as they stand against new stones, and stones as they are held against them.

The engine's standing filters know facets and numbers. What else a filter may ask (words of open lists, pasted
numbers, days, several ranges of one measure) makes it a wide one: what it matches is asked of the catalogue
once more.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bourse.market.queries import CatalogueRow
from bourse.search.choice import Choice
from bourse.search.engine import MISSING, NO_CODE
from bourse.search.engine.matching import (
    HEAVIEST,
    HIGHEST,
    Filters,
    Listings,
    Schema,
    limits_of,
    numbers_of,
)
from bourse.search.filter import Filter
from bourse.search.measures import Range
from bourse.search.records import CODED, Records, Words, records_of
from bourse.search.scales import CHOICES, GROWN, LISTS, MEASURES, TAGS, Growing
from bourse.search.taken import Slice

_FIRST = ("ct", "total")
_MEASURES = (*_FIRST, *(name for name in MEASURES if name not in _FIRST))
_WIDTHS = {"growth": len(GROWN), **{name: len(choice.values) for name, choice in CHOICES.items()}}
_EACH_OF = {name: choice for name, choice in CHOICES.items() if choice.needs_all}
_ONE_OF = ("shape", *(name for name in _WIDTHS if name != "shape" and name not in _EACH_OF))

Read = Callable[[Records], NDArray[np.uint64]]


def _facets() -> Iterator[tuple[str, int]]:
    """Each with one value more than its scale has: that of a stone which says nothing."""
    yield from ((name, _WIDTHS[name] + 1) for name in _ONE_OF)
    for name, choice in _EACH_OF.items():
        yield from ((f"{name} {value}", 2) for value in choice.values)


SCHEMA = Schema(tuple(_facets()), _MEASURES, together=("growth",))


def filters_of(standing: Mapping[int, Filter]) -> Filters:
    """Filters by the keys of what they belong to."""
    ranges = np.array(
        [[_hull(one.ranges(name)) for name in _MEASURES] for one in standing.values()], np.int64
    )
    low, high, is_asked = ranges.reshape(-1, len(_MEASURES), 3).transpose(2, 0, 1)
    return Filters(
        np.array(list(standing), np.uint32),
        np.array([list(_accepted(one)) for one in standing.values()], np.uint64).reshape(low.shape[0], -1),
        limits_of(low, high, is_asked.astype(bool)),
    )


def is_wide(filter: Filter) -> bool:
    """Whether the engine's filter takes more than this one asks for."""
    return (
        any(filter.texts(name) for name in (*TAGS, *LISTS))
        or bool(filter.days or filter.confirmed)
        or any(_is_wide(name, filter.ranges(name)) for name in _MEASURES)
    )


def listings_of(rows: Sequence[CatalogueRow]) -> Listings:
    """Stones as everybody may see them, held against standing filters."""
    records = records_of(Slice(rows), Words())
    values = [_one_of(name, records) for name in _ONE_OF]
    for name, choice in _EACH_OF.items():
        values += _each_of(records[f"mask {name}"], choice)
    numbers = np.stack([records[f"number {name}"] for name in _MEASURES], axis=1)
    return Listings(np.stack(values, axis=1), numbers_of(numbers, numbers != MISSING))


def _hull(ranges: Sequence[Range]) -> tuple[int, int, bool]:
    """From the lowest to the highest end, and whether there is any."""
    lows, highs = ([getattr(one, end) for one in ranges] for end in ("low", "high"))
    return min(lows, default=0), max(highs, default=0), bool(ranges)


def _is_wide(name: str, ranges: Sequence[Range]) -> bool:
    most = HEAVIEST if name == _MEASURES[0] else HIGHEST
    ends = [end for one in ranges for end in one.ends if end is not None]
    return len(ranges) > 1 or any(end >= most for end in ends)


def _accepted(filter: Filter) -> Iterator[int]:
    """Bits of accepted values, facet by facet."""
    for name in _ONE_OF:
        chosen = _chosen(name, filter)
        yield sum(1 << code for code in chosen) if chosen else (2 << _WIDTHS[name]) - 1
    for name, choice in _EACH_OF.items():
        chosen = _chosen(name, filter)
        yield from (0b01 if code in chosen else 0b11 for code in range(len(choice.values)))


def _chosen(name: str, filter: Filter) -> list[int]:
    """The codes of what the filter takes; none where it takes everything."""
    if name == "growth":
        return [] if filter.growth is Growing.BOTH else [GROWN.index(filter.growth)]
    choice = CHOICES[name]
    return [choice.values.index(value) for value in filter.chosen(name) or choice.default]


def _one_of(name: str, records: Records) -> NDArray[np.uint64]:
    """Bits of the values that each stone has, the last of them where it says nothing."""
    if name in CODED:
        codes = records[f"code {name}"].astype(np.uint64)
        return np.uint64(1) << np.where(codes == NO_CODE, np.uint64(_WIDTHS[name]), codes)
    masks: NDArray[np.uint64] = records[f"mask {name}"]
    return np.where(masks == 0, np.uint64(1 << _WIDTHS[name]), masks)


def _each_of(masks: NDArray[np.uint64], choice: Choice) -> list[NDArray[np.uint64]]:
    """For each value the first bit where a stone has it, else the second."""
    has = [(masks >> np.uint64(code) & np.uint64(1)).astype(bool) for code in range(len(choice.values))]
    return [np.where(one, np.uint64(0b01), np.uint64(0b10)) for one in has]
