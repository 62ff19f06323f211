"""The first page that anybody sees."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from bourse.doors.web import figures
from bourse.doors.web.frame import Entry
from bourse.doors.web.search.phrase import end
from bourse.doors.web.who import actor_of
from bourse.kit import clock
from bourse.members.actor import Actor
from bourse.search import queries
from bourse.search.measures import Measure
from bourse.search.queries import Counts, FacetValue


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What the exchange holds now, and the way in."""
    actor, now = actor_of(request), clock.now()
    counts = queries.counts(now)
    page = {
        "today": figures.weekday(now),
        "counted_at": gettext("Counted at %(time)s") % {"time": figures.clock_time(now)},
        "headline": gettext("Every stone that is offered here, found by its grades"),
        "lead": gettext(
            "Dealers upload the stock file that they already have, see what will change, and confirm. "
            "Buyers find the stones by shape, weight, colour, clarity and price."
        ),
        "ways": list(_ways(actor, is_empty=counts is not None and not counts.companies)),
        "invitation": gettext("Dealers are admitted one by one: apply, and a person reads what you write.")
        if actor is None
        else "",
        "figures": _figures(counts) if counts else [],
        "sizes": _sizes(counts, actor) if counts else [],
    }
    return render(request, "web/front/page.html", {"page": page})


def _ways(actor: Actor | None, is_empty: bool) -> list[Entry]:
    """What one can do here; in an empty house its first step comes first."""
    if actor is None:
        return [
            Entry(gettext("Sign in"), reverse("account_login")),
            Entry(gettext("Apply for membership"), reverse("join")),
        ]
    ways = [Entry(gettext("Search for diamonds"), reverse("search"))]
    if actor.may_trade:
        ways.append(Entry(gettext("Upload stock"), reverse("upload")))
    if actor.is_operator:
        ways.append(Entry(gettext("Members"), reverse("members")))
    return ways[::-1] if is_empty else ways


def _figures(counts: Counts) -> list[dict[str, str]]:
    natural, lab_grown = counts.natural, counts.lab_grown
    shown = {
        gettext("Natural stones"): natural.stones,
        gettext("of them with an ask"): natural.asks,
        gettext("Lab-grown stones, apart"): lab_grown.stones,
        gettext("of those with an ask"): lab_grown.asks,
        gettext("New today"): natural.new_today + lab_grown.new_today,
        gettext("Companies that offer"): counts.companies,
    }
    return [
        {"text": text, "value": figures.count(number), "exact": str(number)} for text, number in shown.items()
    ]


def _sizes(counts: Counts, actor: Actor | None) -> list[dict[str, str]]:
    """Single stones by size, then the parcels; a member goes from the size to the search."""
    sides = zip(counts.natural.sizes, counts.lab_grown.sizes, strict=True)
    singles = [
        _line(_size(natural), natural.count, lab_grown.count, natural.value if actor else "")
        for natural, lab_grown in sides
        if natural.count or lab_grown.count
    ]
    parcels = counts.natural.parcels, counts.lab_grown.parcels
    return [*singles, _line(gettext("Parcels, each counted once"), *parcels)] if any(parcels) else singles


def _line(text: str, natural: int, lab_grown: int, ct: str = "") -> dict[str, str]:
    return {
        "text": text,
        "address": f"{reverse('search')}?ct={ct}" if ct else "",
        "natural": figures.count(natural),
        "lab_grown": figures.count(lab_grown),
    }


def _size(band: FacetValue) -> str:
    low = end(band.low or 0, Measure.CARATS)
    if band.high is None:
        return gettext("%(low)s ct and above") % {"low": low}
    return gettext("%(low)s\u2013%(high)s ct") % {"low": low, "high": end(band.high, Measure.CARATS)}
