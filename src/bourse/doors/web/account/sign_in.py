"""The way in: by password, by passkey, with a second factor; and the way out."""

from allauth.account.internal.decorators import login_stage_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from bourse.doors.web.account import passkeys, tries
from bourse.doors.web.account.entering import HOW, by_password, go_out, go_through, safe
from bourse.doors.web.account.forms import AgainForm, PasskeyForm, SignInForm
from bourse.doors.web.account.proving import by_any, owner_of_passkey, question_for, ways_of
from bourse.doors.web.account.stages import SecondFactorStage
from bourse.doors.web.account.tries import SlowDown, TooManyTries
from bourse.doors.web.forms import refusal_on, render_form, told_on
from bourse.doors.web.who import actor_of
from bourse.members.queries.signing import who
from bourse.members.ways import How

CLEARED = '"cache", "storage"'


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """In by address and password."""
    wanted = _wanted(request)
    if actor_of(request) is not None:
        return redirect(safe(request, wanted) or "front")
    form = SignInForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        with told_on(form):
            person = by_password(request, given["login"], given["password"], given["ticket"])
            return go_through(request, person, How.PASSWORD, wanted, stays=given["remember"])
    return _page(request, form, wanted)


@require_http_methods(["GET", "POST"])
@never_cache
def by_passkey(request: HttpRequest) -> HttpResponse:
    """In by a passkey alone: it is something one has, unlocked by something one is or knows."""
    wanted, form = _wanted(request), PasskeyForm(request.POST or None)
    if request.method != "POST" or actor_of(request) is not None:
        return redirect("account_login")
    if form.is_valid():
        with told_on(form):
            tries.passkey_try(request)
            person = owner_of_passkey(request, **form.cleaned_data)
            stays = request.POST.get("remember") == "on"
            return go_through(request, person, How.PASSKEY, wanted, stays=stays)
    return _page(request, form, wanted)


@require_http_methods(["GET", "POST"])
@never_cache
@login_stage_required(stage=SecondFactorStage.key, redirect_urlname="account_login")  # type: ignore[untyped-decorator]
@sensitive_post_parameters("code")
def second_factor(request: HttpRequest) -> HttpResponse:
    """After the password: the code of an app, a recovery code, or a passkey."""
    stage = request._login_stage  # type: ignore[attr-defined]
    person_id = stage.login.user.pk
    form = AgainForm(request.POST or None, ways_of(person_id))
    if form.is_valid():
        with told_on(form):
            counted = tries.second_factor_try(request, who(person_id)[0])
            how = by_any(request, person_id, **form.cleaned_data)
            counted.succeeded()
            request.session[HOW] = how.value
            return stage.exit()  # type: ignore[no-any-return]
    context: dict[str, object] = {"form": form}
    if form.ways.passkey:
        context["question"] = question_for(request, person_id)
    return render_form(request, "web/account/second_factor.html", context, form)


@require_http_methods(["GET", "POST"])
@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    """Out of the exchange, and nothing of it left in the browser."""
    if request.method != "POST":
        return (
            render_form(request, "web/account/sign_out.html", {}) if actor_of(request) else redirect("front")
        )
    go_out(request)
    response = redirect("front")
    response["Clear-Site-Data"] = CLEARED  # not the cookies: how the pages look is kept in one
    return response


def _page(request: HttpRequest, form: SignInForm | PasskeyForm, wanted: str) -> HttpResponse:
    refusal = refusal_on(form)
    context: dict[str, object] = {
        "form": form,
        "shown": form if isinstance(form, SignInForm) else SignInForm(),
        "next": wanted,
        "ticket": refusal.ticket if isinstance(refusal, SlowDown) else "",
        "question": passkeys.ask_to_show(request),
    }
    response = render_form(request, "web/account/sign_in.html", context, form)
    if isinstance(refusal, (TooManyTries, SlowDown)):
        response["Retry-After"] = str(max(1, round(refusal.wait_s)))
    return response


def _wanted(request: HttpRequest) -> str:
    return request.POST.get("next") or request.GET.get("next") or ""
