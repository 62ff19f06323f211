"""What search answers: results with their facets, the market's counts, and whether an edit is in them yet."""

import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache

import msgspec

from bourse.kit import outbox
from bourse.kit.refusal import Refusal
from bourse.members.actor import Actor
from bourse.members.refusals import refuse_suspended
from bourse.search import catalogue
from bourse.search.asking import COLUMNS, FACETS, criteria, question
from bourse.search.engine import Engine, OneOf, Question, Within, WithKey
from bourse.search.filter import FANCY_GROUP, Filter
from bourse.search.limits import refuse_too_deep
from bourse.search.measures import Range
from bourse.search.positions import Position, histogram, like
from bourse.search.records import key_of
from bourse.search.rows import ResultRow, result_row
from bourse.search.scales import BANDS, CHOICES, FANCY, GROWN, LISTS, MEASURES, TAGS, Goods, Growing

__all__ = [
    "FACETS",
    "Counts",
    "FacetValue",
    "Found",
    "Position",
    "SearchNotBuilt",
    "Side",
    "counts",
    "find",
    "histogram",
    "in_no_listing",
    "like",
    "side_by_side",
    "wait_for",
]

PAGE = 50
MOST_ON_A_PAGE = 1_000
SLOWEST_LOOK_S = 0.01
MOST_WORDS = 100
MOST_SELLERS = 500


class SearchNotBuilt(Refusal):
    """There is no catalogue yet, so whatever was answered would say that the market is empty."""

    status = 503
    retry_after_s = 5

    def __init__(self) -> None:
        super().__init__("Search is being built. Ask again in a few seconds.")


class FacetValue(msgspec.Struct, frozen=True):
    """One value of a facet as the query spells it, the stones that have it, and for a band its ends.

    A company is spelt by its public id; `name` is what people call it.
    """

    value: str
    count: int
    chosen: bool
    low: int | None = None
    high: int | None = None
    name: str = ""


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


def find(actor: Actor | None, filter: Filter, limit: int = PAGE, now: datetime | None = None) -> Found:
    """The page of the result that the filter asks for, with exact total and every facet.

    `now` is needed where the filter asks for what was listed within some days.
    """
    refuse_suspended(actor)
    started = time.perf_counter()
    engine = catalogue.current()
    if engine is None:
        return Found()
    limit = min(limit, MOST_ON_A_PAGE)
    offset = (filter.page - 1) * limit
    answer = engine.search(question(engine, filter, now, offset, limit))
    if answer.slots:
        refuse_too_deep(actor, offset + len(answer.slots))
    company_id = actor.company_id if actor else None
    counted = {name: answer.facets[COLUMNS.get(name, name)] for name in FACETS}
    return Found(
        total=answer.total,
        rows=[result_row(engine, slot, company_id) for slot in answer.slots],
        facets={name: list(_facet(name, numbers, engine, filter)) for name, numbers in counted.items()},
        spans=answer.spans,
        position=offset + 1 if answer.slots else 0,
        pages=-(-answer.total // limit),
        took_ms=(time.perf_counter() - started) * 1000,
        is_ready=True,
    )


def found_rows(
    actor: Actor | None, filter: Filter, most: int, now: datetime | None = None
) -> Iterator[ResultRow]:
    """The first rows of the whole result, all of one catalogue, whatever is edited meanwhile."""
    refuse_suspended(actor)
    engine = catalogue.current()
    if engine is None:
        raise SearchNotBuilt
    company_id = actor.company_id if actor else None
    slots = engine.search(question(engine, filter, now, 0, most)).slots
    return (result_row(engine, slot, company_id) for slot in slots)


def side_by_side(actor: Actor | None, listing_ids: Sequence[str]) -> list[ResultRow]:
    """The live listings of these public ids in their order; what is in no catalogue is left out."""
    refuse_suspended(actor)
    engine = catalogue.current()
    if engine is None:
        raise SearchNotBuilt
    wanted = listing_ids[:MOST_ON_A_PAGE]
    named = WithKey(["listing"], [one.encode() for one in wanted])
    slots = engine.search(Question({"listing": named}, limit=MOST_ON_A_PAGE)).slots
    company_id = actor.company_id if actor else None
    found = {row.public_id: row for row in (result_row(engine, slot, company_id) for slot in slots)}
    return [found[one] for one in wanted if one in found]


def in_no_listing(filter: Filter) -> list[str]:
    """The numbers asked for that name nothing in the whole catalogue, natural or grown, available or not."""
    engine = catalogue.current()
    asked = [(text, keys) for name, keys in LISTS.items() for text in filter.texts(name)]
    return [text for text, keys in asked if engine and not engine.names(keys, key_of(text))]


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


def _facet(name: str, numbers: list[int], engine: Engine, filter: Filter) -> Iterator[FacetValue]:
    if name in BANDS:
        yield from _bands(name, numbers, filter)
    elif name == "company":
        yield from _sellers(numbers, engine, filter)
    elif name in TAGS:
        yield from _words(name, numbers, engine, filter)
    elif name == "growth":
        for growing, number in zip(GROWN, numbers, strict=True):
            yield FacetValue(growing.value, number, filter.growth in (growing, Growing.BOTH))
    else:
        yield from _values(name, numbers, engine.totals(name), filter)


def _values(name: str, numbers: list[int], ever: list[int], filter: Filter) -> Iterator[FacetValue]:
    """In the trade's order: the usual values always, others where the market has any or they are chosen."""
    picked = {CHOICES[name].values.index(value) for value in filter.chosen(name)}
    for code, text, is_usual in _TEXTS[name]:
        if code == _FIRST_FANCY and name == "colour":
            yield FacetValue(FANCY_GROUP, sum(numbers[code:]), set(filter.colour) >= set(FANCY))
        if is_usual or ever[code] or code in picked:
            yield FacetValue(text, numbers[code], code in picked)


_TEXTS = {
    name: [(code, str(value), value in choice.usual) for code, value in enumerate(choice.values)]
    for name, choice in CHOICES.items()
}
_FIRST_FANCY = CHOICES["colour"].values.index(FANCY[0])
_BANDS = {
    name: [(band, MEASURES[name].span_of(band), *band.ends) for band in found]
    for name, found in BANDS.items()
}


def _bands(name: str, numbers: list[int], filter: Filter) -> Iterator[FacetValue]:
    ranges = filter.ranges(name)
    for (band, text, low, high), number in zip(_BANDS[name], numbers, strict=True):
        yield FacetValue(text, number, band in ranges, low, high)


def _words(name: str, numbers: list[int], engine: Engine, filter: Filter) -> Iterator[FacetValue]:
    """The most frequent words of the market in the order of the alphabet, and those that are chosen."""
    chosen = {text.casefold() for text in filter.texts(name)}
    most = _most_frequent(engine.totals(name), MOST_WORDS)
    for place, word in enumerate(engine.words(name)):
        if place in most or word.casefold() in chosen:
            yield FacetValue(word, numbers[place], word.casefold() in chosen)


def _sellers(numbers: list[int], engine: Engine, filter: Filter) -> Iterator[FacetValue]:
    """The companies that are named to others, by their names: who hides his is no word of the catalogue."""
    ids, names = engine.words("company"), _names(engine)
    most = _most_frequent(engine.totals("company"), MOST_SELLERS)
    for place in sorted(range(len(ids)), key=lambda place: (names[place].casefold(), place)):
        is_chosen = ids[place] in filter.company
        if place in most or is_chosen:
            yield FacetValue(ids[place], numbers[place], is_chosen, name=names[place])


@lru_cache(maxsize=1)
def _names(engine: Engine) -> list[str]:
    """The names under which the companies show their stones, read once of each catalogue."""
    slots = engine.slots_of_words("company")
    return [result_row(engine, slot, None).company_name for slot in slots]


def _most_frequent(totals: list[int], most: int) -> set[int]:
    return set(sorted(range(len(totals)), key=lambda place: (-totals[place], place))[:most])


def _side(engine: Engine, filter: Filter, today: int) -> Side:
    everything = {name: one for name, one in criteria(engine, filter).items() if name != "goods"}
    # The weight of a parcel is that of all its stones: among the sizes it would be a giant.
    single = {**everything, "goods": OneOf("goods", [Goods.SINGLE.rank, Goods.PAIR.rank])}
    counted = engine.search(Question(single, ["band ct", "goods"], limit=0)).facets
    new = engine.search(Question({**everything, "listed": Within("listed", [(today, None)])}, limit=0))
    asked = engine.search(Question({**everything, "total": Within("total", [Range().ends])}, limit=0))
    sizes = list(_bands("ct", counted["band ct"], filter))
    return Side(sum(counted["goods"]), counted["goods"][Goods.PARCEL.rank], new.total, asked.total, sizes)
