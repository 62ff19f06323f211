"""What a buyer looks for. The query string of an address holds the whole of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Protocol, TypeVar
from urllib.parse import parse_qsl, urlencode

from bourse.dialects.dictionary import fold, standard
from bourse.search import phrase
from bourse.search.measures import Range
from bourse.search.scales import CHOICES, FANCY, LISTS, MEASURES, TAGS, Growing, Sort
from bourse.search.too_long import PhraseTooLong, refuse_too_long
from bourse.vocabulary import Colour, Growth, Scale

FANCY_GROUP = "Fancy"
LONGEST_TEXT = 2_000
LONGEST_WORD = 200
MOST_VALUES = 200
MOST_NAMED = 500
HIGHEST_PAGE = 1_000_000
SHOWN = 80
MANY = 12  # values of one facet that make an address long
MOST_DAYS = 3_650
PHRASE = "q"  # what was typed into the box: read into the other parameters, never kept

Found = TypeVar("Found")


class NotUnderstood(NamedTuple):
    """A part of a query that was left aside, in the words that were typed."""

    parameter: str
    text: str


class QueryDict(Protocol):
    """What a web framework makes of a query string."""

    def lists(self) -> Iterable[tuple[str, list[Any]]]: ...


@dataclass(frozen=True, slots=True)
class Filter:
    """Values of one facet are alternatives, facets narrow each other; a facet without values asks nothing.

    Without a word on growth the lab-grown stay out; other facets leave out what is not among their default.
    """

    growth: Growing = Growing.NATURAL
    goods: tuple[Scale, ...] = ()
    shape: tuple[Scale, ...] = ()
    ct: tuple[Range, ...] = ()
    colour: tuple[Scale, ...] = ()
    intensity: tuple[Scale, ...] = ()
    overtone: tuple[Scale, ...] = ()
    clarity: tuple[Scale, ...] = ()
    cut: tuple[Scale, ...] = ()
    polish: tuple[Scale, ...] = ()
    symmetry: tuple[Scale, ...] = ()
    hearts: tuple[Scale, ...] = ()
    lab: tuple[Scale, ...] = ()
    fluorescence: tuple[Scale, ...] = ()
    fluorescence_colour: tuple[Scale, ...] = ()
    ppc: tuple[Range, ...] = ()
    total: tuple[Range, ...] = ()
    ask: tuple[Scale, ...] = ()
    availability: tuple[Scale, ...] = ()
    depth: tuple[Range, ...] = ()
    table: tuple[Range, ...] = ()
    ratio: tuple[Range, ...] = ()
    length: tuple[Range, ...] = ()
    width: tuple[Range, ...] = ()
    height: tuple[Range, ...] = ()
    crown_angle: tuple[Range, ...] = ()
    crown_height: tuple[Range, ...] = ()
    pavilion_angle: tuple[Range, ...] = ()
    pavilion_depth: tuple[Range, ...] = ()
    star: tuple[Range, ...] = ()
    lower_half: tuple[Range, ...] = ()
    girdle: tuple[Range, ...] = ()
    girdle_min: tuple[Scale, ...] = ()
    girdle_max: tuple[Scale, ...] = ()
    culet: tuple[Scale, ...] = ()
    culet_condition: tuple[Scale, ...] = ()
    shade: tuple[Scale, ...] = ()
    milky: tuple[Scale, ...] = ()
    black: tuple[Scale, ...] = ()
    eye_clean: tuple[Scale, ...] = ()
    treatment: tuple[Scale, ...] = ()
    media: tuple[Scale, ...] = ()
    separable: tuple[Scale, ...] = ()
    country: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    brand: tuple[str, ...] = ()
    provenance: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    number: tuple[str, ...] = ()
    report: tuple[str, ...] = ()
    stock: tuple[str, ...] = ()
    days: int = 0
    confirmed: int = 0
    sort: Sort = Sort.USUAL
    page: int = 1

    def __post_init__(self) -> None:
        """One filter has one form, whatever the order in which its values came."""
        for name, choice in CHOICES.items():
            object.__setattr__(self, name, tuple(sorted(set(self.chosen(name)), key=choice.values.index)))
        for name in MEASURES:
            object.__setattr__(self, name, tuple(sorted(set(self.ranges(name)) - {Range()})))
        for name in TAGS:
            object.__setattr__(self, name, tuple(sorted(set(self.texts(name)))))
        for name in LISTS:
            object.__setattr__(self, name, tuple(dict.fromkeys(self.texts(name))))

    def chosen(self, facet: str) -> tuple[Scale, ...]:
        """The values picked of a facet."""
        values: tuple[Scale, ...] = getattr(self, facet)
        return values

    def ranges(self, measure: str) -> tuple[Range, ...]:
        """The ranges asked for of a measure."""
        ranges: tuple[Range, ...] = getattr(self, measure)
        return ranges

    def texts(self, name: str) -> tuple[str, ...]:
        """The words picked of an open list, or the numbers pasted."""
        texts: tuple[str, ...] = getattr(self, name)
        return texts

    def values_of(self, parameter: str) -> list[str]:
        """The parameter's values in their canonical words; none where it says nothing."""
        if parameter == "colour" and set(FANCY) <= set(self.colour):
            return [FANCY_GROUP, *(str(grade) for grade in self.colour if isinstance(grade, Colour))]
        if parameter in MEASURES:
            return [MEASURES[parameter].span_of(span) for span in self.ranges(parameter)]
        value = getattr(self, parameter)
        if isinstance(value, tuple):
            return [str(one) for one in value]
        return [] if value == getattr(NOTHING, parameter) else [str(getattr(value, "value", value))]

    def to_query(self) -> str:
        """The canonical query string; empty where nothing is asked."""
        asked = [name for name in PARAMETERS if getattr(self, name) != getattr(NOTHING, name)]
        pairs = [(name, self._written(name)) for name in asked]
        return urlencode([(name, value) for name, values in pairs for value in values], safe=",")

    def toggled(self, parameter: str, text: str) -> "Filter":
        """The filter with the value added, or taken out where it was in; back on the first page."""
        given = self.values_of(parameter)
        wanted = [value for value in given if value != text] if text in given else [*given, text]
        return replace(self.without(parameter), **_values(parameter, wanted, _Reader()))

    def without(self, parameter: str) -> "Filter":
        """The filter that says nothing of the parameter; back on the first page."""
        return replace(self, **{parameter: getattr(NOTHING, parameter), "page": 1})

    def on_page(self, page: int) -> "Filter":
        """The same result, another page of it."""
        return replace(self, page=page)

    def sorted_by(self, sort: Sort) -> "Filter":
        """The same in another order; back on the first page."""
        return replace(self, sort=sort, page=1)

    def _written(self, parameter: str) -> list[str]:
        """Hundreds of numbers are one value of the address, and so are all but a few shapes."""
        chosen = self.chosen(parameter) if parameter in CHOICES else ()
        if len(chosen) >= MANY and (rest := CHOICES[parameter].left_out(chosen)):
            return [f"not {'/'.join(map(str, rest))}"]
        values = self.values_of(parameter)
        return [",".join(values)] if parameter in LISTS and values else values


PARAMETERS: tuple[str, ...] = tuple(Filter.__dataclass_fields__)
NOTHING = Filter()


def from_query(query: QueryDict | str) -> tuple[Filter, list[NotUnderstood]]:
    """The filter that a query string holds, and what in it was not understood and is left aside.

    What was typed into the box for phrases speaks for every parameter that it says something of.
    """
    reader = _Reader()
    wanted: dict[str, Any] = {}
    for parameter, texts in _boxes_joined(_lists(query)).items():
        given = [text.strip() for text in texts if text.strip()]
        if parameter in PARAMETERS:
            wanted |= _values(parameter, given, reader)
        elif parameter != PHRASE:
            reader.not_understood += [NotUnderstood(parameter[:SHOWN], text[:SHOWN]) for text in given[:1]]
    for text in _lists(query).get(PHRASE, ()):
        wanted |= reader.phrase(text)
    return Filter(**wanted), reader.not_understood[:MOST_NAMED]


class _Reader:
    """Reads one text at a time and keeps what it could not read."""

    def __init__(self) -> None:
        self.not_understood: list[NotUnderstood] = []

    def each(self, parameter: str, texts: Sequence[str], read: Callable[[str], Found | None]) -> list[Found]:
        """What the texts mean, as far as they mean something."""
        found = []
        for text in texts[:MOST_VALUES]:
            value = read(text) if len(text) <= LONGEST_TEXT else None
            if value:
                found.append(value)
            else:
                self.not_understood.append(NotUnderstood(parameter, text[:SHOWN]))
        if len(texts) > MOST_VALUES:
            self.not_understood.append(NotUnderstood(parameter, texts[MOST_VALUES][:SHOWN]))
        return found

    def phrase(self, text: str) -> dict[str, Any]:
        """What a phrase says, by parameter; one that is too long says nothing."""
        try:
            refuse_too_long(text)
        except PhraseTooLong:
            self.not_understood.append(NotUnderstood(PHRASE, text[:SHOWN]))
            return {}
        said = phrase.read(text)
        numbers = said.parts.get("number", ())
        beyond = [*said.not_understood, *said.beyond_words, *numbers[MOST_NAMED:][:1]]
        self.not_understood += [NotUnderstood(PHRASE, word[:SHOWN]) for word in beyond]
        return said.parts | ({"number": numbers[:MOST_NAMED]} if numbers else {})


def _values(parameter: str, texts: Sequence[str], reader: _Reader) -> dict[str, Any]:
    """What the texts say of the parameter, as the filter's field; empty where they say nothing."""
    if choice := CHOICES.get(parameter):
        words = [word for text in texts[: MOST_VALUES + 1] for word in text[: LONGEST_TEXT + 1].split(",")]
        picked = reader.each(parameter, words, choice.read)
        return {parameter: tuple(value for values in picked for value in values)}
    if measure := MEASURES.get(parameter):
        return {parameter: tuple(reader.each(parameter, texts, measure.range_of))}
    if parameter in TAGS:
        return {parameter: tuple(reader.each(parameter, texts, _text))}
    if parameter in LISTS:
        return {parameter: _numbers(parameter, texts, reader)}
    found = reader.each(parameter, texts, ALONE[parameter])
    if parameter == "growth" and len(set(found)) > 1:
        return {parameter: Growing.BOTH}
    return {parameter: found[-1]} if found else {}


def _numbers(parameter: str, texts: Sequence[str], reader: _Reader) -> tuple[str, ...]:
    """The numbers of a pasted list, the first hundreds of them; what goes beyond is named."""
    numbers = phrase.numbers_in("\n".join(texts))
    reader.not_understood += [NotUnderstood(parameter, number[:SHOWN]) for number in numbers[MOST_NAMED:][:1]]
    return tuple(numbers[:MOST_NAMED])


def _lists(query: QueryDict | str) -> dict[str, list[str]]:
    if not isinstance(query, str):
        return {name: [str(value) for value in values] for name, values in query.lists()}
    lists: dict[str, list[str]] = {}
    for name, value in parse_qsl(query):
        lists.setdefault(name, []).append(value)
    return lists


def _boxes_joined(lists: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Two boxes of a form, ct_from and ct_to, are one range of ct, in place of other ranges of it."""
    joined = dict(lists)
    for measure in MEASURES:
        low, high = (" ".join(joined.pop(f"{measure}_{end}", [])).strip() for end in ("from", "to"))
        if low or high:
            joined[measure] = [f"{low}-{high}"]
    return joined


def _growing(text: str) -> Growing | None:
    word = fold(text).replace("_", " ").replace("-", " ")
    if word in ("both", "all", "any"):
        return Growing.BOTH
    spelt = standard().words_of("growth_type").get(word, word)
    growth = next((growth for growth in Growth if fold(growth.value) == fold(spelt)), None)
    return growth and (Growing.LAB_GROWN if growth.is_lab_grown else Growing.NATURAL)


def _sort(text: str) -> Sort | None:
    return next((sort for sort in Sort if sort.value == text.casefold()), None)


def _page(text: str) -> int | None:
    return int(text) if text.isdecimal() and 0 < int(text[:9]) <= HIGHEST_PAGE else None


def _days(text: str) -> int | None:
    return int(text) if text.isdecimal() and 0 < int(text[:9]) <= MOST_DAYS else None


def _text(text: str) -> str:
    return " ".join(text.split())[:LONGEST_WORD]


ALONE: dict[str, Callable[[str], Any]] = {
    "growth": _growing,
    "days": _days,
    "confirmed": _days,
    "sort": _sort,
    "page": _page,
}
