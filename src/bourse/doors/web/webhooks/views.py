"""A company's webhooks: list, set up, change, a new secret, test, send again, enable, remove."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from bourse.doors.web import session
from bourse.doors.web.forms import render_form, told_on
from bourse.doors.web.webhooks import page
from bourse.doors.web.webhooks.forms import WebhookForm
from bourse.doors.web.who import MemberRequest, for_companies, needs_recent_sign_in, sent_only
from bourse.kit import clock
from bourse.kit.refusal import NotThere
from bourse.notices import actions, queries


@require_safe
@for_companies
def webhooks(request: MemberRequest) -> HttpResponse:
    """Where the company's events go."""
    now = clock.now()
    rows = [page.line(view, now) for view in queries.webhooks(request.actor)]
    return render(request, "web/webhooks/webhooks.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@for_companies
@needs_recent_sign_in
def add_webhook(request: MemberRequest) -> HttpResponse:
    """One more address."""
    queries.webhooks(request.actor)  # who is no owner is told so before he fills a form in
    form = WebhookForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with told_on(form):
            made = actions.add_webhook(actor=request.actor, **form.cleaned_data, now=clock.now())
            return session.hand_over(redirect("webhook", made.webhook.public_id), made.secret)
    return render_form(request, "web/webhooks/add.html", {"form": form}, form)


@require_safe
@for_companies
def webhook(request: MemberRequest, webhook_id: str) -> HttpResponse:
    """How an address fares, its last events, and its secret where it was just made, this once."""
    view = queries.webhook(request.actor, webhook_id)
    form = WebhookForm(initial={"address": view.address, "events": view.events})
    secret = session.handed_over(request)
    response = _page(request, webhook_id, form, secret)
    return session.forget_link(response, request.path) if secret else response


@sent_only("webhook")
@for_companies
@needs_recent_sign_in
def change_webhook(request: MemberRequest, webhook_id: str) -> HttpResponse:
    """Another address, or other events."""
    queries.webhook(request.actor, webhook_id)
    form = WebhookForm(request.POST)
    if form.is_valid():
        with told_on(form):
            actions.change_webhook(
                actor=request.actor, webhook_id=webhook_id, **form.cleaned_data, now=clock.now()
            )
            messages.success(request, gettext("Changed. It holds for what is sent from now on."))
            return redirect("webhook", webhook_id)
    return _page(request, webhook_id, form)


@sent_only("webhook")
@for_companies
@needs_recent_sign_in
def rotate_webhook(request: MemberRequest, webhook_id: str) -> HttpResponse:
    """A new secret, beside which the old one signs for a day."""
    made = actions.rotate_webhook_secret(actor=request.actor, webhook_id=webhook_id, now=clock.now())
    return session.hand_over(redirect("webhook", webhook_id), made.secret)


@sent_only("webhook")
@for_companies
def send_test_event(request: MemberRequest, webhook_id: str) -> HttpResponse:
    """An event that means nothing, to see whether it arrives."""
    actions.send_test_event(actor=request.actor, webhook_id=webhook_id, now=clock.now())
    messages.success(request, gettext("A test event is on its way. Load this page again in a moment."))
    return redirect("webhook", webhook_id)


@sent_only("webhook")
@for_companies
def enable_webhook(request: MemberRequest, webhook_id: str) -> HttpResponse:
    """The address hears events again."""
    actions.enable_webhook(actor=request.actor, webhook_id=webhook_id, now=clock.now())
    messages.success(request, gettext("Enabled. What was given up can be sent again below."))
    return redirect("webhook", webhook_id)


@sent_only("webhook")
@for_companies
def remove_webhook(request: MemberRequest, webhook_id: str) -> HttpResponse:
    """Nothing more goes to the address."""
    actions.remove_webhook(actor=request.actor, webhook_id=webhook_id, now=clock.now())
    messages.success(request, gettext("Removed. Nothing more is sent there."))
    return redirect("webhooks")


@require_http_methods(["GET", "POST"])
@for_companies
def replay_delivery(request: MemberRequest, webhook_id: str, delivery_id: str) -> HttpResponse:
    """The event sent again under its own id."""
    if request.method == "POST":
        actions.replay_delivery(
            actor=request.actor, webhook_id=webhook_id, delivery_id=delivery_id, now=clock.now()
        )
        messages.success(request, gettext("It is sent again. Load this page again in a moment."))
    return redirect("webhook", webhook_id)


def _page(request: MemberRequest, webhook_id: str, form: WebhookForm, secret: str = "") -> HttpResponse:
    view = queries.webhook(request.actor, webhook_id)
    after = request.GET.get("after", "")
    if after and not after.isalnum():
        raise NotThere
    found = queries.deliveries(request.actor, webhook_id, after or None, limit=25)
    context: dict[str, object] = {
        "hook": page.shown(view, clock.now()),
        "form": form,
        "secret": secret,
        "rows": [page.delivery(one, webhook_id) for one in found.deliveries],
        "next_address": f"{reverse('webhook', args=[webhook_id])}?after={found.after}" if found.after else "",
    }
    return render_form(request, "web/webhooks/webhook.html", context, form)
