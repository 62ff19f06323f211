"""The page behind the link of an invitation: somebody new comes in, somebody known joins."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from bourse.doors.web import figures, session, words
from bourse.doors.web.account.entering import has_come_in
from bourse.doors.web.account.views import BACKEND
from bourse.doors.web.colleagues.forms import ComeInForm
from bourse.doors.web.forms import render_form, told_on
from bourse.doors.web.one_form import SureForm
from bourse.doors.web.who import actor_of
from bourse.kit import clock
from bourse.members.actions import invitations as orders
from bourse.members.actor import Actor
from bourse.members.queries.invitations import InvitationView, invitation
from bourse.members.queries.personal import own_person
from bourse.members.ways import How


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters("password")
def invited(request: HttpRequest, secret: str) -> HttpResponse:
    """What the link does, told before it is used; whatever it does no more has its own sentence."""
    view, actor = invitation(secret, now=clock.now()), actor_of(request)
    orders.refuse_unless_good(view.state)
    if actor is not None:
        orders.refuse_another(own_person(actor)[1], view.email)
        return _join(request, actor, secret, view)
    if view.has_account:
        signing_in = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
        return render(request, "web/colleagues/invited.html", _told(view) | {"sign_in": signing_in})
    return _come_in(request, secret, view)


def _come_in(request: HttpRequest, secret: str, view: InvitationView) -> HttpResponse:
    form = ComeInForm(request.POST if request.method == "POST" else None, initial={"name": view.name})
    if form.is_valid():
        with told_on(form):
            person = orders.come_in(
                secret=secret,
                name=form.cleaned_data["name"],
                password=form.password_given(),
                now=clock.now(),
            )
            login(request, person, backend=BACKEND)
            to = "front" if form.cleaned_data["way"] == "password" else "add_passkey"
            return has_come_in(request, person, redirect(to), How.LINK)
    return render_form(request, "web/colleagues/invited.html", _told(view) | {"form": form}, form)


def _join(request: HttpRequest, actor: Actor, secret: str, view: InvitationView) -> HttpResponse:
    form = SureForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with told_on(form):
            session.choose_company(request, orders.join(actor=actor, secret=secret, now=clock.now()))
            said = gettext("You act for %(company)s now. You change over on this page.")
            messages.success(request, said % {"company": view.company})
            return redirect("company")
    return render_form(
        request, "web/colleagues/invited.html", _told(view) | {"form": form, "joins": True}, form
    )


def _told(view: InvitationView) -> dict[str, object]:
    return {
        "company": view.company,
        "role": words.role(view.role),
        "by": view.invited_by,
        "email": view.email,
        "until": figures.minute(view.expires_at),
    }
