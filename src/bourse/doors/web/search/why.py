"""Why a stone is in a result or not, filter by filter."""

from collections.abc import Mapping
from datetime import datetime

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from bourse.doors.web import figures, stones, words
from bourse.doors.web.search.columns import COLUMNS
from bourse.doors.web.search.phrase import FACETS, GROWING, chips, state
from bourse.doors.web.search.query import address
from bourse.doors.web.search.views import not_built
from bourse.doors.web.who import MemberRequest, for_members
from bourse.kit import clock
from bourse.search.filter import Filter, from_query
from bourse.search.queries import SearchNotBuilt
from bourse.search.rows import ResultRow
from bourse.search.scales import CHOICES, Goods
from bourse.search.why import Explained, explained

ABOUT = "about"
SAID_BY = {
    "ct": "weight",
    "lab": "laboratory",
    "ppc": "per_carat",
    "country": "place",
    "state": "place",
    "company": "seller",
    "stock": "stock_number",
    "number": "report",
    "days": "listed",
    "length": "measurements",
    "width": "measurements",
    "height": "measurements",
}
"""The column that says of a stone what a parameter asks, where the two have not the same name."""


@require_safe
@for_members
def why(request: MemberRequest) -> HttpResponse:
    """The stones of the number asked about, each filter held against each of them."""
    query, about = _parted(request.GET)
    filter, _ = from_query(query)
    now = clock.now()
    try:
        found = explained(request.actor, filter, about, now)
    except SearchNotBuilt:
        return not_built(request)
    page = {
        "about": about,
        "kept": list(query.items()),
        "search_address": address(filter),
        "stones": [_stone(one, filter, now) for one in found],
    }
    return render(request, "web/search/why.html", {"page": page})


def _parted(given: QueryDict) -> tuple[QueryDict, str]:
    query = given.copy()
    about = query.pop(ABOUT, [""])
    return query, str(about[-1]).strip()


def _stone(one: Explained, filter: Filter, now: datetime) -> dict[str, object]:
    asked = _asked(filter)
    return {
        "name": stones.name(one.row),
        "report": stones.report(one.row),
        "address": reverse("stone", args=[one.row.public_id]),
        "verdict": _verdict(one),
        "without": _without(one.failing, filter),
        "lines": [
            {
                "filter": FACETS.get(name, name),
                "asked": asked.get(name, ""),
                "says": _says(name, one.row, now),
                "holds": holds,
            }
            for name, holds in one.holds.items()
        ],
    }


def _without(failing: list[str], filter: Filter) -> str:
    """The search without what leaves the stone out; empty where something does that nobody chose."""
    if not failing or not set(failing) <= {chip.parameter for chip in chips(filter)}:
        return ""
    for name in failing:
        filter = filter.without(name)
    return address(filter)


def _verdict(one: Explained) -> str:
    if not one.failing:
        return gettext("In the result: it meets every filter.")
    said = {"count": figures.count(len(one.failing)), "all": figures.count(len(one.holds))}
    return (
        ngettext(
            "Not in the result: %(count)s of %(all)s filters leaves it out.",
            "Not in the result: %(count)s of %(all)s filters leave it out.",
            len(one.failing),
        )
        % said
    )


def _asked(filter: Filter) -> Mapping[str, str]:
    """What each filter asks, in words; also what is asked where nothing was chosen."""
    usual = {name: state(name, choice.default) for name, choice in CHOICES.items() if choice.default}
    grown = {"growth": str(GROWING[filter.growth])}
    chosen = {chip.parameter: chip.text.removeprefix(f"{FACETS[chip.parameter]}: ") for chip in chips(filter)}
    return usual | grown | chosen


def _says(name: str, row: ResultRow, now: datetime) -> str:
    """What the stone says of it; empty where a supplier says nothing."""
    if name == "shape":
        return words.word(row.shape)
    column = COLUMNS.get(SAID_BY.get(name, name))
    said = column.cell(row, now).text if column else ""
    return state(name, (Goods.SINGLE,)) if name == "goods" and not said else said
