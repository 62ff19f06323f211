"""The person's own pages."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from bourse.doors.web import session, words
from bourse.doors.web.account.entering import has_come_in
from bourse.doors.web.account.forms import DisplayForm, LinkForm
from bourse.doors.web.forms import render_form, told_on
from bourse.doors.web.who import MemberRequest, for_members
from bourse.kit import clock
from bourse.kit.refusal import NotThere
from bourse.members import actions as members
from bourse.members.queries import CompanyView, LinkView, companies_of, link
from bourse.members.ways import How

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters("password")
def one_time_link(request: HttpRequest, secret: str) -> HttpResponse:
    """The page behind a one-time link: set the first password and come in."""
    view = link(secret, now=clock.now())
    form = LinkForm(request.POST or None, view)
    if form.is_valid():
        with told_on(form):
            person = members.use_link(secret=secret, **form.cleaned_data, now=clock.now())
            login(request, person, backend=BACKEND)
            return has_come_in(request, person, redirect("front"), How.LINK)
    context: dict[str, object] = {"form": form, "purpose": _purpose(view)}
    return render_form(request, "web/account/link.html", context, form)


def _purpose(view: LinkView) -> str:
    if view.makes_operator:
        return gettext(
            "This link makes the first operator: the person who admits companies to this exchange."
        )
    return gettext("You were added to this exchange. Set the password with which you sign in from now on.")


@require_http_methods(["GET", "POST"])
@for_members
def company(request: MemberRequest) -> HttpResponse:
    """Choose the company that one acts for."""
    companies = companies_of(request.actor.person_id)
    if request.method == "POST":
        session.choose_company(request, _one_of(companies, request.POST.get("company", "")))
        return redirect("company")
    current = session.company_chosen(request) or (companies[0].public_id if companies else None)
    shown = [_choice(one, current) for one in companies]
    return render(request, "web/account/company.html", {"companies": shown})


def _one_of(companies: list[CompanyView], company_id: str) -> str:
    if company_id not in [one.public_id for one in companies]:
        raise NotThere
    return company_id


def _choice(view: CompanyView, current: str | None) -> dict[str, object]:
    return {
        "public_id": view.public_id,
        "name": view.name,
        "place": words.place(view.city, view.country),
        "role": words.role(view.role),
        "is_chosen": view.public_id == current,
    }


@require_http_methods(["GET", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    """Light or dark, the height of rows, and whether single keys act: kept in this browser only."""
    form = DisplayForm(request.POST or None, initial=session.display(request))
    if request.method == "POST" and form.is_valid():
        return session.remember_display(redirect("display"), form.cleaned_data)
    return render_form(request, "web/account/display.html", {"form": form}, form)
