"""Views of own stock that somebody keeps for himself: named, opened by one link, renamed, deleted."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from bourse.doors.web import one_form
from bourse.doors.web.forms import told_on
from bourse.doors.web.stock.filters import chips
from bourse.doors.web.stock.names import ORDERS
from bourse.doors.web.stock.query import State, state_of
from bourse.doors.web.who import MemberRequest, for_companies, sent_only
from bourse.kit import clock
from bourse.market.stock_filter import StockOrder
from bourse.members.actor import Actor
from bourse.search import actions
from bourse.search.kept_views import LONGEST_NAME, KeptView, kept_view, kept_views


class ViewForm(forms.Form):
    """The name of a view."""

    name = forms.CharField(
        label=_("Name of the view"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter a name, for example Pears on memo")},
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


def links(actor: Actor, state: State) -> list[dict[str, object]]:
    """The person's views for the head of the table; the one whose stones it shows is marked."""
    shown = state.query("after")
    return [
        {"name": one.name, "address": _address(one), "is_open": one.query == shown}
        for one in kept_views(actor)
    ]


def _address(view: KeptView) -> str:
    return f"{reverse('listings')}?{view.query}" if view.query else reverse("listings")


@require_http_methods(["GET", "HEAD", "POST"])
@for_companies
def views(request: MemberRequest) -> HttpResponse:
    """All of one's views, and one more."""
    if request.method != "POST":
        lines = [_line(one) for one in kept_views(request.actor)]
        return render(request, "web/stock/views.html", {"lines": lines})
    form = ViewForm(request.POST)
    state = state_of(QueryDict(request.POST.get("next", "")), clock.now())
    if form.is_valid():
        with told_on(form):
            kept = actions.keep_view(
                actor=request.actor,
                name=form.cleaned_data["name"],
                query=state.query("after"),
                now=clock.now(),
            )
            messages.success(
                request, gettext("The view %(name)s is kept, for you alone.") % {"name": kept.name}
            )
            return redirect(_address(kept))
    around = one_form.FormPage(
        gettext("Keep this view"),
        gettext("Keep the view"),
        state.address("after"),
        gettext("Back to your stock"),
        facts=[(gettext("It shows"), _told(state))],
    )
    return one_form.shown(request, around, form)


@require_http_methods(["GET", "HEAD", "POST"])
@for_companies
def view(request: MemberRequest, view_id: str) -> HttpResponse:
    """One of one's views under another name."""
    kept = kept_view(request.actor, view_id)
    form = ViewForm(request.POST if request.method == "POST" else None, initial={"name": kept.name})
    if form.is_valid():
        with told_on(form):
            now = actions.rename_view(actor=request.actor, view_id=view_id, name=form.cleaned_data["name"])
            messages.success(request, gettext("The view is called %(name)s.") % {"name": now.name})
            return redirect("stock_views")
    around = one_form.FormPage(
        gettext("Rename the view %(name)s") % {"name": kept.name},
        gettext("Rename the view"),
        reverse("stock_views"),
        gettext("Your views"),
        facts=[(gettext("It shows"), _line(kept)["told"])],
    )
    return one_form.shown(request, around, form)


@sent_only("stock_view")
@for_companies
def remove_view(request: MemberRequest, view_id: str) -> HttpResponse:
    """The view is gone; its stones are shown once more, so that it can be kept again."""
    was = actions.remove_view(actor=request.actor, view_id=view_id)
    said = gettext(
        "The view %(name)s is deleted. Its filters are still in force here: keep them again if you like."
    )
    messages.success(request, said % {"name": was.name})
    return redirect(_address(was))


def _line(one: KeptView) -> dict[str, str]:
    told = _told(state_of(QueryDict(one.query), clock.now()))
    return {"public_id": one.public_id, "name": one.name, "address": _address(one), "told": told}


def _told(state: State) -> str:
    """What a view shows, in the words of the filters in force."""
    said = [chip["text"] for chip in chips(state)] or [gettext("All your stock")]
    return " · ".join([*said, *([str(ORDERS[state.order])] if state.order is not StockOrder.LATEST else [])])
