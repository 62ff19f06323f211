"""Numbers and ranges in a phrase: what they are of, by the word beside them or by their size."""

import re

from bourse.search.measures import HIGHEST, Measure, Range
from bourse.search.phrase import words
from bourse.search.phrase.reading import Reading
from bourse.search.scales import BANDS, MEASURES

HEAVIEST = 100  # a bare number below is a weight, one above a price or the name of a stone

_NUMBER = r"\$?(?:\d[\d,']*(?:\.\d+)?|\.\d+)(?:k|m)?\$?"
AMOUNT = re.compile(
    rf"(?P<sign>>=?|<=?)?(?P<low>{_NUMBER})(?:-(?P<high>{_NUMBER}))?(?P<unit>ct|%|mm)?(?P<more>\+|-)?"
)
_BEHIND = ("ppc", "total", "ct")  # what always stands behind its amount, whatever follows
_DAYS = re.compile(r"(last|past|within|since|listed|confirmed) (\d{1,3}) days?")


def days(reading: Reading) -> int:
    """Within how many days a stone was listed, or confirmed: last 7 days, confirmed 2 days."""
    if found := _DAYS.fullmatch(reading.window(3)):
        reading.say("confirmed" if found[1] == "confirmed" else "days", int(found[2]))
        return 3
    return 0


def named_amount(reading: Reading) -> int:
    """A measure's name before its amount: table 57-60, price <8000, ratio 1.3-1.4."""
    for length in (2, 1):
        name = words.MEASURE_NAMES.get(reading.window(length))
        amount = AMOUNT.fullmatch(reading.word(length)) if name else None
        if name and amount and (span := span_of(amount, name)):
            is_per_carat = reading.word(length + 1) == "ppc"
            is_budget = reading.word() == "budget" and span.low == span.high
            reading.say("ppc" if is_per_carat else name, (Range(high=span.high) if is_budget else span,))
            return length + 1 + is_per_carat
    return 0


def amount(reading: Reading) -> int:
    """A number or a range, with what it is of behind it or told by its size."""
    found = AMOUNT.fullmatch(reading.word())
    if not found:
        return 0
    for length in (2, 1):
        name = words.MEASURE_NAMES.get(reading.window(length, 1))
        is_behind = name in _BEHIND or not AMOUNT.fullmatch(reading.word(1 + length))
        if name and is_behind and (span := span_of(found, name)):
            reading.say(name, (span,))
            return 1 + length
    name = _kind(found)
    if name and (span := span_of(found, name)):
        reading.say(name, (span,))
        return 1
    return 0


def span_of(found: "re.Match[str]", name: str) -> Range | None:
    """The range that the amount says of the measure."""
    measure = MEASURES[name]
    if measure is not Measure.DOLLARS and "$" in found[0]:
        return None
    low, high = (_units(found[end], measure) if found[end] else None for end in ("low", "high"))
    if low is None or (found["high"] and high is None):
        return None
    if high is not None:
        return Range(low, high) if low <= high else None
    if found["sign"]:
        return Range(high=low) if found["sign"].startswith("<") else Range(low=low)
    if found["more"] == "+":
        return Range(low=low)
    return _sized(found["low"], low) if name == "ct" else Range(low, low)


def _kind(found: "re.Match[str]") -> str:
    """What a number is of that does not say so."""
    given = [text for text in (found["low"], found["high"]) if text]
    if any("$" in text or text[-1] in "km" for text in given):
        return "total"
    if found["unit"]:
        return {"ct": "ct", "%": "", "mm": "length"}[found["unit"]]
    if all(_plain(text) < HEAVIEST for text in given):
        return "ct"
    is_span = found["sign"] or found["high"] or found["more"]
    return "total" if is_span else ""


def _plain(text: str) -> float:
    return float(text.strip("$km").replace(",", "").replace("'", ""))


def _units(text: str, measure: Measure) -> int | None:
    bare = text.strip("$")
    million = bare.endswith("m")
    span = measure.range_of(bare.removesuffix("m"))
    return None if span is None else span.low * (1_000_000 if million else 1)


def _sized(typed: str, low: int) -> Range:
    """A weight of two decimals is that weight, one of fewer the size that begins there: 1 is 1.00–1.49."""
    decimals = len(typed.partition(".")[2])
    if decimals >= 2:
        return Range(low, low)
    size = next((band for band in BANDS["ct"] if band.low == low and band.high < HIGHEST), None)
    return size or Range(low, low + (9 if decimals else 99))
