"""The inbox, its triage, how one wants to be told, and the end of digests."""

from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from bourse.doors.web import figures
from bourse.doors.web.forms import render_form, told_on
from bourse.doors.web.notices import page
from bourse.doors.web.notices.forms import ChoicesForm
from bourse.doors.web.who import MemberRequest, for_members, sent_only
from bourse.kit import clock
from bourse.kit.refusal import NotThere
from bourse.notices import actions, queries
from bourse.notices.actions import Act
from bourse.notices.queries import Box, InboxFilter
from bourse.notices.topics import Reason, Topic

Word = TypeVar("Word", bound=StrEnum)


@require_safe
@for_members
def inbox(request: MemberRequest) -> HttpResponse:
    """What one was told: open, unread, saved, done."""
    wanted, after = _filter(request.GET), request.GET.get("after", "")
    found = queries.inbox(request.actor, wanted, after or None)
    return render(request, "web/notices/inbox.html", {"page": page.shown(found, wanted, after, clock.now())})


@sent_only("notices")
@for_members
def triage(request: MemberRequest) -> HttpResponse:
    """The chosen notices read, unread, done or saved."""
    act, wanted = _word(Act, request.POST.get("act", "")), _filter(request.POST)
    if act is None:
        raise NotThere
    chosen = request.POST.getlist("notice")
    if not chosen and "all" not in request.POST:
        messages.warning(request, gettext("Choose notices first: tick the boxes before them."))
        return redirect(page.address(wanted))
    changed = actions.triage(
        actor=request.actor,
        act=act,
        notices=chosen,
        all_of=wanted if "all" in request.POST else None,
        now=clock.now(),
    )
    if "quiet" not in request.POST:  # a script shows the rows gone; without one a sentence says it
        messages.success(request, _said(changed))
    return redirect(page.address(wanted))


def _said(changed: int) -> str:
    said = ngettext("%(count)s notice changed.", "%(count)s notices changed.", changed)
    return said % {"count": figures.count(changed)}


@require_http_methods(["GET", "POST"])
@for_members
def choices(request: MemberRequest) -> HttpResponse:
    """Topic by topic how one wants to be told, and at which hours."""
    view = queries.preferences(request.actor)
    form = ChoicesForm(request.POST or None, view)
    if form.is_valid():
        with told_on(form):
            actions.choose(actor=request.actor, choices=form.choices(), hours=form.hours(), now=clock.now())
            messages.success(request, gettext("Kept. It holds for what is told from now on."))
            return redirect("notice_choices")
    context: dict[str, object] = {"form": form, "time_zone": view.time_zone}
    return render_form(request, "web/notices/choices.html", context, form)


@csrf_exempt  # mail programs press this button for their users, who may be signed in nowhere (RFC 8058)
@require_http_methods(["GET", "POST"])
@never_cache
def unsubscribe(request: HttpRequest, secret: str) -> HttpResponse:
    """No more digests: a page with one button, which a mail program presses by itself."""
    if request.method == "POST":
        actions.unsubscribe_from_digests(secret=secret, now=clock.now())
    return render(request, "web/notices/unsubscribe.html", {"is_done": request.method == "POST"})


def _filter(given: QueryDict) -> InboxFilter:
    return InboxFilter(
        box=_word(Box, given.get("box", "")) or Box.OPEN,
        topic=_word(Topic, given.get("topic", "")),
        why=_word(Reason, given.get("why", "")),
        until=_moment(given.get("until", "")),
    )


def _word(words: type[Word], text: str) -> Word | None:
    return words(text) if text in list(words) else None


def _moment(text: str) -> datetime | None:
    """The moment at which the page was made; what is none is left out."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
