"""Columns under short headers, named where the header abbreviates a field and the cells fit it and nothing
else.

Neither is enough alone: "st" may be a state, a star or a status, and a column of countries where stones are
offered or where they were mined. Together, and beside what the other columns hold, they leave one meaning.
"""

import re
from collections.abc import Callable, Collection, Sequence

from bourse.dialects.cells import text_of
from bourse.dialects.columns import RawColumn, fill, read_cells
from bourse.dialects.dictionary import Dictionary, fold
from bourse.dialects.fields import FIELDS
from bourse.dialects.likeness import are_codes, few_of, share_like, share_read
from bourse.dialects.numeric import Meaning
from bourse.dialects.places import CITIES, COUNTRIES, STATES
from bourse.dialects.spelling import squeeze

_CONFIDENCE = 0.7
_NEARLY_ALL, _MOST, _HARDLY_ANY = 0.95, 0.5, 0.02
_LONGEST_ABBREVIATION = 4
_LEAST_COLOURS = 4
_LEAST_SENTENCES, _OWN_WORDS = 4, 0.25
_FIRM = re.compile(
    r"\b(?:inc|ltd|llc|llp|co|corp|gmbh|bvba|bv|nv|sa|srl|pvt|limited|international|intl|diamonds?|gems?|jewel\w*|brothers|bros|sons)\b"
    r"|diamond|gems",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[A-Za-z]{2,}\W+(?:\w+\W+)*[A-Za-z]{2,}")
_CERTIFICATE = re.compile(r"cert|report|gia\.edu|igi\.org|hrdantwerp|agslab|\.pdf$", re.IGNORECASE)
_FOREIGN_TO_CERTIFICATES = re.compile(r"video|youtu|vimeo|v360|\.mp4", re.IGNORECASE)
_ADDRESS = re.compile(r"^(?:https?:)?//")

Test = Callable[[RawColumn, Dictionary], bool]


def find_abbreviated(meanings: Sequence[Meaning], dictionary: Dictionary) -> None:
    """Name the columns whose short headers and whose cells together leave one field."""
    for meaning in [meaning for meaning in meanings if not meaning.fields and meaning.raw.filled]:
        held = {
            field for other in meanings if other.raw.filled for field in other.fields
        } - _numbers_left_open(meanings)
        fitting = [
            field
            for field, (names, test) in _FIELDS.items()
            if field not in held
            and _NEEDED.get(field, frozenset()) <= held
            and abbreviates(meaning.raw.header, names)
            and test(meaning.raw, dictionary)
        ]
        if len(fitting) == 1:
            meaning.settle(fitting[0], _CONFIDENCE)
    _find_initials(meanings, dictionary)
    _find_colour_of_light(meanings, dictionary)


def _find_initials(meanings: Sequence[Meaning], dictionary: Dictionary) -> None:
    """Grades under P and S are polish and symmetry, and under C beside them the cut."""
    graded = {
        initial: meaning
        for meaning in meanings
        if not meaning.fields
        and (initial := squeeze(meaning.raw.header)) in _INITIALS
        and meaning.raw.filled
        and _holds_grades(meaning.raw, dictionary)
    }
    held = {field for meaning in meanings for field in meaning.fields}
    if {"p", "s"} <= graded.keys() and not held & {_INITIALS[initial] for initial in graded}:
        for initial, meaning in graded.items():
            meaning.settle(_INITIALS[initial], _CONFIDENCE)


def _numbers_left_open(meanings: Sequence[Meaning]) -> set[str]:
    """The stock number, where the only column that may hold it may as well be the exchange's own."""
    held = any(meaning.field == "stock_no" for meaning in meanings)
    return set() if held else {"stock_no"}


def abbreviates(header: str, names: Collection[str]) -> bool:
    """Whether a header of two to four letters begins as one of these names does and has its letters in
    their order.
    """
    short = squeeze(header)
    if not 2 <= len(short) <= _LONGEST_ABBREVIATION or not short.isalpha():
        return False
    return any(name[0] == short[0] and _in_order(short, name) for name in names)


def _in_order(short: str, name: str) -> bool:
    letters = iter(name)
    return all(letter in letters for letter in short)


def _names_places(places: frozenset[str]) -> Test:
    def test(raw: RawColumn, _dictionary: Dictionary) -> bool:
        known = sum(count for cell, count in raw.filled.items() if fold(text_of(cell)) in places)
        return known >= _NEARLY_ALL * sum(raw.filled.values())

    return test


def _holds_grades(raw: RawColumn, dictionary: Dictionary) -> bool:
    grades = {said[0] for said in read_cells(few_of(raw), FIELDS["symmetry"], dictionary)[0].values() if said}
    return share_read(raw, "symmetry", dictionary) >= _NEARLY_ALL and len(grades) > 1 and _is_wordy(raw)


def _holds_culets(raw: RawColumn, dictionary: Dictionary) -> bool:
    """Sizes of a culet, of which one at least is no strength of a fluorescence and no size of a girdle."""
    if share_read(raw, "culet_size", dictionary) < _NEARLY_ALL:
        return False
    return any(share_read(_alone(raw, cell), rival, dictionary) < _MOST for cell in raw.filled
               for rival in ("fluorescence_intensity",)) and _is_wordy(raw)  # fmt: skip


def _alone(raw: RawColumn, cell: object) -> RawColumn:
    return RawColumn(raw.sheet, raw.index, raw.header, [cell])  # type: ignore[list-item]


def _is_wordy(raw: RawColumn) -> bool:
    return all(isinstance(cell, str) and not cell.strip().isdigit() for cell in raw.filled)


def _names_firms(raw: RawColumn, _dictionary: Dictionary) -> bool:
    return share_like(raw, _FIRM) >= _MOST and share_like(raw, _ADDRESS) == 0 and _is_wordy(raw)


def _says_sentences(raw: RawColumn, _dictionary: Dictionary) -> bool:
    few = few_of(raw).filled
    are_own = len(few) >= _LEAST_SENTENCES and len(few) >= _OWN_WORDS * sum(few.values())
    return are_own and share_like(raw, _SENTENCE) >= _MOST and share_like(raw, _ADDRESS) <= _HARDLY_ANY


def _leads_to_certificates(raw: RawColumn, _dictionary: Dictionary) -> bool:
    return (
        share_like(raw, _ADDRESS) >= _NEARLY_ALL
        and share_like(raw, _CERTIFICATE) >= _MOST
        and share_like(raw, _FOREIGN_TO_CERTIFICATES) <= _HARDLY_ANY
    )


def _numbers_stones(raw: RawColumn, _dictionary: Dictionary) -> bool:
    return are_codes(raw)


_INITIALS = {"c": "cut_grade", "p": "polish", "s": "symmetry"}
_NEEDED = {"cut_grade": frozenset({"polish", "symmetry"})}
_FIELDS: dict[str, tuple[tuple[str, ...], Test]] = {
    "cut_grade": (("make", "cutgrade", "proportions"), _holds_grades),
    "culet_size": (("culetsize",), _holds_culets),
    "country": (("country",), _names_places(COUNTRIES)),
    "state": (("state", "province"), _names_places(STATES)),
    "city": (("city", "town"), _names_places(CITIES)),
    "supplier_name": (("supplier", "seller", "vendor", "company", "owner"), _names_firms),
    "member_comment": (("remarks", "comments", "notes"), _says_sentences),
    "certificate_url": (("certificatepath", "certificatelink", "certificateurl"), _leads_to_certificates),
    "stock_no": (("stockreference", "serialnumber"), _numbers_stones),
}


def _find_colour_of_light(meanings: Sequence[Meaning], dictionary: Dictionary) -> None:
    """Colours that stand only beside a fluorescence which is not None are those of its light."""
    settled = {meaning.field: meaning for meaning in meanings if meaning.field and meaning.raw.filled}
    strength, grades = settled.get("fluorescence_intensity"), settled.get("color")
    if strength is None or grades is None or "fluorescence_color" in settled:
        return
    strengths = fill(strength.raw, "fluorescence_intensity", dictionary).values["fluorescence_intensity"]
    fitting = [
        meaning
        for meaning in meanings
        if not meaning.fields and meaning.raw.filled and _is_light(meaning.raw, strengths, dictionary)
    ]
    if len(fitting) == 1:
        fitting[0].settle("fluorescence_color", _CONFIDENCE)


def _is_light(raw: RawColumn, strengths: Sequence[object], dictionary: Dictionary) -> bool:
    table = few_of(raw).filled
    words = dictionary.words_of("fluorescence_color")
    named = sum(count for cell, count in table.items() if fold(text_of(cell)) in words)
    if named < _NEARLY_ALL * sum(table.values()):
        return False
    lit = [strength not in (None, "None") for strength in strengths]
    coloured = [bool(text_of(cell)) for cell in raw.cells]
    beside = sum(1 for light, colour in zip(lit, coloured, strict=True) if light and colour)
    astray = sum(1 for light, colour in zip(lit, coloured, strict=True) if colour and not light)
    dark = lit.count(False)
    return beside >= _LEAST_COLOURS and dark >= _LEAST_COLOURS and astray <= _HARDLY_ANY * beside
