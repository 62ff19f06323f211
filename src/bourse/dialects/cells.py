"""What a single cell says before anyone knows its field: nothing, a text, a number, or something spoilt."""

import datetime
import re
import unicodedata
from dataclasses import dataclass

from bourse.dialects.dictionary import fold
from bourse.dialects.tables import Cell

NOTHING = frozenset(
    {
        "", "-", "--", "---", ".", "?", "*", "/", "_", "n/a", "na", "null", "nil", "none", "none/na",
        "not specified",
        "unspecified", "unknown", "not given", "not applicable", "tbd", "x|x|x", "–", "—", "nan", "0|0|0",
    }
)  # fmt: skip

_EXCEL_ERROR = re.compile(r"#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|GETTING_DATA)$")
SCIENTIFIC = re.compile(r"[-+]?\d+(?:[.,]\d+)?[eE]\+?\d{1,3}$")
# Beyond this a spreadsheet's number has lost its last digits.
_LONGEST_EXACT = 10**15
_NUMBER = re.compile(
    r"(?P<open>[(]?)\s*(?P<sign>[-+−–]?)\s*(?P<unit>US\s?\$|USD|\$|[A-Z]{3}(?=[\s\d])|[€£₹¥₪])?\s*(?P<sign2>[-+−–]?)\s*"
    r"(?P<digits>\d[\d.,;'’ \u00a0\u202f]*|\.\d+)\s*"
    r"(?P<after>%|cts?\.?|carats?|mm|°|deg|USD|\$|[A-Z]{3}|[€£₹¥₪]|/ct)?\s*(?P<close>[-)]?)[\s,;.?°*]*$",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"-?(?:\d+\.?\d*|\.\d+)$")
_THOUSANDS = re.compile(r"\d{1,3}(?:[,;'’ \u00a0\u202f]\d{3})+(?:\.\d+)?$")
_EUROPEAN = re.compile(r"(?:\d{1,3}(?:[. \u00a0\u202f']\d{3})+|\d+),\d+$")
DOTTED_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+$")
_CURRENCIES = {
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "¥": "CNY",
    "₪": "ILS",
    "us$": "USD",
    "$": "USD",
    "us $": "USD",
}
KNOWN_CURRENCIES = frozenset(
    {"USD", "EUR", "GBP", "HKD", "INR", "AUD", "CAD", "ZAR", "AED", "CNY", "RMB", "ILS", "NIS", "CHF", "JPY",
     "SGD", "THB", "RUB", "BWP"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that says something which could not be read: why not, what was expected there, and the cure."""

    why: str
    expected: str = ""
    cure: str = ""


_AS_TEXT = (
    "Make the column one of text in the spreadsheet, enter the number again as it is printed, "
    "and save it once more."
)
_FORMULA = "Mend the formula in the spreadsheet, or write its result into the cell."


@dataclass(frozen=True, slots=True)
class Money:
    """An amount that names a currency other than the dollar."""

    amount: float
    currency: str


def text_of(cell: Cell) -> str:
    """The cell as a person reads it, without the spaces around it; a whole number has no ".0"."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _LONGEST_EXACT:
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return str(cell)


def spoilt(cell: Cell) -> Odd | None:
    """What a spreadsheet did to this cell on its way here, if it did anything."""
    if isinstance(cell, str):
        if cell.startswith("#") and _EXCEL_ERROR.match(cell):
            return Odd(f"A formula failed in the spreadsheet and left {cell} behind.", cure=_FORMULA)
        return None
    if isinstance(cell, datetime.date):
        return Odd("The spreadsheet turned what stood here into a date.", cure=_AS_TEXT)
    return None


def identifier(cell: Cell) -> str | Odd | None:
    """A stock or report number as text, character for character; never cast, and refused when it was
    rounded.
    """
    if type(cell) is str:
        if "E" in cell and SCIENTIFIC.match(cell):
            return Odd(
                "Damaged by Excel: a long number was rounded and shortened to powers of ten.", cure=_AS_TEXT
            )
        if cell.isalnum() and not cell.isalpha():
            return cell  # with a digit in it no placeholder, and nothing to trim
        if fold(cell) in NOTHING:
            return None
        if "\ufffd" in cell:
            return Odd("A sign of this number was lost on its way here.")
        return spoilt(cell) or cell.strip()
    if cell is None or cell == 0:
        return None
    if isinstance(cell, int | float) and abs(cell) >= _LONGEST_EXACT:
        return Odd("Damaged by Excel: a number this long loses its last digits.", cure=_AS_TEXT)
    return spoilt(cell) or text_of(cell)


def free_text(cell: Cell) -> str | Odd | None:
    """A remark, an address or a name as it stands."""
    if type(cell) is str:
        return None if fold(cell) in NOTHING else spoilt(cell) or _one_line_end(cell.strip())
    return text_of(cell) or None


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def number(cell: Cell) -> float | Money | Odd | None:
    """The number in a cell, with thousands, decimal commas, signs, units and brackets understood; 0 is
    nothing.
    """
    if type(cell) is str:
        return _number_in(cell)
    if isinstance(cell, bool):
        return Odd("A yes or no stands where a number should.")
    if isinstance(cell, int | float):
        return float(cell) or None
    return spoilt(cell)


def _number_in(text: str) -> float | Money | Odd | None:
    if _PLAIN.match(text):
        return float(text) or None
    bare = (text if text.isascii() else unicodedata.normalize("NFKC", text)).strip()
    if fold(bare) in NOTHING:
        return None
    if (found := _NUMBER.match(bare)) is None:
        return spoilt(bare) or Odd("This is not a number.")
    amount = _digits(found["digits"])
    if amount is None:
        return Odd("This number can be read in more than one way.")
    return _with_currency(-amount if _is_negative(found) else amount, found["unit"] or found["after"] or "")


def _is_negative(found: re.Match[str]) -> bool:
    in_brackets = bool(found["open"]) and found["close"] == ")"
    signs = found["sign"] + found["sign2"] + found["close"]
    return in_brackets or any(sign in signs for sign in "-−–")


def _digits(digits: str) -> float | None:
    digits = digits.strip(" ,;.'") if not digits.startswith(".") else digits.rstrip(" ,;.'")
    if _PLAIN.match(digits):
        return float(digits)
    if _THOUSANDS.match(digits):
        return float(re.sub(r"[^\d.]", "", digits))
    if _EUROPEAN.match(digits):
        return float(re.sub(r"[^\d,]", "", digits).replace(",", "."))
    if DOTTED_THOUSANDS.match(digits):
        return float(digits.replace(".", ""))
    return None


def _with_currency(amount: float, sign: str) -> float | Money | Odd | None:
    unit = _CURRENCIES.get(sign.casefold(), sign.upper())
    if unit in KNOWN_CURRENCIES and unit != "USD":
        return Money(amount, unit)
    if len(unit) == 3 and unit.isalpha() and unit not in {"USD", "CTS", "DEG"}:
        return Odd("This is not a number.")
    return amount or None


def decimal_number(cell: Cell) -> float | Money | Odd | None:
    """A number of a kind that never reaches a thousand, so that a comma in it is a decimal comma: "1,015"."""
    if type(cell) is str and "," in cell and "." not in cell:
        return number(re.sub(r"(?<=\d),(?=\d)", ".", cell, count=1))
    return number(cell)
