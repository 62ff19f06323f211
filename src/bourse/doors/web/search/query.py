"""The address of a search: the query string holds its whole state, in one form for one state."""

from urllib.parse import parse_qsl

from django.http import QueryDict
from django.urls import reverse

from bourse.search.filter import PHRASE, Filter
from bourse.search.scales import MEASURES

BOXES = frozenset(f"{measure}_{end}" for measure in MEASURES for end in ("from", "to"))
Pairs = list[tuple[str, str]]


def address(filter: Filter) -> str:
    """Where a state of the search lives."""
    query = filter.to_query()
    return f"{reverse('search')}?{query}" if query else reverse("search")


def is_of_a_form(given: QueryDict) -> bool:
    """Whether a form wrote the query: with boxes of ranges, a phrase, or names that say nothing."""
    return any(name in BOXES or name == PHRASE or "" in values for name, values in given.lists())


def pairs_but(filter: Filter, *names: str) -> Pairs:
    """What a form has to carry along so that it changes only these parameters."""
    return [(name, value) for name, value in parse_qsl(filter.to_query()) if name not in {*names, "page"}]
