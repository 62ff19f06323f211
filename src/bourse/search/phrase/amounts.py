"""Numbers and ranges in a phrase: what they are of, by the word beside them or by their size."""

import re

from bourse.search.measures import HIGHEST, Measure, Range
from bourse.search.phrase import doubts, words
from bourse.search.phrase.doubts import Doubt
from bourse.search.phrase.reading import Counted, Reading
from bourse.search.scales import BANDS, MEASURES

HEAVIEST = 100  # a bare number below is a weight, one above a price or the name of a stone
LONGEST_NAME = 3  # words

_NUMBER = r"\$?(?:\d[\d,']*(?:\.\d+)?|\.\d+)(?:k|m)?\$?"
AMOUNT = re.compile(
    rf"(?P<sign>>=?|<=?)?(?P<low>{_NUMBER})(?:-(?P<high>{_NUMBER}))?(?P<unit>ct|%|mm)?(?P<more>[+↓⤓-])?"
)
_BEHIND = ("ppc", "total", "ct")  # what always stands behind its amount, whatever follows
_SURE_OF_TOTAL = frozenset(
    {
        "total",
        "tot",
        "altogether",
        "budget",
        "total price",
        "price total",
        "asking price total",
        "total amount",
    }
)
_DAYS = re.compile(r"(?:last|past|since|listed|(confirmed))(?: (?:within|in|last|past))? (\d{1,3}) days?")
_OTHER_UNITS = frozenset(
    {"day", "days", "week", "weeks", "month", "months", "hour", "hours", "year", "years"}
)
_ABOUT = frozenset({"about", "around", "approx", "approximately", "circa", "roughly", "~"})
_PIECES = frozenset({"pcs", "pieces", "piece", "stones", "pairs", "diamonds", "nos"})


def days(reading: Reading) -> int:
    """Within how many days a stone was listed, or confirmed: last 7 days, confirmed 2 days."""
    for length in (4, 3):
        if found := _DAYS.fullmatch(reading.window(length)):
            reading.say("confirmed" if found[1] else "days", int(found[2]))
            return length
    return 0


def named_amount(reading: Reading) -> int:
    """A measure's name before its amount: table 57-60, price <8000, ratio 1.3-1.4."""
    for length in range(LONGEST_NAME, 0, -1):
        name = words.MEASURE_NAMES.get(reading.window(length))
        amount = AMOUNT.fullmatch(reading.word(length)) if name else None
        if name and amount and (span := span_of(amount, name)):
            return _say_named(reading, name, span, length)
    return 0


def amount(reading: Reading) -> int:
    """A number or a range, with what it is of behind it or told by its size."""
    found = AMOUNT.fullmatch(reading.word())
    if not found:
        return 0
    if found[0].isdigit() and reading.word(1) in _OTHER_UNITS:
        return reading.leave(2, doubts.UNIT)
    if found[0].isdigit() and found[0][:2] in ("00", "01"):
        return reading.leave(1, doubts.WHAT_NUMBER)
    if found["high"] and _is_backwards(found):
        return reading.leave(1, doubts.BACKWARDS)
    return _named_behind(reading, found) or _counted(reading, found) or _by_size(reading, found)


def around(reading: Reading) -> int:
    """A number that somebody says to be a rough one: about 1.5 ct."""
    if reading.word() in _ABOUT and AMOUNT.fullmatch(reading.word(1)):
        return reading.leave(2, doubts.ABOUT)
    is_rough = reading.word()[:1] == "~" and AMOUNT.fullmatch(reading.word()[1:])
    return reading.leave(1, doubts.ABOUT) if is_rough else 0


def settle_counted(reading: Reading) -> None:
    """A whole number before a shape is a weight where the phrase names no other, else how many."""
    names_a_weight = "ct" in reading.parts
    for typed, weight in reading.counted:
        reading.doubts.append(Doubt(typed, doubts.COUNT if names_a_weight else doubts.SIZE))
        if not names_a_weight:
            reading.say("ct", (weight,))


def span_of(found: "re.Match[str]", name: str) -> Range | None:
    """The range that the amount says of the measure."""
    measure = MEASURES[name]
    if measure is not Measure.DOLLARS and "$" in found[0]:
        return None
    low, high = (_units(text, measure) if text else None for text in _ends(found))
    if low is None or (found["high"] and high is None):
        return None
    if high is not None:
        return Range(low, high) if low <= high else None
    if found["sign"]:
        return Range(high=low) if found["sign"].startswith("<") else Range(low=low)
    if found["more"] in ("+", "↓", "⤓"):
        return Range(low=low) if found["more"] == "+" else Range(high=low)
    return _sized(found["low"], low) if name == "ct" else Range(low, low)


def is_size(found: "re.Match[str]") -> bool:
    """Whether the weight stands for a size: one alone, without its hundredths."""
    is_alone = not (found["sign"] or found["high"] or found["more"])
    return is_alone and len(found["low"].partition(".")[2]) < 2


def _say_named(reading: Reading, name: str, span: Range, length: int) -> int:
    """What the amount says whose name stands before it, and how many words that is."""
    is_per_carat = reading.word(length + 1) == "ppc"
    is_total = name == "total" and reading.word(length + 1) in _SURE_OF_TOTAL
    is_budget = reading.word() == "budget" and span.low == span.high
    said = "ppc" if is_per_carat else name
    is_sure = is_total or reading.window(length) in _SURE_OF_TOTAL
    taken = length + 1 + (is_per_carat or is_total)
    _say(reading, said, Range(high=span.high) if is_budget else span, taken, is_sure=is_sure)
    if name == "ct" and (found := AMOUNT.fullmatch(reading.word(length))) and is_size(found):
        reading.doubt(doubts.SIZE, taken)
    return taken


def _named_behind(reading: Reading, found: "re.Match[str]") -> int:
    """The measure's name behind its amount: 5000 ppc, 61-62 depth."""
    for length in range(LONGEST_NAME, 0, -1):
        name = words.MEASURE_NAMES.get(reading.window(length, 1))
        has_another = AMOUNT.fullmatch(reading.word(1 + length)) is not None
        is_behind = not has_another or (name in _BEHIND and not (name == "total" and _is_small(found)))
        if name and is_behind and (span := span_of(found, name)):
            _say(reading, name, span, 1 + length, is_sure=reading.window(length, 1) in _SURE_OF_TOTAL)
            if name == "ct" and is_size(found):
                reading.doubt(doubts.SIZE, 1 + length)
            return 1 + length
    return 0


def _is_small(found: "re.Match[str]") -> bool:
    """Whether the number may as well be a weight: 1.51 total 11k."""
    return not found["unit"] and _kind(found) == "ct"


def _say(reading: Reading, name: str, span: Range, taken: int, *, is_sure: bool = False) -> None:
    """Say the range; ask where a price may be per carat, or a second range not joined to the first."""
    before = reading.parts.get(name, ())
    is_joined = reading.word(-1) in words.JOINERS
    if before and not is_joined and (both := _between(before[-1], span)):
        reading.parts[name] = (*before[:-1], both)
    else:
        if before and not is_joined:
            reading.doubt(doubts.EITHER, taken)
        reading.say(name, (span,))
    if name == "total" and not is_sure:
        reading.doubt(doubts.TOTAL_OR_PER_CARAT, taken)


def _between(first: Range, second: Range) -> Range | None:
    """Two ranges that are each open at another end, as one: over 2, under 3."""
    low, high = max(first.low, second.low), min(first.high, second.high)
    is_pair = {first.low, second.low} == {0, low} and {first.high, second.high} == {high, HIGHEST}
    return Range(low, high) if is_pair and 0 < low <= high else None


def _counted(reading: Reading, found: "re.Match[str]") -> int:
    """A whole number before a shape, which may say how many; before "pcs" it does."""
    if not found[0].isdigit() or len(found[0]) > 2 or not int(found[0]):
        return 0
    follows = reading.word(1)
    if follows in _PIECES:
        reading.doubt(doubts.COUNT, 2)
        return 1 + (follows != "pairs")
    if "shape" not in words.phrases().get(follows, {}):
        return 0
    weight = span_of(found, "ct")
    reading.counted += [Counted(reading.as_typed(2), weight)] if weight else []
    return 1


def _by_size(reading: Reading, found: "re.Match[str]") -> int:
    """What a number is of that does not say so."""
    name = _kind(found)
    span = span_of(found, name) if name else None
    if not span:
        return 0
    _say(reading, name, span, 1)
    if name == "ct" and is_size(found):
        reading.doubt(doubts.SIZE, 1)
    return 1


def _kind(found: "re.Match[str]") -> str:
    given = [text for text in (found["low"], found["high"]) if text]
    if any("$" in text or text[-1] in "km" for text in given):
        return "total"
    if found["unit"]:
        return {"ct": "ct", "%": "", "mm": "length"}[found["unit"]]
    if all(_plain(text) < HEAVIEST for text in given):
        return "ct"
    is_span = found["sign"] or found["high"] or found["more"]
    return "total" if is_span else ""


def _ends(found: "re.Match[str]") -> tuple[str, str]:
    """Both ends as typed; in 5-6k the thousand is said once for both."""
    low, high = found["low"], found["high"] or ""
    is_once = high.endswith("k") and low[-1].isdigit() and _plain(low) < _plain(high)
    return (f"{low}k" if is_once else low), high


def _is_backwards(found: "re.Match[str]") -> bool:
    low, high = _ends(found)
    return _worth(low) > _worth(high)


def _worth(text: str) -> float:
    return _plain(text) * (1_000 if "k" in text else 1_000_000 if "m" in text else 1)


def _plain(text: str) -> float:
    return float(text.strip("$km").replace(",", "").replace("'", ""))


def _units(text: str, measure: Measure) -> int | None:
    plain = text.strip("$")
    million = plain.endswith("m")
    span = measure.range_of(plain.removesuffix("m"))
    return None if span is None else span.low * (1_000_000 if million else 1)


def _sized(typed: str, low: int) -> Range:
    """A weight of two decimals is that weight, one of fewer the size that begins there: 1 is 1.00–1.49."""
    decimals = len(typed.partition(".")[2])
    if decimals >= 2:
        return Range(low, low)
    size = next((band for band in BANDS["ct"] if band.low == low and band.high < HIGHEST), None)
    return size or Range(low, low + (9 if decimals else 99))
