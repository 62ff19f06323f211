"""What search answers: results with their facets, the market's counts, and whether an edit is in them yet."""

import re
import time
from collections.abc import Iterator, Mapping
from datetime import datetime

import msgspec

from bourse.kit import outbox
from bourse.members.actor import Actor
from bourse.search import catalogue
from bourse.search.engine import Criterion, Engine, OneOf, Order, Question, Within, WithKey, WithTag
from bourse.search.filter import FANCY_GROUP, Filter
from bourse.search.measures import Range
from bourse.search.rows import KEYS, PARCEL, SINGLE, ResultRow, key_of, result_row
from bourse.search.scales import BANDS, CHOICES, FANCY, GROWN, MEASURES, Growing, Sort
from bourse.vocabulary import Availability, Laboratory

PAGE = 50
MOST_ON_A_PAGE = 1_000
SLOWEST_LOOK_S = 0.01

FACETS = ("growth", *CHOICES, *BANDS)
AVAILABLE = tuple(state for state in Availability if state is not Availability.NOT_AVAILABLE)
ORDERS: Mapping[Sort, Order] = {
    sort: Order(sort.value.removeprefix("-"), descending=sort.value.startswith("-")) for sort in Sort
} | {Sort.NEWEST: Order("listed", descending=True)}
LABORATORIES = {key_of(laboratory.value) for laboratory in Laboratory}


class FacetValue(msgspec.Struct, frozen=True):
    """One value of a facet as the query spells it, the stones that have it, and for a band its ends."""

    value: str
    count: int
    chosen: bool
    low: int | None = None
    high: int | None = None


class Found(msgspec.Struct, frozen=True):
    """One page of a result. A facet's counts leave its own choice out; not ready means no catalogue yet."""

    total: int = 0
    rows: list[ResultRow] = []
    facets: dict[str, list[FacetValue]] = {}
    spans: dict[str, tuple[int, int] | None] = {}
    position: int = 0
    pages: int = 0
    took_ms: float = 0.0
    is_ready: bool = False


class Side(msgspec.Struct, frozen=True):
    """The natural or the lab-grown part of the market; a parcel is one offer, and in no size."""

    stones: int
    parcels: int
    new_today: int
    asks: int
    sizes: list[FacetValue]


class Counts(msgspec.Struct, frozen=True):
    """What the market holds now, natural and lab-grown apart."""

    natural: Side
    lab_grown: Side
    companies: int


def find(actor: Actor | None, filter: Filter, limit: int = PAGE) -> Found:
    """The page of the result that the filter asks for, with exact total and every facet."""
    started = time.perf_counter()
    engine = catalogue.current()
    if engine is None:
        return Found()
    limit = min(limit, MOST_ON_A_PAGE)
    offset = (filter.page - 1) * limit
    answer = engine.search(
        Question(_criteria(filter), FACETS, ORDERS[filter.sort], offset, limit, spans=tuple(MEASURES))
    )
    company_id = actor.company_id if actor else None
    return Found(
        total=answer.total,
        rows=[result_row(engine.payload(slot), company_id) for slot in answer.slots],
        facets={name: list(_facet(name, answer.facets[name], engine, filter)) for name in FACETS},
        spans=answer.spans,
        position=offset + 1 if answer.slots else 0,
        pages=-(-answer.total // limit),
        took_ms=(time.perf_counter() - started) * 1000,
        is_ready=True,
    )


def counts(now: datetime) -> Counts | None:
    """What the front page says of the market; None while there is no catalogue."""
    engine = catalogue.current()
    if engine is None:
        return None
    today = int(now.replace(hour=0, minute=0, second=0, microsecond=0).timestamp())
    natural, lab_grown = (_side(engine, Filter(growth=growing), today) for growing in GROWN)
    return Counts(natural, lab_grown, len(engine.words("company")))


def wait_for(fact_id: int, seconds: float = 1.0) -> bool:
    """Whether the fact was heard, and so is in every next answer, before the time was up."""
    until = time.monotonic() + seconds
    while not outbox.is_delivered(fact_id):
        if time.monotonic() >= until:
            return False
        time.sleep(SLOWEST_LOOK_S)
    return True


def _criteria(filter: Filter) -> dict[str, Criterion]:
    """What has to hold, by the facet that leaves it out of its own counts."""
    criteria: dict[str, Criterion] = {}
    for name, choice in CHOICES.items():
        if chosen := filter.chosen(name):
            criteria[name] = OneOf(name, [choice.values.index(value) for value in chosen])
    for name in MEASURES:
        if ranges := filter.ranges(name):
            criteria[name] = Within(name, [span.ends for span in ranges])
    if not filter.availability:
        states = CHOICES["availability"].values
        criteria["availability"] = OneOf("availability", [states.index(state) for state in AVAILABLE])
    if filter.growth is not Growing.BOTH:
        criteria["growth"] = OneOf("growth", [GROWN.index(filter.growth)])
    if filter.company:
        criteria["company"] = WithTag("company", [filter.company])
    if filter.q:
        criteria["q"] = WithKey(KEYS, _numbers_in(filter.q))
    return criteria


def _numbers_in(text: str) -> list[bytes]:
    """The report and stock numbers in a text; a laboratory's name beside a number names no stone."""
    keys = [key for key in map(key_of, re.split(r"[\s,;]+", text)) if key]
    return [key for key in keys if key not in LABORATORIES] or keys


def _facet(name: str, numbers: list[int], engine: Engine, filter: Filter) -> Iterator[FacetValue]:
    if name in BANDS:
        yield from _bands(name, numbers, filter)
    elif name == "growth":
        for growing, number in zip(GROWN, numbers, strict=True):
            yield FacetValue(growing.value, number, filter.growth in (growing, Growing.BOTH))
    else:
        yield from _values(name, numbers, engine.totals(name), filter)


def _values(name: str, numbers: list[int], ever: list[int], filter: Filter) -> Iterator[FacetValue]:
    """In the trade's order: the usual values always, others where the market has any or they are chosen."""
    choice, chosen = CHOICES[name], set(filter.chosen(name))
    for code, value in enumerate(choice.values):
        if name == "colour" and value is FANCY[0]:
            yield FacetValue(FANCY_GROUP, sum(numbers[code:]), chosen >= set(FANCY))
        if value in choice.usual or ever[code] or value in chosen:
            yield FacetValue(str(value), numbers[code], value in chosen)


def _bands(name: str, numbers: list[int], filter: Filter) -> Iterator[FacetValue]:
    for band, number in zip(BANDS[name], numbers, strict=True):
        low, high = band.ends
        yield FacetValue(MEASURES[name].span_of(band), number, band in filter.ranges(name), low, high)


def _side(engine: Engine, filter: Filter, today: int) -> Side:
    everything = _criteria(filter)
    # The weight of a parcel is that of all its stones: among the sizes it would be a giant.
    singles = {**everything, "goods": OneOf("goods", [SINGLE])}
    counted = engine.search(Question(singles, ["ct", "goods"], limit=0)).facets
    new = engine.search(Question({**everything, "listed": Within("listed", [(today, None)])}, limit=0))
    asked = engine.search(Question({**everything, "total": Within("total", [Range().ends])}, limit=0))
    sizes = list(_bands("ct", counted["ct"], filter))
    return Side(sum(counted["goods"]), counted["goods"][PARCEL], new.total, asked.total, sizes)
