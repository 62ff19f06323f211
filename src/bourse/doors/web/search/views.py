"""Search for diamonds."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from bourse.doors.web import figures, session
from bourse.doors.web.search import ledger
from bourse.doors.web.search.export import MOST_ROWS
from bourse.doors.web.search.missed import absent, in_boxes, sentences
from bourse.doors.web.search.nothing import nothing
from bourse.doors.web.search.phrase import GROWING, chips
from bourse.doors.web.search.query import address, is_of_a_form, pairs_but
from bourse.doors.web.search.rail import kept, rail
from bourse.doors.web.who import MemberRequest, for_members
from bourse.kit import clock
from bourse.members.actor import Actor
from bourse.search import queries
from bourse.search.filter import NOTHING, Filter, NotUnderstood, from_query
from bourse.search.limits import export_left
from bourse.search.queries import Found, SearchNotBuilt
from bourse.search.scales import Goods, Growing
from bourse.search.table import Table, table_of

TABS = (Growing.NATURAL, Growing.LAB_GROWN, Growing.BOTH)


@require_safe
@for_members
def search(request: MemberRequest) -> HttpResponse:
    """The stones that the query string asks for, with the filters that would narrow it."""
    filter, missed = from_query(request.GET)
    if is_of_a_form(request.GET) and not missed:
        return redirect(address(filter))
    fact_id = session.own_edit(request)
    is_behind = fact_id is not None and not queries.wait_for(fact_id)
    now = clock.now()
    found = queries.find(request.actor, filter, now=now)
    if not found.is_ready:
        return not_built(request)
    if filter.page > found.pages > 0:
        return redirect(address(filter.on_page(found.pages)))
    sellers = {one.value: one.name for one in found.facets["company"]}
    page = _page(filter, found, missed, sellers) | _view(table_of(request.actor), filter, found, now)
    page["is_behind"] = is_behind
    page["export_text"] = _export_text(request.actor, found, now)
    if not found.total:
        page["empty"] = nothing(request.actor, filter, sellers)
    return render(request, "web/search/page.html", {"page": page})


def not_built(request: HttpRequest) -> HttpResponse:
    """What stands in the place of results while there is no catalogue."""
    answer = render(request, "web/search/not_built.html", status=SearchNotBuilt.status)
    answer["Retry-After"] = str(SearchNotBuilt.retry_after_s)
    return answer


def _page(
    filter: Filter, found: Found, missed: list[NotUnderstood], sellers: Mapping[str, str]
) -> dict[str, object]:
    """Everything that the page shows, in finished strings."""
    in_force = chips(filter, sellers)
    total = _counted(filter, found.total)
    return {
        "title": gettext("%(stones)s \u00b7 Search") % {"stones": total},
        "total": total,
        "summary": _summary(found),
        "tabs": _tabs(filter, found),
        "chips": in_force,
        "not_understood": sentences(missed),
        "absent": absent(queries.in_no_listing(filter)),
        "clear_address": address(replace(NOTHING, growth=filter.growth, sort=filter.sort)),
        "filters_text": _filters(len(in_force)),
        "show_text": gettext("Show %(stones)s") % {"stones": total},
        "rail": rail(filter, found, in_boxes(missed)),
        "kept": kept(filter, found),
        "kept_for_sort": pairs_but(filter, "sort"),
        "kept_for_export": parse_qsl(filter.to_query()),
        "query": filter.to_query(),
        "columns_address": f"{reverse('search_columns')}?{urlencode({'next': filter.to_query()})}",
        "sorts": ledger.sorts(filter),
        "caption": gettext("%(stones)s, %(order)s") % {"stones": total, "order": ledger.SORTS[filter.sort]},
        "shows_growth": filter.growth is Growing.BOTH,
        "position": _position(found),
        "previous_address": address(filter.on_page(filter.page - 1)) if filter.page > 1 else "",
        "next_address": address(filter.on_page(filter.page + 1)) if filter.page < found.pages else "",
    }


def _counted(filter: Filter, number: int) -> str:
    """Stones, or parcels where nothing else is asked for."""
    if filter.goods != (Goods.PARCEL,):
        return figures.stones(number)
    return ngettext("%(count)s parcel", "%(count)s parcels", number) % {"count": figures.count(number)}


def _view(table: Table, filter: Filter, found: Found, now: datetime) -> dict[str, object]:
    """The stones as the person likes to look at them."""
    is_table = table.view == "table"
    shown = ledger.rows(found.rows, table.columns, now) if is_table else ledger.cards(found.rows, now)
    return {"is_table": is_table, "rows": shown, "heads": ledger.heads(filter, table.columns)}


def _export_text(actor: Actor, found: Found, now: datetime) -> str:
    """Which stones a file would hold, and how many of others' the company may still take today."""
    left = export_left(actor, now)
    if left is None or left.left >= left.a_day:
        return _exported(found)
    shown = {"left": figures.count(left.left), "a_day": figures.count(left.a_day)}
    told = gettext("%(left)s of the %(a_day)s a day are left; your own are free") % shown
    return f"{_exported(found)}. {told}"


def _exported(found: Found) -> str:
    if found.total > MOST_ROWS:
        return gettext("The stones you pick, or the first %(most)s of this search") % {
            "most": figures.count(MOST_ROWS)
        }
    return gettext("The stones you pick, or all %(stones)s of this search") % {
        "stones": figures.count(found.total)
    }


def _summary(found: Found) -> str:
    return gettext("answered in %(took)s ms") % {"took": figures.decimal(found.took_ms, 1)}


def _tabs(filter: Filter, found: Found) -> list[dict[str, object]]:
    """Natural and lab-grown are markets of their own; they share a table only where both are asked for."""
    counts = {value.value: value.count for value in found.facets["growth"]}
    return [
        {
            "text": GROWING[tab],
            "count": figures.count(counts.get(str(tab), sum(counts.values()))),
            "address": address(replace(filter, growth=tab, page=1)),
            "is_current": tab is filter.growth,
            "is_lab": tab is Growing.LAB_GROWN,
        }
        for tab in TABS
    ]


def _filters(number: int) -> str:
    if not number:
        return gettext("Filters")
    return ngettext("Filters: %(count)s", "Filters: %(count)s", number) % {"count": figures.count(number)}


def _position(found: Found) -> str:
    if not found.rows:
        return ""
    shown = {
        "first": figures.count(found.position),
        "last": figures.count(found.position + len(found.rows) - 1),
        "all": figures.count(found.total),
    }
    return gettext("%(first)s to %(last)s of %(all)s") % shown
