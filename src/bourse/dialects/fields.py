"""Every field that a supplier's column may hold: of what kind its cells are and within which bounds they
make sense.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import partial

from bourse.dialects import grades, lengths, scales
from bourse.dialects.cells import Odd
from bourse.dialects.dictionary import Dictionary, fold
from bourse.dialects.grades import Words
from bourse.dialects.spelling import words_of
from bourse.dialects.tables import Cell

Reader = Callable[[Cell, Dictionary], Words | Odd | None]


class Kind(Enum):
    """How the cells of a field are read."""

    WORDS = "words"
    FLAG = "flag"
    NUMBER = "number"
    PERCENT = "percent"
    MONEY = "money"
    IDENTIFIER = "identifier"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Field:
    """A field by its name: its kind, the fields that a cell of it may fill, its bounds, and what is
    expected there.
    """

    name: str
    kind: Kind
    expected: str
    fills: tuple[str, ...]
    reader: Reader | None = None
    low: float = 0.0
    high: float = 0.0


def _plain(name: str) -> Reader:
    return partial(grades.plain, name)


def _words(name: str, expected: str, reader: Reader | None = None, fills: tuple[str, ...] = ()) -> Field:
    return Field(name, Kind.WORDS, expected, fills or (name,), reader or _plain(name))


def _bounded(name: str, kind: Kind, low: float, high: float, what: str) -> Field:
    return Field(name, kind, f"{what} from {low:g} to {high:,.10g}", (name,), None, low, high)


def _plainly(kind: Kind, expected: str, *names: str) -> list[Field]:
    return [Field(name, kind, expected, (name,)) for name in names]


_MAKE = "a grade such as Excellent, Very Good or Good"
_FANCY = ("fancy_color", "fancy_intensity", "fancy_overtone")
_GIRDLE = ("girdle_min", "girdle_max", "girdle_condition", "girdle_pct")
_SIDES = ("length_mm", "width_mm", "depth_mm")
_FLUORESCENCE = ("fluorescence_intensity", "fluorescence_color")
_SIDE = "a length in millimetres"
MOST_CARATS = 1000.0
LEAST_PER_CARAT, MOST_PER_CARAT = 1.0, 10_000_000.0

_ALL = [
    _words("shape", "a shape such as Round, Pear or Cushion", scales.shape),
    _words("color", "a colour from D to Z, a range of them, or a fancy colour", scales.color, ("color",
    *_FANCY)),
    _words("fancy_color", "a fancy colour such as Yellow or Pink", scales.fancy_color, (*_FANCY, "color")),
    _words("fancy_intensity", "a strength such as Fancy Light or Fancy Vivid"),
    _words("fancy_overtone", "an undertone such as Brownish", scales.fancy_overtone),
    _words("clarity", "a clarity from FL to I3, or a range of them", scales.clarity, ("clarity",
    "treatment")),
    _words(
        "cut_grade", _MAKE, grades.cut_grade, ("cut_grade", "polish", "symmetry", "hearts_and_arrows")
    ),
    _words("polish", _MAKE, grades.finish, ("polish", "symmetry")),
    _words("symmetry", _MAKE, grades.make),
    _words("fluorescence_intensity", "a strength such as None, Faint or Medium", grades.fluorescence,
    _FLUORESCENCE),
    _words("fluorescence_color", "a colour such as Blue or Yellow", grades.fluorescence_color, _FLUORESCENCE),
    _words("measurements", "length x width x depth in millimetres", lengths.measurements, _SIDES),
    _words("girdle", "one size or two, such as Thin - Medium", grades.girdle, _GIRDLE),
    _words("girdle_min", "a size such as Thin or Medium", grades.girdle_min, _GIRDLE),
    _words("girdle_max", "a size such as Medium or Thick", grades.girdle_max, _GIRDLE),
    _words("girdle_condition", "Faceted, Polished or Bruted"),
    _words("culet_size", "a size such as None or Small"),
    _words("culet_condition", "a state such as Pointed or Abraded"),
    _words("lab", "a laboratory such as GIA, IGI or HRD"),
    _words("shade", "a shade such as None or Brown"),
    _words("milky", "None, Light, Medium or Heavy"),
    *(
        _words(f"{side}_inclusion", "None, Light, Medium, Heavy or a code", partial(scales.inclusion,
        f"{side}_inclusion"))
        for side in ("black", "white", "open")
    ),
    *_plainly(
        Kind.FLAG, "Yes or No", "eye_clean", "hearts_and_arrows", "is_pair", "pair_separable",
        "allow_feed", "new_arrival"
    ),
    *_plainly(Kind.FLAG, "a treatment such as None, HPHT or Laser drilled", "treatment"),
    *_plainly(Kind.FLAG, "Natural, CVD, HPHT or Lab grown", "growth_type"),
    *_plainly(Kind.FLAG, "a state such as Available or On memo", "availability"),
    _bounded("carat", Kind.NUMBER, 0.001, MOST_CARATS, "a weight in carats"),
    *(_bounded(name, Kind.NUMBER, lengths.SHORTEST_MM, lengths.LONGEST_MM, _SIDE) for name in _SIDES),
    _bounded("ratio", Kind.NUMBER, 0.2, 6, "a ratio"),
    _bounded("parcel_stones", Kind.NUMBER, 1, 1_000_000, "a number of stones"),
    _bounded("time_to_location", Kind.NUMBER, 0, 365, "a number of days"),
    _bounded("depth_pct", Kind.PERCENT, 20, 110, "a percentage"),
    _bounded("table_pct", Kind.PERCENT, 20, 100, "a percentage"),
    _bounded("girdle_pct", Kind.PERCENT, 0.1, 30, "a percentage"),
    _bounded("crown_height", Kind.PERCENT, 1, 60, "a percentage"),
    _bounded("crown_angle", Kind.NUMBER, 3, 70, "an angle in degrees"),
    _bounded("crown_raw", Kind.NUMBER, 1, 70, "a percentage or an angle"),
    _bounded("pavilion_depth", Kind.PERCENT, 5, 90, "a percentage"),
    _bounded("pavilion_angle", Kind.NUMBER, 10, 75, "an angle in degrees"),
    _bounded("pavilion_raw", Kind.NUMBER, 5, 90, "a percentage or an angle"),
    _bounded("star_length", Kind.PERCENT, 5, 95, "a percentage"),
    _bounded("lower_half", Kind.PERCENT, 5, 100, "a percentage"),
    *(
        _bounded(name, Kind.MONEY, LEAST_PER_CARAT, MOST_PER_CARAT, "US dollars per carat")
        for name in ("price_per_carat", "list_price", "cash_price", "memo_price")
    ),
    *(
        _bounded(name, Kind.MONEY, 0.5, 1_000_000_000, "US dollars")
        for name in ("total_price", "cash_total_price", "memo_total_price", "pair_price", "cost")
    ),
    *(
        _bounded(name, Kind.PERCENT, -99.5, 400, "a percentage of the list")
        for name in ("discount_pct", "cash_discount_pct")
    ),
    *_plainly(
        Kind.IDENTIFIER, "a number or name, exactly as the supplier writes it", "stock_no",
        "exchange_item_id", "pair_stock_no", "provenance_number", "supplier_code",
    ),
    Field(
        "certificate_no", Kind.IDENTIFIER, "a report's number, exactly as it is printed",
        ("certificate_no", "lab"),
        grades.report_number,
    ),
    *_plainly(
        Kind.TEXT, "a text", "certificate_url", "report_date", "report_type", "report_location",
        "currency", "country",
        "state", "city", "location", "inscription", "key_to_symbols", "member_comment", "cert_comment",
        "image_url",
        "video_url", "mine_of_origin", "provenance_report", "brand", "supplier_name", "seller_spec",
        "trade_show",
        "graining", "updated_at", "treated_color", "size_range",
    ),
    # Of our own layout alone: which currency an ask was converted from.
    *_plainly(Kind.TEXT, "a text", "priced_in", "rate_date"),
    _bounded("rate", Kind.NUMBER, 0.000_001, 1000, "US dollars for one unit"),
]  # fmt: skip
FIELDS = {field.name: field for field in _ALL}
OURS_ALONE = frozenset({"priced_in", "rate", "rate_date"})
"""Fields that only our own layout has columns for."""


def reader_for(field: Field, header: str) -> Reader:
    """How a cell of this field is read under this header: a bare yes answers what the header asks."""
    if field.kind is Kind.FLAG:
        return _flag(field.name, _answers(field.name, set(words_of(header))))
    assert field.reader is not None
    return field.reader


def _flag(name: str, answers: tuple[str | None, str | None]) -> Reader:
    # A stone may be grown whose growth is "unknown": only an empty cell says nothing of it.
    is_nothing = scales.empty if name == "growth_type" else scales.silent

    def read(cell: Cell, dictionary: Dictionary) -> Words | Odd | None:
        found = _said(name, cell if isinstance(cell, str) else "", dictionary)
        if found:
            return (found[0] if len(found) == 1 else found,)
        if name == "growth_type" and fold(str(cell)) in {"diamond", "diamonds", "loose diamond"}:
            return None
        yes = scales.yes_or_no(cell)
        if yes is None:
            return None if is_nothing(cell) else grades.unread(cell)
        answer = answers[0] if yes else answers[1]
        return (answer,) if answer else _unanswered(cell, yes=yes, is_growth=name == "growth_type")

    return read


def _said(name: str, text: str, dictionary: Dictionary) -> list[str]:
    """The field's words in a cell: one, or several where treatments are strung together ("CE/LD")."""
    words = dictionary.words_of(name)
    if (whole := grades.lookup(text, words)) is not None:
        return [whole]
    parts = [grades.lookup(part, words) for part in text.split("/")] if name == "treatment" else [None]
    said = list(dict.fromkeys(part for part in parts if part))
    return said if None not in parts else []


def _unanswered(cell: Cell, *, yes: bool, is_growth: bool) -> Odd | None:
    if is_growth:
        return Odd("The header does not say what a yes or a no means here.")
    return Odd("The header does not say what a yes means here.") if yes else None


_TREATMENTS = {
    "hpht": "HPHT",
    "irradiated": "Irradiated",
    "drilled": "Laser drilled",
    "lasered": "Laser drilled",
    "clarity": "Clarity enhanced",
    "color": "Color enhanced",
    "colour": "Color enhanced",
    "coated": "Coated",
    "other": "Other",
    "post": "Post-growth",
}


def _answers(name: str, header: set[str]) -> tuple[str | None, str | None]:
    """What yes and no mean in a column of this field, given the words of its header."""
    if name == "availability":
        return _availability_answers(header)
    if name == "growth_type":
        return _growth_answers(header)
    if name == "treatment":
        return next((word for key, word in _TREATMENTS.items() if key in header), None), None
    return "Yes", "No"


def _availability_answers(header: set[str]) -> tuple[str | None, str | None]:
    if header & {"guaranteed", "guarantee"}:
        return "Guaranteed available", "Available"
    if header & {"status"}:
        return None, None
    return "Available", "Not available"


def _growth_answers(header: set[str]) -> tuple[str | None, str | None]:
    grown = header & {
        "grown",
        "labgrown",
        "islabgrown",
        "manmade",
        "synthetic",
        "created",
        "lg",
        "lgd",
        "lab",
    }
    natural = header & {"natural", "nat", "mined"}
    if header & {"cvd"} and not header & {"hpht"} and not natural:
        return "CVD", None  # what is no CVD may be the other process
    if grown and not natural:
        return "Lab grown", "Natural"
    if natural and not grown:
        return "Natural", "Lab grown"
    return None, None
