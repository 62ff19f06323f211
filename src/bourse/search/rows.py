"""A listing as the catalogue keeps it: a record of fixed width to search by, and the bytes of its page."""

import hashlib
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

import msgspec
import numpy as np

from bourse.market.queries import CatalogueRow
from bourse.search.engine import MISSING, NO_CODE, Coded, Columns, Keys, Number, Tagged
from bourse.search.measures import shown_weight
from bourse.search.scales import BANDS, CHOICES, GROWN, Growing, Report
from bourse.vocabulary import FancyColour, Growth, Laboratory, Scale, Shape

KEY_BYTES = 32
KEYS = ("report", "stock")
NUMBERS = ("ct", "ppc", "total", "listed")
SINGLE, PARCEL = GOODS = range(2)
WIDTHS = {
    **{name: len(choice.values) for name, choice in CHOICES.items()},
    "growth": len(GROWN),
    "goods": len(GOODS),
}
RANGED = ("colour", "clarity")

_CODES = (*WIDTHS, *(f"{name} to" for name in RANGED))
_TABLE = np.dtype(
    [
        *((f"code {name}", np.uint8) for name in _CODES),
        *((f"number {name}", np.int64) for name in NUMBERS),
        *((f"key {name}", f"S{KEY_BYTES}") for name in KEYS),
    ]
)
_FIXED = struct.Struct(f"<{len(_CODES)}B{len(NUMBERS)}q{KEY_BYTES}s{KEY_BYTES}s")
_OTHERS = {"shape": Shape.OTHER, "lab": Laboratory.OTHER}
_NO_REPORT = CHOICES["lab"].values.index(Report.NONE)

Codes = Callable[[str], int]


def _codes_of(values: Iterable[Scale], otherwise: Scale | None = None) -> Codes:
    """The code of a canonical word; a word that the scale does not know counts as its "other"."""
    ranks = {str(value): code for code, value in enumerate(values)}
    unknown = NO_CODE if otherwise is None else ranks[str(otherwise)]
    return lambda word: ranks.get(word, unknown) if word else NO_CODE


_CODE: Mapping[str, Codes] = {
    name: _codes_of(choice.values, _OTHERS.get(name)) for name, choice in CHOICES.items()
}
_FANCY_CODE = _codes_of(CHOICES["colour"].values, FancyColour.OTHER)


class ResultRow(msgspec.Struct, array_like=True, frozen=True):
    """A listing as a results table shows it, in raw values; `is_own` marks the asker's own company's."""

    public_id: str
    stone_public_id: str
    company_public_id: str
    company_name: str
    listed_at: datetime
    changed_at: datetime
    supplier_stock_number: str
    laboratory: str
    report_number: str
    growth: str
    shape: str
    weight_ct: Decimal
    colour: str
    colour_to: str
    fancy_colour: str
    fancy_intensity: str
    fancy_overtone: str
    clarity: str
    clarity_to: str
    cut: str
    polish: str
    symmetry: str
    fluorescence: str
    fluorescence_colour: str
    length_mm: Decimal | None
    width_mm: Decimal | None
    depth_mm: Decimal | None
    depth_percent: Decimal | None
    table_percent: Decimal | None
    girdle_from: str
    girdle_to: str
    culet: str
    treatment: str
    stones: int
    country: str
    state: str
    city: str
    has_image: bool
    has_video: bool
    ask_cents: int | None
    availability: str
    ppc_cents: int | None
    is_own: bool = False


class _Shown(msgspec.Struct, array_like=True, frozen=True):
    """What is kept of a row for its page: whose it is, by the inner key, and what is shown."""

    company_id: int
    row: ResultRow


class Record(msgspec.Struct, frozen=True):
    """A live listing in the follower's memory."""

    fixed: bytes
    company: str
    shown: bytes


_SHOWN_FIELDS = [CatalogueRow._fields.index(name) for name in ResultRow.__struct_fields__[:-2]]
_VALUES = [list(map(str, choice.values)) for choice in CHOICES.values()]
LAYOUT = hashlib.sha256(repr((_TABLE, BANDS, ResultRow.__struct_fields__, _VALUES)).encode()).hexdigest()
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Shown).decode


def record_of(row: CatalogueRow) -> Record:
    """The row as the catalogue keeps it."""
    ppc_cents = per_carat(row.ask_cents, row.weight_ct)
    numbers = (
        shown_weight(row.weight_ct),
        _number(ppc_cents),
        _number(row.ask_cents),
        int(row.listed_at.timestamp()),
    )
    fixed = _FIXED.pack(*_codes(row), *numbers, key_of(row.report_number), key_of(row.supplier_stock_number))
    shown = _encode((row.company_id, (*(row[place] for place in _SHOWN_FIELDS), ppc_cents)))
    return Record(fixed, row.company_public_id, shown)


def result_row(shown: bytes, company_id: int | None) -> ResultRow:
    """The row that a page shows to somebody of the company."""
    kept = _decode(shown)
    is_own = kept.company_id == company_id
    return msgspec.structs.replace(kept.row, is_own=True) if is_own else kept.row


def per_carat(ask_cents: int | None, weight_ct: Decimal) -> int | None:
    """The ask for one carat in whole cents, half a cent rounded up."""
    if ask_cents is None:
        return None
    thousandths = int(weight_ct * 1000)
    return (ask_cents * 2000 + thousandths) // (2 * thousandths)


def key_of(text: str) -> bytes:
    """A report or stock number as it is looked up: letters and digits in small form, nothing between them."""
    return "".join(sign for sign in text.casefold() if sign.isalnum()).encode()[:KEY_BYTES]


def columns_of(records: Sequence[Record]) -> Columns:
    """The records as the engine takes them."""
    fixed = np.frombuffer(b"".join(record.fixed for record in records), _TABLE)
    numbers = {name: fixed[f"number {name}"].copy() for name in NUMBERS}
    return Columns(
        payloads=[record.shown for record in records],
        coded={
            **{name: _coded(name, fixed) for name in WIDTHS},
            **{name: _banded(name, numbers[name]) for name in BANDS},
        },
        tagged={"company": _companies(records)},
        numbers={name: Number(values) for name, values in numbers.items()},
        keys={name: Keys(fixed[f"key {name}"].copy()) for name in KEYS},
        about={"layout": LAYOUT},
    )


def _codes(row: CatalogueRow) -> tuple[int, ...]:
    """In the order of _CODES."""
    colour, colour_to = _colours(row)
    clarity = _CODE["clarity"](row.clarity)
    return (
        _CODE["shape"](row.shape),
        colour,
        _CODE["intensity"](row.fancy_intensity),
        clarity,
        _CODE["cut"](row.cut),
        _CODE["polish"](row.polish),
        _CODE["symmetry"](row.symmetry),
        _CODE["lab"](row.laboratory) if row.laboratory else _NO_REPORT,
        _CODE["fluorescence"](row.fluorescence),
        _CODE["availability"](row.availability),
        GROWN.index(Growing.NATURAL if row.growth == Growth.NATURAL.value else Growing.LAB_GROWN),
        PARCEL if row.stones > 1 else SINGLE,
        colour_to,
        _worst(clarity, _CODE["clarity"](row.clarity_to)),
    )


def _colours(row: CatalogueRow) -> tuple[int, int]:
    if row.fancy_colour:
        code = _FANCY_CODE(row.fancy_colour)
        return code, code
    best = _CODE["colour"](row.colour)
    return best, _worst(best, _CODE["colour"](row.colour_to))


def _worst(best: int, worst: int) -> int:
    """The end of a range; a single grade is a range of one."""
    return best if worst == NO_CODE else worst


def _number(value: int | None) -> int:
    return MISSING if value is None else value


def _coded(name: str, fixed: "np.ndarray[tuple[int], np.dtype[np.void]]") -> Coded:
    last = fixed[f"code {name} to"].copy() if name in RANGED else None
    return Coded(WIDTHS[name], fixed[f"code {name}"].copy(), last)


def _banded(name: str, values: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> Coded:
    """The bands of the trade as a coded column, so that they are counted like any facet."""
    lows = np.array([band.low for band in BANDS[name]])
    codes = np.searchsorted(lows, values, side="right") - 1
    return Coded(lows.size, np.where(values == MISSING, NO_CODE, codes).astype(np.uint8))


def _companies(records: Sequence[Record]) -> Tagged:
    words = sorted({record.company for record in records})
    places = {word: place for place, word in enumerate(words)}
    return Tagged(words, np.fromiter((places[record.company] for record in records), np.int32, len(records)))
