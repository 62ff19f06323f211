"""What one cell of an XLSX means: its type, its number format and its stored text give a typed value."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from bourse.dialects.tables.sheets import Cell
from bourse.dialects.tables.typed import Spoilt, Value, date_of, number_of, shown_error, without_result

_USUAL_DIGITS = 18
_LAST_DAY = 2_958_465  # 9999-12-31
_FALSE_LEAP_DAY = 60  # the calendar of 1900 has a 29 February that never was
_MILLISECONDS = 86_400_000


@dataclass(frozen=True, slots=True)
class Meaning:
    """What must be known of a workbook to understand its cells."""

    shared: list[str]
    date_styles: list[bool]
    is_1904: bool

    def of(self, kind: str, style: int, text: str | None, *, has_formula: bool) -> Value:
        """The value of a cell of this type and style; raises ValueError where it contradicts itself."""
        if not text:
            has_no_result = has_formula and (text is None or kind != "str")  # "" is a formula's result too
            return without_result() if has_no_result else None
        match kind:
            case "s":
                return self.shared[_ordinal(text, len(self.shared))] or None
            case "str" | "inlineStr":
                return text
            case "b":
                return text.strip() in ("1", "true")
            case "e":
                return shown_error(text)
            case "d":
                return date_of(text)
        return self._number(text.strip(), style)

    def plain_reader(self, kind: str, style: int) -> Callable[[bytes], Value] | None:
        """A short way to read the stored bytes of such cells, which gives None for all but the usual."""
        if kind == "s":
            return self._usual_text
        return _usual_number if kind == "n" and not self._is_date(style) else None

    def _usual_text(self, stored: bytes) -> Value:
        ordinal = int(stored) if stored.isdigit() else len(self.shared)
        return self.shared[ordinal] or None if ordinal < len(self.shared) else None

    def _is_date(self, style: int) -> bool:
        return style < len(self.date_styles) and self.date_styles[style]

    def _number(self, text: str, style: int) -> Value:
        number = number_of(text)
        if number is None:
            return Spoilt(text[:80], "The workbook stores this as a number, but it is none.")
        if self._is_date(style):
            return _date(number, self.is_1904)
        return number


def _usual_number(stored: bytes) -> Value:
    return (
        int(stored)
        if stored.isdigit() and len(stored) <= _USUAL_DIGITS
        else number_of(stored.decode("ascii", "replace"))
    )


def _ordinal(text: str, count: int) -> int:
    number = int(text)
    if not 0 <= number < count:
        raise ValueError(text)
    return number


def _date(serial: int | float, is_1904: bool) -> Cell:
    """The day that a number stands for; numbers that are no day of the calendar stay what they are."""
    first = 0 if is_1904 else 1
    if not first <= serial < _LAST_DAY or (not is_1904 and int(serial) == _FALSE_LEAP_DAY):
        return serial
    days, milliseconds = divmod(round(serial * _MILLISECONDS), _MILLISECONDS)
    day = _day_zero(days, is_1904) + datetime.timedelta(days=days)
    if not milliseconds:
        return day
    midnight = datetime.datetime.combine(day, datetime.time())
    return midnight + datetime.timedelta(milliseconds=milliseconds)


def _day_zero(days: int, is_1904: bool) -> datetime.date:
    if is_1904:
        return datetime.date(1904, 1, 1)
    return datetime.date(1899, 12, 30) if days > _FALSE_LEAP_DAY else datetime.date(1899, 12, 31)
