"""The page of own stock in finished strings."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from bourse.doors.web import figures, words
from bourse.doors.web.listings import page as uploads
from bourse.doors.web.stock import kept, ledger
from bourse.doors.web.stock.filters import chips, filters
from bourse.doors.web.stock.names import HEALTH, ORDERS
from bourse.doors.web.stock.query import LENGTHS, State
from bourse.market.actions.bulk import UNDO_MINUTES
from bourse.market.queries.previews import latest_orders
from bourse.market.queries.stock_table import StockCounts
from bourse.market.stock_filter import Health, StockFilter
from bourse.members.actor import Actor
from bourse.search.stock import OwnPage
from bourse.search.table import STOCK, table_of
from bourse.vocabulary import Availability

UNDO = timedelta(minutes=UNDO_MINUTES)


def columns_of(actor: Actor, state: State) -> Sequence[str]:
    """The columns that the table shows."""
    return table_of(actor, STOCK).columns


def shown(
    actor: Actor, state: State, found: OwnPage, counts: StockCounts, now: datetime
) -> dict[str, object]:
    """The whole page."""
    columns, views = columns_of(actor, state), kept.links(actor, state)
    return {
        "summary": _summary(counts),
        "may_change": actor.may_trade,
        "waiting": uploads.waiting(actor),
        "rows": ledger.rows(found.rows, columns, now, actor.may_trade),
        "heads": ledger.heads(state, columns),
        "filters": filters(state, counts),
        "chips": chips(state),
        "is_narrowed": state.is_narrowed,
        "views": views,
        "tells": not actor.is_suspended and bool(found.rows or state.is_narrowed),
        "confirm_all": _confirm_all(actor, state, counts),
        "may_keep": bool(state.query("after", "rows")) and not any(one["is_open"] for one in views),
        "tally": _tally(state, counts),
        "orders": [
            {"value": order.value, "text": text, "is_chosen": order is state.order}
            for order, text in ORDERS.items()
        ],
        "lengths": [{"value": str(one), "is_chosen": one == state.length} for one in LENGTHS],
        "kept_for_order": state.pairs("order", "rows", "after"),
        "query": state.query(),
        "plain_address": reverse("listings"),
        "position": _position(found),
        "all_of_them": _all(found),
        "first_address": state.address("after") if state.after else "",
        "next_address": _next(state, found.after),
        "availabilities": [(str(one), words.availability(str(one))) for one in Availability],
        "undo": _undo(actor, now) if actor.may_trade else None,
        "more_keys": keys() if actor.may_trade else [],
    }


def _undo(actor: Actor, now: datetime) -> dict[str, str] | None:
    """The last order of many, while what it took down can come back."""
    last = next(iter(latest_orders(actor, limit=1)), None)
    if last is None or last.act != "delisted" or now - last.at >= UNDO:
        return None
    said = ngettext(
        "%(count)s stone delisted at %(time)s.", "%(count)s stones delisted at %(time)s.", last.changed
    )
    return {
        "order": last.order,
        "said": said % {"count": figures.count(last.changed), "time": figures.clock_time(last.at)},
        "until": gettext("No buyer finds them. They can come back until %(time)s.")
        % {"time": figures.clock_time(last.at + UNDO)},
    }


def _confirm_all(actor: Actor, state: State, counts: StockCounts) -> str:
    """The button that says that all of the stock, or all that the filter finds, is still there."""
    if not actor.may_trade or not counts.total or state.filter.state == "ended":
        return ""
    said = ngettext("Confirm your %(count)s stone", "Confirm all %(count)s stones", counts.total)
    if state.is_narrowed:
        said = ngettext(
            "Confirm the %(count)s stone found", "Confirm the %(count)s stones found", counts.total
        )
    return said % {"count": figures.count(counts.total)}


def _summary(counts: StockCounts) -> str:
    told = {
        "stones": figures.stones(counts.total),
        "weight": figures.decimal(counts.weight_ct, 2),
        "asks": figures.whole_dollars(counts.ask_cents),
    }
    return gettext("%(stones)s · %(weight)s ct · $%(asks)s asked") % told


def _tally(state: State, counts: StockCounts) -> list[dict[str, object]]:
    """What needs care, each figure leading to its stones."""
    held = dict(counts.facets.get("health", []))
    return [
        {
            "count": figures.count(held.get(word, 0)),
            "is_some": held.get(word, 0) > 0,
            "text": str(HEALTH[word]),
            "address": State(filter=StockFilter(health=(word,)), length=state.length).address(),
        }
        for word in Health
    ]


def _position(found: OwnPage) -> str:
    told = {"some": figures.count(len(found.rows)), "all": figures.count(found.total)}
    return gettext("%(some)s of %(all)s shown") % told


def _all(found: OwnPage) -> str:
    if found.total <= len(found.rows):
        return ""
    return gettext("All %(stones)s that the filter finds") % {"stones": figures.stones(found.total)}


def _next(state: State, after: str | None) -> str:
    if after is None:
        return ""
    query = state.query("after")
    return f"{reverse('listings')}?{query}{'&' if query else ''}after={after}"


def keys() -> list[tuple[str, str]]:
    """What the page adds to the map of keys."""
    return [("x", gettext("Choose the row")), ("e", gettext("Change the ask of the row"))]
