"""By what one signs in, and where one is in: the person's own page, and what he changes on it."""

from django.contrib.auth import HASH_SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from bourse.doors.web import figures
from bourse.doors.web.account.forms import EmailForm, NewPasswordForm
from bourse.doors.web.account.tries import may_mail
from bourse.doors.web.account.wording import device_name, how_said
from bourse.doors.web.forms import render_form, told_on
from bourse.doors.web.who import MemberRequest, for_members, proved_recently, sent_only
from bourse.kit import clock
from bourse.members.actions.signing import mailed_links, passwords, sign_ins
from bourse.members.queries.signing import SignInView, house_needs_second_factor, sign_ins_of
from bourse.members.queries.signing import security as ways_of_signing_in

SENT, DONE = "sent", "done"


@require_http_methods(["GET", "HEAD"])
@for_members
def security(request: MemberRequest) -> HttpResponse:
    """Everything about signing in, on one page."""
    now, person_id = clock.now(), request.actor.person_id
    view = ways_of_signing_in(person_id)
    context = {
        "ways": view,
        "verified": figures.day(view.email_verified_at) if view.email_verified_at else "",
        "keys": [
            (key.public_id, key.name, figures.day(key.created_at), _last(key.used_at))
            for key in view.passkeys
        ],
        "app_since": figures.day(view.code_app_since) if view.code_app_since else "",
        "is_needed": house_needs_second_factor() and not view.has_second_factor,
        "sign_ins": [_line(one) for one in sign_ins_of(person_id, _session_key(request), now=now)],
        "done": request.GET.get(DONE, ""),
    }
    return render(request, "web/account/security.html", context)


@require_http_methods(["GET", "POST"])
@for_members
@proved_recently
@sensitive_post_parameters("password")
def change_password(request: MemberRequest) -> HttpResponse:
    """Another password; every other browser has to sign in again."""
    form = NewPasswordForm(request.POST or None)
    if form.is_valid():
        with told_on(form):
            person = passwords.change_password(
                actor=request.actor, session_key=_session_key(request), now=clock.now(), **form.cleaned_data
            )
            request.session[HASH_SESSION_KEY] = person.get_session_auth_hash()  # this browser stays in
            return _back("password")
    return render_form(request, "web/account/change_password.html", {"form": form}, form)


@require_http_methods(["GET", "POST"])
@for_members
@proved_recently
def change_email(request: MemberRequest) -> HttpResponse:
    """Another address, once a link mailed there was opened."""
    form = EmailForm(request.POST or None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        with told_on(form):
            if may_mail(request, email):
                mailed_links.ask_for_email(actor=request.actor, email=email, now=clock.now())
            return _back("email")
    return render_form(request, "web/account/change_email.html", {"form": form}, form)


@sent_only("security")
@for_members
def verify_email(request: MemberRequest) -> HttpResponse:
    """Send a link to the address that the person signs in with."""
    if may_mail(request, ways_of_signing_in(request.actor.person_id).email):
        mailed_links.ask_for_verification(actor=request.actor, now=clock.now())
    return _back("verify")


@require_http_methods(["GET", "POST"])
@for_members
def end_sign_in(request: MemberRequest, sign_in_id: str) -> HttpResponse:
    """Out of one browser, from another."""
    if request.method == "POST":
        sign_ins.end_sign_in(actor=request.actor, sign_in_id=sign_in_id, now=clock.now())
    return _back("ended") if request.method == "POST" else redirect("security")


@sent_only("security")
@for_members
def end_others(request: MemberRequest) -> HttpResponse:
    """Out of every browser but this one."""
    sign_ins.end_other_sign_ins(actor=request.actor, session_key=_session_key(request), now=clock.now())
    return _back("ended")


def _back(done: str) -> HttpResponse:
    response = redirect("security")
    response["Location"] += f"?{DONE}={done}"
    return response


def _line(one: SignInView) -> dict[str, object]:
    return {
        "public_id": one.public_id,
        "device": device_name(one.device),
        "how": how_said(one.how),
        "address": one.address,
        "started": figures.minute(one.started_at),
        "seen": figures.minute(one.seen_at),
        "is_this": one.is_this,
    }


def _last(moment: object) -> str:
    return figures.day(moment) if moment else ""  # type: ignore[arg-type]


def _session_key(request: HttpRequest) -> str:
    return request.session.session_key or ""
