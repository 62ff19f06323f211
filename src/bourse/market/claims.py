"""From the values of a row, under the dictionary's names, to a listing's columns. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

import msgspec

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


class NotStorable(ValueError):
    """A value that no listing can hold; `field` is its name in the dictionary."""

    def __init__(self, field: str, found: object, expected: str) -> None:
        super().__init__(f"{field}: {found!r} is not {expected}.")
        self.field, self.found, self.expected = field, str(found), expected


class _Values:
    """The values of one row; what was taken out is not left for the particulars."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self.left = dict(values)

    def text(self, field: str, longest: int | None = None) -> str:
        value = self.left.pop(field, None)
        return _text(field, value, longest)

    def word(self, field: str, scale: type[Scale]) -> str:
        word = self.text(field)
        return _known(field, word, scale) if word and word != "None" else ""

    def span(self, field: str, scale: type[Scale]) -> tuple[str, str]:
        """The best and the worst grade of a range; the second is empty for a single grade."""
        best, worst = _ends(self.left.pop(field, None))
        known = [_known(field, word, scale) for word in (best, worst) if word and word != "None"]
        return (known[0] if known else "", known[1] if len(known) > 1 and known[0] != known[1] else "")

    def number(self, field: str, places: int, below: int) -> Decimal | None:
        value = self.left.pop(field, None)
        if value is None or value == "":
            return None
        return _number(field, value, places, below)

    def texts(self, field: str) -> list[str]:
        value = self.left.pop(field, None)
        several = value if isinstance(value, list | tuple) else [value]
        return [_text(field, one, None) for one in several if one not in (None, "")]

    def rest(self, fields: Iterable[str]) -> str:
        """Those of the fields that are left, as JSON."""
        rest = {field: _clean(self.left[field]) for field in fields if self.left.get(field) not in (None, "")}
        return msgspec.json.encode(rest, order="sorted").decode()


class Asked(NamedTuple):
    """What a row asks: in US cents for the whole stone, on memo or credit and in cash, and converted how."""

    cents: int | None = None
    cash_cents: int | None = None
    priced_in: str = ""
    rate: Decimal | None = None
    rate_date: date | None = None


def claims_of(values: Mapping[str, object], asked: Asked) -> Claims:
    """The columns of a row that was taken. NotStorable when a value fits no listing."""
    row = _Values(values)
    number = row.text("stock_no", 60)
    laboratory = row.word("lab", Laboratory)
    report = row.text("certificate_no", 40).replace(" ", "").upper()
    colour, colour_to = row.span("color", Colour)
    clarity, clarity_to = row.span("clarity", Clarity)
    girdle_from, girdle_to = _girdle(row)
    length, width, depth = _measurements(row)
    return Claims(
        stock_key=stock_key(number),
        report_key=report_key(laboratory, report),
        supplier_stock_number=number,
        laboratory=laboratory,
        report_number=report,
        growth=row.word("growth_type", Growth) or Growth.NATURAL.value,
        shape=_given("shape", row.word("shape", Shape)),
        weight_ct=_weight(row),
        colour=colour,
        colour_to=colour_to,
        fancy_colour=row.text("fancy_color", 60),
        fancy_intensity=row.text("fancy_intensity", 30),
        fancy_overtone=row.text("fancy_overtone", 60),
        clarity=clarity,
        clarity_to=clarity_to,
        cut=row.word("cut_grade", Make),
        polish=row.word("polish", Make),
        symmetry=row.word("symmetry", Make),
        fluorescence=_fluorescence(row),
        fluorescence_colour=row.word("fluorescence_color", FluorescenceColour),
        length_mm=length,
        width_mm=width,
        depth_mm=depth,
        depth_percent=row.number("depth_pct", 2, 1000),
        table_percent=row.number("table_pct", 2, 1000),
        girdle_from=girdle_from,
        girdle_to=girdle_to,
        culet=row.text("culet_size", 20),
        treatment=row.text("treatment", 200),
        stones=(stones := _stones(row)),
        goods=_goods(row, stones),
        pair_stock_number=row.text("pair_stock_no", 60),
        pair_is_separable=_flag(row, "pair_separable"),
        country=row.text("country", 100),
        state=row.text("state", 100),
        city=row.text("city", 100),
        image_urls=row.texts("image_url"),
        video_urls=row.texts("video_url"),
        certificate_url=row.text("certificate_url"),
        comment=row.text("member_comment"),
        ask_cents=_ask(asked.cents),
        cash_ask_cents=_ask(asked.cash_cents),
        priced_in=asked.priced_in,
        rate=asked.rate,
        rate_date=asked.rate_date,
        availability=_availability(row),
        private=row.rest(PRIVATE_FIELDS),
        particulars=row.rest(row.left.keys() - PRIVATE_FIELDS - UNKEPT_FIELDS),
    )


def stock_key(stock_number: str) -> str:
    """By what a company's next file finds the row again: the stock number without regard to capitals."""
    key = " ".join(stock_number.split()).casefold()
    if len(key) > 80:
        raise NotStorable("stock_no", stock_number, "at most 60 characters")
    return key


def report_key(laboratory: str, report_number: str) -> str:
    """What names a stone across companies; nothing for a number whose laboratory is not known by name."""
    if not report_number or laboratory in ("", Laboratory.OTHER.value):
        return ""
    return f"{laboratory} {report_number}"


def _text(field: str, value: object, longest: int | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        text = value
    else:
        text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    text = text.replace("\x00", "").strip()
    if longest is not None and len(text) > longest:
        raise NotStorable(field, text, f"at most {longest} characters")
    return text


def _known(field: str, word: str, scale: type[Scale]) -> str:
    if word not in _words_of(scale):
        raise NotStorable(field, word, f"a word of the scale {scale.__name__}")
    return word


@cache
def _words_of(scale: type[Scale]) -> frozenset[str]:
    return frozenset(str(grade.value) for grade in scale)


def _given(field: str, word: str) -> str:
    if not word:
        raise NotStorable(field, word, "given")
    return word


def _ends(value: object) -> tuple[str, str]:
    """The two ends of a range given as a pair or as a word: ["G", "H"], "O-P"."""
    if isinstance(value, list | tuple):
        best, worst = value
        return str(best), str(worst)
    best, _, worst = str(value or "").partition("-")
    return ("", "") if best == "Fancy" else (best, worst)


def _number(field: str, value: object, places: int, below: int) -> Decimal:
    number = round(Decimal(str(value)), places)
    if not number.is_finite() or not 0 <= number < below:
        raise NotStorable(field, value, f"a number from 0 to {below}")
    return number


def _weight(row: _Values) -> Decimal:
    weight = row.number("carat", 3, 100_000)
    if not weight:
        raise NotStorable("carat", weight, "a weight of at least 0.001 ct")
    return weight


def _ask(cents: int | None) -> int | None:
    if cents is not None and not 0 < cents < 10**15:
        raise NotStorable("ask_cents", cents, "a positive amount")
    return cents


def _availability(row: _Values) -> str:
    word = row.text("availability")
    try:
        return str(state_of(word or None).value)
    except ValueError as error:
        raise NotStorable("availability", word, f"a word of the scale {Availability.__name__}") from error


def _fluorescence(row: _Values) -> str:
    """Unlike a grade, "None" says something here: the stone does not glow."""
    word = row.text("fluorescence_intensity")
    return _known("fluorescence_intensity", word, FluorescenceIntensity) if word else ""


def _girdle(row: _Values) -> tuple[str, str]:
    thin, thick = row.text("girdle_min", 20), row.text("girdle_max", 20)
    value = row.left.pop("girdle", None)
    low, high = value if isinstance(value, list | tuple) else (value, value)
    return thin or _text("girdle", low, 20), thick or _text("girdle", high, 20)


def _measurements(row: _Values) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    value = row.left.get("measurements")
    fields = ("length_mm", "width_mm", "depth_mm")
    if isinstance(value, list | tuple) and len(value) == len(fields):
        del row.left["measurements"]
        row.left = dict(zip(fields, value, strict=True)) | row.left
    length, width, depth = (row.number(field, 3, 10_000) for field in fields)
    return length, width, depth


def _stones(row: _Values) -> int:
    count = row.number("parcel_stones", 0, 2**31)
    return int(count) if count else 1


def _goods(row: _Values, stones: int) -> str:
    """Several stones are a parcel, unless the row says that it is one of a pair."""
    is_pair = _flag(row, "is_pair") or "pair_stock_no" in row.left
    if stones > 2 or (stones == 2 and not is_pair):
        return "parcel"
    return "pair" if is_pair else "single"


def _flag(row: _Values, field: str) -> bool | None:
    word = row.text(field)
    return None if not word else word.casefold() in ("yes", "true", "1")


def _clean(value: object) -> object:
    return value.replace("\x00", "") if isinstance(value, str) else value
