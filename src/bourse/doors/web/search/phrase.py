"""What is asked, in the trade's words: the chips above the results, each leading to the search without it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bourse.doors.web import countries, figures, words
from bourse.doors.web.search.query import address
from bourse.search.echo import left_out, runs
from bourse.search.filter import PARAMETERS, Filter
from bourse.search.measures import Measure, Range
from bourse.search.scales import CHOICES, FANCY, LISTS, MEASURES, TAGS, Growing
from bourse.vocabulary import Scale

FACETS = {
    "growth": _("Growth"),
    "goods": _("Goods"),
    "shape": _("Shape"),
    "ct": _("Carat"),
    "colour": _("Colour"),
    "intensity": _("Fancy intensity"),
    "clarity": _("Clarity"),
    "cut": _("Cut"),
    "polish": _("Polish"),
    "symmetry": _("Symmetry"),
    "lab": _("Laboratory"),
    "fluorescence": _("Fluorescence"),
    "ppc": _("Ask, $/ct"),
    "total": _("Total, $"),
    "availability": _("Availability"),
    "overtone": _("Overtone"),
    "hearts": _("Hearts and arrows"),
    "fluorescence_colour": _("Fluorescence colour"),
    "ask": _("Ask"),
    "depth": _("Depth"),
    "table": _("Table"),
    "ratio": _("Ratio"),
    "length": _("Length"),
    "width": _("Width"),
    "height": _("Height"),
    "crown_angle": _("Crown angle"),
    "crown_height": _("Crown height"),
    "pavilion_angle": _("Pavilion angle"),
    "pavilion_depth": _("Pavilion depth"),
    "star": _("Star length"),
    "lower_half": _("Lower half"),
    "girdle": _("Girdle"),
    "girdle_min": _("Girdle, thinnest"),
    "girdle_max": _("Girdle, thickest"),
    "culet": _("Culet"),
    "culet_condition": _("Culet condition"),
    "shade": _("Shade"),
    "milky": _("Milky"),
    "black": _("Black inclusion"),
    "eye_clean": _("Eye clean"),
    "treatment": _("Treatment"),
    "media": _("Media"),
    "separable": _("Pair may be parted"),
    "country": _("Country"),
    "state": _("State"),
    "brand": _("Brand"),
    "provenance": _("Provenance report"),
    "company": _("Seller"),
    "number": _("Number"),
    "report": _("Report number"),
    "stock": _("Stock number"),
    "days": _("Listed within, days"),
    "confirmed": _("Confirmed within, days"),
}


GROWING = {
    Growing.NATURAL: _("Natural"),
    Growing.LAB_GROWN: _("Lab-grown"),
    Growing.BOTH: _("Both"),
}
NOBODY: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter in force and the way out of it."""

    parameter: str
    text: str
    address: str


def chips(filter: Filter, sellers: Mapping[str, str] = NOBODY) -> list[Chip]:
    """Every filter in force; sellers are said by their names, as far as these are shown to others."""
    return [Chip(name, text, address(filter.without(name))) for name, text in _said(filter, sellers)]


def _said(filter: Filter, sellers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """In the trade's order, which is that of the filter's own parameters."""
    for name in PARAMETERS:
        if name in CHOICES and (chosen := filter.chosen(name)):
            yield name, f"{FACETS[name]}: {state(name, chosen)}"
        elif name in MEASURES and (spans := filter.ranges(name)):
            yield name, ", ".join(_range(span, MEASURES[name], name) for span in spans)
        elif name == "company" and filter.company:
            named = [sellers.get(one) or gettext("a member") for one in filter.company]
            yield name, f"{FACETS[name]}: {', '.join(dict.fromkeys(named))}"
        elif name == "country" and filter.country:
            yield name, f"{FACETS[name]}: {', '.join(map(countries.country, filter.country))}"
        elif name in (*TAGS, *LISTS, "days", "confirmed") and (words_ := filter.values_of(name)):
            yield name, f"{FACETS[name]}: {', '.join(words_)}"


def state(name: str, chosen: Sequence[Scale]) -> str:
    """Chosen values, neighbours joined: F–H, VS1; where that is shorter: not Round; any for none."""
    if not chosen:
        return gettext("any")
    if name == "colour" and set(chosen) == set(FANCY):
        return gettext("fancy")
    if rest := left_out(name, chosen):
        return gettext("not %(values)s") % {"values": state(name, rest)}
    return ", ".join(_run(run) for run in runs(name, chosen))


def _run(run: list[Scale]) -> str:
    said = [words.word(str(value)) for value in run]
    return said[0] if len(said) == 1 else f"{said[0]}\u2013{said[-1]}"


def _range(span: Range, measure: Measure, name: str) -> str:
    low, high = (None if units is None else end(units, measure) for units in span.ends)
    said = {"low": low, "high": high, "unit": _unit(name)}
    if low is None:
        return gettext("up to %(high)s %(unit)s") % said
    if high is None:
        return gettext("from %(low)s %(unit)s") % said
    return gettext("%(low)s\u2013%(high)s %(unit)s") % said


def end(units: int, measure: Measure) -> str:
    """One end of a range as people read it."""
    return figures.decimal(units / 100, 2) if measure is Measure.CARATS else figures.typed(units)


def _unit(name: str) -> str:
    shown = {"ct": gettext("ct"), "ppc": gettext("$/ct"), "total": gettext("$")}
    return shown.get(name) or f"{MEASURES[name].value} {FACETS[name]}"
