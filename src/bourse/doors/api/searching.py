"""The search by API: the same parameters as the page's."""

from typing import Annotated, Any

import msgspec
from django.http import QueryDict
from msgspec import Meta, structs

from bourse.doors.api.operation import MemberRequest, operation
from bourse.doors.api.paging import USUAL, Limit
from bourse.kit import clock
from bourse.members.actor import Scope
from bourse.search import filter as filters
from bourse.search import queries
from bourse.search.filter import HIGHEST_PAGE, MOST_DAYS, PARAMETERS, PHRASE
from bourse.search.limits import ResultTooDeep
from bourse.search.phrase import read
from bourse.search.phrase.form import form
from bourse.search.queries import FacetValue
from bourse.search.rows import ResultRow
from bourse.search.scales import LISTS, MEASURES, Sort
from bourse.search.too_long import PhraseTooLong, refuse_too_long

# All of them together stay within the 64 KiB of an address that the server reads.
_Text = Annotated[str, Meta(max_length=12_000)]  # a phrase, or a thousand numbers
_Value = Annotated[str, Meta(max_length=200)]
_Bound = Annotated[str, Meta(max_length=40)]
_After = Annotated[
    str, Meta(pattern="^page-[1-9][0-9]{0,5}$", description="The `after` of the answer before this one.")
]
_ALONE: dict[str, Any] = {
    "days": Annotated[int, Meta(ge=1, le=MOST_DAYS, description="Listed within so many days.")] | None,
    "confirmed": Annotated[int, Meta(ge=1, le=MOST_DAYS, description="Confirmed within so many days.")]
    | None,
    "page": Annotated[int, Meta(ge=1, le=HIGHEST_PAGE, description="In place of `after`.")] | None,
    "sort": Sort | None,
}
_TEXTS: Any = list[_Text] | None
_VALUES: Any = list[_Value] | None
_Row: Any = msgspec.defstruct("Row", [(field.name, field.type) for field in structs.fields(ResultRow)])
_Facets: Any = msgspec.defstruct(
    "Facets",
    [
        (PHRASE, _Text | None, None),
        *((name, _ALONE.get(name, _TEXTS if name in LISTS else _VALUES), None) for name in PARAMETERS),
        *((f"{name}_{end}", _Bound | None, None) for name in MEASURES for end in ("from", "to")),
    ],
    kw_only=True,
)


class SearchQuery(_Facets, forbid_unknown_fields=True, kw_only=True):  # type: ignore[misc,call-arg]
    """What is looked for: one parameter for each facet, several values of one are alternatives."""

    after: _After | None = None
    limit: Limit = USUAL


class SearchRow(_Row):  # type: ignore[misc]
    """A listing as a result shows it, in raw values; `is_own` marks your company's."""


class LeftAside(msgspec.Struct, frozen=True):
    """A value that was not understood and is left aside, in the words that were sent."""

    parameter: str
    text: str


class Reading(msgspec.Struct, frozen=True):
    """How `q` was read, by the dictionary's field names; docs/search_language.md tells the form."""

    filters: dict[str, Any]
    unread: list[str]
    questions: list[str]


class SearchAnswer(msgspec.Struct, frozen=True):
    """A page of the result with its facets; `after` asks for the next one, null on the last."""

    query: str
    not_understood: list[LeftAside]
    reading: Reading | None
    total: int
    page: int
    pages: int
    listings: list[SearchRow]
    facets: dict[str, list[FacetValue]]
    spans: dict[str, tuple[int, int] | None]
    after: str | None


@operation(scope=Scope.READ_SEARCH, refuses=(queries.SearchNotBuilt, ResultTooDeep, PhraseTooLong))
def search(request: MemberRequest, query: SearchQuery) -> SearchAnswer:
    """A page of the result with its facets, by the same parameters as the page's address."""
    refuse_too_long(request.GET.get(PHRASE, ""))
    wanted, not_understood = filters.from_query(_asked(request, query.after))
    found = queries.find(request.actor, wanted, query.limit, now=clock.now())
    if not found.is_ready:
        raise queries.SearchNotBuilt
    return SearchAnswer(
        query=wanted.to_query(),
        not_understood=[LeftAside(*part) for part in not_understood],
        reading=_reading(request.GET.get(PHRASE, "")),
        total=found.total,
        page=wanted.page,
        pages=found.pages,
        listings=[SearchRow(*structs.astuple(row)) for row in found.rows],
        facets=found.facets,
        spans=found.spans,
        after=f"page-{wanted.page + 1}" if wanted.page < found.pages else None,
    )


def _reading(phrase: str) -> Reading | None:
    return Reading(**form(read(phrase))) if phrase.strip() else None


def _asked(request: MemberRequest, after: str | None) -> QueryDict:
    """The parameters that the search knows; the page is where the last answer ended."""
    asked = request.GET.copy()
    for name in ("limit", "after"):
        asked.pop(name, None)
    if after:
        asked["page"] = after.removeprefix("page-")
    return asked
