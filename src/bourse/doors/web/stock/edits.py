"""A row changed where it stands: as a plain form, or sent by the script, which gets the row back."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from bourse.doors.web import figures, session, stones, words
from bourse.doors.web.forms import REFUSED_WITH, render_form, told_on
from bourse.doors.web.stock import ledger
from bourse.doors.web.stock.query import State, state_of
from bourse.doors.web.stock.ranks import ranks
from bourse.doors.web.stock.shown import columns_of
from bourse.doors.web.stone.forms import ASKS, AskForm
from bourse.doors.web.who import MemberRequest, for_traders
from bourse.kit import clock
from bourse.kit.refusal import NotThere
from bourse.market import actions
from bourse.market.queries import ListingView, listing
from bourse.market.stock_filter import StockFilter
from bourse.search.stock import OwnRow, own_rows

OTHERS = ("cash_per_carat", "cash_total", "hides_ask", "hides_cash_ask")


class RowForm(AskForm):
    """The ask of a row, per carat or in total, and its availability; what is not sent stays as it is."""

    asks: Mapping[str, tuple[str, str]] = {"ask_cents": ASKS["ask_cents"]}

    def __init__(self, data: Mapping[str, Any] | None, view: ListingView) -> None:
        self.view = view
        super().__init__(data, view)
        for name in OTHERS:
            del self.fields[name]
        self.fields["availability"].required = False

    def clean(self) -> dict[str, Any]:
        """With the ask and the availability that the row is to have."""
        said = super().clean()
        if not {"per_carat", "total"}.intersection(self.changed_data):
            said["ask_cents"] = self.view.ask_cents  # to the cent, which boxes of rounded sums do not say
        said["availability"] = said.get("availability") or self.view.availability
        return said


@require_http_methods(["GET", "POST"])
@for_traders
def edit_row(request: MemberRequest, listing_id: str) -> HttpResponse:
    """One row of own stock with another ask or availability; to a script the row as it is then."""
    view = listing(request.actor, listing_id)
    if not view.is_own:
        raise NotThere
    state = state_of(QueryDict(request.POST.get("next") or request.GET.get("next") or ""), clock.now())
    form = RowForm(request.POST if request.method == "POST" else None, view)
    if form.is_valid():
        with told_on(form):
            changed = actions.change_ask(
                actor=request.actor,
                listing_id=listing_id,
                ask_cents=form.cleaned_data["ask_cents"],
                availability=form.cleaned_data["availability"],
                version=form.cleaned_data["version"],
                now=clock.now(),
            )
            return session.remember_edit(_done(request, state, view), changed.fact_id)
    if "quiet" in request.POST:
        return _fragment(request, state, listing_id, wrong=form)
    return _page(request, state, form, listing_id)


def _done(request: MemberRequest, state: State, was: ListingView) -> HttpResponse:
    if "quiet" in request.POST:
        return _fragment(request, state, was.public_id, was=None if "undoes" in request.POST else was)
    now = listing(request.actor, was.public_id)
    said = gettext("%(stone)s is changed: %(before)s before, %(after)s now. Buyers see it now.")
    messages.success(request, said % {"stone": _called(was), "before": _told(was), "after": _told(now)})
    return redirect(f"{state.address()}#row-{was.public_id}")


def _fragment(
    request: MemberRequest,
    state: State,
    listing_id: str,
    *,
    was: ListingView | None = None,
    wrong: RowForm | None = None,
) -> HttpResponse:
    """The row alone, with what became of it."""
    now = clock.now()
    found = _row(request, listing_id)
    row = ledger.row(found, columns_of(request.actor, state), now, may_change=True)
    context = {
        "row": row,
        "page": {"query": state.query(), "may_change": True},
        "said": gettext("Undone") if "undoes" in request.POST else gettext("Saved"),
        "undo": _before(was) if was else None,
        "wrong": _problem(wrong, found) if wrong else "",
    }
    status = getattr(wrong, REFUSED_WITH, 422) if wrong else 200
    return render(request, "web/stock/_row.html", context, status=status)


def _row(request: MemberRequest, listing_id: str) -> OwnRow:
    for kept in ("live", "ended"):
        chosen = StockFilter(listings=(listing_id,), state="live" if kept == "live" else "ended")
        if rows := own_rows(request.actor, chosen, limit=1).rows:
            return rows[0]
    raise NotThere


def _before(was: ListingView) -> dict[str, str]:
    """What an undo sends: the values as they were."""
    total = "" if was.ask_cents is None else figures.typed(was.ask_cents)
    return {"total": total, "availability": was.availability}


def _problem(form: RowForm, found: OwnRow) -> str:
    """What was wrong, and where the row had moved meanwhile its value now."""
    said = next(iter(error for errors in form.errors.values() for error in errors), "")
    if getattr(form, REFUSED_WITH, 422) != 409:
        return str(said)
    ask = gettext("no ask") if found.ppc_cents is None else figures.typed(found.ppc_cents)
    told = {"ask": ask, "availability": words.availability(found.availability)}
    return f"{said} " + gettext("Now: %(ask)s $/ct, %(availability)s.") % told


def _page(request: MemberRequest, state: State, form: RowForm, listing_id: str) -> HttpResponse:
    """The row as a page of its own: what a plain form comes back to when something was wrong."""
    view = listing(request.actor, listing_id)
    if form.is_bound:
        form.data = {**form.data.dict(), "version": view.version}  # type: ignore[attr-defined]
    context: dict[str, object] = {
        "form": form,
        "name": stones.name(view.claims),
        "number": _called(view),
        "now_text": gettext("Now: %(ask)s") % {"ask": _told(view)},
        "query": state.query(),
        "back": state.address(),
        "version": view.version,
        "availability": view.availability,
        "total_now": "" if view.ask_cents is None else figures.typed(view.ask_cents),
        **ranks(request, listing_id),
    }
    return render_form(request, "web/stock/edit.html", context, form)


def _called(view: ListingView) -> str:
    return stones.text_of(view.claims, "supplier_stock_number") or stones.name(view.claims)


def _told(view: ListingView) -> str:
    """Ask and availability in words."""
    ask = gettext("no ask") if view.ask_cents is None else figures.dollars(view.ask_cents)
    return f"{ask}, {words.availability(view.availability)}"
