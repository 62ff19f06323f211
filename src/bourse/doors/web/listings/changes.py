"""What a confirm would change: counts, old → new, and samples of what comes and goes."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext, ngettext

from bourse.doors.web import figures, sentences, stones, words
from bourse.doors.web.stone.sheet import plain
from bourse.market.queries import Change, Difference, DifferenceRow


def shown(difference: Difference, refused: int, now: datetime) -> dict[str, object]:
    """The difference in finished strings."""
    counts = difference.counts
    return {
        "heading": gettext("What confirming changes"),
        "against": gettext("Against your live stock of %(time)s") % {"time": figures.clock_time(now)},
        "tally": _tally(difference, refused),
        "changed": [line for row in difference.changed for line in lines(row)],
        "heads": (gettext("Now live"), gettext("In the file")),
        "changed_text": gettext("Changed: now live, and in the file"),
        "changed_shown": _some(len(difference.changed), counts.changed),
        "kept": [_kept(row) for row in difference.kept],
        "kept_text": gettext("Stay as they are now: %(count)s") % {"count": figures.count(counts.kept)},
        "groups": [
            _group("new", gettext("New stones"), difference.new, counts.new, now),
            _group("removed", gettext("Stones that leave"), difference.removed, counts.removed, now),
        ],
        "button": _button(difference),
        "sending_text": gettext("Putting the stock live"),
        "needs_number": difference.removal_needs_number,
        "removing_text": _leaving(counts.removed),
        "removing_means": _share(counts.removed, difference.live),
    }


def _tally(difference: Difference, refused: int) -> list[dict[str, str]]:
    counts, live = difference.counts, difference.live
    return [
        {"count": figures.count(counts.new), "text": gettext("new"), "address": "#new" if counts.new else ""},
        {
            "count": figures.count(counts.changed),
            "text": gettext("changed"),
            "address": "#changed" if counts.changed else "",
        },
        {
            "count": figures.count(counts.removed),
            "text": gettext("removed"),
            "address": "#removed" if counts.removed else "",
            "note": _share(counts.removed, live) if counts.removed else "",
        },
        {"count": figures.count(counts.unchanged), "text": gettext("unchanged"), "address": ""},
        *_left_out(refused),
    ]


def _left_out(refused: int) -> list[dict[str, str]]:
    """The rows that stay out, where there are any: nobody should confirm without having seen them."""
    if not refused:
        return []
    said = ngettext("row refused", "rows refused", refused)
    return [{"count": figures.count(refused), "text": said, "address": "#refused"}]


def lines(row: DifferenceRow) -> list[dict[str, str]]:
    """One line for each changed field."""
    return [
        {
            "row": figures.count(row.row) if row.row else "",
            "name": stones.name(row),
            "stock_number": row.supplier_stock_number,
            "field": words.field(change.field),
            **_change(change, row.weight_ct),
        }
        for change in row.changes
    ]


def _change(change: Change, weight_ct: Decimal) -> dict[str, str]:
    if change.field == "ask_cents":
        return _ask_change(_cents(change.old), _cents(change.new), weight_ct)
    return {"old": _said(change.old), "new": _said(change.new), "change": ""}


def _ask_change(old: int | None, new: int | None, weight_ct: Decimal) -> dict[str, str]:
    moved = figures.signed((new / old - 1) * 100, 1) if old and new else ""
    return {
        "field": gettext("Ask, $/ct"),
        "old": _per_carat(old, weight_ct),
        "new": _per_carat(new, weight_ct),
        "change": moved,
    }


def _cents(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _per_carat(cents: int | None, weight_ct: Decimal) -> str:
    return stones.ask(cents, weight_ct).per_carat or gettext("no ask")


def _said(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{words.field(name)} {plain(one)}" for name, one in sorted(value.items()))[:120]
    return plain(value) or words.not_given()


def _kept(row: DifferenceRow) -> dict[str, str]:
    """A listing that a restore leaves as it is, and why."""
    why = sentences.said(row.why)
    return {"name": stones.name(row), "stock_number": row.supplier_stock_number, "why": why}


def _group(
    key: str, text: str, rows: Sequence[DifferenceRow], number: int, now: datetime
) -> dict[str, object]:
    return {
        "key": key,
        "text": f"{text}: {figures.count(number)}",
        "rows": [stones.line(row, now=now) for row in rows],
        "shown": _some(len(rows), number),
        "is_open": False,
    }


def _some(shown_rows: int, number: int) -> str:
    if shown_rows >= number:
        return gettext("All %(all)s shown") % {"all": figures.count(number)}
    return gettext("%(some)s of %(all)s shown") % {
        "some": figures.count(shown_rows),
        "all": figures.count(number),
    }


def _button(difference: Difference) -> str:
    """The button says what it does, and names what it takes off where that is much."""
    counts = difference.counts
    going_live = counts.new + counts.changed + counts.unchanged
    if not counts.new + counts.changed + counts.removed:
        return gettext("Close this file: it changes nothing")
    if not going_live:
        said = ngettext(
            "Take %(removed)s stone off the exchange",
            "Take %(removed)s stones off the exchange",
            counts.removed,
        )
    elif difference.removal_needs_number:
        said = ngettext(
            "Put %(count)s stone live, take %(removed)s off",
            "Put %(count)s stones live, take %(removed)s off",
            going_live,
        )
    else:
        said = ngettext("Put %(count)s stone live", "Put %(count)s stones live", going_live)
    return said % {"count": figures.count(going_live), "removed": figures.count(counts.removed)}


def _leaving(number: int) -> str:
    said = ngettext(
        "%(count)s stone will leave the exchange.", "%(count)s stones will leave the exchange.", number
    )
    return said % {"count": figures.count(number)}


def _share(removed: int, live: int) -> str:
    if not live:
        return ""
    return gettext("%(share)s of your stock") % {"share": figures.percent(removed / live * 100)}
