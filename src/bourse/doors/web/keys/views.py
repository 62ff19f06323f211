"""A company's keys: the list, one more, another in its place, one that ends now."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from bourse.doors.web import figures, session
from bourse.doors.web.forms import render_form, told_on
from bourse.doors.web.keys.forms import SCOPES, KeyForm, RotateForm
from bourse.doors.web.who import MemberRequest, for_companies, needs_recent_sign_in, sent_only
from bourse.kit import clock
from bourse.members import actions, queries
from bourse.members.queries import KeyState, KeyView

_SCOPES = dict(SCOPES)


@require_safe
@for_companies
def keys(request: MemberRequest) -> HttpResponse:
    """The company's keys, and the one just made, whole, this once."""
    now = clock.now()
    rows = [_line(key, now) for key in queries.keys_of(request.actor, now)]
    secret = session.handed_over(request)
    response = render(request, "web/keys/keys.html", {"rows": rows, "secret": secret})
    return session.forget_link(response, request.path) if secret else response


@require_http_methods(["GET", "POST"])
@for_companies
@needs_recent_sign_in
def add_key(request: MemberRequest) -> HttpResponse:
    """One more key."""
    now = clock.now()
    queries.keys_of(request.actor, now)  # who is no owner is told so before he fills a form in
    form = KeyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with told_on(form):
            made = actions.make_key(actor=request.actor, **form.chosen(now), now=now)
            return session.hand_over(redirect("keys"), made.secret)
    return render_form(request, "web/keys/add.html", {"form": form}, form)


@require_http_methods(["GET", "POST"])
@for_companies
@needs_recent_sign_in
def rotate_key(request: MemberRequest, key_id: str) -> HttpResponse:
    """Another key in its place, and how long both work."""
    now = clock.now()
    key = queries.key_of(request.actor, key_id, now)
    form = RotateForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with told_on(form):
            made = actions.rotate_key(actor=request.actor, key_id=key_id, overlap=form.overlap, now=now)
            return session.hand_over(redirect("keys"), made.secret)
    return render_form(request, "web/keys/rotate.html", {"form": form, "key": _line(key, now)}, form)


@sent_only("rotate_key")
@for_companies
@needs_recent_sign_in
def revoke_key(request: MemberRequest, key_id: str) -> HttpResponse:
    """The key ends now."""
    now = clock.now()
    name = queries.key_of(request.actor, key_id, now).name
    actions.revoke_key(actor=request.actor, key_id=key_id, now=now)
    messages.success(request, gettext("The key %(name)s is revoked: it opens nothing more.") % {"name": name})
    return redirect("keys")


def _line(key: KeyView, now: datetime) -> dict[str, object]:
    """A key as the page says it."""
    return {
        "public_id": key.public_id,
        "name": key.name,
        "shown": key.shown,
        "scopes": [str(_SCOPES[scope.value]).partition(":")[0] for scope in key.scopes],
        "made": gettext("%(name)s, %(day)s") % {"name": key.made_by, "day": figures.day(key.created_at)},
        "used": figures.age(key.last_used_at, now) if key.last_used_at else gettext("Never"),
        "used_from": key.last_used_from,
        "state": _state(key),
        "works": key.state is KeyState.WORKS,
        "may_rotate": key.state is KeyState.WORKS and not key.is_replaced,
    }


def _state(key: KeyView) -> str:
    if key.state is KeyState.REVOKED and key.revoked_at:
        return gettext("Revoked on %(day)s") % {"day": figures.day(key.revoked_at)}
    if key.expires_at is None:
        return gettext("Works, without an end")
    words = gettext("Works until %(day)s") if key.state is KeyState.WORKS else gettext("Expired on %(day)s")
    return words % {"day": figures.day(key.expires_at)}
