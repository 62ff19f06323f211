"""What a company's programs asked in the last thirty days."""

from datetime import datetime

import msgspec

from bourse.kit.refusal import NotThere
from bourse.members.actor import Actor, Role
from bourse.members.models import ApiRequest

MOST_ON_A_PAGE = 250


class RequestView(msgspec.Struct, frozen=True):
    """One call; `key` is how its key is shown, empty for a signed-in session."""

    at: datetime
    request_id: str
    key_name: str
    person_name: str
    method: str
    path: str
    status: int
    took_ms: int
    code: str
    address: str


class RequestPage(msgspec.Struct, frozen=True):
    """The latest calls first; `after` fetches the next page, None on the last."""

    rows: list[RequestView]
    after: int | None


class WantedRequests(msgspec.Struct, frozen=True):
    """Which calls: those with the status or class of statuses (404, 4), of the key, whose path begins so."""

    status: int | None = None
    key_id: str = ""
    path: str = ""
    request_id: str = ""


def requests_of(
    actor: Actor, wanted: WantedRequests, after: int | None = None, limit: int = 50
) -> RequestPage:
    """The company's calls for its owners; for others their own."""
    if actor.company_id is None:
        raise NotThere("There is no such page.")
    found = ApiRequest.objects.filter(company_id=actor.company_id).select_related("key", "person")
    if actor.role is not Role.OWNER:
        found = found.filter(person_id=actor.person_id)
    if wanted.status is not None:
        low = wanted.status * 100 if wanted.status < 10 else wanted.status
        found = found.filter(status__gte=low, status__lt=low + (100 if wanted.status < 10 else 1))
    named = {
        "key__public_id": wanted.key_id,
        "path__startswith": wanted.path,
        "request_id": wanted.request_id,
    }
    found = found.filter(**{name: value for name, value in named.items() if value})
    if after is not None:
        found = found.filter(pk__lt=after)
    limit = max(1, min(limit, MOST_ON_A_PAGE))
    rows = list(found.order_by("-pk")[: limit + 1])
    return RequestPage(
        [_view(row) for row in rows[:limit]], rows[limit - 1].pk if len(rows) > limit else None
    )


def _view(row: ApiRequest) -> RequestView:
    return RequestView(
        at=row.at,
        request_id=row.request_id,
        key_name=row.key.name if row.key else "",
        person_name=row.person.name if row.person else "",
        method=row.method,
        path=row.path,
        status=row.status,
        took_ms=row.took_ms,
        code=row.code,
        address=row.address,
    )
