"""A company's feeds: list, set up, change, let rest, run at once, remove."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from bourse.doors.web.feeds import page
from bourse.doors.web.feeds.forms import FeedForm
from bourse.doors.web.forms import render_form, told_on
from bourse.doors.web.who import MemberRequest, for_companies, for_traders, sent_only
from bourse.kit import clock
from bourse.market import actions, queries
from bourse.market.queries import FeedView


@require_safe
@for_companies
def feeds(request: MemberRequest) -> HttpResponse:
    """The company's feeds."""
    rows = [page.line(view) for view in queries.feeds(request.actor)]
    return render(request, "web/feeds/feeds.html", {"rows": rows, "may_change": request.actor.may_trade})


@require_http_methods(["GET", "POST"])
@for_traders
def add_feed(request: MemberRequest) -> HttpResponse:
    """Say where the file is; it is fetched within a minute."""
    posted = request.POST if request.method == "POST" else None
    form = FeedForm(posted, folder=queries.watched_folder(request.actor))
    if form.is_valid():
        with told_on(form):
            added = actions.add_feed(actor=request.actor, **form.cleaned_data, now=clock.now())
            messages.success(request, gettext("Set up. It runs within a minute."))
            return redirect("feed", added.public_id)
    return render_form(request, "web/feeds/add.html", {"form": form}, form)


@require_safe
@for_companies
def feed(request: MemberRequest, feed_id: str) -> HttpResponse:
    """How a feed fares; owners and traders change it here."""
    view = queries.feed(request.actor, feed_id)
    form = FeedForm(None, kind=view.kind, initial=_typed(view)) if request.actor.may_trade else None
    return _page(request, view, form)


@sent_only("feed")
@for_traders
def change_feed(request: MemberRequest, feed_id: str) -> HttpResponse:
    """The feed as it is from now on."""
    view = queries.feed(request.actor, feed_id)
    form = FeedForm(request.POST, kind=view.kind)
    if form.is_valid():
        with told_on(form):
            said = {name: value for name, value in form.cleaned_data.items() if name != "kind"}
            actions.change_feed(actor=request.actor, feed_id=feed_id, **said, now=clock.now())
            messages.success(request, gettext("Changed. It begins anew, in your name."))
            return redirect("feed", feed_id)
    return _page(request, view, form)


def _page(request: MemberRequest, view: FeedView, form: FeedForm | None) -> HttpResponse:
    shown = page.shown(view, may_change=request.actor.may_trade)
    return render_form(request, "web/feeds/feed.html", {"feed": shown, "form": form}, form)


def _typed(view: FeedView) -> dict[str, object]:
    names = ("name", "address", "mode", "every_minutes")
    return {name: getattr(view, name) for name in names}


@sent_only("feed")
@for_traders
def pause_feed(request: MemberRequest, feed_id: str) -> HttpResponse:
    """The feed at rest."""
    actions.pause_feed(actor=request.actor, feed_id=feed_id, now=clock.now())
    return redirect("feed", feed_id)


@sent_only("feed")
@for_traders
def resume_feed(request: MemberRequest, feed_id: str) -> HttpResponse:
    """The feed runs again, in the name of whoever pressed the button."""
    actions.resume_feed(actor=request.actor, feed_id=feed_id, now=clock.now())
    messages.success(request, gettext("It runs again, from now on in your name."))
    return redirect("feed", feed_id)


@sent_only("feed")
@for_traders
def run_feed(request: MemberRequest, feed_id: str) -> HttpResponse:
    """The feed at work at once."""
    actions.run_feed_now(actor=request.actor, feed_id=feed_id, now=clock.now())
    messages.success(request, gettext("It runs now. Load this page again in a moment."))
    return redirect("feed", feed_id)


@sent_only("feed")
@for_traders
def remove_feed(request: MemberRequest, feed_id: str) -> HttpResponse:
    """The feed forgotten; what it brought stays."""
    name = queries.feed(request.actor, feed_id).name
    actions.remove_feed(actor=request.actor, feed_id=feed_id, now=clock.now())
    said = gettext("The feed %(name)s is removed. Your stock is as it was.")
    messages.success(request, said % {"name": name})
    return redirect("feeds")
