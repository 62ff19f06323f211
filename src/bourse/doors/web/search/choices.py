"""How results are looked at: which columns, table or cards, and the view as a file."""

from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from bourse.doors.web.choosing import Chooser, choose
from bourse.doors.web.search import export
from bourse.doors.web.search.columns import COLUMNS
from bourse.doors.web.search.query import address
from bourse.doors.web.who import MemberRequest, for_members, sent_only
from bourse.kit import clock
from bourse.search import actions, table
from bourse.search.filter import Filter, from_query


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def columns(request: MemberRequest) -> HttpResponse:
    """The columns of the results: ticked and in order; each move is one line up or down."""
    back = _state(request.POST.get("next") or request.GET.get("next") or "")
    chooser = Chooser(
        table=table.RESULTS,
        names={name: (column.long_name, str(column.unit)) for name, column in COLUMNS.items()},
        title=gettext("Columns of the results"),
        address=reverse("search_columns"),
        query=back.to_query(),
        back=address(back),
        back_text=gettext("Back to the search"),
    )
    return choose(request, chooser)


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
