"""The filters of own stock: what each facet holds, what is in force, and the ways out of it."""

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from bourse.doors.web import countries, figures, words
from bourse.doors.web.stock.names import ASKS, FACETS, HEALTH
from bourse.doors.web.stock.query import DAYS, LISTS, State, carats
from bourse.market.queries.stock_table import StockCounts
from bourse.vocabulary import Availability, Clarity, Colour, Shape

_PLACES = {
    "shape": {str(value): place for place, value in enumerate(Shape)},
    "colour": {str(value): place for place, value in enumerate(Colour)},
    "clarity": {str(value): place for place, value in enumerate(Clarity)},
    "availability": {str(value): place for place, value in enumerate(Availability)},
    "ask": {value: place for place, value in enumerate(ASKS)},
    "health": {value: place for place, value in enumerate(HEALTH)},
}
"""Where a value stands in the trade's order; others follow by their number."""


def filters(state: State, counts: StockCounts) -> dict[str, object]:
    """The panel of filters."""
    return {
        "facets": [_facet(name, state, counts) for name in FACETS],
        "text": state.filter.text,
        "from": carats(state, "ct_from"),
        "to": carats(state, "ct_to"),
        "is_wrong": bool(state.typed),
        "unconfirmed": [_days(days, state.unconfirmed_days) for days in DAYS],
        "changed": [_days(days, state.changed_days) for days in DAYS],
        "is_ended": state.filter.state == "ended",
        "kept": state.pairs(
            *(name for name in LISTS if name != "stone"),
            *("text", "ct_from", "ct_to", "unconfirmed", "changed", "state", "after"),
        ),
        "show_text": gettext("Show %(stones)s") % {"stones": figures.stones(counts.total)},
        "plain_address": State(order=state.order, length=state.length).address(),
    }


def word_of(facet: str, value: str) -> str:
    """A value of a facet in words."""
    if facet == "ask":
        return str(ASKS[value])
    if facet == "health":
        return str(HEALTH[value])
    if facet == "place":
        return countries.country(value)
    return words.word(value)


def _facet(name: str, state: State, counts: StockCounts) -> dict[str, object]:
    chosen = {str(value) for value in getattr(state.filter, LISTS[name])}
    held = dict(counts.facets.get(LISTS[name], []))
    order = _PLACES.get(name, {})
    always = list(order) if name in ("ask", "health", "availability") else []
    values = dict.fromkeys([*always, *held, *sorted(chosen)])
    listed = sorted(values, key=lambda value: (order.get(value, 999), -held.get(value, 0), value))
    return {
        "name": name,
        "text": FACETS[name],
        "state": figures.count(len(chosen)) if chosen else "",
        "boxes": [_box(name, value, held.get(value, 0), value in chosen) for value in listed],
    }


def _box(name: str, value: str, number: int, is_chosen: bool) -> SafeString:
    mark = " checked" if is_chosen else "" if number else " disabled"
    tick = f'<input type="checkbox" name="{name}" value="{escape(value)}"{mark}>'
    line = f"<label>{tick} {escape(word_of(name, value))} <small>{figures.count(number)}</small></label>"
    return mark_safe(line)  # noqa: S308  escaped above


def _days(days: int, chosen: int | None) -> dict[str, object]:
    return {"value": str(days), "text": _told_days(days), "is_chosen": days == chosen}


def _told_days(days: int) -> str:
    return gettext("1 day") if days == 1 else gettext("%(days)s days") % {"days": figures.count(days)}


def chips(state: State) -> list[dict[str, str]]:
    """The filters in force, each leading to the table without it."""
    return [{"text": text, "address": without.address()} for text, without in _chips(state)]


def _chips(state: State) -> Iterator[tuple[str, State]]:
    found = state.filter
    if found.text:
        yield gettext("Text: %(text)s") % {"text": found.text}, state.with_filter(text="")
    for name, text in FACETS.items():
        if values := getattr(found, LISTS[name]):
            said = ", ".join(word_of(name, str(value)) for value in values)
            yield f"{text}: {said}", state.with_filter(**{LISTS[name]: ()})
    if found.low_ct is not None or found.high_ct is not None:
        yield _weights(state), state.with_filter(low_ct=None, high_ct=None)
    if found.listings:
        said = figures.stones(len(found.listings))
        yield said, state.with_filter(listings=())
    if state.unconfirmed_days:
        text = gettext("Not confirmed for %(days)s") % {"days": _told_days(state.unconfirmed_days)}
        yield text, _without_days(state, "unconfirmed_days")
    if state.changed_days:
        text = gettext("Changed within %(days)s") % {"days": _told_days(state.changed_days)}
        yield text, _without_days(state, "changed_days")
    if found.state == "ended":
        yield gettext("No longer offered"), state.with_filter(state="live")


def _weights(state: State) -> str:
    low, high = carats(state, "ct_from"), carats(state, "ct_to")
    if low and high:
        return gettext("%(low)s to %(high)s ct") % {"low": low, "high": high}
    return gettext("from %(low)s ct") % {"low": low} if low else gettext("up to %(high)s ct") % {"high": high}


def _without_days(state: State, name: str) -> State:
    return replace(state, after="", **{name: None})  # type: ignore[arg-type]
