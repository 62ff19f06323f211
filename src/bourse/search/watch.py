"""Holds what comes and changes against saved searches, in the process that follows the market.

The filters stand in that process's memory: read once, then kept level by the facts of search itself.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import numpy as np

from bourse.kit.outbox import Fact, announce
from bourse.market.queries import CatalogueRow
from bourse.members.queries import acting_for
from bourse.search import catalogue
from bourse.search.asking import criteria
from bourse.search.engine import Question, WithKey
from bourse.search.engine.matching import Standing
from bourse.search.facts import SearchForgotten, SearchSaved, StonesFound
from bourse.search.filter import Filter, from_query
from bourse.search.models import SavedSearch, SearchHit
from bourse.search.standing import SCHEMA, filters_of, is_wide, listings_of
from bourse.search.states import Alert
from bourse.search.touched import touched

MOST_HITS = 1_000  # of one search that wait to be looked at; who has more is told that there are more
AT_ONCE = 500  # listings of which the catalogue is asked in one question


class Hit(NamedTuple):
    """A search found a listing of a company, by their keys."""

    search_id: int
    listing_id: int
    company_id: int


class _Watched:
    """The searches in this process's memory; the wide ones by their keys."""

    def __init__(self) -> None:
        self.standing = Standing(SCHEMA, None)
        self.wide: dict[int, Filter] = {}
        self.is_read = False

    def put(self, searches: Mapping[int, Filter]) -> None:
        """Watch for these too, as they read now."""
        self.remove(searches)
        self.standing.put(filters_of(searches))
        self.wide |= {key: filter for key, filter in searches.items() if is_wide(filter)}

    def remove(self, searches: Iterable[int]) -> None:
        """Watch for these no more."""
        self.standing.remove(np.array(list(searches), np.uint32))
        for key in searches:
            self.wide.pop(key, None)


_watched = _Watched()


def watch(facts: Sequence[Fact], now: datetime) -> None:
    """Keep what the searches find among the stones that the facts touched, and announce it."""
    _take_in(facts)
    if not _watched.standing.count:
        return
    found = [hit for rows in touched(facts) for hit in _hits(rows, now)]
    if found:
        _keep(found, now)


def forget() -> None:
    """Nothing is remembered: the searches are read anew."""
    global _watched
    _watched = _Watched()


def _take_in(facts: Sequence[Fact]) -> None:
    if not _watched.is_read:
        _watched.put(_read(SavedSearch.objects.values_list("pk", "query")))
        _watched.is_read = True
        return
    changed = {fact.search_id for fact in facts if isinstance(fact, SearchSaved | SearchForgotten)}
    if changed:
        _watched.remove(changed)
        _watched.put(_read(SavedSearch.objects.filter(pk__in=changed).values_list("pk", "query")))


def _read(rows: Iterable[tuple[int, str]]) -> dict[int, Filter]:
    return {key: from_query(query)[0] for key, query in rows}


def _hits(rows: Sequence[CatalogueRow], now: datetime) -> Iterator[Hit]:
    """Every search that a live one of the rows satisfies."""
    live = [row for row in rows if row.is_live]
    if not live:
        return
    wide: dict[int, list[CatalogueRow]] = {}
    for search_id, row in _matched(live):
        if search_id in _watched.wide:
            wide.setdefault(search_id, []).append(row)
        else:
            yield Hit(search_id, row.id, row.company_id)
    for search_id, candidates in wide.items():
        for first in range(0, len(candidates), AT_ONCE):
            some = candidates[first : first + AT_ONCE]
            found = _found(_watched.wide[search_id], some, now)
            yield from (Hit(search_id, row.id, row.company_id) for row in some if row.id in found)


def _matched(rows: Sequence[CatalogueRow]) -> Iterator[tuple[int, CatalogueRow]]:
    for found in _watched.standing.match(listings_of(rows)):
        places = np.repeat(found.listings, found.counts).tolist()
        for place, search_id in zip(places, found.names.tolist(), strict=True):
            yield search_id, rows[place]


def _found(filter: Filter, rows: Sequence[CatalogueRow], now: datetime) -> set[int]:
    """The keys of those rows that the catalogue finds by the filter."""
    engine = catalogue.current()
    if engine is None:
        return set()
    named = WithKey(["listing"], [row.public_id.encode() for row in rows])
    asked = Question({**criteria(engine, filter, now), "listing": named}, limit=len(rows))
    return {engine.number("listing", slot) for slot in engine.search(asked).slots}


def _keep(found: Sequence[Hit], now: datetime) -> None:
    """Write what is new to people who may still look, and announce what is to be told at once."""
    searches = _searches(found)
    new = list(_new(found, searches))
    rows = [
        SearchHit(
            search_id=hit.search_id,
            listing_id=hit.listing_id,
            at=now,
            is_told=searches[hit.search_id].alert != Alert.DAILY,
        )
        for hit in new
    ]
    SearchHit.objects.bulk_create(rows, ignore_conflicts=True)
    _announce([hit for hit in new if searches[hit.search_id].alert == Alert.AT_ONCE], searches, now)


def _searches(found: Iterable[Hit]) -> dict[int, SavedSearch]:
    """The searches that found something, of people who still act for the company as whose they saved them."""
    searches = SavedSearch.objects.in_bulk(list({hit.search_id for hit in found}))
    acting = acting_for({search.person_id for search in searches.values()})
    return {
        key: search
        for key, search in searches.items()
        if search.company_id in acting.get(search.person_id, ())
    }


def _new(found: Iterable[Hit], searches: Mapping[int, SavedSearch]) -> Iterator[Hit]:
    """Each hit once: not what waits already, no stone of one's own, no more than a search may keep."""
    kept = SearchHit.objects.filter(search_id__in=searches).values_list("search_id", "listing_id")
    waiting = set(kept)
    counts = Counter(search_id for search_id, _ in waiting)
    for hit in found:
        search, key = searches.get(hit.search_id), (hit.search_id, hit.listing_id)
        is_own = search is None or search.company_id == hit.company_id
        if not is_own and key not in waiting and counts[hit.search_id] < MOST_HITS:
            waiting.add(key)
            counts[hit.search_id] += 1
            yield hit


def _announce(found: Sequence[Hit], searches: Mapping[int, SavedSearch], now: datetime) -> None:
    """One fact a person, however many of his searches found something."""
    by_person: dict[int, list[Hit]] = {}
    for hit in found:
        by_person.setdefault(searches[hit.search_id].person_id, []).append(hit)
    for person_id, hits in by_person.items():
        names = sorted({searches[hit.search_id].name for hit in hits})
        stones = len({hit.listing_id for hit in hits})
        announce(StonesFound(person_id=person_id, stones=stones, searches=names, at=now), now=now)
