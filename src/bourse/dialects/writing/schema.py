"""What one row of our layout may say, for programs: JSON Schema 2020-12."""

from functools import cache

from bourse.dialects.cells import KNOWN_CURRENCIES
from bourse.dialects.dictionary import standard
from bourse.dialects.fields import FIELDS, Field, Kind
from bourse.dialects.own_layout import (
    ALL_FIELDS,
    ASK,
    CASH_ASK,
    ESSENTIAL_FIELDS,
    PRICED_IN,
    RATE,
    RATE_DATE,
    header_of,
)

Json = dict[str, object]
_LETTERS = "DEFGHIJKLMNOPQRSTUVWXYZ"
_CLARITIES = "FL|IF|VVS1|VVS2|VS1|VS2|SI1|SI2|SI3|I1|I2|I3"
_RANGES = {
    "color": f"^(?:[{_LETTERS[0]}-Z](?:-[{_LETTERS[0]}-Z])?|Fancy)$",
    "clarity": f"^(?:{_CLARITIES})(?:-(?:{_CLARITIES}))?$",
}
_AMOUNT: Json = {"type": "number", "exclusiveMinimum": 0, "multipleOf": 0.01}
_OURS: dict[str, Json] = {
    ASK: _AMOUNT | {"description": "US dollars for the whole stone, pair or parcel; empty is no ask."},
    CASH_ASK: _AMOUNT | {"description": "The same, paid in cash."},
    PRICED_IN: {"enum": sorted(KNOWN_CURRENCIES), "description": "The currency in which it was priced."},
    RATE: {"type": "number", "exclusiveMinimum": 0, "description": "US dollars for one unit of it."},
    RATE_DATE: {"type": "string", "format": "date", "description": "The day of that rate."},
}


@cache
def schema() -> Json:
    """The schema of one row as an object of header -> cell; empty cells are left out."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:bourse:stock-row:1",
        "title": "One row of a stock list",
        "type": "object",
        "properties": {header_of(field): _property(field) for field in ALL_FIELDS},
        "required": [header_of(field) for field in ALL_FIELDS if field in _REQUIRED],
        "additionalProperties": True,
    }


_REQUIRED = ESSENTIAL_FIELDS - {ASK, "stock_no", "growth_type"}


def _property(field: str) -> Json:
    if field in _OURS:
        return _OURS[field]
    known = FIELDS[field]
    return {**_type(known), "description": known.expected[:1].upper() + known.expected[1:] + "."}


def _type(known: Field) -> Json:
    if known.name in _RANGES:
        return {"type": "string", "pattern": _RANGES[known.name]}
    if known.kind in (Kind.NUMBER, Kind.PERCENT, Kind.MONEY):
        return {"type": "number", "minimum": known.low, "maximum": known.high}
    words = list(dict.fromkeys(standard().words_of(known.name).values()))
    is_closed = known.kind in (Kind.WORDS, Kind.FLAG) and known.name not in _OPEN
    return {"enum": words or ["Yes", "No"]} if is_closed else {"type": "string"}


_OPEN = frozenset({"treatment", "black_inclusion", "white_inclusion", "open_inclusion", "fancy_overtone"})
"""Fields in which several words may stand together."""
