"""The address of a table of own stock: its query string holds filter, order, length and view."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from bourse.doors.web import figures, typed
from bourse.kit.refusal import NotThere
from bourse.market.stock_filter import LONGEST_TEXT, AskState, Health, StockFilter, StockOrder

LENGTHS = (50, 100, 250)
DAYS = (1, 3, 7, 10, 14)
MOST_VALUES = 100
LISTS: Mapping[str, str] = {
    "shape": "shapes",
    "colour": "colours",
    "clarity": "clarities",
    "availability": "availabilities",
    "ask": "asks",
    "health": "health",
    "lab": "laboratories",
    "growth": "growths",
    "place": "places",
    "stone": "listings",
}
"""Each parameter that may stand several times, and the field of the filter behind it."""

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True)
class State:
    """What of the stock is shown, in which order and how many rows of it."""

    filter: StockFilter = field(default_factory=StockFilter)
    order: StockOrder = StockOrder.LATEST
    length: int = LENGTHS[0]
    after: str = ""
    unconfirmed_days: int | None = None
    changed_days: int | None = None
    typed: Mapping[str, str] = field(default_factory=dict)  # what was typed and is no weight

    def pairs(self, *without: str) -> list[tuple[str, str]]:
        """The parameters in their one order, without some of them."""
        found = self.filter
        said: list[tuple[str, str]] = [("text", found.text)]
        for name, of in LISTS.items():
            said += [(name, str(value)) for value in getattr(found, of)]
        said += [
            ("ct_from", "" if found.low_ct is None else str(found.low_ct)),
            ("ct_to", "" if found.high_ct is None else str(found.high_ct)),
            ("unconfirmed", str(self.unconfirmed_days or "")),
            ("changed", str(self.changed_days or "")),
            ("state", "" if found.state == "live" else found.state),
            ("order", "" if self.order is StockOrder.LATEST else self.order.value),
            ("rows", "" if self.length == LENGTHS[0] else str(self.length)),
            ("after", self.after),
        ]
        return [(name, value) for name, value in said if value and name not in without]

    def query(self, *without: str) -> str:
        """The query string, without some parameters."""
        return urlencode(self.pairs(*without))

    def address(self, *without: str) -> str:
        """Where this state lives."""
        query = self.query(*without)
        return f"{reverse('listings')}?{query}" if query else reverse("listings")

    def with_filter(self, **changes: object) -> "State":
        """The first page of the stock by a filter that differs in this."""
        fields = {name: getattr(self.filter, name) for name in StockFilter.__struct_fields__}
        return replace(self, filter=StockFilter(**(fields | changes)), after="")

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.pairs("order", "rows", "after"))


def state_of(given: QueryDict, now: datetime) -> State:
    """What a query string asks for; what it cannot mean is left out."""
    low, low_typed = _weight(given, "ct_from")
    high, high_typed = _weight(given, "ct_to")
    unconfirmed, changed = _days(given.get("unconfirmed", "")), _days(given.get("changed", ""))
    after = given.get("after", "")
    if after and not (after.isalnum() and after.isascii()):
        raise NotThere
    return State(
        filter=StockFilter(
            text=given.get("text", "").strip()[:LONGEST_TEXT].replace("\x00", ""),
            state="ended" if given.get("state") == "ended" else "live",
            growths=_texts(given, "growth"),
            shapes=_texts(given, "shape"),
            colours=_texts(given, "colour"),
            clarities=_texts(given, "clarity"),
            laboratories=_texts(given, "lab"),
            availabilities=_texts(given, "availability"),
            places=_texts(given, "place"),
            listings=_texts(given, "stone"),
            asks=_words(AskState, given.getlist("ask")),
            health=_words(Health, given.getlist("health")),
            low_ct=low,
            high_ct=high,
            confirmed_before=now - timedelta(days=unconfirmed) if unconfirmed else None,
            changed_after=now - timedelta(days=changed) if changed else None,
        ),
        order=next((one for one in StockOrder if one == given.get("order")), StockOrder.LATEST),
        length=next((one for one in LENGTHS if str(one) == given.get("rows")), LENGTHS[0]),
        after=after,
        unconfirmed_days=unconfirmed,
        changed_days=changed,
        typed=low_typed | high_typed,
    )


def is_of_a_form(given: QueryDict) -> bool:
    """Whether a form wrote the query, with names that say nothing."""
    return any("" in values for _, values in given.lists())


def _texts(given: QueryDict, name: str) -> tuple[str, ...]:
    values = (value for value in given.getlist(name)[:MOST_VALUES] if value and "\x00" not in value)
    return tuple(dict.fromkeys(values))


def _words(words: type[Word], given: Iterable[str]) -> tuple[Word, ...]:
    chosen = set(given)
    return tuple(word for word in words if word.value in chosen)


def _days(text: str) -> int | None:
    return next((days for days in DAYS if str(days) == text), None)


def _weight(given: QueryDict, name: str) -> tuple[Decimal | None, dict[str, str]]:
    text = given.get(name, "").strip()
    if not text:
        return None, {}
    weight = typed.number(text)
    return (weight, {}) if weight is not None and weight < 100_000 else (None, {name: text[:30]})


def carats(state: State, name: str) -> str:
    """What stands in the box of a weight."""
    weight = state.filter.low_ct if name == "ct_from" else state.filter.high_ct
    return state.typed.get(name, "" if weight is None else figures.carats(weight))
