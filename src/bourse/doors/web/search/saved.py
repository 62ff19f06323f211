"""Saved searches: kept under a name, counted, opened, changed, deleted; each for the person alone."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from bourse.doors.web import one_form
from bourse.doors.web.forms import told_on
from bourse.doors.web.search.phrase import chips
from bourse.doors.web.search.query import address
from bourse.doors.web.who import MemberRequest, for_members, sent_only
from bourse.kit import clock
from bourse.search import actions
from bourse.search.filter import Filter, from_query
from bourse.search.kept_views import LONGEST_NAME
from bourse.search.saved import SavedSearchView, saved_search, saved_searches
from bourse.search.states import Alert
from bourse.search.watch import MOST_HITS

ALERTS = {
    Alert.AT_ONCE: _("At once"),
    Alert.DAILY: _("In one notice a day"),
    Alert.NEVER: _("Never; they are counted"),
}


class SearchForm(forms.Form):
    """The name of a search, and how its person hears of stones."""

    name = forms.CharField(
        label=_("Name of the search"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter a name, for example Pears for Anna")},
    )
    alert = forms.ChoiceField(
        label=_("Tell me of new and changed stones"),
        choices=[(alert.value, text) for alert, text in ALERTS.items()],
        initial=Alert.DAILY.value,
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


@require_safe
@for_members
def searches(request: MemberRequest) -> HttpResponse:
    """All of one's searches, each with what waits."""
    lines = [_line(one) for one in saved_searches(request.actor)]
    return render(request, "web/search/saved.html", {"lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def save(request: MemberRequest) -> HttpResponse:
    """A name for the search that the address, or the form after it, holds."""
    is_sent = request.method == "POST"
    query = request.POST.get("next", "") if is_sent else request.META["QUERY_STRING"]
    filter = from_query(QueryDict(query))[0].on_page(1)
    form = SearchForm(request.POST if is_sent else None, initial={"next": filter.to_query()})
    if form.is_valid():
        with told_on(form):
            saved = actions.save_search(
                actor=request.actor,
                name=form.cleaned_data["name"],
                query=filter.to_query(),
                alert=Alert(form.cleaned_data["alert"]),
                now=clock.now(),
            )
            said = gettext("The search %(name)s is saved, for you alone.")
            messages.success(request, said % {"name": saved.name})
            return redirect("saved_searches")
    around = one_form.FormPage(
        gettext("Save this search"),
        gettext("Save the search"),
        address(filter),
        gettext("Back to the search"),
        facts=[(gettext("It finds"), _told(filter))],
    )
    return one_form.shown(request, around, form)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def search(request: MemberRequest, search_id: str) -> HttpResponse:
    """Another name, or another way to hear of it."""
    saved = saved_search(request.actor, search_id)
    given = {"name": saved.name, "alert": saved.alert.value}
    form = SearchForm(request.POST if request.method == "POST" else None, initial=given)
    if form.is_valid():
        with told_on(form):
            now = actions.change_search(
                actor=request.actor,
                search_id=search_id,
                name=form.cleaned_data["name"],
                query=saved.query,
                alert=Alert(form.cleaned_data["alert"]),
                now=clock.now(),
            )
            messages.success(request, gettext("The search %(name)s is changed.") % {"name": now.name})
            return redirect("saved_searches")
    around = one_form.FormPage(
        gettext("Change the search %(name)s") % {"name": saved.name},
        gettext("Change the search"),
        reverse("saved_searches"),
        gettext("Your searches"),
        facts=[(gettext("It finds"), _line(saved)["told"])],
    )
    return one_form.shown(request, around, form)


@sent_only("saved_search")
@for_members
def look(request: MemberRequest, search_id: str) -> HttpResponse:
    """The stones that it finds now; its count begins anew."""
    was = actions.look_at_search(actor=request.actor, search_id=search_id, now=clock.now())
    return redirect(_address(was))


@sent_only("saved_search")
@for_members
def remove(request: MemberRequest, search_id: str) -> HttpResponse:
    """The search is gone; what it found is shown once more, so that it can be saved again."""
    was = actions.forget_search(actor=request.actor, search_id=search_id, now=clock.now())
    said = gettext("The search %(name)s is deleted. Its filters are still in force here: save them again.")
    messages.success(request, said % {"name": was.name})
    return redirect(_address(was))


def _line(one: SavedSearchView) -> dict[str, str]:
    return {
        "public_id": one.public_id,
        "name": one.name,
        "told": _told(from_query(one.query)[0]),
        "alert": str(ALERTS[one.alert]),
        "waiting": _waiting(one.waiting),
    }


def _waiting(number: int) -> str:
    if not number:
        return gettext("Nothing new")
    if number >= MOST_HITS:
        return gettext("%(number)s new or changed, or more") % {"number": f"{number:,}"}
    return ngettext("%(number)s new or changed", "%(number)s new or changed", number) % {
        "number": f"{number:,}"
    }


def _address(one: SavedSearchView) -> str:
    return address(from_query(one.query)[0])


def _told(filter: Filter) -> str:
    """What a search finds, in the words of the filters in force."""
    return " · ".join([chip.text for chip in chips(filter)] or [gettext("Every stone")])
