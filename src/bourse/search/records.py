"""A listing as the catalogue searches it: a record of fixed width, and all of them as columns."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bourse.market.queries import CatalogueRow
from bourse.search.countries import country_of
from bourse.search.engine import MISSING, NO_CODE, Coded, Columns, Keys, Number, Payloads, Several, Tagged
from bourse.search.measures import shown_weight
from bourse.search.rows import PARTICULARS, ResultRow, per_carat
from bourse.search.scales import (
    BANDS,
    CHOICES,
    GROWN,
    MEASURE_CLAIMS,
    TAGS,
    Asked,
    Growing,
    Media,
    Sort,
)
from bourse.search.usual import usual_place
from bourse.vocabulary import Colour, FancyColour, Growth

KEY_BYTES = 32
LONGEST_WORD = 60
KEYS = ("report", "stock", "listing")
NUMBERS = (*MEASURE_CLAIMS, "listed", "usual")
CODED = ("growth", *(name for name, choice in CHOICES.items() if not choice.is_several))
SEVERAL = tuple(name for name, choice in CHOICES.items() if choice.is_several)
ORDERED = tuple(
    dict.fromkeys(
        [*MEASURE_CLAIMS, "listed", *(sort.value.strip("-") for sort in Sort if sort.value in CHOICES)]
    )
)
WIDTHS = {"growth": len(GROWN), **{name: len(choice.values) for name, choice in CHOICES.items()}}

TABLE = np.dtype(
    [
        *((f"code {name}", np.uint8) for name in CODED),
        *((f"mask {name}", np.uint64) for name in SEVERAL),
        *((f"number {name}", np.int64) for name in NUMBERS),
        *((f"word {name}", np.int32) for name in TAGS),
        *((f"key {name}", f"S{KEY_BYTES}") for name in KEYS),
        ("id", np.int64),
    ]
)
_VALUES = [list(map(str, choice.values)) for choice in CHOICES.values()]
LAYOUT = hashlib.sha256(
    repr((TABLE, BANDS, ResultRow.__struct_fields__, _VALUES, ORDERED)).encode()
).hexdigest()

Table = np.ndarray[Any, np.dtype[np.void]]
Codes = Callable[[str], int]


class Words:
    """Every word of the open lists that was ever met, by a number of its own: records hold numbers only."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {"": 0}
        self.words: list[str] = [""]

    def number(self, word: str) -> int:
        """The word's number."""
        found = self.numbers.get(word)
        if found is None:
            found = self.numbers[word] = len(self.words)
            self.words.append(word)
        return found


def record_of(row: CatalogueRow, words: Words) -> tuple[Any, ...]:
    """The row as the catalogue searches it, in the order of the table's columns."""
    ppc_cents = per_carat(row.ask_cents, row.weight_ct)
    codes = [GROWN.index(Growing.NATURAL if row.growth == Growth.NATURAL.value else Growing.LAB_GROWN)]
    codes += [_CODERS[name](row) for name in CODED[1:]]
    numbers = [_MEASURERS[name](row) for name in MEASURE_CLAIMS]
    return (
        *codes,
        *(_MASKERS[name](row) for name in SEVERAL),
        *numbers,
        int(row.listed_at.timestamp()),
        usual_place(row, ppc_cents),
        *(words.number(_WORDS[name](row)) for name in TAGS),
        key_of(row.report_number),
        key_of(row.supplier_stock_number),
        row.public_id.encode(),
        row.id,
    )


def key_of(text: str) -> bytes:
    """A report or stock number as it is looked up: letters and digits in small form, nothing between them."""
    return "".join(sign for sign in text.casefold() if sign.isalnum()).encode()[:KEY_BYTES]


def columns_of(table: Table, payloads: Payloads, words: Words, about: Mapping[str, str]) -> Columns:
    """The records, in the order given, as the engine takes them."""
    numbers = {name: table[f"number {name}"].copy() for name in NUMBERS if name != "usual"}
    return Columns(
        rows=table.size,
        payloads=payloads,
        coded={
            **{name: Coded(WIDTHS[name], table[f"code {name}"].copy()) for name in CODED},
            **{name: Several(WIDTHS[name], table[f"mask {name}"].copy()) for name in SEVERAL},
            **{f"band {name}": _banded(name, numbers[name]) for name in BANDS},
        },
        tagged={name: _tagged(table[f"word {name}"], words.words) for name in TAGS},
        numbers={name: Number(values) for name, values in numbers.items()},
        keys={name: Keys(table[f"key {name}"].copy()) for name in KEYS},
        ordered=ORDERED,
        about={"layout": LAYOUT, **about},
    )


def in_usual_order(table: Table) -> NDArray[np.intp]:
    """The places of the records in the order of the catalogue; the listings' own keys settle ties."""
    by_id = np.argsort(table["id"], kind="stable")
    return by_id[np.argsort(table["number usual"][by_id], kind="stable")]


def _banded(name: str, values: NDArray[np.int64]) -> Coded:
    """The bands of the trade as a coded column, so that they are counted like any facet."""
    lows = np.array([band.low for band in BANDS[name]])
    codes = np.searchsorted(lows, values, side="right") - 1
    return Coded(lows.size, np.where(values == MISSING, NO_CODE, codes).astype(np.uint8))


def _tagged(numbers: NDArray[np.int32], known: Sequence[str]) -> Tagged:
    """Spellings that differ in capitals alone are one word, spelt as most rows spell it."""
    used, places, counts = np.unique(numbers, return_inverse=True, return_counts=True)
    spellings: dict[str, list[tuple[int, str]]] = {}
    for number, count in zip(used.tolist(), counts.tolist(), strict=True):
        if number:
            word = known[number]
            spellings.setdefault(word.casefold(), []).append((-count, word))
    shown = {folded: min(found)[1] for folded, found in spellings.items()}
    words = sorted(shown.values())
    ranks = {word: rank for rank, word in enumerate(words)}
    codes = [ranks[shown[known[number].casefold()]] if number else -1 for number in used.tolist()]
    return Tagged(words, np.array(codes, np.int32).reshape(-1)[places].reshape(-1))


def _said(row: CatalogueRow, claim: str) -> str:
    value = row.particulars.get(claim) if row.particulars else None
    return value if isinstance(value, str) else "" if value is None else str(value)


def _claimed(claim: str) -> Callable[[CatalogueRow], str]:
    """How a claim is taken from a row: from its column, or from among the particulars."""
    if claim in PARTICULARS:
        return lambda row: _said(row, claim)
    place = CatalogueRow._fields.index(claim)
    return lambda row: str(row[place] or "")


def _codes_of(name: str) -> Codes:
    """The code of a canonical word; a word that the scale does not know counts as its "other"."""
    choice = CHOICES[name]
    ranks = {str(value): code for code, value in enumerate(choice.values)}
    unknown = NO_CODE if choice.otherwise is None else ranks[str(choice.otherwise)]
    silent = NO_CODE if choice.silent is None else ranks[str(choice.silent)]
    return lambda word: ranks.get(word, unknown) if word else silent


def _coder(name: str) -> Callable[[CatalogueRow], int]:
    code, claim = _codes_of(name), _claimed(CHOICES[name].claim)
    return lambda row: code(claim(row))


def _separable(row: CatalogueRow) -> int:
    return NO_CODE if row.pair_is_separable is None else int(not row.pair_is_separable)


def _ask(row: CatalogueRow) -> int:
    return CHOICES["ask"].values.index(Asked.NONE if row.ask_cents is None else Asked.GIVEN)


def _media(row: CatalogueRow) -> int:
    has = {Media.CERTIFICATE: row.has_certificate, Media.IMAGE: row.has_image, Media.VIDEO: row.has_video}
    return sum(1 << place for place, medium in enumerate(Media) if has[medium])


_FIRST_FANCY = len(Colour)
_OTHER_FANCY = CHOICES["colour"].values.index(FancyColour.OTHER)
_WHITES = {str(grade): grade.rank for grade in Colour}
_FANCIES = {str(colour): _FIRST_FANCY + colour.rank for colour in FancyColour}


def _colours(row: CatalogueRow) -> int:
    if row.fancy_colour:
        return 1 << _FANCIES.get(row.fancy_colour, _OTHER_FANCY)
    return _run(_WHITES, row.colour, row.colour_to)


def _clarities(row: CatalogueRow) -> int:
    return _run(_CLARITIES, row.clarity, row.clarity_to)


_CLARITIES = {str(grade): code for code, grade in enumerate(CHOICES["clarity"].values)}


def _run(ranks: Mapping[str, int], best: str, worst: str) -> int:
    """Every grade from the best to the worst; a single grade is a range of one."""
    first = ranks.get(best)
    if first is None:
        return 0
    last = ranks.get(worst, first)
    return (1 << last + 1) - (1 << first) if last >= first else 1 << first


def _listed(name: str) -> Callable[[CatalogueRow], int]:
    """Words strung together: "Brownish Orangy", "HPHT, Laser drilled"."""
    choice = CHOICES[name]
    claim = _claimed(choice.claim)
    ranks = {str(value): code for code, value in enumerate(choice.values)}
    silent = 0 if choice.silent is None else 1 << ranks[str(choice.silent)]
    other = 0 if choice.otherwise is None else 1 << ranks[str(choice.otherwise)]

    @cache
    def mask(text: str) -> int:
        words = [text] if text in ranks else [word.strip() for word in text.replace(",", " , ").split(",")]
        parts = [part for word in words for part in ([word] if word in ranks else word.split()) if part]
        return sum({1 << ranks[part] if part in ranks else other for part in parts})

    return lambda row: mask(text) if (text := claim(row)) else silent


def _whole_hundredths(value: object) -> int:
    """Hundredths, half up; MISSING for what is no number."""
    if value is None or value == "":
        return MISSING
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
        units = int((number * 100).quantize(Decimal(1), ROUND_HALF_UP))
    except (InvalidOperation, ValueError):
        return MISSING
    return units if 0 <= units < 10**13 else MISSING


def _measurer(name: str) -> Callable[[CatalogueRow], int]:
    claim = MEASURE_CLAIMS[name]
    if name in _MADE_MEASURES:
        return _MADE_MEASURES[name]
    if claim in PARTICULARS:
        return lambda row: _whole_hundredths(row.particulars.get(claim)) if row.particulars else MISSING
    place = CatalogueRow._fields.index(claim)
    return lambda row: _whole_hundredths(row[place])


def _ratio(row: CatalogueRow) -> int:
    """As given, else of the measurements: the longer side to the shorter."""
    given = _whole_hundredths(row.particulars.get("ratio")) if row.particulars else MISSING
    if given != MISSING or not row.length_mm or not row.width_mm:
        return given
    sides = row.length_mm, row.width_mm
    return _whole_hundredths(max(sides) / min(sides))


def _per_carat(row: CatalogueRow) -> int:
    ppc_cents = per_carat(row.ask_cents, row.weight_ct)
    return MISSING if ppc_cents is None else ppc_cents


_MADE_MEASURES: dict[str, Callable[[CatalogueRow], int]] = {
    "ct": lambda row: shown_weight(row.weight_ct),
    "ppc": _per_carat,
    "total": lambda row: MISSING if row.ask_cents is None else row.ask_cents,
    "ratio": _ratio,
}
_MADE_CODES: dict[str, Callable[[CatalogueRow], int]] = {"separable": _separable, "ask": _ask}
_MADE_MASKS: dict[str, Callable[[CatalogueRow], int]] = {
    "media": _media,
    "colour": _colours,
    "clarity": _clarities,
}
_CODERS = {name: _MADE_CODES.get(name) or _coder(name) for name in CODED[1:]}
_MASKERS = {name: _MADE_MASKS.get(name) or _listed(name) for name in SEVERAL}
_MEASURERS = {name: _measurer(name) for name in MEASURE_CLAIMS}


def _word_of(name: str) -> Callable[[CatalogueRow], str]:
    """A word of an open list, made once for each of its spellings."""
    claim = _claimed(TAGS[name])
    made = cache(country_of if name == "country" else _plain)
    return lambda row: made(claim(row))


def _plain(text: str) -> str:
    return " ".join(text.split())[:LONGEST_WORD]


_WORDS = {name: _word_of(name) for name in TAGS}
