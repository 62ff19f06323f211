"""One listed stone: looked at by everybody as far as he may, changed by its own company."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from bourse.doors.web import session, stones, words
from bourse.doors.web.forms import render_form, told_on
from bourse.doors.web.links import found_at
from bourse.doors.web.stone import differing, media, offer, place, sheet
from bourse.doors.web.stone.forms import AskForm, WithdrawForm
from bourse.doors.web.who import MemberRequest, actor_of, for_members, sent_only
from bourse.kit import clock
from bourse.market import actions, queries
from bourse.market.queries import ListingView
from bourse.members.actor import Actor
from bourse.search import positions


@require_http_methods(["GET", "POST"])
def stone(request: HttpRequest, listing_id: str) -> HttpResponseBase:
    """The stone as the asker may see it; its own company changes asks and availability here."""
    return change(request, listing_id) if request.method == "POST" else look(request, listing_id)


def look(request: HttpRequest, listing_id: str) -> HttpResponse:
    """The page of the stone, for visitors too."""
    actor = actor_of(request)
    view = queries.listing(actor, listing_id)
    return _page(request, view, AskForm(None, view), WithdrawForm(None, view))


@for_members
def change(request: MemberRequest, listing_id: str) -> HttpResponse:
    """The own listing with other asks or another availability."""
    view = queries.listing(request.actor, listing_id)
    form = AskForm(request.POST, view)
    if form.is_valid():
        with told_on(form):
            changed = actions.change_ask(
                actor=request.actor, listing_id=listing_id, **_said(form), now=clock.now()
            )
            messages.success(request, gettext("The listing is changed. Buyers see it now."))
            return session.remember_edit(redirect("stone", listing_id), changed.fact_id)
        view = queries.listing(request.actor, listing_id)
        form.data = _at_version(form.data, view.version)
    return _page(request, view, form, WithdrawForm(None, view))


def _said(form: AskForm) -> dict[str, Any]:
    names = ("ask_cents", "cash_ask_cents", "availability", "hides_ask", "hides_cash_ask", "version")
    return {name: form.cleaned_data[name] for name in names}


@sent_only("stone")
@for_members
def withdraw(request: MemberRequest, listing_id: str) -> HttpResponse:
    """The own stone leaves the exchange."""
    view = queries.listing(request.actor, listing_id)
    form = WithdrawForm(request.POST, view)
    if form.is_valid():
        with told_on(form):
            taken = actions.withdraw_listing(
                actor=request.actor,
                listing_id=listing_id,
                version=form.cleaned_data["version"],
                now=clock.now(),
            )
            said = gettext("%(stone)s is withdrawn. No buyer finds it any more.")
            messages.success(request, said % {"stone": stones.name(view.claims)})
            return session.remember_edit(redirect("listings"), taken.fact_id)
        view = queries.listing(request.actor, listing_id)
        form.data = _at_version(form.data, view.version)
    return _page(request, view, AskForm(None, view), form)


def _at_version(data: object, version: int) -> QueryDict:
    """The same input on the listing as it is now: sent once more it is meant for that."""
    kept = data.copy() if isinstance(data, QueryDict) else QueryDict(mutable=True)
    kept["version"] = str(version)
    return kept


def _page(request: HttpRequest, view: ListingView, ask: AskForm, withdrawal: WithdrawForm) -> HttpResponse:
    actor = actor_of(request)
    may_change = view.may_change or ask.is_bound or withdrawal.is_bound
    context: dict[str, object] = {
        "stone": _stone(view) | _for_own(actor, view),
        "ask_form": ask if may_change else None,
        "withdraw_form": withdrawal if may_change else None,
        "place": _place(view) if actor and view.is_live else None,
        "sign_in": "" if actor else f"{reverse('account_login')}?next={request.path}",
    }
    return render_form(request, "web/stone/page.html", context, ask, withdrawal)


def _place(view: ListingView) -> dict[str, object] | None:
    """Where the ask lies among its like, as far as others see it."""
    position = positions.like(view.public_id)
    return place.place(position) if position else None


def _for_own(actor: Actor | None, view: ListingView) -> dict[str, object]:
    """What only the own company is shown: its private columns, and who says otherwise."""
    if actor is None or not view.is_own:
        return {}
    return {
        "private": sheet.private(view),
        "differing": differing.lines(queries.differing(actor, view.public_id)),
        "media_address": reverse("stone_media", args=[view.public_id]),
        "dead": [found_at(link) for link in queries.links_of(actor, view.public_id) if link.state == "dead"],
    }


def _stone(view: ListingView) -> dict[str, object]:
    """The page's finished strings."""
    claimed, now = view.claims, clock.now()
    weight_ct = Decimal(str(claimed["weight_ct"]))
    return {
        "address": reverse("stone", args=[view.public_id]),
        "withdraw_address": reverse("withdraw", args=[view.public_id]),
        "name": stones.name(claimed),
        "line": " · ".join(filter(None, _line(claimed))),
        "is_lab": stones.is_lab(claimed),
        "growth": words.word(stones.text_of(claimed, "growth")),
        "is_own": view.is_own,
        "is_live": view.is_live,
        "weight_exact": str(weight_ct),
        "price": offer.price(view, weight_ct),
        "availability": words.word(view.availability) if view.availability else "",
        "avail_mark": words.availability_mark(view.availability) if view.availability else "",
        "offer": offer.offer(view, now),
        "report_number": stones.text_of(claimed, "report_number"),
        "knows_report": "report_number" in claimed,
        "report_link": media.report_link(claimed),
        "certificate": sheet.certificate(view),
        "groups": sheet.groups(view),
        "kept": media.kept(view),
        "media": media.links(claimed),
        "comment": stones.text_of(claimed, "comment"),
        "history": offer.history(view, weight_ct),
        "has_cash": any(entry.cash_ask_cents for entry in view.history),
        "others": offer.others(view.elsewhere, weight_ct),
        "others_have_cash": any(other.cash_ask_cents for other in view.elsewhere),
        "no_ask": gettext("no ask"),
        "alone": _alone(view),
        **_drawing(claimed),
    }


def _line(claimed: dict[str, object]) -> list[str]:
    make = words.make(*(stones.text_of(claimed, name) for name in ("cut", "polish", "symmetry")))
    return [words.word(stones.text_of(claimed, "growth")), stones.report(claimed), make]


def _alone(view: ListingView) -> str:
    if stones.report(view.claims):
        return gettext("No other company offers this report number now.")
    return gettext("Without a report a stone cannot be told from others, so it is compared with none.")


def _drawing(claimed: dict[str, object]) -> dict[str, object]:
    """Both views and their words, where the figures allow them."""
    if not (drawing := sheet.drawing(claimed)):
        return {}
    table, depth = (sheet.percent(claimed, f"{name}_percent") for name in ("table", "depth"))
    return {
        "drawing": drawing,
        "table_text": gettext("table %(table)s") % {"table": table},
        "depth_text": gettext("depth %(depth)s") % {"depth": depth},
        "length_text": sheet.millimetres(claimed, "length_mm"),
        "width_text": sheet.millimetres(claimed, "width_mm"),
        "crown_text": sheet.particular(claimed, "crown_angle"),
        "pavilion_text": sheet.particular(claimed, "pavilion_angle"),
        "drawing_says": gettext("From above and from the side, to scale: table %(table)s, depth %(depth)s")
        % {"table": table, "depth": depth}
        if drawing.side
        else gettext("From above, to scale"),
        "drawing_caption": sheet.measurements(claimed) or gettext("To scale"),
    }
