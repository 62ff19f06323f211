"""The address of a search: the query string holds its whole state, in one form for one state."""

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from bourse.search.filter import Filter
from bourse.search.scales import MEASURES

MOST_PAIRS = 500


def address(filter: Filter) -> str:
    """Where a state of the search lives."""
    query = filter.to_query()
    return f"{reverse('search')}?{query}" if query else reverse("search")


def from_boxes(given: QueryDict) -> str | None:
    """The query that the boxes of a form mean; None where the address has none and is canonical."""
    pairs = [(name, str(value)) for name, values in given.lists() for value in values][:MOST_PAIRS]
    boxes = {f"{measure}_{end}" for measure in MEASURES for end in ("from", "to")}
    if all(value and name not in boxes for name, value in pairs):
        return None
    kept = [(name, value) for name, value in pairs if value and name not in boxes]
    return urlencode([*kept, *((name, span) for name in MEASURES if (span := _span(given, name)))])


def _span(given: QueryDict, measure: str) -> str:
    low, high = (given.get(f"{measure}_{end}", "").strip() for end in ("from", "to"))
    return f"{low}-{high}" if low or high else ""
