"""Numbers and ranges as people type them, and the bands into which the trade sorts weights and prices."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

HIGHEST = 10**13  # units; nothing on earth weighs or costs more

_NUMBER = re.compile(r"(?P<digits>[\d.,\s']*\d[\d.,\s']*)(?P<thousand>k?)", re.IGNORECASE)
_SIGNS = str.maketrans({"–": "-", "—": "-", "−": "-", "…": "-", "’": "'"})
_UNIT = re.compile(r"\s*(?:carats?|cts?|\$|usd|%|mm|°|deg)$")
_OPEN = re.compile(r"(?:(?P<low>>=?|from )|<=?|up to )(?P<number>.*)")
_BETWEEN = re.compile(r"\s*(?:-|\.\.+|\bto\b)\s*")


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """From the lowest unit to the highest, both included; an open end is 0 or HIGHEST."""

    low: int = 0
    high: int = HIGHEST

    @property
    def ends(self) -> tuple[int | None, int | None]:
        """The ends, None where open."""
        return self.low or None, None if self.high == HIGHEST else self.high


class Measure(Enum):
    """What a range is of, in hundredths of its unit: of a carat, a dollar, a per cent, a millimetre."""

    CARATS = "ct"
    DOLLARS = "$"
    PERCENT = "%"
    MILLIMETRES = "mm"
    DEGREES = "°"
    RATIO = ":1"

    def range_of(self, text: str) -> Range | None:
        """The range that somebody typed: 1.0-1.2, 38,1, 5000+, -8k, >=0.3, $7,040; None for anything else."""
        plain = re.sub(r"^(.*)\+$", r">\1", text.translate(_SIGNS).strip().casefold())
        if found := _OPEN.fullmatch(plain):
            end = self._units(found["number"])
            return None if end is None else Range(low=end) if found["low"] else Range(high=end)
        return self._closed(plain)

    def text_of(self, units: int) -> str:
        """The number as it is shown and typed: 1.00, 7040, 7040.50, 61.5."""
        whole, hundredths = divmod(units, 100)
        if self in (Measure.CARATS, Measure.RATIO):
            return f"{whole}.{hundredths:02}"
        if not hundredths:
            return str(whole)
        return (
            f"{whole}.{hundredths:02}" if self is Measure.DOLLARS else f"{whole}.{hundredths:02}".rstrip("0")
        )

    def span_of(self, span: Range) -> str:
        """The range in the form that a query holds: 1.00-1.49, 5000-, -0.99."""
        low, high = ("" if end is None else self.text_of(end) for end in span.ends)
        return low if low == high else f"{low}-{high}"

    def _closed(self, text: str) -> Range | None:
        match _BETWEEN.split(text):
            case [one] if (units := self._units(one)) is not None:
                return Range(units, units)
            case ["", high] if (units := self._units(high)) is not None:
                return Range(high=units)
            case [low, ""] if (units := self._units(low)) is not None:
                return Range(low=units)
            case [low, high]:
                return self._between(self._units(low), self._units(high))
        return None

    def _between(self, low: int | None, high: int | None) -> Range | None:
        """A range that runs backwards is none: which of its ends was meant is not known."""
        return None if low is None or high is None or low > high else Range(low, high)

    def _units(self, text: str) -> int | None:
        found = _NUMBER.fullmatch(_UNIT.sub("", text.strip()).removeprefix("$").strip())
        if not found:
            return None
        number = self._decimal("".join(found["digits"].replace("'", "").split()))
        if number is None:
            return None
        units = int(
            number * (100_000 if found["thousand"] else 100)
        )  # a weight is cut, as a report prints it
        return units if units < HIGHEST else None

    def _decimal(self, digits: str) -> Decimal | None:
        """Commas are thousands in money where three digits follow each, else the decimal sign."""
        if self is Measure.DOLLARS and re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d*)?", digits):
            digits = digits.replace(",", "")
        digits = digits.replace(",", ".")
        return Decimal(digits) if re.fullmatch(r"\d{1,16}(\.\d*)?|\.\d+", digits) else None


def shown_weight(weight_ct: Decimal) -> int:
    """Hundredths of a carat as a report prints them: cut, unless a thousandth short of the next."""
    return int(weight_ct * 1000 + 1) // 10


def bands(measure: Measure, *starts: str) -> tuple[Range, ...]:
    """The ranges that begin at these numbers, each up to the next."""
    lows = [int(Decimal(start) * 100) for start in starts]
    return tuple(
        Range(low, high)
        for low, high in zip(lows, [*(start - 1 for start in lows[1:]), HIGHEST], strict=True)
    )
