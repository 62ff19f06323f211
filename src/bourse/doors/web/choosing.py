"""The choice of a table's columns, whichever table it is: ticked and in order."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from bourse.doors.web.who import MemberRequest
from bourse.kit import clock
from bourse.search import actions
from bourse.search.table import table_of

Order = list[str]


@dataclass(frozen=True, slots=True)
class Chooser:
    """A table, its columns with their long names and units, and the page to come back to."""

    table: str
    names: Mapping[str, tuple[str, str]]
    title: str
    address: str
    query: str
    back: str
    back_text: str


def choose(request: MemberRequest, chooser: Chooser) -> HttpResponse:
    """The page of the choice; what is kept leads back to the table."""
    if request.method != "POST":
        return _page(request, chooser, *_as_kept(request, chooser))
    order, shown = _sent(request, chooser)
    if request.POST.get("reset"):
        actions.choose_columns(actor=request.actor, columns=[], now=clock.now(), table=chooser.table)
        return redirect(chooser.back)
    if request.POST.get("up") or request.POST.get("down"):
        return _page(request, chooser, _moved(request, order), shown)
    chosen = [name for name in order if name in shown]
    actions.choose_columns(actor=request.actor, columns=chosen, now=clock.now(), table=chooser.table)
    return redirect(chooser.back)


def _as_kept(request: MemberRequest, chooser: Chooser) -> tuple[Order, set[str]]:
    """The chosen columns in their order, then the others."""
    names = chooser.names
    chosen = [name for name in table_of(request.actor, chooser.table).columns if name in names]
    return [*chosen, *(name for name in names if name not in chosen)], set(chosen)


def _sent(request: MemberRequest, chooser: Chooser) -> tuple[Order, set[str]]:
    names = chooser.names
    order = list(dict.fromkeys(name for name in request.POST.getlist("order") if name in names))
    return [*order, *(name for name in names if name not in order)], set(request.POST.getlist("shown"))


def _moved(request: MemberRequest, order: Order) -> Order:
    """The order with one line a place further up or down."""
    name, by = (request.POST["up"], -1) if request.POST.get("up") else (request.POST["down"], 1)
    if name not in order:
        return order
    at = order.index(name)
    to = min(max(at + by, 0), len(order) - 1)
    order.insert(to, order.pop(at))
    return order


def _page(request: MemberRequest, chooser: Chooser, order: Order, shown: set[str]) -> HttpResponse:
    lines = [
        {
            "name": name,
            "text": chooser.names[name][0],
            "unit": chooser.names[name][1],
            "is_shown": name in shown,
            "up": gettext("Move %(column)s up") % {"column": chooser.names[name][0]},
            "down": gettext("Move %(column)s down") % {"column": chooser.names[name][0]},
        }
        for name in order
    ]
    return render(request, "web/search/columns.html", {"page": {"columns": lines}, "chooser": chooser})
