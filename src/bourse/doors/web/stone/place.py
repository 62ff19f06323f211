"""Where an ask lies among the asks for its like: drawn wide and narrow, told in a line and in a table."""

from dataclasses import dataclass
from itertools import pairwise

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from bourse.doors.web import figures
from bourse.search.bins import Bin
from bourse.search.positions import Position

WIDE, NARROW = 1040, 366
EDGE, BASE, TALLEST, GAP = 10, 112, 72, 2
LABEL = 68  # how much room an amount under the axis needs


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the drawing."""

    x: float
    y: float
    width: float
    height: float
    is_own: bool


@dataclass(frozen=True, slots=True)
class Label:
    """An amount at the axis, or over the stone's own bar."""

    x: float
    text: str
    anchor: str = "mid"


@dataclass(frozen=True, slots=True)
class Plot:
    """One drawing: bars, the amounts between some of them, and where the stone's own stands."""

    size: str
    width: int
    bars: list[Bar]
    labels: list[Label]
    own: Label | None


def place(position: Position) -> dict[str, object]:
    """The section's finished strings and drawings; a single bar would show nothing and is left out."""
    sizes = (("big", WIDE), ("small", NARROW)) if len(position.bins) > 1 else ()
    return {
        "plots": [_plot(size, width, position) for size, width in sizes],
        "says": _says(position),
        "told": _told(position),
        "like": ngettext("%(count)s ask for its like", "%(count)s asks for its like", position.of)
        % {"count": figures.count(position.of)},
        "address": f"{reverse('search')}?{position.query}",
        "rows": [_row(one, position.ppc_cents) for one in position.bins],
    }


def _says(position: Position) -> str:
    """The place in words: which one from the lowest."""
    if position.rank is None:
        return gettext("This stone bears no ask that others see, so it is not among them.")
    if position.of == 1:
        return gettext("The only ask for its like.")
    told = {"rank": figures.count(position.rank), "of": figures.count(position.of)}
    return gettext("Number %(rank)s of %(of)s, counted from the lowest.") % told


def _told(position: Position) -> str:
    amounts = {
        name: figures.whole_dollars(getattr(position, name))
        for name in ("lowest", "median", "mean", "highest")
    }
    return (
        gettext("Lowest %(lowest)s · median %(median)s · mean %(mean)s · highest %(highest)s, in $/ct")
        % amounts
    )


def _plot(size: str, width: int, position: Position) -> Plot:
    step = (width - 2 * EDGE) / len(position.bins)
    most = max(one.count for one in position.bins) or 1
    bars = [
        Bar(
            x=round(EDGE + number * step + GAP / 2, 1),
            y=round(BASE - TALLEST * one.count / most, 1),
            width=round(step - GAP, 1),
            height=round(TALLEST * one.count / most, 1),
            is_own=_holds(one, position.ppc_cents),
        )
        for number, one in enumerate(position.bins)
    ]
    return Plot(
        size,
        width,
        [bar for bar in bars if bar.height],
        _labels(position.bins, step),
        _own(bars, width, position),
    )


def _labels(bins: list[Bin], step: float) -> list[Label]:
    """Amounts at the edges between bins, as many as have room."""
    every = max(1, -(-LABEL // int(step)))
    edges = [after.low for _, after in pairwise(bins)]
    return [
        Label(round(EDGE + number * step, 1), figures.whole_dollars(low))
        for number, low in enumerate(edges, start=1)
        if low is not None and number % every == 0 and number < len(bins)
    ]


def _own(bars: list[Bar], width: int, position: Position) -> Label | None:
    """The stone's own amount over its bar, within the drawing."""
    own = next((bar for bar in bars if bar.is_own), None)
    if own is None or position.ppc_cents is None:
        return None
    middle = own.x + own.width / 2
    anchor = "start" if middle < width * 0.2 else "end" if middle > width * 0.8 else "mid"
    said = gettext("this stone %(ask)s") % {"ask": figures.whole_dollars(position.ppc_cents)}
    return Label(round(middle, 1), said, anchor)


def _holds(one: Bin, cents: int | None) -> bool:
    if cents is None:
        return False
    return (one.low is None or one.low <= cents) and (one.high is None or cents <= one.high)


def _row(one: Bin, own: int | None) -> dict[str, object]:
    """A bin as a line of the table."""
    low = "" if one.low is None else figures.whole_dollars(one.low)
    high = "" if one.high is None else figures.whole_dollars(one.high)
    asks = gettext("%(low)s to %(high)s") % {"low": low, "high": high}
    if not low:
        asks = gettext("up to %(high)s") % {"high": high} if high else gettext("all")
    elif not high:
        asks = gettext("%(low)s and more") % {"low": low}
    return {"asks": asks, "count": figures.count(one.count), "is_own": _holds(one, own)}
