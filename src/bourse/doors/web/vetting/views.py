"""The queue of applications, and one application: notes, requests, the decision."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bourse.doors.web.forms import render_form, told_on
from bourse.doors.web.typed import whole
from bourse.doors.web.vetting import page
from bourse.doors.web.vetting.forms import AskForm, DecisionForm, NoteForm
from bourse.doors.web.who import MemberRequest, for_operators, sent_only
from bourse.kit import clock
from bourse.members.actions import vetting as orders
from bourse.members.queries import joining as queries

LONGEST_SEARCH = 200


@require_safe
@for_operators
def queue(request: MemberRequest) -> HttpResponse:
    """Who wants to join, those that wait longest first."""
    show, text = request.GET.get("show", "waiting"), request.GET.get("q", "")[:LONGEST_SEARCH]
    show = show if show in queries.SHOWN else "waiting"
    number, now = min(whole(request.GET.get("page", "1")) or 1, 10_000), clock.now()
    found = queries.queue(request.actor, show=show, text=text, page=number)
    why, teaching = page.nothing(show, text)
    context = {
        "tabs": page.tabs(found, show, text),
        "lines": [page.line(one, now) for one in found.lines],
        "show": show,
        "text": text,
        "next_address": page.address(show, text, found.next_page) if found.next_page else "",
        "nothing": why,
        "teaching": teaching,
        "join": settings.URL + reverse("join"),
    }
    return render(request, "web/vetting/queue.html", context)


@require_safe
@for_operators
def application(request: MemberRequest, application_id: str) -> HttpResponse:
    """One application with everything."""
    return _page(request, application_id)


@sent_only("application")
@for_operators
def note(request: MemberRequest, application_id: str) -> HttpResponse:
    """A note for the operators alone."""
    form = NoteForm(request.POST, use_required_attribute=False)
    if form.is_valid():
        with told_on(form):
            text = form.cleaned_data["note"]
            orders.note_application(
                actor=request.actor, application_id=application_id, text=text, now=clock.now()
            )
            return redirect("application", application_id)
    return _page(request, application_id, note=form)


@sent_only("application")
@for_operators
def ask(request: MemberRequest, application_id: str) -> HttpResponse:
    """A request for more, which goes to the applicant."""
    form = AskForm(request.POST, use_required_attribute=False)
    if form.is_valid():
        with told_on(form):
            orders.ask_applicant(
                actor=request.actor, application_id=application_id, **form.cleaned_data, now=clock.now()
            )
            messages.success(
                request, gettext("The applicant is asked. The answer comes back into your queue.")
            )
            return redirect("vetting")
    return _page(request, application_id, ask=form)


@sent_only("application")
@for_operators
def decide(request: MemberRequest, application_id: str) -> HttpResponse:
    """The decision, which the applicant is told."""
    form = DecisionForm(request.POST, use_required_attribute=False)
    if form.is_valid():
        with told_on(form):
            messages.success(request, _decided(request, application_id, form.cleaned_data))
            return redirect("application", application_id)
    return _page(request, application_id, decision=form)


def _decided(request: MemberRequest, application_id: str, said: dict[str, Any]) -> str:
    given = {name: said[name] for name in ("version", "reason", "sentence")}
    if said["decision"] == "accept":
        company = orders.accept_application(
            actor=request.actor, application_id=application_id, name=said["name"], **given, now=clock.now()
        )
        told = gettext("%(name)s is a member. The applicant is invited as its owner.")
        return told % {"name": company.name}
    orders.decline_application(actor=request.actor, application_id=application_id, **given, now=clock.now())
    return gettext("Declined. The applicant is told.")


@require_safe
@never_cache
@for_operators
def document(request: MemberRequest, application_id: str, document_id: str) -> HttpResponse:
    """A document as it came: a picture is shown where nothing of it can run, a PDF is a file to be kept."""
    found = queries.document(request.actor, application_id, document_id)
    is_file = not found.media_type.startswith("image/")
    headers = {
        "Content-Disposition": content_disposition_header(is_file, found.name) or "attachment",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(found.content, content_type=found.media_type, headers=headers)


def _page(
    request: MemberRequest,
    application_id: str,
    *,
    note: NoteForm | None = None,
    ask: AskForm | None = None,
    decision: DecisionForm | None = None,
) -> HttpResponse:
    view = queries.application(request.actor, application_id)
    fresh = {"version": view.version}
    name = {"name": view.said["company_name"]}
    context: dict[str, object] = {
        "application": page.application(view),
        "note": note or NoteForm(use_required_attribute=False),
        "ask": _at(ask, view.version) or AskForm(initial=fresh, use_required_attribute=False),
        "decision": _at(decision, view.version)
        or DecisionForm(initial=fresh | name, use_required_attribute=False),
        "form": note or ask or decision,
        "addresses": {
            act: reverse(f"{act}_application", args=[application_id]) for act in ("note", "ask", "decide")
        },
    }
    return render_form(request, "web/vetting/application.html", context, note, ask, decision)


def _at(form: Any, version: int) -> Any:
    """The same input on the application as it is now: sent once more it is meant for that."""
    if form is not None:
        form.data = form.data.copy()
        form.data["version"] = str(version)
    return form
