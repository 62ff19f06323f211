"""Every address of the house, from its own resolver, and what is asked of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import get_converters

Form = Mapping[str, object]


@dataclass(frozen=True)
class Row:
    """What is asked of a route besides its plain page: queries of GET, and forms or bodies sent to it."""

    queries: tuple[str, ...] = ("",)
    forms: tuple[Form, ...] = ()


SEARCHES = (
    "",
    "?growth=both",
    "?sort=total",
    "?sort=-total",
    "?sort=ppc",
    "?q=GIA+7000000001",
    "?availability=On+memo",
    "?ct=1.00-1.00",
    "?page=99",
    "?total=9000000-",
    "?no_such=thing",
)
STOCK = ("", "?after=nothing", "?state=ended&order=weight", "?ct_from=x&text=A&shape=Pear&health=elsewhere")
CHANGE = {"version": "2", "per_carat": "x", "total": "", "availability": "On memo"}
CONFIRM = {"fingerprint": "x", "removing": "1"}
FEED = {"name": "New", "kind": "url", "address": "ftp://x", "mode": "add_and_update", "every_minutes": "60"}
APPLICATION = {"company_name": "", "country": "BE", "nature": "x", "email": "x"}
KINDS = ("new", "changed", "removed", "returned")
MEND = {"replace": [{"index": 1, "found": "x", "text": "y"}]}
STOCK_ORDER: Form = {
    "selection": {"filter": {}},
    "change": {"kind": "availability", "availability": "On memo"},
}
JSON = "application/json"
ROUTES: Mapping[str, Row] = {
    "": Row(),
    ".well-known/security.txt": Row(),
    "search/": Row(queries=SEARCHES),
    "search/compare/": Row(queries=("", "?{picks}")),
    "search/why/": Row(queries=("", "?about=7000000001&ppc=1-2", "?growth=both&about=A-")),
    "search/columns/": Row(forms=({"up": "ct"}, {})),
    "search/view/": Row(forms=({"view": "cards"}, {"view": "x"})),
    "search/export/": Row(queries=("?growth=both", "?growth=both&format=xlsx", "?format=x")),
    "search/saved/": Row(),
    "search/saved/new/": Row(
        queries=("", "?shape=Pear"),
        forms=({"name": ""}, {"name": "x", "alert": "daily", "next": "shape=Pear"}),
    ),
    "search/saved/<slug:search_id>/": Row(forms=({"name": ""}, {"name": "x", "alert": "never"})),
    "search/saved/<slug:search_id>/look/": Row(forms=({},)),
    "search/saved/<slug:search_id>/remove/": Row(forms=({},)),
    "stones/<slug:listing_id>/": Row(forms=(CHANGE, {})),
    "stones/<slug:listing_id>/drawing.svg": Row(),
    "stones/<slug:listing_id>/sheet/": Row(queries=("", "?size=label")),
    "stones/<slug:listing_id>/media/": Row(forms=({"address": "x"}, {})),
    "stones/<slug:listing_id>/media/<slug:media_id>/": Row(queries=("", "?size=small")),
    "stones/<slug:listing_id>/media/<slug:media_id>/remove/": Row(forms=({},)),
    "stones/<slug:listing_id>/withdraw/": Row(forms=({"version": "9", "sure": "on"}, {})),
    "listings/": Row(queries=STOCK),
    "listings/columns/": Row(forms=({"up": "make"}, {})),
    "listings/change/": Row(
        forms=(
            {"act": "percent", "all": "on", "percent": "-1.5"},
            {"act": "percent", "all": "on", "percent": "x", "fingerprint": "x"},
            {"act": "availability", "pick": "x.1", "availability": "On memo"},
            {"act": "rank", "all": "on", "rank": "1"},
            {"act": "delist", "all": "on"},
            {"act": "confirm"},
        )
    ),
    "listings/since/": Row(queries=("", "?days=31", "?days=x")),
    "listings/views/": Row(forms=({"name": ""}, {"name": "x", "next": "shape=Pear"})),
    "listings/views/<slug:view_id>/": Row(forms=({"name": ""}, {"name": "x"})),
    "listings/views/<slug:view_id>/remove/": Row(forms=({},)),
    "listings/undo/": Row(forms=({"order": "nothing"},)),
    "listings/stones/<slug:listing_id>/": Row(forms=(CHANGE, CHANGE | {"quiet": "on"}, {})),
    "listings/upload/": Row(forms=({},)),
    "listings/uploads/": Row(),
    "listings/uploads/<slug:upload_id>/": Row(),
    "listings/uploads/<slug:upload_id>/sheets/": Row(forms=({},)),
    "listings/uploads/<slug:upload_id>/columns/": Row(forms=({"column:x": "y"},)),
    "listings/uploads/<slug:upload_id>/values/": Row(forms=({"value:x:y": "z"},)),
    "listings/uploads/<slug:upload_id>/rows/": Row(queries=("", "?page=99"), forms=({},)),
    "listings/uploads/<slug:upload_id>/rows.<slug:kind>": Row(),
    "listings/uploads/<slug:upload_id>/progress/": Row(),
    "listings/uploads/<slug:upload_id>/changes/": Row(
        queries=("", "?kind=changed", "?kind=removed", "?kind=x")
    ),
    "listings/uploads/<slug:upload_id>/restore/": Row(forms=({},)),
    "listings/layouts/": Row(forms=({"layout": "another"}, {})),
    "listings/stock.<slug:kind>": Row(),
    "listings/template/": Row(),
    "listings/template.<slug:kind>": Row(),
    "listings/uploads/<slug:upload_id>/answers/": Row(forms=({"x": "y"},)),
    "listings/uploads/<slug:upload_id>/confirm/": Row(forms=(CONFIRM,)),
    "listings/uploads/<slug:upload_id>/abandon/": Row(forms=({},)),
    "listings/feeds/": Row(),
    "listings/feeds/add/": Row(forms=(FEED,)),
    "listings/feeds/<slug:feed_id>/": Row(),
    "listings/feeds/<slug:feed_id>/change/": Row(forms=(FEED,)),
    "listings/feeds/<slug:feed_id>/pause/": Row(forms=({},)),
    "listings/feeds/<slug:feed_id>/resume/": Row(forms=({},)),
    "listings/feeds/<slug:feed_id>/run/": Row(forms=({},)),
    "listings/feeds/<slug:feed_id>/remove/": Row(forms=({},)),
    "developer/webhooks/": Row(),
    "developer/webhooks/add/": Row(forms=({"address": "ftp://x", "events": "upload.finished"}, {})),
    "developer/webhooks/<slug:webhook_id>/": Row(queries=("", "?after=nothing")),
    "developer/webhooks/<slug:webhook_id>/change/": Row(forms=({"address": "x"}, {})),
    "developer/webhooks/<slug:webhook_id>/secret/": Row(forms=({},)),
    "developer/webhooks/<slug:webhook_id>/test/": Row(forms=({},)),
    "developer/webhooks/<slug:webhook_id>/enable/": Row(forms=({},)),
    "developer/webhooks/<slug:webhook_id>/remove/": Row(),
    "developer/webhooks/<slug:webhook_id>/sent/<slug:delivery_id>/": Row(forms=({},)),
    "notices/": Row(queries=("", "?box=done", "?box=saved&topic=uploads&why=owner", "?after=nothing")),
    "notices/triage/": Row(forms=({"act": "done", "notice": "x"}, {"act": "x"}, {"act": "read"})),
    "notices/unsubscribe/<str:secret>/": Row(forms=({"List-Unsubscribe": "One-Click"},)),
    "account/notices/": Row(forms=({"quiet_from": "22", "digest_hour": "7"}, {})),
    "join/": Row(forms=(APPLICATION, {})),
    "join/<str:secret>/": Row(),
    "join/<str:secret>/answer/": Row(forms=({"text": "x"}, {})),
    "join/<str:secret>/withdraw/": Row(forms=({},)),
    "vetting/": Row(queries=("", "?show=declined", "?show=asked&q=x", "?page=99")),
    "vetting/lists/": Row(forms=({"name": ""},)),
    "vetting/lists/<slug:list_id>/retire/": Row(forms=({},)),
    "vetting/hits/<slug:hit_id>/": Row(forms=({"seen": "x", "decision": "another", "why": "x"}, {})),
    "vetting/<slug:application_id>/": Row(),
    "vetting/<slug:application_id>/note/": Row(forms=({"note": "x"}, {})),
    "vetting/<slug:application_id>/ask/": Row(forms=({"version": "9", "text": "x"}, {})),
    "vetting/<slug:application_id>/decide/": Row(forms=({"version": "9", "decision": "accept"}, {})),
    "vetting/<slug:application_id>/documents/<slug:document_id>/": Row(),
    "members/<slug:company_id>/suspension/": Row(forms=({"because": "x"}, {})),
    "members/<slug:company_id>/reinstate/": Row(forms=({},)),
    "companies/<slug:company_id>/": Row(),
    "invitation/<str:secret>/": Row(forms=({"name": "x", "way": "password"},)),
    "account/company/information/": Row(),
    "account/company/profile/": Row(forms=({"name": "", "seen": "x"},)),
    "account/company/private/": Row(forms=({"legal_name": "x", "seen": "x"},)),
    "account/branches/": Row(),
    "account/branches/add/": Row(forms=({"name": "x"},)),
    "account/branches/<slug:branch_id>/": Row(forms=({"name": "x", "seen": "x"},)),
    "account/branches/<slug:branch_id>/close/": Row(forms=({},)),
    "account/colleagues/": Row(),
    "account/colleagues/invite/": Row(forms=({"email": "x"},)),
    "account/colleagues/leave/": Row(),
    "account/colleagues/invitations/<slug:invitation_id>/withdraw/": Row(),
    "account/colleagues/invitations/<slug:invitation_id>/again/": Row(),
    "account/colleagues/<slug:person_id>/role/": Row(forms=({"role": "x"},)),
    "account/colleagues/<slug:person_id>/remove/": Row(),
    "account/colleagues/<slug:person_id>/hand-over/": Row(forms=({},)),
    "account/personal/": Row(forms=({"name": "", "time_zone": "x"},)),
    "account/personal/archive/": Row(),
    "account/personal/erase/": Row(),
    "members/": Row(forms=({"name": ""},)),
    "members/<slug:company_id>/": Row(forms=({"name": "", "email": "x", "role": "owner"},)),
    "operator/exchange/": Row(forms=({"name": "", "accent_light": "red"},)),
    "account/acts/": Row(
        queries=("", "?act=market.change_ask", "?day=x", "?person=x", "?about=listing", "?after=x")
    ),
    "account/acts.csv": Row(queries=("", "?day=x")),
    "operator/acts/": Row(queries=("", "?day=x", "?after=1")),
    "operator/acts/check/": Row(forms=({},)),
    "operator/differing/": Row(queries=("", "?after=nothing")),
    "look/<slug:version>/colours.css": Row(),
    "look/<slug:version>/logo": Row(),
    "operations/": Row(),
    "operations/try-again/": Row(forms=({"job": "1"},)),
    "account/sign-in/passkey/": Row(forms=({}, {"state": "x", "answer": "{}"})),
    "account/sign-in/second/": Row(forms=({"code": "123456"},)),
    "account/again/": Row(queries=("", "?next=/account/security/"), forms=({"password": "x"}, {"code": "1"})),
    "account/password/forgotten/": Row(forms=({"email": "nobody@bourse.example"}, {"email": "x"})),
    "account/password/new/<str:secret>/": Row(forms=({"password": "x"},)),
    "account/address/<str:secret>/": Row(forms=({},)),
    "account/security/": Row(queries=("", "?done=email")),
    "account/security/password/": Row(forms=({"password": "x"},)),
    "account/security/address/": Row(forms=({"email": "x"},)),
    "account/security/address/verify/": Row(forms=({},)),
    "account/security/passkeys/add/": Row(forms=({"name": "x"},)),
    "account/security/passkeys/<slug:passkey_id>/": Row(forms=({"name": "x"},)),
    "account/security/passkeys/<slug:passkey_id>/remove/": Row(forms=({},)),
    "account/security/app/": Row(forms=({"code": "123456"},)),
    "account/security/app/remove/": Row(forms=({},)),
    "account/security/codes/": Row(forms=({},)),
    "account/security/sign-ins/<slug:sign_in_id>/end/": Row(forms=({},)),
    "account/security/sign-ins/end-others/": Row(forms=({},)),
    "account/sign-in/": Row(forms=({"login": "nobody@bourse.example", "password": "x"},)),
    "account/sign-out/": Row(),
    "account/company/": Row(forms=({"company": "nothing"},)),
    "account/showing/": Row(forms=({},)),
    "account/display/": Row(forms=({"theme": "dark"}, {"theme": "x"})),
    "account/link/<str:secret>/": Row(forms=({"email": "x"},)),
    "account/keys/": Row(),
    "account/keys/add/": Row(forms=({"name": ""},)),
    "account/keys/<slug:key_id>/replace/": Row(forms=({"days": "x"},)),
    "account/keys/<slug:key_id>/revoke/": Row(forms=({},)),
    "developer/": Row(),
    "developer/reference/": Row(),
    "developer/requests/": Row(queries=("", "?status=4", "?status=x", "?after=x&key=x")),
    "api/v1/openapi.json": Row(),
    "api/v1/": Row(),
    "api/v1/<path:rest>": Row(),
    "api/v1/uploads": Row(queries=("", "?limit=0"), forms=({},)),
    "api/v1/uploads/<str:upload_id>": Row(),
    "api/v1/uploads/<str:upload_id>/abandon": Row(forms=({},)),
    "api/v1/uploads/<str:upload_id>/answers": Row(forms=({"answers": {"x": "y"}}, {"x": 1})),
    "api/v1/uploads/<str:upload_id>/difference": Row(),
    "api/v1/uploads/<str:upload_id>/restore": Row(forms=({},)),
    "api/v1/uploads/<str:upload_id>/confirm": Row(forms=({"fingerprint": "x"}, {})),
    "api/v1/uploads/<str:upload_id>/corrections": Row(forms=(MEND, {})),
    "api/v1/uploads/<str:upload_id>/refused": Row(queries=("", "?format=csv", "?format=xlsx", "?format=x")),
    "api/v1/uploads/<str:upload_id>/changes": Row(queries=("", *(f"?kind={kind}" for kind in KINDS))),
    "api/v1/layouts": Row(),
    "api/v1/layouts/<str:layout>": Row(forms=({"answers": {"x": "y"}},)),
    "api/v1/template.csv": Row(),
    "api/v1/template.xlsx": Row(),
    "api/v1/schema": Row(),
    "api/v1/stock.csv": Row(),
    "api/v1/stock.xlsx": Row(),
    "api/v1/listings": Row(
        queries=("", "?state=ended&order=-ask", "?health=elsewhere&text=A", "?health=x", "?after=nothing")
    ),
    "api/v1/listings/preview": Row(
        forms=(STOCK_ORDER, {**STOCK_ORDER, "change": {"kind": "rank", "rank": 1}}, {})
    ),
    "api/v1/listings/change": Row(forms=({**STOCK_ORDER, "fingerprint": "x"}, {})),
    "api/v1/listings/undo": Row(forms=({"order": "nothing"}, {})),
    "api/v1/listings/keep-alive": Row(forms=({"selection": {"listings": []}}, {"selection": {"order": "x"}})),
    "api/v1/listings/<str:listing_id>": Row(),
    "api/v1/listings/<str:listing_id>/position": Row(),
    "api/v1/listings/<str:listing_id>/simulation": Row(queries=("?ppc_cents=1&percent=-5", "?percent=x")),
    "api/v1/listings/<str:listing_id>/media": Row(forms=({},)),
    "api/v1/listings/<str:listing_id>/films": Row(forms=({"address": "x"}, {})),
    "api/v1/listings/<str:listing_id>/media/<str:media_id>": Row(queries=("", "?small=true")),
    "api/v1/search": Row(queries=SEARCHES),
    "api/v1/notices": Row(queries=("", "?box=done", "?box=x", "?after=nothing")),
    "api/v1/notices/triage": Row(forms=({"act": "done", "notices": ["x" * 18]}, {})),
    "api/v1/notices/choices": Row(),
    "api/v1/webhooks": Row(forms=({"address": "ftp://x", "events": ["upload.finished"]}, {})),
    "api/v1/webhooks/<str:webhook_id>": Row(),
    "api/v1/webhooks/<str:webhook_id>/secret": Row(forms=({},)),
    "api/v1/webhooks/<str:webhook_id>/enable": Row(forms=({},)),
    "api/v1/webhooks/<str:webhook_id>/test": Row(forms=({},)),
    "api/v1/webhooks/<str:webhook_id>/deliveries": Row(queries=("", "?state=x")),
    "api/v1/webhooks/<str:webhook_id>/deliveries/<str:delivery_id>": Row(forms=({},)),
}
OTHER_METHODS = ("PUT", "DELETE", "PATCH", "OPTIONS", "HEAD")
OF_THE_API = ("DELETE", "PATCH")


@dataclass(frozen=True)
class Visit:
    """One request."""

    method: str
    address: str
    form: Form = field(default_factory=dict)


def every_route() -> list[str]:
    """The routes that the resolver knows, as they are written there."""
    return sorted(_routes(get_resolver().url_patterns))


def _routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route


def visits(ids: Mapping[str, list[str]], *, by_any_method: bool = True) -> Iterator[Visit]:
    """Every request that the table asks for: pages with every id that an address takes, forms with two.

    Methods that pages refuse to everybody alike need only one to ask for them.
    """
    picks = "&".join(f"pick={one}" for one in ids["listing_id"])
    for route, row in ROUTES.items():
        addresses = list(_addresses(route, ids))
        for address in addresses:
            yield from (Visit("GET", f"{address}{query.format(picks=picks)}") for query in row.queries)
        for address in addresses[:2]:
            yield from (Visit("POST", address, form) for form in row.forms)
        others = OTHER_METHODS if by_any_method else OF_THE_API if route.startswith("api/") else ()
        yield from (Visit(method, addresses[0]) for method in others)


def _addresses(route: str, ids: Mapping[str, list[str]]) -> Iterator[str]:
    names = [part.split(">")[0].split(":")[-1] for part in route.split("<")[1:]]
    for values in product(*(ids[name] for name in names)):
        address = route
        for name, value in zip(names, values, strict=True):
            for kind in get_converters():
                address = address.replace(f"<{kind}:{name}>", value)
        yield f"/{address}"
