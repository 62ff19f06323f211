"""How results are looked at: which columns, table or cards, and the view as a file."""

from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from bourse.doors.web.search import export
from bourse.doors.web.search.columns import COLUMNS
from bourse.doors.web.search.query import address
from bourse.doors.web.who import MemberRequest, for_members, sent_only
from bourse.kit import clock
from bourse.search import actions, table
from bourse.search.filter import Filter, from_query

Order = list[str]


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def columns(request: MemberRequest) -> HttpResponse:
    """The columns of the results: ticked and in order; each move is one line up or down."""
    back = _state(request.POST.get("next") or request.GET.get("next") or "")
    if request.method != "POST":
        return _page(request, back, *_as_kept(request))
    order, shown = _sent(request)
    if request.POST.get("reset"):
        actions.choose_columns(actor=request.actor, columns=[], now=clock.now())
        return redirect(address(back))
    if request.POST.get("up") or request.POST.get("down"):
        return _page(request, back, _moved(request, order), shown)
    chosen = [name for name in order if name in shown]
    actions.choose_columns(actor=request.actor, columns=chosen, now=clock.now())
    return redirect(address(back))


@sent_only("search")
@for_members
def view(request: MemberRequest) -> HttpResponse:
    """Results as a table or as cards from now on."""
    actions.choose_view(actor=request.actor, view=request.POST.get("view", ""), now=clock.now())
    return redirect(address(_state(request.POST.get("next", ""))))


@require_safe
@for_members
def as_file(request: MemberRequest) -> HttpResponseBase:
    """The stones picked, or all of the search, in the columns of the view."""
    query = request.GET.copy()
    picks, kind = query.pop("pick", []), (query.pop("format", ["csv"]) or ["csv"])[-1]
    (filter, missed), now = from_query(query), clock.now()
    if missed:  # the page says what was not understood; a file of the whole market would not
        return redirect(f"{reverse('search')}?{query.urlencode()}")
    shown = table.table_of(request.actor).columns
    name = f"search-{now:%Y-%m-%d-%H%M}Z"
    if kind == "xlsx":
        content = export.as_xlsx(request.actor, filter, picks, shown, now)
        return _file(HttpResponse(content, content_type=export.XLSX), f"{name}.xlsx")
    pieces: Iterator[bytes] = export.as_csv(request.actor, filter, picks, shown, now)
    return _file(StreamingHttpResponse(pieces, content_type=export.CSV), f"{name}.csv")


def _file(answer: HttpResponseBase, name: str) -> HttpResponseBase:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _state(query: str) -> Filter:
    """The search to come back to; an address of our own is made of it, so it leads nowhere else."""
    return from_query(query)[0]


def _as_kept(request: MemberRequest) -> tuple[Order, set[str]]:
    """The chosen columns in their order, then the others."""
    chosen = [name for name in table.table_of(request.actor).columns if name in COLUMNS]
    return [*chosen, *(name for name in COLUMNS if name not in chosen)], set(chosen)


def _sent(request: MemberRequest) -> tuple[Order, set[str]]:
    order = list(dict.fromkeys(name for name in request.POST.getlist("order") if name in COLUMNS))
    return [*order, *(name for name in COLUMNS if name not in order)], set(request.POST.getlist("shown"))


def _moved(request: MemberRequest, order: Order) -> Order:
    """The order with one line a place further up or down."""
    name, by = (request.POST["up"], -1) if request.POST.get("up") else (request.POST["down"], 1)
    if name not in order:
        return order
    at = order.index(name)
    to = min(max(at + by, 0), len(order) - 1)
    order.insert(to, order.pop(at))
    return order


def _page(request: MemberRequest, back: Filter, order: Order, shown: set[str]) -> HttpResponse:
    lines = [
        {
            "name": name,
            "text": COLUMNS[name].long_name,
            "unit": COLUMNS[name].unit,
            "is_shown": name in shown,
            "up": gettext("Move %(column)s up") % {"column": COLUMNS[name].long_name},
            "down": gettext("Move %(column)s down") % {"column": COLUMNS[name].long_name},
        }
        for name in order
    ]
    page = {"columns": lines, "query": back.to_query(), "back": address(back)}
    return render(request, "web/search/columns.html", {"page": page})
