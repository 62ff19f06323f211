"""A filter said back in words, as the phrase box understood it."""

from collections.abc import Iterator, Sequence

from bourse.search.choice import Values
from bourse.search.filter import Filter
from bourse.search.measures import Measure, Range
from bourse.search.scales import CHOICES, FANCY, LISTS, MEASURES, TAGS, Growing
from bourse.vocabulary import FancyColour, FluorescenceIntensity, Scale

MAKES = ("cut", "polish", "symmetry")
UNORDERED = ("shape", "lab", "availability", "media", "goods", "treatment", "overtone", "fluorescence_colour")
PLAIN = ("goods", "shape", "colour", "intensity", "overtone", "clarity", "lab", "availability")
"""Facets whose values say of themselves what they are of."""


def echo(filter: Filter) -> str:
    """The filter in an English phrase; nothing where it asks nothing."""
    return ", ".join(_said(filter))


def _said(filter: Filter) -> Iterator[str]:
    if filter.growth is not Growing.NATURAL:
        yield "natural and lab-grown" if filter.growth is Growing.BOTH else "lab-grown"
    made = False
    for name in filter.__dataclass_fields__:
        if name in MAKES:
            yield from [] if made else _makes(filter)
            made = True
        elif name in MEASURES:
            yield from (_range(span, name) for span in filter.ranges(name))
        elif name in CHOICES and (chosen := filter.chosen(name)):
            yield _values(name, chosen)
        elif name in (*TAGS, *LISTS) and (texts := filter.texts(name)):
            yield f"{name} {', '.join(texts)}"
    if filter.days:
        yield f"listed within {filter.days} days"
    if filter.confirmed:
        yield f"confirmed within {filter.confirmed} days"


def _makes(filter: Filter) -> Iterator[str]:
    """Those of cut, polish and symmetry that ask the same are said together."""
    groups: dict[Values, list[str]] = {}
    for name in MAKES:
        if chosen := filter.chosen(name):
            groups.setdefault(chosen, []).append(name)
    for chosen, names in groups.items():
        *first, last = names
        yield f"{', '.join(first)} and {last} {_runs('cut', chosen)}" if first else _values(last, chosen)


def _values(name: str, chosen: Sequence[Scale]) -> str:
    if name == "colour" and set(chosen) == set(FANCY):
        return "fancy colours"
    if name == "fluorescence" and list(chosen) == [FluorescenceIntensity.NONE]:
        return "no fluorescence"
    said = _runs(name, chosen)
    return said if name in PLAIN else f"{name.replace('_', ' ')} {said}"


def _runs(name: str, chosen: Sequence[Scale]) -> str:
    """Neighbours on a scale are joined: F–H, VS1; where nearly all are chosen, what is not: not Round."""
    found = runs(name, chosen)
    if rest := left_out(name, chosen):
        return f"not {_runs(name, rest)}"
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in found)


def left_out(name: str, chosen: Sequence[Scale]) -> Values:
    """The values that are not chosen, where that is the shorter way to say it."""
    return CHOICES[name].left_out(tuple(chosen)) if len(runs(name, chosen)) > 1 else ()


def runs(name: str, chosen: Sequence[Scale]) -> list[list[Scale]]:
    """The chosen values, neighbours on one scale together."""
    found: list[list[Scale]] = []
    for value in chosen:
        if found and _is_next(name, found[-1][-1], value):
            found[-1].append(value)
        else:
            found.append([value])
    return found


def _is_next(name: str, before: Scale, value: Scale) -> bool:
    """Whether both stand on one scale side by side; fancy colours, and what is not said, stand on none."""
    order = CHOICES[name].values
    is_scale = name not in UNORDERED and type(before) is type(value) is not FancyColour
    return is_scale and order.index(value) == order.index(before) + 1


def _range(span: Range, name: str) -> str:
    measure = MEASURES[name]
    low, high = (None if end is None else _amount(end, measure) for end in span.ends)
    if low == high:
        text = str(low)
    else:
        text = f"up to {high}" if low is None else f"from {low}" if high is None else f"{low}–{high}"
    if measure is Measure.DOLLARS:
        return f"{text} per carat" if name == "ppc" else text
    if measure is Measure.CARATS:
        return f"{text} ct"
    unit = "" if measure is Measure.RATIO else f" {measure.value}"
    return f"{name.replace('_', ' ')} {text}{unit}"


def _amount(units: int, measure: Measure) -> str:
    if measure is not Measure.DOLLARS:
        return measure.text_of(units)
    whole, cents = divmod(units, 100)
    return f"${whole:,}.{cents:02}" if cents else f"${whole:,}"
