"""Member companies and their people: the operator's pages."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bourse.doors.web import figures, session, words
from bourse.doors.web.forms import render_form, told_on
from bourse.doors.web.members.forms import AddPersonForm, AdmitForm
from bourse.doors.web.who import MemberRequest, for_operators
from bourse.kit import clock
from bourse.members import actions, queries
from bourse.members.queries import CompanyView


@require_http_methods(["GET", "POST"])
@for_operators
def companies(request: MemberRequest) -> HttpResponse:
    """Every member company, and the form that admits another."""
    form = AdmitForm(request.POST or None)
    if form.is_valid():
        with told_on(form):
            admitted = actions.admit_company(actor=request.actor, **form.cleaned_data, now=clock.now())
            return redirect("member", admitted.public_id)
    members = [_line(company) for company in queries.companies(request.actor)]
    context: dict[str, object] = {"form": form, "companies": members, "total": words.companies(len(members))}
    return render_form(request, "web/members/companies.html", context, form)


@require_http_methods(["GET", "POST"])
@never_cache
@for_operators
def company(request: MemberRequest, company_id: str) -> HttpResponse:
    """One member company, and the form that adds a person; the new person's link is shown this once."""
    view = queries.company(request.actor, company_id)
    form = AddPersonForm(request.POST or None)
    if form.is_valid():
        with told_on(form):
            secret = actions.add_person(
                actor=request.actor, company_id=company_id, **form.cleaned_data, now=clock.now()
            )
            return _added(request, company_id, secret, form.cleaned_data["name"])
    secret = session.handed_over(request)
    link = settings.URL + reverse("link", args=[secret]) if secret else ""
    context: dict[str, object] = {"form": form, "company": _line(view), "link": link}
    answer = render_form(request, "web/members/company.html", context, form)
    return session.forget_link(answer, request.path) if secret else answer


def _added(request: MemberRequest, company_id: str, secret: str | None, name: str) -> HttpResponse:
    """To the page with the link of a new person; somebody who signs in already needs none."""
    to_the_page = redirect("member", company_id)
    if secret is not None:
        return session.hand_over(to_the_page, secret)
    said = gettext("%(name)s acts for this company from now on and signs in as before.")
    messages.success(request, said % {"name": name})
    return to_the_page


def _line(view: CompanyView) -> dict[str, str]:
    return {
        "name": view.name,
        "place": words.place(view.city, view.country),
        "since": figures.day(view.created_at),
        "address": reverse("member", args=[view.public_id]),
        "standing": reverse("suspension", args=[view.public_id]),
        "suspended": gettext("Suspended") if view.suspended_at else "",
    }
