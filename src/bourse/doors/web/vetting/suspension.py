"""A company off the market for a time, and back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from bourse.doors.web import figures
from bourse.doors.web.forms import render_form, told_on
from bourse.doors.web.vetting import page
from bourse.doors.web.vetting.forms import SuspendForm
from bourse.doors.web.who import MemberRequest, for_operators, sent_only
from bourse.kit import clock
from bourse.members.actions import suspension as orders
from bourse.members.queries import company
from bourse.members.queries.screening import hits_of_company
from bourse.search import queries as search


@require_http_methods(["GET", "POST"])
@for_operators
def suspension(request: MemberRequest, company_id: str) -> HttpResponse:
    """How the company stands, its hits, and the form that suspends it."""
    view = company(request.actor, company_id)
    form = SuspendForm(request.POST if request.method == "POST" else None, use_required_attribute=False)
    if form.is_valid():
        with told_on(form):
            told = orders.suspend_company(
                actor=request.actor,
                company_id=company_id,
                because=form.cleaned_data["because"],
                now=clock.now(),
            )
            search.wait_for(told.fact_id)
            messages.success(request, gettext("Suspended. Nobody else finds its stock; its people are told."))
            return redirect("suspension", company_id)
    context: dict[str, object] = {
        "form": form,
        "name": view.name,
        "company_id": company_id,
        "since": figures.minute_utc(view.suspended_at) if view.suspended_at else "",
        "because": view.suspended_because,
        "hits": [page.hit(one) for one in hits_of_company(request.actor, company_id)],
    }
    return render_form(request, "web/vetting/suspension.html", context, form)


@sent_only("suspension")
@for_operators
def reinstate(request: MemberRequest, company_id: str) -> HttpResponse:
    """The company back on the market."""
    told = orders.reinstate_company(actor=request.actor, company_id=company_id, now=clock.now())
    search.wait_for(told.fact_id)
    messages.success(request, gettext("Reinstated. Its stock is on the market as it was."))
    return redirect("suspension", company_id)
