"""The search by API: the same query string as the page's."""

import msgspec

from bourse.doors.api.endpoint import MemberRequest
from bourse.doors.api.paging import limit_in
from bourse.kit import clock
from bourse.search import filter as filters
from bourse.search import queries


def search(request: MemberRequest) -> object:
    """GET search: a page of the result with its facets."""
    query = request.GET.copy()
    query.pop("limit", None)
    wanted, not_understood = filters.from_query(query)
    found = queries.find(request.actor, wanted, limit_in(request), now=clock.now())
    if not found.is_ready:
        raise queries.SearchNotBuilt
    return {
        "query": wanted.to_query(),
        "not_understood": [part._asdict() for part in not_understood],
        "total": found.total,
        "page": wanted.page,
        "pages": found.pages,
        "listings": [msgspec.structs.asdict(row) for row in found.rows],
        "facets": found.facets,
        "spans": found.spans,
    }
