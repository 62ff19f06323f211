"""Stones side by side: one column each, and what differs between them told."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from bourse.doors.web import figures, stones, words
from bourse.doors.web.search import ledger
from bourse.doors.web.search.columns import COLUMNS, Column
from bourse.doors.web.search.views import not_built
from bourse.doors.web.who import MemberRequest, for_members
from bourse.kit import clock
from bourse.search import queries
from bourse.search.rows import ResultRow

PICK = "pick"
MOST = 8
_TWICE = {"laboratory", "cut", "polish", "symmetry"}
"""Columns that stand in another as well: the make, the report."""
_OWN = {"report", "seller", "stock_number", "confirmed", "listed", "changed"}
"""What every stone has of its own: that it differs says nothing."""


@require_safe
@for_members
def compare(request: MemberRequest) -> HttpResponse:
    """Up to eight stones that were picked in a search, in the order in which they were picked."""
    picked = list(dict.fromkeys(request.GET.getlist(PICK)))
    if set(request.GET) - {PICK}:  # the search's form brings its filters along
        return redirect(_address(picked))
    try:
        found = queries.side_by_side(request.actor, picked[:MOST])
    except queries.SearchNotBuilt:
        return not_built(request)
    return render(request, "web/search/compare.html", {"page": _page(picked, found, clock.now())})


def _page(picked: Sequence[str], found: Sequence[ResultRow], now: datetime) -> dict[str, object]:
    ids = [row.public_id for row in found]
    lines = [line for name, column in COLUMNS.items() if (line := _line(name, column, found, now))]
    return {
        "stones": [
            {
                "name": stones.name(row),
                "mark": words.mark(row.shape),
                "address": reverse("stone", args=[row.public_id]),
                "picture": card.picture,
                "without": _address([one for one in ids if one != row.public_id]),
            }
            for row, card in zip(found, ledger.cards(found, now), strict=True)
        ],
        "lines": lines,
        "told": _told(lines, len(found)),
        "left_out": _left_out(picked, found),
    }


def _line(name: str, column: Column, found: Sequence[ResultRow], now: datetime) -> dict[str, object] | None:
    """A row of the comparison; none where no stone says anything of it, or another row says the same."""
    cells = [column.cell(row, now) for row in found]
    if name in _TWICE or not any(cell.text for cell in cells):
        return None
    marked = [name not in _OWN and cell.text != cells[0].text for cell in cells]
    shown = [cell.under("differs" if mark else "") for cell, mark in zip(cells, marked, strict=True)]
    return {"name": column.long_name, "unit": column.unit, "differs": any(marked), "cells": shown}


def _told(lines: Sequence[dict[str, object]], stones_shown: int) -> str:
    if stones_shown < 2:
        return gettext("Pick two to %(most)s stones in a search to see them side by side.") % {"most": MOST}
    differing = sum(bool(line["differs"]) for line in lines)
    return ngettext(
        "What differs from the first stone is marked, in %(count)s of %(all)s rows.",
        "What differs from the first stone is marked, in %(count)s of %(all)s rows.",
        differing,
    ) % {"count": figures.count(differing), "all": figures.count(len(lines))}


def _left_out(picked: Sequence[str], found: Sequence[ResultRow]) -> list[str]:
    """Why a stone that was picked is not here."""
    said = []
    if len(picked) > MOST:
        said.append(gettext("Only the first %(most)s of the stones picked are compared.") % {"most": MOST})
    if gone := min(len(picked), MOST) - len(found):
        said.append(
            ngettext(
                "%(count)s stone that you picked is no longer offered.",
                "%(count)s stones that you picked are no longer offered.",
                gone,
            )
            % {"count": figures.count(gone)}
        )
    return said


def _address(picked: Sequence[str]) -> str:
    query = urlencode([(PICK, one) for one in picked])
    return f"{reverse('compare')}?{query}" if query else reverse("compare")
