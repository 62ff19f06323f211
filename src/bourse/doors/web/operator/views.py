"""How the house is set, and the claims in which suppliers of one stone contradict each other."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from bourse.doors.web import figures, words
from bourse.doors.web.forms import render_form, told_on
from bourse.doors.web.operator.forms import ExchangeForm
from bourse.doors.web.stone.differing import said
from bourse.doors.web.who import MemberRequest, for_operators
from bourse.kit import clock
from bourse.market import queries as market
from bourse.market.queries import DifferingStone
from bourse.members import actions, queries
from bourse.members.palette import TOKENS
from bourse.members.queries import ExchangeView

A_YEAR = "public, max-age=31536000, immutable"


@require_http_methods(["GET", "POST"])
@for_operators
def exchange(request: MemberRequest) -> HttpResponse:
    """Name, logo, colours and what visitors see, and who set it last."""
    view = queries.exchange()
    form = ExchangeForm(request.POST or None, request.FILES or None, view)
    if form.is_valid():
        with told_on(form):
            actions.set_exchange(
                actor=request.actor,
                name=form.cleaned_data["name"],
                colours=form.cleaned_data["colours"],
                public_fields=form.cleaned_data["public_fields"],
                logo=form.cleaned_data["chosen_logo"],
                limits=form.cleaned_data["limits"],
                now=clock.now(),
            )
            messages.success(request, gettext("This exchange is set. Every page shows it from now on."))
            return redirect("exchange")
    context: dict[str, object] = {"form": form, "history": _history(view), "has_logo": bool(view.logo_type)}
    return render_form(request, "web/operator/exchange.html", context, form)


def _history(view: ExchangeView) -> str:
    """Who set the house last, and when."""
    if view.changed_at is None:
        return gettext("As it came: nobody has changed it.")
    told = {"name": view.changed_by, "when": figures.minute(view.changed_at)}
    return gettext("Last set by %(name)s on %(when)s") % told


@require_safe
def colours(request: HttpRequest, version: str) -> HttpResponse:
    """The operator's colours as a stylesheet; its address changes with them."""
    view = queries.exchange()
    lines = [f"--{TOKENS[role]}:light-dark({pair.light},{pair.dark})" for role, pair in view.colours.items()]
    answer = HttpResponse(f":root{{{';'.join(lines)}}}\n", content_type="text/css; charset=utf-8")
    return _kept(answer, version, view)


@require_safe
def logo(request: HttpRequest, version: str) -> HttpResponse:
    """The operator's logo; its address changes with it."""
    found = queries.exchange_logo()
    return _kept(HttpResponse(found.content, content_type=found.media_type), version, queries.exchange())


def _kept(answer: HttpResponse, version: str, view: ExchangeView) -> HttpResponse:
    answer["Cache-Control"] = A_YEAR if version == view.version else "no-cache"
    return answer


@require_safe
@for_operators
def differing(request: MemberRequest) -> HttpResponse:
    """Stones of which their suppliers say different things."""
    page = market.differing_stones(request.actor, request.GET.get("after"))
    context = {
        "stones": [_differing(stone) for stone in page.stones],
        "next_address": f"{reverse('differing')}?after={page.after}" if page.after else "",
        "is_later": "after" in request.GET,
    }
    return render(request, "web/operator/differing.html", context)


def _differing(stone: DifferingStone) -> dict[str, object]:
    """A stone with a line for each claim in which its suppliers differ."""
    return {
        "report": words.report(stone.laboratory, stone.report_number),
        "lines": [
            {
                "field": words.field(field),
                "claims": [
                    {
                        "company": claim.company_name,
                        "address": reverse("stone", args=[claim.listing_id]),
                        "value": said(field, claim.value),
                    }
                    for claim in claims
                ],
            }
            for field, claims in stone.claims.items()
        ],
    }
