"""From the market's rows to what the catalogue searches by: a slice of rows at once, column by column."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from bourse.market.queries import CatalogueRow
from bourse.search.countries import country_of
from bourse.search.engine import MISSING, NO_CODE
from bourse.search.measures import shown_weight
from bourse.search.rows import PARTICULARS, per_carat
from bourse.search.scales import CHOICES, GROWN, MEASURE_CLAIMS, TAGS, Asked, Growing
from bourse.vocabulary import Colour, FancyColour, Growth

LONGEST_WORD = 60
HIGHEST = 10**13


class Slice:
    """Rows as columns; what suppliers say beyond the columns is a column too."""

    def __init__(self, rows: Sequence[CatalogueRow]) -> None:
        self._columns = dict(zip(CatalogueRow._fields, zip(*rows, strict=True), strict=True))
        self.ppc = [
            per_carat(ask, weight) for ask, weight in zip(self["ask_cents"], self["weight_ct"], strict=True)
        ]

    def __getitem__(self, claim: str) -> Sequence[Any]:
        if claim in PARTICULARS:
            return [said.get(claim) if said else None for said in self._columns["particulars"]]
        return self._columns[claim]

    def words(self, claim: str) -> Sequence[str]:
        """A claim in words; "" where nothing is said."""
        if claim in PARTICULARS:
            return ["" if word is None else str(word) for word in self[claim]]
        return self[claim]


class _Made(dict[Any, Any]):
    """What is made of a value, made once for each value that is met."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, value: Any) -> Any:
        made = self[value] = self._make(value)
        return made


def codes(name: str, rows: Slice) -> list[int]:
    """The code of each row in a facet of single values."""
    if name in _MADE_CODES:
        claim, made = _MADE_CODES[name]
    else:
        claim, made = CHOICES[name].claim, _CODES[name]
    return [made[word] for word in rows.words(claim)]


def masks(name: str, rows: Slice) -> list[int]:
    """All values of each row in a facet of several values, a bit each."""
    if name == "colour":
        given = zip(rows["colour"], rows["colour_to"], rows["fancy_colour"], strict=True)
        return [_COLOURS[one] for one in given]
    if name == "clarity":
        return [_CLARITIES[one] for one in zip(rows["clarity"], rows["clarity_to"], strict=True)]
    if name == "media":
        has = (rows["has_certificate"], rows["has_image"], rows["has_video"])
        return [
            sum(bool(one) << place for place, one in enumerate(media)) for media in zip(*has, strict=True)
        ]
    made = _STRUNG[name]
    return [made[text] for text in rows.words(CHOICES[name].claim)]


def numbers(name: str, rows: Slice) -> list[int]:
    """The number of each row in a measure, in the measure's units."""
    if name == "ct":
        return [shown_weight(weight) for weight in rows["weight_ct"]]
    if name in ("ppc", "total"):
        return [
            MISSING if cents is None else cents
            for cents in (rows.ppc if name == "ppc" else rows["ask_cents"])
        ]
    found = [_hundredths(value) for value in rows[MEASURE_CLAIMS[name]]]
    if name != "ratio":
        return found
    sides = zip(rows["length_mm"], rows["width_mm"], strict=True)
    return [_ratio(*side) if one == MISSING else one for one, side in zip(found, sides, strict=True)]


def words(name: str, rows: Slice) -> list[str]:
    """The word of each row in an open list."""
    made = _COUNTRIES if name == "country" else _PLAIN
    return [made[text] for text in rows.words(TAGS[name])]


def _hundredths(value: Any) -> int:
    """Hundredths, half up, of what is a number; MISSING for anything else."""
    if value is None or value == "":
        return MISSING
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
        units = (int(number * 1000) + 5) // 10
    except (InvalidOperation, ValueError, OverflowError):
        return MISSING
    return units if 0 <= units < HIGHEST else MISSING


def _ratio(length: Decimal | None, width: Decimal | None) -> int:
    """Of the measurements: the longer side to the shorter."""
    if not length or not width:
        return MISSING
    return _hundredths(max(length, width) / min(length, width))


def _code(name: str) -> _Made:
    """The code of a canonical word; a word that the scale does not know counts as its "other"."""
    choice = CHOICES[name]
    ranks = {str(value): code for code, value in enumerate(choice.values)}
    unknown = NO_CODE if choice.otherwise is None else ranks[str(choice.otherwise)]
    silent = NO_CODE if choice.silent is None else ranks[str(choice.silent)]
    return _Made(lambda word: ranks.get(word, unknown) if word else silent)


_CODES = {name: _code(name) for name, choice in CHOICES.items() if not choice.is_several}
_MADE_CODES: dict[str, tuple[str, _Made]] = {
    "growth": (
        "growth",
        _Made(
            lambda word: GROWN.index(Growing.NATURAL if word == Growth.NATURAL.value else Growing.LAB_GROWN)
        ),
    ),
    "separable": ("pair_is_separable", _Made(lambda flag: NO_CODE if flag is None else int(not flag))),
}


def asked(rows: Slice) -> list[int]:
    """Whether each row bears an ask that others see."""
    given, none = (CHOICES["ask"].values.index(one) for one in (Asked.GIVEN, Asked.NONE))
    return [none if cents is None else given for cents in rows["ask_cents"]]


_FIRST_FANCY = len(Colour)
_OTHER_FANCY = CHOICES["colour"].values.index(FancyColour.OTHER)
_WHITES = {str(grade): grade.rank for grade in Colour}
_FANCIES = {str(colour): _FIRST_FANCY + colour.rank for colour in FancyColour}
_GRADES = {str(grade): code for code, grade in enumerate(CHOICES["clarity"].values)}


def _run(ranks: Mapping[str, int], best: str, worst: str) -> int:
    """Every grade from the best to the worst; a single grade is a range of one."""
    first = ranks.get(best)
    if first is None:
        return 0
    last = ranks.get(worst, first)
    return (1 << last + 1) - (1 << first) if last >= first else 1 << first


def _colour(said: tuple[str, str, str]) -> int:
    best, worst, fancy = said
    return 1 << _FANCIES.get(fancy, _OTHER_FANCY) if fancy else _run(_WHITES, best, worst)


_COLOURS = _Made(_colour)
_CLARITIES = _Made(lambda said: _run(_GRADES, *said))


def _strung(name: str) -> _Made:
    """Words strung together: "Brownish Orangy", "HPHT, Laser drilled"."""
    choice = CHOICES[name]
    ranks = {str(value): code for code, value in enumerate(choice.values)}
    silent = 0 if choice.silent is None else 1 << ranks[str(choice.silent)]
    other = 0 if choice.otherwise is None else 1 << ranks[str(choice.otherwise)]

    def mask(text: str) -> int:
        if not text:
            return silent
        listed = [part.strip() for part in text.split(",")]
        parts = [part for word in listed for part in ([word] if word in ranks else word.split())]
        return sum({1 << ranks[part] if part in ranks else other for part in parts})

    return _Made(mask)


_STRUNG = {name: _strung(name) for name in ("overtone", "treatment")}


def _plain(text: str) -> str:
    return " ".join(text.split())[:LONGEST_WORD]


_COUNTRIES, _PLAIN = _Made(country_of), _Made(_plain)
