"""Where numbers lie: a measure over a result, and a stone's ask among those of its like."""

from datetime import datetime

import msgspec
import numpy as np
from numpy.typing import NDArray

from bourse.search import catalogue
from bourse.search.asking import criteria
from bourse.search.bins import Bin, binned
from bourse.search.engine import Engine, Question, WithKey
from bourse.search.filter import Filter
from bourse.search.measures import Range, shown_weight
from bourse.search.rows import ResultRow, result_row
from bourse.search.scales import BANDS, CHOICES, Growing
from bourse.vocabulary import FancyColour, Growth, Scale, Shape

MOST_BINS = 24
MOST_BINS_BESIDE_A_STONE = 12


class Position(msgspec.Struct, frozen=True):
    """A stone's ask per carat among the asks for its like, in cents; the stone's own is one of them.

    Its like are stones of the same growth, shape, size, colour and clarity that can be had. The rank counts
    from the lowest; it is None where the stone bears no ask that others see.
    """

    rank: int | None
    of: int
    lowest: int
    median: int
    mean: int
    highest: int
    ppc_cents: int | None
    bins: list[Bin]
    query: str  # of the search that shows its like


def histogram(filter: Filter, measure: str, now: datetime | None = None, most: int = MOST_BINS) -> list[Bin]:
    """How a measure is spread over the result, its own ranges left out; nothing where no row says it."""
    engine = catalogue.current()
    if engine is None:
        return []
    wide = filter.without(measure)
    return binned(engine.numbers(Question(criteria(engine, wide, now)), measure), most)


def like(listing_id: str) -> Position | None:
    """Where a listing's ask lies; None for a parcel, a stone without grades, or one without its like."""
    engine = catalogue.current()
    row = None if engine is None else _row(engine, listing_id)
    if engine is None or row is None or row.goods == "parcel":
        return None
    filter = _of_its_kind(row)
    if not (filter.colour and filter.clarity):
        return None
    asks = engine.numbers(Question(criteria(engine, filter)), "ppc")
    if row.ppc_cents is not None and row.availability not in map(str, CHOICES["availability"].default):
        asks = np.append(asks, row.ppc_cents)
    return _position(asks, row.ppc_cents, filter) if asks.size else None


def _row(engine: Engine, listing_id: str) -> ResultRow | None:
    named = WithKey(["listing"], [listing_id.encode()])
    slots = engine.search(Question({"listing": named}, limit=2)).slots
    rows = [result_row(engine, slot, None) for slot in slots]
    return next((row for row in rows if row.public_id == listing_id), None)


def _of_its_kind(row: ResultRow) -> Filter:
    is_natural = row.growth == Growth.NATURAL.value
    weight = shown_weight(row.weight_ct)
    size = next(band for band in reversed(BANDS["ct"]) if band.low <= weight)
    return Filter(
        growth=Growing.NATURAL if is_natural else Growing.LAB_GROWN,
        shape=_value("shape", row.shape, Shape.OTHER),
        ct=(Range(size.low, size.high),),
        colour=_value("colour", row.fancy_colour or row.colour, FancyColour.OTHER),
        intensity=_value("intensity", row.fancy_intensity),
        clarity=_value("clarity", row.clarity),
    )


def _value(facet: str, word: str, otherwise: Scale | None = None) -> tuple[Scale, ...]:
    found = tuple(value for value in CHOICES[facet].values if str(value) == word)
    return found or ((otherwise,) if word and otherwise else ())


def _position(asks: NDArray[np.int64], own: int | None, filter: Filter) -> Position:
    ranked = np.sort(asks)
    number, total = int(ranked.size), int(ranked.sum())
    return Position(
        rank=None if own is None else int(np.searchsorted(ranked, own)) + 1,
        of=number,
        lowest=int(ranked[0]),
        median=(int(ranked[(number - 1) // 2]) + int(ranked[number // 2]) + 1) // 2,
        mean=(2 * total + number) // (2 * number),
        highest=int(ranked[-1]),
        ppc_cents=own,
        bins=binned(ranked, MOST_BINS_BESIDE_A_STONE),
        query=filter.to_query(),
    )
