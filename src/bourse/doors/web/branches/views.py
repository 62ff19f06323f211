"""A company's branches: list, add, change, close."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from bourse.doors.web import figures, words
from bourse.doors.web.branches.forms import BranchForm
from bourse.doors.web.forms import told_on
from bourse.doors.web.one_form import FormPage, answered, shown
from bourse.doors.web.owners import for_owners
from bourse.doors.web.who import MemberRequest, for_companies
from bourse.kit import clock
from bourse.members.actions import branches as orders
from bourse.members.actor import Role
from bourse.members.profile import Place
from bourse.members.queries import firms
from bourse.members.queries.firms import BranchView

ONLY_OWNERS = _("Branches are added, changed and closed by the owners of your company.")


@require_safe
@for_companies
def branches(request: MemberRequest) -> HttpResponse:
    """Where one's company takes deliveries and holds stock."""
    context = {
        "open": [_line(one) for one in firms.branches(request.actor)],
        "closed": [_line(one) for one in firms.branches(request.actor, closed=True)],
        "may_change": request.actor.role is Role.OWNER,
    }
    return render(request, "web/branches/branches.html", context)


@require_http_methods(["GET", "POST"])
@for_owners(ONLY_OWNERS)
def add_branch(request: MemberRequest) -> HttpResponse:
    """One more place."""
    form = BranchForm(request.POST if request.method == "POST" else None, Place(""))
    if form.is_valid():
        with told_on(form):
            orders.add_branch(actor=request.actor, place=form.place(), now=clock.now())
            return _done(request, gettext("The branch is added."))
    return shown(request, FormPage(gettext("Add a branch"), gettext("Add the branch"), *_back()), form)


@require_http_methods(["GET", "POST"])
@for_owners(ONLY_OWNERS)
def branch(request: MemberRequest, branch_id: str) -> HttpResponse:
    """Change what is said of a place."""
    view = firms.branch(request.actor, branch_id)
    form = BranchForm(request.POST if request.method == "POST" else None, view.place, view.seal)
    if form.is_valid():
        with told_on(form):
            orders.change_branch(
                actor=request.actor,
                branch_id=branch_id,
                place=form.place(),
                seen=form.cleaned_data["seen"],
                now=clock.now(),
            )
            return _done(request, gettext("Kept."))
    return shown(request, FormPage(gettext("Change a branch"), gettext("Keep"), *_back()), form)


@require_http_methods(["GET", "POST"])
@for_owners(ONLY_OWNERS)
def close_branch(request: MemberRequest, branch_id: str) -> HttpResponse:
    """Use a place no more; asked once, since it cannot be opened again."""
    view = firms.branch(request.actor, branch_id)
    form = answered(request)
    if form.is_valid():
        with told_on(form):
            orders.close_branch(actor=request.actor, branch_id=branch_id, now=clock.now())
            return _done(request, gettext("The branch is closed."))
    around = FormPage(
        gettext("Close a branch"),
        gettext("Close the branch"),
        *_back(),
        facts=[(gettext("Name"), view.place.name), (gettext("Address"), _address(view.place))],
        warns=gettext("Nothing is sent there any more, and no stock lies there. It stays in your records."),
    )
    return shown(request, around, form)


def _line(view: BranchView) -> dict[str, object]:
    place = view.place
    uses = [
        gettext("deliveries") if place.takes_deliveries else "",
        gettext("stock") if place.holds_stock else "",
    ]
    return {
        "public_id": view.public_id,
        "name": place.name,
        "address": _address(place),
        "contact": ", ".join(filter(None, (place.contact, place.telephone))),
        "uses": ", ".join(filter(None, uses)),
        "words": ", ".join(place.stock_words),
        "closed": figures.day(view.closed_at) if view.closed_at else "",
    }


def _address(place: Place) -> str:
    town = " ".join(filter(None, (place.postcode, place.city)))
    return ", ".join(filter(None, (place.street, town, place.state, words.place("", place.country))))


def _back() -> tuple[str, str]:
    return reverse("branches"), gettext("Branches")


def _done(request: MemberRequest, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("branches")
