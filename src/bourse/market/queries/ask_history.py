"""What became of a listing's asks: to its own people all of it, to others what they could see at the time."""

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from bourse.market.models import AskChange, Listing, ShowingChange
from bourse.market.queries.seen import Visible

MOST_HISTORY = 1_000


class AskEntry(msgspec.Struct, frozen=True):
    """One entry of a listing's history, the latest first; asks only where the asker may see them."""

    at: datetime
    ask_cents: int | None
    availability: str
    is_live: bool
    cash_ask_cents: int | None = None


def ask_history(found: Listing, seen: Visible) -> list[AskEntry]:
    """The listing's history as the asker may know it, the latest first.

    For others an ask that is hidden now was never there, and one that was hidden then is none at that time.
    """
    changes = list(AskChange.objects.filter(listing=found).order_by("-pk")[:MOST_HISTORY])[::-1]
    told = [_whole(change) for change in changes] if seen.is_own else _of_another(found, changes, seen)
    return list(_that_say_more(told))[::-1]


def _whole(change: AskChange) -> AskEntry:
    return AskEntry(
        at=change.at,
        ask_cents=change.ask_cents,
        availability=change.availability,
        is_live=change.is_live,
        cash_ask_cents=change.cash_ask_cents,
    )


def _of_another(found: Listing, changes: Iterable[AskChange], seen: Visible) -> Iterator[AskEntry]:
    """From the oldest on, what others saw after each change of the listing and of what its company hides."""
    switches, hides_ask, hides_cash_ask = _switches(found.company_id)
    last: AskChange | None = None
    moments: list[AskChange | ShowingChange] = [*changes, *switches]
    for moment in sorted(moments, key=_place):
        if isinstance(moment, AskChange):
            last = moment
        else:
            hides_ask, hides_cash_ask = moment.hides_ask, moment.hides_cash_ask
        if last is None or not (last.is_live or moment is last):
            continue
        yield AskEntry(
            at=seen.time(moment.at),
            ask_cents=last.ask_cents if seen.sees_ask and not (hides_ask or last.hides_ask) else None,
            availability=last.availability,
            is_live=last.is_live,
            cash_ask_cents=last.cash_ask_cents
            if seen.sees_cash_ask and not (hides_cash_ask or last.hides_cash_ask)
            else None,
        )


def _switches(company_id: int) -> tuple[list[ShowingChange], bool, bool]:
    """The company's latest switches, and what it hid before them: all, where they are not all of them."""
    latest = list(ShowingChange.objects.filter(company_id=company_id).order_by("-place")[:MOST_HISTORY])
    is_cut = len(latest) == MOST_HISTORY
    return latest, is_cut, is_cut


def _place(moment: AskChange | ShowingChange) -> int:
    return moment.pk if isinstance(moment, AskChange) else moment.place


def _that_say_more(entries: Iterable[AskEntry]) -> Iterator[AskEntry]:
    """The entries that differ from the one before in more than their time."""
    before: tuple[object, ...] | None = None
    for entry in entries:
        said = entry.ask_cents, entry.cash_ask_cents, entry.availability, entry.is_live
        if said != before:
            yield entry
        before = said
