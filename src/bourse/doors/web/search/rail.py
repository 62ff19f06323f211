"""The rail of filters: each facet in the trade's order, with its counts; zero stays and cannot be chosen."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from bourse.doors.web import countries, figures, words
from bourse.doors.web.search.phrase import FACETS, chips, end, state
from bourse.doors.web.search.query import Pairs, pairs_but
from bourse.search.filter import FANCY_GROUP, Filter
from bourse.search.measures import Measure
from bourse.search.queries import FacetValue, Found
from bourse.search.scales import CHOICES, LISTS, MEASURES, TAGS
from bourse.vocabulary import Colour

MARKED = (
    "Round",
    "Oval",
    "Cushion",
    "Princess",
    "Emerald",
    "Radiant",
    "Pear",
    "Marquise",
    "Asscher",
    "Heart",
)
GRADES = frozenset(str(grade) for grade in Colour)
USUAL = frozenset("DEFGHIJKLM")
STRIP, STRIP_HEIGHT = 10, 100
BAND, BAND_HEIGHT = 10, 36
Text = str | Promise
Typed = Mapping[str, str]
NOTHING_TYPED: Typed = {}
LONG = 12  # values in sight without scrolling
SHORT = 9  # letters that leave room for two columns


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet as a box to tick; each says only what its place on the page asks for."""

    name: str  # of the facet
    value: str
    number: int
    is_chosen: bool
    name_of_value: str = ""  # where the value itself is a key

    @property
    def box(self) -> SafeString:
        """The value as a line of a list. Made here and not in a template: a page has four hundred of them."""
        state = " checked" if self.is_chosen else " disabled" if self.is_dead else ""
        tick = f'<input type="checkbox" name="{self.name}" value="{escape(self.value)}"{state}>'
        line = f"<label>{tick} {escape(self.text)} <small>{self.count}</small></label>\n"
        return mark_safe(line)  # noqa: S308  escaped above

    @property
    def text(self) -> str:
        """The value in words."""
        if self.value == FANCY_GROUP:
            return gettext("All fancy colours")
        if self.name == "country":
            return countries.country(self.value)
        return self.name_of_value or words.word(self.value)

    @property
    def short(self) -> str:
        """As it fits on a grade strip."""
        return words.short_clarity(self.value)

    @property
    def mark(self) -> str:
        """The drawing of a shape."""
        return words.mark(self.value)

    @property
    def count(self) -> str:
        """How many stones have it."""
        return figures.count(self.number)

    @property
    def brief(self) -> str:
        """The same in three signs."""
        return figures.brief(self.number)

    @property
    def stones(self) -> str:
        """The same in words."""
        return figures.stones(self.number)

    @property
    def is_dead(self) -> bool:
        """Whether nothing is there; what was chosen can be taken back even so."""
        return self.number == 0 and not self.is_chosen


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a small histogram."""

    x: str
    y: str
    height: str
    is_in: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """Values under a name, with what is chosen of them."""

    name: str
    text: str
    state: str
    values: list[Value]
    is_open: bool = False
    is_short: bool = False
    bars: Sequence[Bar] = ()
    width: int = 0
    narrows: str = ""  # what the box is called that narrows a long list


@dataclass(frozen=True, slots=True)
class Boxes:
    """A range as two boxes, with a histogram of what is there."""

    text: str
    span: str
    from_name: str
    to_name: str
    from_value: str
    to_value: str
    from_label: str
    to_label: str
    bars: Sequence[Bar]
    width: int
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class Lines:
    """A list of numbers to paste, as a box of several lines."""

    name: str
    text: str
    value: str


@dataclass(frozen=True, slots=True)
class Days:
    """A choice of within how many days something was."""

    name: str
    text: str
    choices: list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class Fold:
    """Filters of second rank under one head, which says what is in force inside."""

    name: str
    text: str
    state: str
    is_open: bool
    facets: list[Facet] = field(default_factory=list)
    boxes: list[Boxes] = field(default_factory=list)
    lines: list[Lines] = field(default_factory=list)
    days: list[Days] = field(default_factory=list)


FOLDED: Sequence[tuple[str, Text, Sequence[str]]] = (
    ("make", _("Make"), ("cut", "polish", "symmetry", "hearts")),
    ("glow", _("Fluorescence"), ("fluorescence", "fluorescence_colour")),
    ("fancy", _("Other colours and shapes"), ("shape", "colour", "intensity", "overtone")),
    ("goods", _("Goods, asks and media"), ("goods", "separable", "ask", "media")),
    ("clean", _("Shade, milky, black, treatment"), ("shade", "milky", "black", "eye_clean", "treatment")),
    (
        "proportions",
        _("Proportions"),
        (
            *("depth", "table", "ratio", "crown_angle", "crown_height", "pavilion_angle", "pavilion_depth"),
            *("star", "lower_half", "girdle", "girdle_min", "girdle_max", "culet", "culet_condition"),
        ),
    ),
    ("millimetres", _("Measurements"), ("length", "width", "height")),
    ("seller", _("Seller"), ("company",)),
    ("place", _("Place, brand, provenance"), ("country", "state", "brand", "provenance")),
    ("numbers", _("Numbers and dates"), ("report", "stock", "days", "confirmed")),
)
"""The folds and what is in them; a house test asks that every filter of search stands somewhere."""

PROMOTED = ("shape", "ct", "colour", "clarity", "ppc", "total", "lab", "availability")
CARRIED = ("growth", "sort", "number")
DAYS = (1, 3, 7, 14, 30, 90)
WITHIN: Mapping[str, Text] = {"days": _("Listed within"), "confirmed": _("Confirmed within")}


def rail(filter: Filter, found: Found, typed: Typed = NOTHING_TYPED) -> dict[str, object]:
    """Every filter of the page, promoted ones first; boxes keep what was typed and not understood."""
    shapes = {value.value: value for value in _values("shape", found)}
    usual = [value for value in _values("colour", found) if value.value in USUAL]
    said = {chip.parameter for chip in chips(filter)}
    return {
        "shapes": Facet("shape", gettext("Shape"), "", [shapes[name] for name in MARKED if name in shapes]),
        "weight": _boxes("ct", filter, found, typed),
        "colour": _strip("colour", usual),
        "clarity": _strip("clarity", _values("clarity", found)),
        "per_carat": _boxes("ppc", filter, found, typed),
        "total": _boxes("total", filter, found, typed),
        "open": [_facet(name, filter, found) for name in ("lab", "availability")],
        "folds": [
            _fold(name, str(text), inside, filter, found, said, typed) for name, text, inside in FOLDED
        ],
    }


def kept(filter: Filter, found: Found) -> Pairs:
    """What the rail carries along: what it has no box for, and several ranges of one measure."""
    several = {name for name in MEASURES if len(filter.ranges(name)) > 1}
    boxed = {(name, one.value.casefold()) for name in TAGS for one in found.facets[name]}
    return [
        (name, value)
        for name, value in pairs_but(filter)
        if name in {*CARRIED, *several} or (name in TAGS and (name, value.casefold()) not in boxed)
    ]


def _fold(
    name: str,
    text: str,
    inside: Sequence[str],
    filter: Filter,
    found: Found,
    said: Collection[str],
    typed: Typed,
) -> Fold:
    facets = [facet for one in inside for facet in _facets(one, filter, found) if facet.values]
    own = {"shape", "colour"} & set(inside)  # of which the promoted part has its own state
    in_force = sum(one in said and one not in own for one in inside)
    in_force += sum(facet.name in own and facet.is_open for facet in facets)
    return Fold(
        name=name,
        text=text,
        state=gettext("%(number)s in force") % {"number": figures.count(in_force)} if in_force else "",
        is_open=in_force > 0 or any(f"{one}_from" in typed for one in inside),
        facets=facets,
        boxes=[_boxes(one, filter, found, typed) for one in inside if one in MEASURES],
        lines=[_lines(one, filter) for one in inside if one in LISTS],
        days=[_days(one, text, filter) for one, text in WITHIN.items() if one in inside],
    )


def _facets(name: str, filter: Filter, found: Found) -> list[Facet]:
    """The facet, or of the promoted ones what their promoted part leaves out."""
    if name == "shape":
        others = [value for value in _values("shape", found) if value.value not in MARKED]
        return [_part("shape", gettext("More shapes"), others)]
    if name == "colour":
        colours = _values("colour", found)
        tinted = [value for value in colours if value.value in GRADES - USUAL]
        fancy = [value for value in colours if value.value not in GRADES]
        return [
            _part("colour", gettext("Colours N to Z"), tinted),
            _part("colour", gettext("Fancy colours"), fancy),
        ]
    if name in TAGS:
        return [_part(name, str(FACETS[name]), _values(name, found))]
    return [_facet(name, filter, found)] if name in CHOICES else []


def _lines(name: str, filter: Filter) -> Lines:
    return Lines(name, str(FACETS[name]), "\n".join(filter.texts(name)))


def _days(name: str, text: Text, filter: Filter) -> Days:
    """Within how many days a stone was listed, or confirmed by its seller."""
    wanted = int(getattr(filter, name))
    numbers = sorted({*DAYS, wanted} - {0})
    said = [
        (number, ngettext("%(days)s day", "%(days)s days", number) % {"days": number}) for number in numbers
    ]
    choices = [{"value": number, "text": text, "is_chosen": number == wanted} for number, text in said]
    return Days(name, str(text), choices)


def _values(name: str, found: Found) -> list[Value]:
    return [Value(name, one.value, one.count, one.chosen, one.name) for one in found.facets[name]]


def _facet(name: str, filter: Filter, found: Found) -> Facet:
    values, chosen = _values(name, found), filter.chosen(name)
    is_short = all(len(value.text) <= SHORT for value in values)
    return Facet(name, str(FACETS[name]), state(name, chosen), values, bool(chosen), is_short)


def _part(name: str, text: str, values: list[Value]) -> Facet:
    """A part of a facet that few ask for, without the values that no stone has."""
    alive = [value for value in values if not value.is_dead]
    chosen = ", ".join(value.text for value in alive if value.is_chosen)
    is_long = name in TAGS and len(alive) > LONG
    return Facet(
        name,
        text,
        chosen or gettext("any"),
        alive,
        is_open=bool(chosen),
        narrows=gettext("%(facet)s: part of the name") % {"facet": text} if is_long else "",
    )


def _strip(name: str, values: list[Value]) -> Facet:
    """Grades on a strip, a small histogram standing on them."""
    bars = _bars(((value.number, value.is_chosen) for value in values), STRIP, STRIP_HEIGHT)
    return Facet(name, str(FACETS[name]), "", values, bars=bars, width=STRIP * len(values))


def _bars(given: Iterable[tuple[int, bool]], step: int, height: int) -> list[Bar]:
    """Bars to the height of the tallest; one that is not zero is never invisible."""
    counted = list(given)
    tallest = max((number for number, _ in counted), default=0) or 1
    heights = [max(number / tallest * height, 1.5 if number else 0) for number, _ in counted]
    return [
        Bar(f"{place * step + 0.6:.1f}", f"{height - tall:.1f}", f"{tall:.1f}", is_in)
        for place, (tall, (_, is_in)) in enumerate(zip(heights, counted, strict=True))
    ]


def _boxes(name: str, filter: Filter, found: Found, typed: Typed) -> Boxes:
    measure, spans = MEASURES[name], filter.ranges(name)
    low, high = spans[0].ends if len(spans) == 1 else (None, None)
    bands = found.facets.get(name, [])
    text = str(FACETS[name])
    inside = [_is_inside(band, low, high) if spans else False for band in bands]
    return Boxes(
        text=text,
        span=_span(found.spans.get(name), name),
        from_name=f"{name}_from",
        to_name=f"{name}_to",
        from_value=typed.get(f"{name}_from", "" if low is None else measure.text_of(low)),
        to_value=typed.get(f"{name}_to", "" if high is None else measure.text_of(high)),
        is_wrong=f"{name}_from" in typed,
        from_label=gettext("%(facet)s from") % {"facet": text},
        to_label=gettext("%(facet)s to") % {"facet": text},
        bars=_bars(zip((band.count for band in bands), inside, strict=True), BAND, BAND_HEIGHT),
        width=BAND * len(bands),
    )


def _is_inside(band: FacetValue, low: int | None, high: int | None) -> bool:
    """Whether a band meets the range that was asked for."""
    if low is None and high is None:
        return band.chosen
    return (band.high is None or low is None or band.high >= low) and (
        band.low is None or high is None or band.low <= high
    )


def _span(given: tuple[int, int] | None, name: str) -> str:
    """From the lowest to the highest of what is shown."""
    if given is None:
        return ""
    shown = figures.whole_dollars if MEASURES[name] is Measure.DOLLARS else _carats
    return "\u2013".join(shown(units) for units in given)


def _carats(hundredths: int) -> str:
    return end(hundredths, Measure.CARATS)
