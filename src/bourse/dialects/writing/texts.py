"""How a value stands in a cell so that a spreadsheet leaves it alone and our reader gives it back.

A leading apostrophe says that what follows is a text, exactly as it stands: the sign that spreadsheets
themselves take for it. It is put before whatever a spreadsheet would run as a formula or turn into a number
or a date, and before what our own reader would take for nothing or for damage; the reader of our layout takes
one apostrophe off.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from bourse.dialects.columns import RawColumn, read_cells
from bourse.dialects.dictionary import standard
from bourse.dialects.fields import FIELDS, Kind
from bourse.dialects.own_layout import APOSTROPHE, MONEY_IN_CENTS, SEVERAL_LINES
from bourse.dialects.tables.encodings import readable

_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠−]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_TURNED = re.compile(
    r"0\d+|\d{12,}|\d+(?:\.\d+)?e[+-]?\d+|\d+\.\d*0|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?%|[$€£¥]\s?\d.*"
    r"|\d{1,4}[-/.:]\d{1,2}(?:[-/.:]\d{1,4})?|true|false"
    rf"|{_MONTH}[-/ .]?\d{{1,4}}|\d{{1,4}}[-/ .]?{_MONTH}(?:[-/ .]?\d{{1,4}})?",
    re.IGNORECASE,
)
_JOINTS = {"color": "-", "clarity": "-", "treatment": "/"}


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run a text, or take it apart, instead of showing it."""
    return bool(_FORMULA.match(text))


def plain_number(value: float | Decimal) -> str:
    """A number in digits, without an exponent and without noughts at its end."""
    digits = format(value if isinstance(value, Decimal) else Decimal(repr(value)), "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def dollars(cents: int) -> str:
    """An amount in dollars with its cents."""
    return f"{cents // 100}.{cents % 100:02}"


def texts_of(row: Mapping[str, object], fields: tuple[str, ...], *, for_csv: bool) -> list[str]:
    """The cells of one row as texts."""
    return [text_of(field, row.get(field), for_csv=for_csv) for field in fields]


def text_of(field: str, value: object, *, for_csv: bool) -> str:
    """The cell of one value; in a CSV a spreadsheet will guess at texts, in a workbook it cannot."""
    if value is None or value == "" or value == []:
        return ""
    if field in MONEY_IN_CENTS:
        assert isinstance(value, int)
        return dollars(value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int | float | Decimal):
        return plain_number(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple) and len(value) > 1:
        return _joined(field, [clean(str(one)) for one in value])
    if isinstance(value, list | tuple):
        value = value[0]
    return guarded(field, clean(str(value)), for_csv=for_csv)


def clean(text: str) -> str:
    """A text without what no reading gives back: signs that nobody sees, and the space around it."""
    return _CONTROL.sub("", readable(text).replace("\r\n", "\n").replace("\r", "\n")).strip()


def _joined(field: str, texts: list[str]) -> str:
    whole = ("\n" if field in SEVERAL_LINES else _JOINTS.get(field, ", ")).join(texts)
    return APOSTROPHE + whole if is_formula(whole) else whole


def guarded(field: str, text: str, *, for_csv: bool) -> str:
    """The text, behind an apostrophe where it would not come back without one."""
    is_turned = for_csv and _TURNED.fullmatch(text)
    if text and (
        text.startswith(APOSTROPHE) or is_formula(text) or is_turned or not _comes_back(field, text)
    ):
        return APOSTROPHE + text
    return text


@lru_cache(16_384)
def _comes_back(field: str, text: str) -> bool:
    """Whether our reader understands a bare text of this field as nothing but itself."""
    known = FIELDS.get(field)
    if known is None:
        return True
    if known.kind not in (Kind.TEXT, Kind.IDENTIFIER, Kind.WORDS, Kind.FLAG):
        return False
    if field in SEVERAL_LINES and "\n" in text:
        return False
    said = read_cells(RawColumn("", 0, "", [text]), known, standard())[0][text]
    own = known.fills.index(field)
    return len(said) > own and said[own] == text and not any(said[:own] + said[own + 1 :])
