"""What changed since yesterday at own stock and around it: a line above the table, and the page behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from bourse.doors.web import figures, stones
from bourse.doors.web.stock.names import ENDINGS
from bourse.doors.web.who import MemberRequest, for_companies
from bourse.kit import clock
from bourse.search.since import (
    Doubles,
    Endings,
    Hand,
    OwnMove,
    OwnMoves,
    Since,
    StoneWords,
    Undercuts,
    since,
)

DAYS = (1, 3, 7, 31)
FIRST = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A stone, what became of it, and where to look or act next."""

    number: str
    name: str
    address: str
    told: str
    next_address: str = ""
    next_text: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of change: its count as a sentence, who did it, its first stones."""

    anchor: str
    count: str
    short: str
    told: str
    lines: Sequence[Line]
    more: str = ""


@require_safe
@for_companies
def changed(request: MemberRequest) -> HttpResponse:
    """What changed since this time yesterday, or some days before."""
    now = clock.now()
    days = next((one for one in DAYS if str(one) == request.GET.get("days")), DAYS[0])
    found = since(request.actor, now - timedelta(days=days), FIRST, now)
    here = reverse("stock_changed") + (f"?days={days}" if days != DAYS[0] else "")
    context = {
        "here": here,
        "parts": _parts(found, request.actor.may_trade),
        "since": figures.minute(found.at),
        "spans": [{"value": str(one), "text": _span(one), "is_chosen": one == days} for one in DAYS],
    }
    return render(request, "web/stock/changed.html", context)


def _span(days: int) -> str:
    if days == 1:
        return gettext("yesterday")
    return gettext("%(days)s days ago") % {"days": figures.count(days)}


def _parts(found: Since, may_change: bool) -> list[Part]:
    parts = [
        _undercut(found.undercut, may_change),
        _elsewhere(found.elsewhere),
        _expiring(found.expiring),
        _own("listed", found.listed, ngettext("%(count)s new", "%(count)s new", found.listed.count)),
        _own("repriced", found.repriced, _asks(found.repriced.count)),
        _own("ended", found.ended, ngettext("%(count)s ended", "%(count)s ended", found.ended.count)),
    ]
    return [part for part in parts if part]


def _asks(count: int) -> str:
    return ngettext("%(count)s with another ask", "%(count)s with another ask", count)


def _undercut(found: Undercuts, may_change: bool) -> Part | None:
    lines = [
        Line(
            *_called(one.stone),
            gettext(
                "rank %(then)s then, %(now)s of %(of)s now; the lowest is %(rival)s $/ct against your %(own)s"
            )
            % {
                "then": figures.count(one.rank_then),
                "now": figures.count(one.rank),
                "of": figures.count(one.of),
                "rival": figures.typed(one.rival_ppc_cents),
                "own": figures.typed(one.ppc_cents),
            },
            reverse("edit_row", args=[one.stone.public_id]) if may_change else "",
            gettext("Change the ask"),
        )
        for one in found.first
    ]
    said = ngettext("%(count)s undercut", "%(count)s undercut", found.count)
    if not found.is_whole:
        said = ngettext("at least %(count)s undercut", "at least %(count)s undercut", found.count)
    told = gettext("Others asked less for their like.")
    return _part("undercut", found.count, said, told, lines)


def _elsewhere(found: Doubles) -> Part | None:
    lines = [
        Line(
            *_called(one.stone),
            gettext("listed by %(company)s")
            % {"company": one.rival_company or gettext("a company that hides its name")},
            reverse("stone", args=[one.rival_id]),
            gettext("See theirs"),
        )
        for one in found.first
    ]
    told = gettext("Another company listed a stone with the same report number.")
    return _part(
        "elsewhere",
        found.count,
        ngettext("%(count)s also listed by others", "%(count)s also listed by others", found.count),
        told,
        lines,
    )


def _expiring(found: Endings) -> Part | None:
    lines = [
        Line(*_called(one.stone), gettext("ends on %(moment)s") % {"moment": figures.minute(one.expires_at)})
        for one in found.first
    ]
    told = gettext("They end unless somebody confirms them.")
    more = f"{reverse('listings')}?health=expiring"
    return _part(
        "expiring",
        found.count,
        ngettext("%(count)s expires soon", "%(count)s expire soon", found.count),
        told,
        lines,
        more,
    )


def _own(anchor: str, found: OwnMoves, said: str) -> Part | None:
    lines = [Line(*_called(one.stone), _moved(anchor, one)) for one in found.first]
    return _part(anchor, found.count, said, " · ".join(_hand(one) for one in found.by), lines)


def _part(
    anchor: str, count: int, said: str, told: str, lines: Sequence[Line], more: str = ""
) -> Part | None:
    short = said % {"count": figures.count(count)}
    rest = gettext("The first %(some)s of %(all)s") % {
        "some": figures.count(len(lines)),
        "all": figures.count(count),
    }
    return Part(anchor, rest if len(lines) < count else "", short, told, lines, more) if count else None


def _called(stone: StoneWords) -> tuple[str, str, str]:
    return stone.supplier_stock_number, stones.name(stone), reverse("stone", args=[stone.public_id])


def _moved(anchor: str, one: OwnMove) -> str:
    if anchor == "repriced":
        told = gettext("%(before)s before, %(after)s now") % {
            "before": _sum(one.before_cents),
            "after": _sum(one.ask_cents),
        }
    elif anchor == "ended":
        told = str(ENDINGS.get(one.ended_because, ""))
    else:
        told = _sum(one.ask_cents)
    return ", ".join(filter(None, (told, _by(one.how, one.name), figures.minute(one.at))))


def _sum(cents: int | None) -> str:
    return gettext("no ask") if cents is None else figures.dollars(cents)


def _hand(hand: Hand) -> str:
    by = {"hand": hand.name, "file": hand.name, "house": gettext("this exchange")}.get(hand.how, hand.name)
    return gettext("%(who)s: %(count)s") % {"who": by, "count": figures.count(hand.count)}


def _by(how: str, name: str) -> str:
    if how == "house":
        return ""
    said = gettext("by the file %(name)s") if how == "file" else gettext("by %(name)s")
    return said % {"name": name}
