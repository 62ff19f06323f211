"""A reading as it is told: by the field names of the alias dictionary, with what is left open.

For words the list of all values meant, or {"not": [...]}; for a number [low, high] with None where open,
and where several ranges were named, the list of them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypedDict

from bourse.search.choice import Values
from bourse.search.measures import Range
from bourse.search.phrase import Phrase
from bourse.search.phrase.discounts import Discount
from bourse.search.phrase.stones import is_of_a_report
from bourse.search.scales import (
    AVAILABLE,
    CHOICES,
    FANCY,
    LABORATORIES,
    MEASURES,
    TAGS,
    Goods,
    Growing,
    Report,
    Unsaid,
)
from bourse.vocabulary import FancyColour, Growth, Scale, Shape


class Form(TypedDict):
    """What a phrase was read as: filters by field, the words left unread, and what is asked."""

    filters: dict[str, Any]
    unread: list[str]
    questions: list[str]


_FIELDS = {
    "shape": "shape", "intensity": "fancy_intensity", "overtone": "fancy_overtone", "clarity": "clarity",
    "cut": "cut_grade", "polish": "polish", "symmetry": "symmetry", "hearts": "hearts_and_arrows",
    "lab": "lab", "fluorescence": "fluorescence_intensity", "fluorescence_colour": "fluorescence_color",
    "shade": "shade", "milky": "milky", "black": "black_inclusion", "eye_clean": "eye_clean",
    "treatment": "treatment", "girdle_min": "girdle_min", "girdle_max": "girdle_max",
    "culet": "culet_size", "culet_condition": "culet_condition", "separable": "pair_separable",
    "availability": "availability", "ct": "carat", "ppc": "price_per_carat", "total": "total_price",
    "depth": "depth_pct", "table": "table_pct", "length": "length_mm", "width": "width_mm",
    "height": "depth_mm", "ratio": "ratio", "crown_angle": "crown_angle", "crown_height": "crown_height",
    "pavilion_angle": "pavilion_angle", "pavilion_depth": "pavilion_depth", "star": "star_length",
    "lower_half": "lower_half", "girdle": "girdle_pct", "country": "country", "state": "state",
    "brand": "brand", "provenance": "provenance_report", "city": "city", "supplier": "supplier_name",
    "mine": "mine_of_origin", "process": "growth_type", "status": "availability",
    "discount": "discount_pct", "days": "new_arrival", "confirmed": "updated_at",
}  # fmt: skip
"""The alias dictionary's names of what a phrase speaks of."""

_MEDIA = {"certificate": "certificate_url", "image": "image_url", "video": "video_url"}
_GROWN = [growth.value for growth in Growth if growth.is_lab_grown]
_GROWING = {
    Growing.NATURAL: [Growth.NATURAL.value],
    Growing.LAB_GROWN: _GROWN,
    Growing.BOTH: [Growth.NATURAL.value, *_GROWN],
}
_AVAILABLE = ["Guaranteed available", "Available", "On memo", "Subject to prior sale"]
_SEVERAL_STONES = [2, None]


def form(phrase: Phrase) -> Form:
    """The phrase's reading as it is told."""
    filters: dict[str, Any] = {}
    for name, value in (phrase.parts | phrase.beyond).items():
        if name not in phrase.implied:
            for field, told in _told(name, value, phrase):
                filters[field] = (
                    told
                    if name in ("process", "status") or field not in filters
                    else [*filters[field], *told]
                )
    return Form(
        filters=filters, unread=phrase.not_understood, questions=[str(doubt) for doubt in phrase.doubts]
    )


def _told(name: str, value: Any, phrase: Phrase) -> Iterator[tuple[str, Any]]:
    if name in MEASURES or name == "discount":
        yield _FIELDS[name], _numbers(name, value)
    elif name == "number":
        yield from _stones(value, phrase.kinds)
    elif name == "colour":
        yield from _colours(value, phrase.negated.get("colour", ()))
    elif name in _SPECIAL:
        yield from _SPECIAL[name](value)
    elif name in CHOICES:
        yield _FIELDS[name], _words(name, value, phrase.negated.get(name, ()))
    elif name in TAGS or name in _FIELDS:
        yield _FIELDS[name], list(value) if isinstance(value, tuple) else [None, value]


def _numbers(name: str, spans: Sequence[Range | Discount]) -> list[Any]:
    """Each range by its ends; one alone stands by itself."""
    told = [_ends(span) for span in spans]
    return told[0] if len(told) == 1 else told


def _ends(span: Range | Discount) -> list[float | None]:
    if isinstance(span, Discount):
        return [None if end is None else _plain(float(end)) for end in span]
    low, high = span.ends
    is_nothing = (span.low, span.high) == (0, 0)
    return [0 if is_nothing else _of_hundredths(low), _of_hundredths(high)]


def _of_hundredths(units: int | None) -> float | None:
    return None if units is None else _plain(units / 100)


def _plain(number: float) -> float:
    return int(number) if number == int(number) else number


def _words(name: str, values: Values, negated: Values) -> Any:
    """The values in their canonical words; what somebody did not want, where that is all he said."""
    if negated:
        return {"not": _spelt(negated)}
    if name == "lab" and set(values) == set(LABORATORIES):
        return {"not": ["None"]}
    if name == "shape" and set(values) == set(Shape) - {Shape.ROUND}:
        return {"not": [Shape.ROUND.value]}
    if name == "availability" and set(values) == set(AVAILABLE):
        return _AVAILABLE
    return _spelt(values)


def _spelt(values: Values) -> list[str]:
    """As the dictionary spells them, which has no word for what a supplier does not say."""
    return ["None" if value is Report.NONE else str(value) for value in values if value not in Unsaid]


def _colours(values: Values, negated: Values) -> Iterator[tuple[str, Any]]:
    """White grades and fancy colours are two fields."""
    told = negated or values
    fancy = [value for value in told if isinstance(value, FancyColour)]
    white: list[Scale] = [value for value in told if value not in FancyColour]
    spelt = [*_spelt(tuple(white)), *(["Fancy"] if set(fancy) == set(FANCY) else [])]
    for field, words in (
        ("color", spelt),
        ("fancy_color", [] if len(fancy) == len(FANCY) else _spelt(tuple(fancy))),
    ):
        if words:
            yield field, {"not": words} if negated else words


def _stones(numbers: Sequence[str], kinds: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    """Numbers of reports and of suppliers, by what was said of them, else by how they look."""
    fields: dict[str, list[str]] = {}
    for number in numbers:
        kind = kinds.get(number) or ("report" if is_of_a_report(number) else "stock")
        fields.setdefault("certificate_no" if kind == "report" else "stock_no", []).append(number)
    yield from fields.items()


def _goods(values: Values) -> Iterator[tuple[str, Any]]:
    """Single stones and pairs are one field, lots are told by how many stones they hold."""
    singles = [said for goods, said in ((Goods.PAIR, "Yes"), (Goods.SINGLE, "No")) if goods in values]
    if singles:
        yield "is_pair", singles
    if Goods.PARCEL in values:
        yield "parcel_stones", _SEVERAL_STONES


def _asked(values: Values) -> Iterator[tuple[str, Any]]:
    given = [0, None]
    yield "total_price", given if [str(value) for value in values] == ["given"] else {"not": given}


_SPECIAL: dict[str, Callable[[Any], Iterator[tuple[str, Any]]]] = {
    "growth": lambda value: iter([("growth_type", _GROWING[value])]),
    "media": lambda values: ((_MEDIA[str(value)], ["Yes"]) for value in values),
    "goods": _goods,
    "ask": _asked,
}
"""What the dictionary tells in another way than the filter."""
