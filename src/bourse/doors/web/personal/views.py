"""One's own person: the page, the archive, the end of the account."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from bourse.doors.web.forms import render_form, told_on
from bourse.doors.web.one_form import FormPage, answered, shown
from bourse.doors.web.personal.archive import archive
from bourse.doors.web.personal.forms import PersonalForm
from bourse.doors.web.who import MemberRequest, for_members, proved_recently
from bourse.kit import clock
from bourse.members.actions.personal import erase_account, set_personal, take_along
from bourse.members.queries.personal import own_person


@require_http_methods(["GET", "POST"])
@for_members
def personal(request: MemberRequest) -> HttpResponse:
    """How one is called, and the way to everything else that is one's own."""
    own, email = own_person(request.actor)
    form = PersonalForm(request.POST if request.method == "POST" else None, own)
    if form.is_valid():
        with told_on(form):
            set_personal(actor=request.actor, own=form.own(), now=clock.now())
            messages.success(request, gettext("Kept."))
            return _in_language(redirect("personal"), form.cleaned_data["language"])
    return render_form(request, "web/personal/personal.html", {"form": form, "email": email}, form)


@require_http_methods(["GET", "POST"])
@for_members
@proved_recently
def take_archive(request: MemberRequest) -> HttpResponseBase:
    """Everything that the house keeps of one, as one file."""
    if request.method != "POST":
        return redirect("personal")
    now = clock.now()
    take_along(actor=request.actor, now=now)
    answer = StreamingHttpResponse(archive(request.actor, now), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="bourse-{now:%Y-%m-%d-%H%M}Z.zip"'
    return answer


@require_http_methods(["GET", "POST"])
@for_members
@proved_recently
def erase(request: MemberRequest) -> HttpResponse:
    """The end of the account, for good."""
    form = answered(request)
    if form.is_valid():
        with told_on(form):
            erase_account(actor=request.actor, now=clock.now())
            logout(request)
            return _gone(request)
    around = FormPage(
        gettext("Close your account"),
        gettext("Close the account for good"),
        reverse("personal"),
        gettext("Personal information"),
        says=gettext(
            "Your name, addresses and telephone are taken out of this exchange within minutes, and a number "
            "stands for you. What you did for your companies stays in their records under that number, since "
            "the law wants trades to be kept."
        ),
        warns=gettext("Nobody can undo this. Take along what is kept of you first, if you want it."),
    )
    return shown(request, around, form)


def _gone(request: HttpRequest) -> HttpResponse:
    setattr(request, "actor", None)  # noqa: B010  the page is a visitor's by now
    return render(request, "web/personal/gone.html")


def _in_language(response: HttpResponse, language: str) -> HttpResponse:
    """The same answer, after which this browser reads the pages in the language, or in its own again."""
    if language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=400 * 24 * 3600,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    else:
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")
    return response
