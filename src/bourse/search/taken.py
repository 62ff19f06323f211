"""From the market's rows to what the catalogue searches by: a slice of rows at once, column by column."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bourse.market.queries import CatalogueRow
from bourse.search.countries import country_of
from bourse.search.engine import MISSING, NO_CODE
from bourse.search.rows import PARTICULARS, per_carat
from bourse.search.scales import CHOICES, GROWN, MEASURE_CLAIMS, TAGS, Asked, Growing
from bourse.vocabulary import Colour, FancyColour, Growth

LONGEST_WORD = 60
HIGHEST = 10**13


class Slice:
    """Rows as columns; what suppliers say beyond the columns is a column too."""

    def __init__(self, rows: Sequence[CatalogueRow]) -> None:
        self._columns = dict(zip(CatalogueRow._fields, zip(*rows, strict=True), strict=True))
        for claim in PARTICULARS:
            said = self._columns["particulars"]
            self._columns[claim] = tuple([one.get(claim) if one else None for one in said])
        self.ppc = list(map(per_carat, self["ask_cents"], self["weight_ct"]))

    def __getitem__(self, claim: str) -> Sequence[Any]:
        return self._columns[claim]

    def words(self, claim: str) -> Sequence[str]:
        """A claim in words; "" where nothing is said."""
        if claim in PARTICULARS:
            return ["" if word is None else str(word) for word in self[claim]]
        return self[claim]

    def thousandths(self, claim: str) -> NDArray[np.float64]:
        """A column of numbers, none of which has more than three places; NaN where nothing is said."""
        return np.rint(np.array(self[claim], np.float64) * 1000)


class Made(dict[Any, Any]):
    """What is made of a value, made once for each value that is met."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, value: Any) -> Any:
        made = self[value] = self._make(value)
        return made


def codes(name: str, rows: Slice) -> NDArray[np.uint8]:
    """The code of each row in a facet of single values."""
    if name in _MADE_CODES:
        claim, made = _MADE_CODES[name]
    else:
        claim, made = CHOICES[name].claim, _CODES[name]
    return np.fromiter(map(made.__getitem__, rows.words(claim)), np.uint8, len(rows.ppc))


def masks(name: str, rows: Slice) -> list[int]:
    """All values of each row in a facet of several values, a bit each."""
    if name == "colour":
        given = zip(rows["colour"], rows["colour_to"], rows["fancy_colour"], strict=True)
        return list(map(_COLOURS.__getitem__, given))
    if name == "clarity":
        return list(map(_CLARITIES.__getitem__, zip(rows["clarity"], rows["clarity_to"], strict=True)))
    if name == "media":
        has = (rows["has_certificate"], rows["has_image"], rows["has_video"])
        return list(map(_MEDIA.__getitem__, zip(*has, strict=True)))
    return list(map(_STRUNG[name].__getitem__, rows.words(CHOICES[name].claim)))


def numbers(name: str, rows: Slice) -> Sequence[int] | NDArray[np.int64]:
    """The number of each row in a measure, in the measure's units."""
    if name == "ct":
        return shown_weights(rows)
    if name in ("ppc", "total"):
        asks = rows.ppc if name == "ppc" else rows["ask_cents"]
        return [MISSING if cents is None else cents for cents in asks]
    claim = MEASURE_CLAIMS[name]
    if claim not in PARTICULARS:
        return _rounded(rows.thousandths(claim))
    found = _said_numbers(rows[claim])
    if name != "ratio":
        return found
    return np.where(np.array(found) == MISSING, _ratios(rows), found)


def shown_weights(rows: Slice) -> NDArray[np.int64]:
    """The weights in hundredths of a carat as reports print them (measures.shown_weight)."""
    return (rows.thousandths("weight_ct").astype(np.int64) + 1) // 10


def _rounded(thousandths: NDArray[np.float64]) -> NDArray[np.int64]:
    """Hundredths, half up; MISSING for what is not given or no number of a stone."""
    is_given = ~np.isnan(thousandths)
    units = (np.where(is_given, thousandths, 0).astype(np.int64) + 5) // 10
    return np.where(is_given & (units >= 0) & (units < HIGHEST), units, MISSING)


def _said_numbers(values: Sequence[Any]) -> list[int]:
    """Hundredths of what suppliers say beyond the columns: worked out once for each number that repeats."""
    made = Made(_hundredths)
    return [made[one] if one is None or type(one) is float else _hundredths(one) for one in values]


def _ratios(rows: Slice) -> NDArray[np.int64]:
    """Of the measurements: the longer side to the shorter."""
    length, width = (np.nan_to_num(rows.thousandths(side)) for side in ("length_mm", "width_mm"))
    long, short = np.maximum(length, width).astype(np.int64), np.minimum(length, width).astype(np.int64)
    has_both = short > 0
    return np.where(has_both, (long * 1000 // np.where(has_both, short, 1) + 5) // 10, MISSING)


def words(name: str, rows: Slice) -> list[str]:
    """The word of each row in an open list."""
    made = _COUNTRIES if name == "country" else _PLAIN
    return list(map(made.__getitem__, rows.words(TAGS[name])))


def _hundredths(value: Any) -> int:
    """Hundredths, half up, of what is a number; MISSING for anything else."""
    if value is None or value == "":
        return MISSING
    try:
        number = Decimal(str(value))
        units = (int(number * 1000) + 5) // 10
    except (InvalidOperation, ValueError, OverflowError):
        return MISSING
    return units if 0 <= units < HIGHEST else MISSING


def _code(name: str) -> Made:
    """The code of a canonical word; a word that the scale does not know counts as its "other"."""
    choice = CHOICES[name]
    ranks = {str(value): code for code, value in enumerate(choice.values)}
    unknown = NO_CODE if choice.otherwise is None else ranks[str(choice.otherwise)]
    silent = NO_CODE if choice.silent is None else ranks[str(choice.silent)]
    return Made(lambda word: ranks.get(word, unknown) if word else silent)


_CODES = {name: _code(name) for name, choice in CHOICES.items() if not choice.is_several}
_MADE_CODES: dict[str, tuple[str, Made]] = {
    "growth": (
        "growth",
        Made(
            lambda word: GROWN.index(Growing.NATURAL if word == Growth.NATURAL.value else Growing.LAB_GROWN)
        ),
    ),
    "separable": ("pair_is_separable", Made(lambda flag: NO_CODE if flag is None else int(not flag))),
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


_COLOURS = Made(_colour)
_CLARITIES = Made(lambda said: _run(_GRADES, *said))
_MEDIA = Made(lambda has: sum(bool(one) << place for place, one in enumerate(has)))


def _strung(name: str) -> Made:
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

    return Made(mask)


_STRUNG = {name: _strung(name) for name in ("overtone", "treatment")}


def _plain(text: str) -> str:
    return " ".join(text.split())[:LONGEST_WORD]


_COUNTRIES, _PLAIN = Made(country_of), Made(_plain)
