"""From the values of a row, under the dictionary's names, to a listing's columns. Pure."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from bourse.market.values import LONGEST_COMMENT, NotStorable, Values, text_of, word_of
from bourse.vocabulary import (
    Availability,
    Clarity,
    Colour,
    FluorescenceColour,
    FluorescenceIntensity,
    Growth,
    Laboratory,
    Make,
    Scale,
    Shape,
    state_of,
)

PRIVATE_FIELDS = frozenset(
    {
        "allow_feed",
        "cost",
        "exchange_item_id",
        "location",
        "pair_price",
        "seller_spec",
        "supplier_code",
        "supplier_name",
    }
)
"""What a supplier keeps to his own people, until he can choose to show it."""
UNKEPT_FIELDS = frozenset(
    {
        "cash_discount_pct",
        "cash_price",
        "cash_total_price",
        "currency",
        "discount_pct",
        "list_price",
        "memo_price",
        "memo_total_price",
        "new_arrival",
        "price_per_carat",
        "total_price",
        "updated_at",
    }
)
"""The ask stands in ask_cents: kept beside it, these would contradict it after the first edit by hand."""


class Claims(NamedTuple):
    """The columns of market.models.Claims in their order; the last JSON columns as text, ready for COPY."""

    stock_key: str
    report_key: str
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
    goods: str
    pair_stock_number: str
    pair_is_separable: bool | None
    country: str
    state: str
    city: str
    image_urls: list[str]
    video_urls: list[str]
    certificate_url: str
    comment: str
    particulars: str
    private: str
    ask_cents: int | None
    cash_ask_cents: int | None
    priced_in: str
    rate: Decimal | None
    rate_date: date | None
    availability: str


class Asked(NamedTuple):
    """What a row asks: in US cents for the whole stone, on memo or credit and in cash, and converted how."""

    cents: int | None = None
    cash_cents: int | None = None
    priced_in: str = ""
    rate: Decimal | None = None
    rate_date: date | None = None


def claims_of(values: Mapping[str, object], asked: Asked) -> Claims:
    """The columns of a row that was taken. NotStorable when a value fits no listing."""
    row = Values(dict(values))
    row.spread_measurements()
    made: dict[str, Any] = {}
    for part in PARTS:
        made |= zip(part.columns, part.work(row), strict=True)
    made |= zip(ASKED, asked_columns(asked), strict=True)
    return Claims(
        private=row.rest(PRIVATE_FIELDS),
        particulars=row.rest(row.left.keys() - PRIVATE_FIELDS - UNKEPT_FIELDS),
        **made,
    )


def stock_key(stock_number: str) -> str:
    """By what a company's next file finds the row again: the stock number without regard to capitals."""
    key = " ".join(stock_number.split()).casefold()
    if len(key) > 80:
        why = f"{len(key):,} characters without regard to capitals; at most 80 are kept."
        raise NotStorable("stock_no", stock_number, "at most 60 characters", why)
    return key


def report_key(laboratory: str, report_number: str) -> str:
    """What names a stone across companies; nothing for a number whose laboratory is not known by name."""
    if not report_number or laboratory in ("", Laboratory.OTHER.value):
        return ""
    return f"{laboratory} {report_number}"


def _given(field: str, word: str) -> str:
    if not word:
        raise NotStorable(field, word, "given")
    return word


def asked_columns(asked: Asked) -> tuple[object, ...]:
    """The columns of ASKED."""
    return (_ask(asked.cents), _ask(asked.cash_cents), asked.priced_in, asked.rate, asked.rate_date)


def _ask(cents: int | None) -> int | None:
    if cents is not None and not 0 < cents < 10**15:
        raise NotStorable("ask_cents", cents, "a positive amount")
    return cents


def _stock_number(row: Values) -> tuple[str, str]:
    number = row.text("stock_no", 60)
    return stock_key(number), number


def _report(row: Values) -> tuple[str, str, str]:
    laboratory = row.word("lab", Laboratory)
    number = row.text("certificate_no", 40).replace(" ", "").upper()
    return report_key(laboratory, number), laboratory, number


def _growth(row: Values) -> tuple[str]:
    return (row.word("growth_type", Growth) or Growth.NATURAL.value,)


def _shape(row: Values) -> tuple[str]:
    return (_given("shape", row.word("shape", Shape)),)


def _weight(row: Values) -> tuple[Decimal]:
    weight = row.number("carat", 3, 100_000)
    if not weight:
        raise NotStorable("carat", weight, "a weight of at least 0.001 ct")
    return (weight,)


def _availability(row: Values) -> tuple[str]:
    word = row.text("availability")
    try:
        return (str(state_of(word or None).value),)
    except ValueError as error:
        raise NotStorable("availability", word, f"a word of the scale {Availability.__name__}") from error


def _fluorescence(row: Values) -> tuple[str]:
    """Unlike a grade, "None" says something here: the stone does not glow."""
    word = row.text("fluorescence_intensity")
    return (word_of("fluorescence_intensity", word, FluorescenceIntensity) if word else "",)


def _girdle(row: Values) -> tuple[str, str]:
    thin, thick = row.text("girdle_min", 20), row.text("girdle_max", 20)
    value = row.left.pop("girdle", None)
    low, high = value if isinstance(value, list | tuple) else (value, value)
    return thin or text_of("girdle", low, 20), thick or text_of("girdle", high, 20)


def _stones(row: Values) -> tuple[int, str, str]:
    """How many, what kind of goods, and the other stone of a pair.

    Several stones are a parcel, unless the row says that it is one of a pair.
    """
    count = int(row.number("parcel_stones", 0, 2**31) or 1)
    other = row.text("pair_stock_no", 60)
    is_pair = _flag(row, "is_pair") or bool(other)
    goods = "pair" if is_pair and count <= 2 else "parcel" if count > 1 else "single"
    return count, goods, other


def _flag(row: Values, field: str) -> bool | None:
    word = row.text(field)
    return None if not word else word.casefold() in ("yes", "true", "1")


class Part(NamedTuple):
    """Columns of a listing that are made of these fields alone."""

    fields: tuple[str, ...]
    columns: tuple[str, ...]
    work: Callable[[Values], tuple[object, ...]]


def _text_of(field: str, column: str, longest: int | None = None) -> Part:
    return Part((field,), (column,), lambda row: (row.text(field, longest),))


def _word_of(field: str, column: str, scale: type[Scale]) -> Part:
    return Part((field,), (column,), lambda row: (row.word(field, scale),))


def _span_of(field: str, scale: type[Scale], *columns: str) -> Part:
    return Part((field,), columns, lambda row: row.span(field, scale))


def _number_of(field: str, column: str, places: int, below: int) -> Part:
    return Part((field,), (column,), lambda row: (row.number(field, places, below),))


def _addresses_of(field: str, column: str) -> Part:
    return Part((field,), (column,), lambda row: (row.addresses(field),))


def _address_of(field: str, column: str) -> Part:
    return Part((field,), (column,), lambda row: ((row.addresses(field) or [""])[0],))


PARTS = (
    Part(("stock_no",), ("stock_key", "supplier_stock_number"), _stock_number),
    Part(("lab", "certificate_no"), ("report_key", "laboratory", "report_number"), _report),
    Part(("growth_type",), ("growth",), _growth),
    Part(("shape",), ("shape",), _shape),
    Part(("carat",), ("weight_ct",), _weight),
    _span_of("color", Colour, "colour", "colour_to"),
    _text_of("fancy_color", "fancy_colour", 60),
    _text_of("fancy_intensity", "fancy_intensity", 30),
    _text_of("fancy_overtone", "fancy_overtone", 60),
    _span_of("clarity", Clarity, "clarity", "clarity_to"),
    _word_of("cut_grade", "cut", Make),
    _word_of("polish", "polish", Make),
    _word_of("symmetry", "symmetry", Make),
    Part(("fluorescence_intensity",), ("fluorescence",), _fluorescence),
    _word_of("fluorescence_color", "fluorescence_colour", FluorescenceColour),
    _number_of("length_mm", "length_mm", 3, 10_000),
    _number_of("width_mm", "width_mm", 3, 10_000),
    _number_of("depth_mm", "depth_mm", 3, 10_000),
    _number_of("depth_pct", "depth_percent", 2, 1000),
    _number_of("table_pct", "table_percent", 2, 1000),
    Part(("girdle_min", "girdle_max", "girdle"), ("girdle_from", "girdle_to"), _girdle),
    _text_of("culet_size", "culet", 20),
    _text_of("treatment", "treatment", 200),
    Part(("parcel_stones", "is_pair", "pair_stock_no"), ("stones", "goods", "pair_stock_number"), _stones),
    Part(("pair_separable",), ("pair_is_separable",), lambda row: (_flag(row, "pair_separable"),)),
    _text_of("country", "country", 100),
    _text_of("state", "state", 100),
    _text_of("city", "city", 100),
    _addresses_of("image_url", "image_urls"),
    _addresses_of("video_url", "video_urls"),
    _address_of("certificate_url", "certificate_url"),
    _text_of("member_comment", "comment", LONGEST_COMMENT),
    Part(("availability",), ("availability",), _availability),
)
ASKED = ("ask_cents", "cash_ask_cents", "priced_in", "rate", "rate_date")
