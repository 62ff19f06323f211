"""Searches that a person saved, and what they found since he last looked."""

from collections.abc import Iterator
from datetime import datetime

import msgspec
from django.db.models import Count, Min, Q, QuerySet

from bourse.kit.refusal import NotThere
from bourse.members.actor import Actor
from bourse.search.models import SavedSearch, SearchHit
from bourse.search.states import Alert

MOST_SEARCHES = 100
WAITING = Count("hits", filter=Q(hits__listing__is_live=True))  # what left the market meanwhile is no news


class SavedSearchView(msgspec.Struct, frozen=True):
    """A saved search by its name; the query is what the address of the search page says.

    `waiting` counts the stones that came or changed since the person last looked, and stops at
    watch.MOST_HITS.
    """

    public_id: str
    name: str
    query: str
    alert: Alert
    made_at: datetime
    looked_at: datetime
    waiting: int = 0


class DailyNews(msgspec.Struct, frozen=True):
    """What waits to be told to one person in one notice."""

    person_id: int
    stones: int
    searches: list[str]  # by their names
    since: datetime


def saved_searches(actor: Actor) -> list[SavedSearchView]:
    """The person's searches, by name."""
    rows = own_searches(actor.person_id).annotate(waiting=WAITING).order_by("name")
    return [_view(row, row.waiting) for row in rows[:MOST_SEARCHES]]


def saved_search(actor: Actor, search_id: str) -> SavedSearchView:
    """One of them."""
    found = own_search(actor, search_id)
    return _view(found, found.hits.filter(listing__is_live=True).count())


def waiting_stones(actor: Actor, search_id: str) -> list[str]:
    """The public ids of the listings that it found since the person last looked, the latest first."""
    hits = own_search(actor, search_id).hits.filter(listing__is_live=True).order_by("-at", "-pk")
    return list(hits.values_list("listing__public_id", flat=True))


def all_saved_searches(person_id: int) -> list[SavedSearchView]:
    """Everything that the person saved, to take along."""
    rows = own_searches(person_id).annotate(waiting=WAITING).order_by("pk")
    return [_view(row, row.waiting) for row in rows]


def daily_news() -> Iterator[DailyNews]:
    """For each person whose searches alert daily: what they found and he was not told of."""
    waiting = SearchHit.objects.filter(is_told=False, listing__is_live=True)
    people = waiting.values("search__person_id").annotate(
        stones=Count("listing_id", distinct=True), since=Min("at")
    )
    for row in people.order_by("search__person_id"):
        of_person = waiting.filter(search__person_id=row["search__person_id"])
        names = sorted(set(of_person.values_list("search__name", flat=True)))
        yield DailyNews(row["search__person_id"], row["stones"], names, row["since"])


def own_search(actor: Actor, search_id: str) -> SavedSearch:
    """The row behind one of the person's searches."""
    found = own_searches(actor.person_id).filter(public_id=search_id).first()
    if found is None:
        raise NotThere("There is no such saved search.")
    return found


def own_searches(person_id: int) -> QuerySet[SavedSearch]:
    """The rows behind a person's searches."""
    return SavedSearch.objects.filter(person_id=person_id)


def _view(row: SavedSearch, waiting: int) -> SavedSearchView:
    return SavedSearchView(
        public_id=row.public_id,
        name=row.name,
        query=row.query,
        alert=Alert(row.alert),
        made_at=row.made_at,
        looked_at=row.looked_at,
        waiting=waiting,
    )
