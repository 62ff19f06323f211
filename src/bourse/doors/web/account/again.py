"""Showing once more who one is, before an act that binds, and going on with the form that led here.

The form travels sealed in the page, good for ten minutes and for its person: no table holds what was typed.
"""

import time

import msgspec
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import resolve
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from bourse.doors.web.account.entering import PROVED_AT, safe
from bourse.doors.web.account.forms import AgainForm
from bourse.doors.web.account.proving import by_any, question_for, ways_of
from bourse.doors.web.account.tries import again_try
from bourse.doors.web.forms import render_form, told_on
from bourse.kit.refusal import Refusal
from bourse.kit.sealed import seal, unseal
from bourse.members.actor import Actor

RECENT_S = 600
KEPT, PURPOSE = "kept", "form kept while its person shows who he is"
MOST_KEPT = 100_000


class FormTooLong(Refusal):
    """The form is longer than what can be kept meanwhile."""

    status = 413


class _Kept(msgspec.Struct):
    """A form as it was sent."""

    person_id: int
    path: str
    query: str
    fields: str


def has_proved_recently(request: HttpRequest) -> bool:
    """Whether whoever is signed in has shown who he is in the last ten minutes."""
    proved_at = request.session.get(PROVED_AT)
    return isinstance(proved_at, int) and 0 <= time.time() - proved_at < RECENT_S


def ask(request: HttpRequest) -> HttpResponse:
    """The page that asks, in place of the one that was wanted; a form that was sent is kept in it."""
    if request.method != "POST":
        return redirect(f"/account/again/?{_query(next=request.get_full_path())}")
    page = _page(request, AgainForm(None, ways_of(_actor(request).person_id)), _keep(request), "")
    page.status_code = 403  # nothing was done yet
    return page


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters("password", "code")
def again(request: HttpRequest) -> HttpResponseBase:
    """Ask for password, code or passkey; then on to where one wanted to be."""
    kept, wanted = request.POST.get(KEPT, ""), request.POST.get("next", request.GET.get("next", ""))
    actor = getattr(request, "actor", None)
    if actor is None:
        return redirect("account_login")
    form = AgainForm(request.POST or None, ways_of(actor.person_id))
    if form.is_valid():
        with told_on(form):
            counted = again_try(request.session.session_key or "")
            by_any(request, actor.person_id, **form.cleaned_data)
            counted.succeeded()
            request.session[PROVED_AT] = int(time.time())
            return _go_on(request, kept) if kept else redirect(safe(request, wanted) or "front")
    return _page(request, form, kept, wanted)


def _page(request: HttpRequest, form: AgainForm, kept: str, wanted: str) -> HttpResponse:
    context: dict[str, object] = {"form": form, "kept": kept, "next": wanted}
    if form.ways.passkey:
        context["question"] = question_for(request, form.ways.person_id)
    return render_form(request, "web/account/again.html", context, form)


def _keep(request: HttpRequest) -> str:
    fields = request.POST.copy()
    fields.pop("csrfmiddlewaretoken", None)
    kept = _Kept(_actor(request).person_id, request.path, request.GET.urlencode(), fields.urlencode())
    if len(kept.fields) > MOST_KEPT:
        raise FormTooLong(gettext("The form is too long to be kept while you show who you are."))
    return seal(PURPOSE, msgspec.json.encode(kept).decode())


def _go_on(request: HttpRequest, sealed: str) -> HttpResponseBase:
    """The answer to the form that was kept, as if it had been sent just now."""
    kept = msgspec.json.decode(unseal(PURPOSE, sealed, max_age_s=RECENT_S), type=_Kept)
    if kept.person_id != _actor(request).person_id:
        return redirect("front")
    match = resolve(kept.path)
    request.path = request.path_info = kept.path
    request.GET, request.POST = QueryDict(kept.query), QueryDict(kept.fields)
    request.resolver_match = match
    answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    return answer


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _query(**parts: str) -> str:
    query = QueryDict(mutable=True)
    query.update(parts)
    return query.urlencode(safe="/")
