"""Manage listings: the table of own stock, and which columns it has."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from bourse.doors.web import session
from bourse.doors.web.choosing import Chooser, choose
from bourse.doors.web.stock.ledger import COLUMNS
from bourse.doors.web.stock.query import is_of_a_form, state_of
from bourse.doors.web.stock.shown import shown
from bourse.doors.web.who import MemberRequest, for_companies
from bourse.kit import clock
from bourse.search import queries
from bourse.search.stock import own_counts, own_rows
from bourse.search.table import STOCK


@require_safe
@for_companies
def stock(request: MemberRequest) -> HttpResponse:
    """The company's own stock as the query string asks for it."""
    now = clock.now()
    state = state_of(request.GET, now)
    if is_of_a_form(request.GET) and not state.typed:
        return redirect(state.address())
    fact_id = session.own_edit(request)
    if fact_id is not None:
        queries.wait_for(fact_id)  # so that ranks tell of the last edit
    counts = own_counts(request.actor, state.filter)
    found = own_rows(
        request.actor,
        state.filter,
        state.order,
        after=state.after or None,
        limit=state.length,
        total=counts.total,
    )
    return render(request, "web/stock/page.html", {"page": shown(request.actor, state, found, counts, now)})


@require_http_methods(["GET", "HEAD", "POST"])
@for_companies
def columns(request: MemberRequest) -> HttpResponse:
    """The columns of own stock: ticked and in order."""
    state = state_of(QueryDict(request.POST.get("next") or request.GET.get("next") or ""), clock.now())
    chooser = Chooser(
        table=STOCK,
        names={name: (column.long_name, str(column.unit)) for name, column in COLUMNS.items()},
        title=gettext("Columns of your stock"),
        address=reverse("stock_columns"),
        query=state.query(),
        back=state.address(),
        back_text=gettext("Back to your stock"),
    )
    return choose(request, chooser)
