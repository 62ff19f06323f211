"""From a filter to what the engine is asked."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bourse.search.engine import AllOf, Criterion, Engine, OneOf, Order, Question, Within, WithKey, WithTag
from bourse.search.filter import Filter
from bourse.search.records import key_of
from bourse.search.scales import BANDS, CHOICES, GROWN, LISTS, MEASURES, TAGS, Growing, Sort

FACETS = ("growth", *CHOICES, *BANDS, *TAGS)
COLUMNS = {name: f"band {name}" for name in BANDS}
"""Where a facet is counted in a column of another name: bands, of the measure that they cut up."""

ORDERS: Mapping[Sort, Order | None] = {
    **{sort: Order(sort.value.removeprefix("-"), sort.value.startswith("-")) for sort in Sort},
    Sort.USUAL: None,
    Sort.NEWEST: Order("listed", descending=True),
    Sort.OLDEST: Order("listed"),
}


def question(engine: Engine, filter: Filter, now: datetime | None, offset: int, limit: int) -> Question:
    """A page of what the filter asks for, with all facets and spans."""
    return Question(
        {COLUMNS.get(name, name): one for name, one in criteria(engine, filter, now).items()},
        [COLUMNS.get(name, name) for name in FACETS],
        ORDERS[filter.sort],
        offset,
        limit,
        spans=tuple(MEASURES),
    )


def criteria(engine: Engine, filter: Filter, now: datetime | None = None) -> dict[str, Criterion]:
    """What has to hold, by the facet that leaves it out of its own counts."""
    asked: dict[str, Criterion] = {}
    if filter.growth is not Growing.BOTH:
        asked["growth"] = OneOf("growth", [GROWN.index(filter.growth)])
    for name, choice in CHOICES.items():
        if chosen := filter.chosen(name) or choice.default:
            codes = [choice.values.index(value) for value in chosen]
            asked[name] = AllOf(name, codes) if choice.needs_all else OneOf(name, codes)
    for name in MEASURES:
        if ranges := filter.ranges(name):
            asked[name] = Within(name, [span.ends for span in ranges])
    for name in TAGS:
        if texts := filter.texts(name):
            asked[name] = WithTag(name, _spelt(engine, name, texts))
    for name, keys in LISTS.items():
        if texts := filter.texts(name):
            asked[name] = WithKey(keys, [key_of(text) for text in texts])
    for name, moment in (("days", "listed"), ("confirmed", "confirmed")):
        if days := getattr(filter, name):
            asked[name] = Within(moment, [(_since(now, days), None)])
    return asked


def _spelt(engine: Engine, name: str, texts: tuple[str, ...]) -> list[str]:
    """The words of the list that differ from the texts in capitals alone; an address is never so read."""
    if name == "company":
        return list(texts)
    wanted = {text.casefold() for text in texts}
    return [word for word in engine.words(name) if word.casefold() in wanted]


def _since(now: datetime | None, days: int) -> int:
    if now is None:
        raise ValueError("What was listed or confirmed within some days depends on what day it is: pass now.")
    return int((now - timedelta(days=days)).timestamp())
