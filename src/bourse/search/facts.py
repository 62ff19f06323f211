"""What search announces: ids and counts only."""

from datetime import datetime

from bourse.kit.outbox import Fact


class SearchSaved(Fact, frozen=True):
    """Somebody saved a search, or changed what it looks for."""

    search_id: int


class SearchForgotten(Fact, frozen=True):
    """A saved search is no more."""

    search_id: int


class StonesFound(Fact, frozen=True):
    """Searches of a person that alert at once found stones: all that one round of news brought."""

    person_id: int
    stones: int
    searches: list[str]  # by their names
    at: datetime
