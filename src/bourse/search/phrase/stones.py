"""The numbers of stones: of reports, and those that suppliers give."""

import re

from bourse.search.phrase import doubts
from bourse.search.phrase.amounts import AMOUNT
from bourse.search.phrase.reading import Reading
from bourse.search.phrase.splitting import LABORATORIES, NUMBER_OF, bare
from bourse.search.scales import CHOICES

_MONEY = frozenset("$€")
_NAMES = {"report": "report", "cert": "report", "certificate": "report", "stock": "stock", "ref": "stock"}
_JOINERS = frozenset({"or", "and", "&"})
_OF_A_REPORT = re.compile(r"(?:LG|LGAN|[A-Z]\d[A-Z]|US)?\d{6,14}", re.IGNORECASE)
_NAMED = re.compile(r"(?=.*\d)[\w./#-]{2,40}")
_LONG = re.compile(r"\d{6}")
_BARE = re.compile(r"\d{3,}")
_LIKE_A_GRADE = re.compile(
    r"(?:fl|if|vvs|vs|si|i|p|ex|vg|g|ct|x|bt|bc)[.-]?\d{0,2}(?:[.-]\d)?", re.IGNORECASE
)
_SPAN = re.compile(r"\d+\.\d+/\d+\.\d+")
MOST_DASHES = 4
SHORTEST_REPORT = 6  # digits; of a shorter number it is not told what it is


def is_of_a_report(number: str) -> bool:
    """Whether the number looks like a laboratory's."""
    return _OF_A_REPORT.fullmatch(number) is not None


def named_numbers(reading: Reading) -> int:
    """Numbers behind the word that says whose they are: stock no A-12, B-13; cert 2141438171."""
    kind, is_marked = _kind(reading.word())
    if not kind:
        return 0
    count = 1
    while _is_number(reading, count, is_marked=is_marked):
        number = bare(reading.as_typed(1, count))
        reading.say("number", (number,))
        reading.kinds[number] = kind
        count += 1
        count += reading.word(count) in _JOINERS and _is_number(reading, count + 1, is_marked=is_marked)
    return count if count > 1 else 0


def number_of_an_exchange(reading: Reading) -> int:
    """The number that another exchange gave a stone, which nobody knows here: IDEX id 24500123."""
    for length in (1, 2):
        if reading.word(length - 1) in ("id", "ids") and reading.word(length).isdigit():
            return reading.leave(length + 1, doubts.WHAT_NUMBER)
    return 0


def name_of_a_stone(reading: Reading) -> int:
    """A report or stock number: it has figures in it, and nothing else took it."""
    word = bare(reading.typed[reading.at])
    if not any(map(str.isdigit, word)) or not _MONEY.isdisjoint(word):
        return 0
    if word.isdigit() and len(word) < SHORTEST_REPORT:
        return reading.leave(1, doubts.WHAT_NUMBER)
    if _SPAN.fullmatch(word):
        return reading.leave(1, doubts.WHAT_NUMBER)
    if not word.isdigit() and (AMOUNT.fullmatch(reading.word()) or not _is_a_name(word)):
        return 0
    if reading.word(-1).rstrip(":#") in LABORATORIES:
        _unsay_laboratory(reading)
    reading.say("number", (word,))
    return 1


def _kind(word: str) -> tuple[str, bool]:
    """Whose numbers follow the word, and whether it says that numbers do: "stock no" against "stock"."""
    if word.startswith(NUMBER_OF):
        return _NAMES[word.removeprefix(NUMBER_OF)], True
    return _NAMES.get(word, ""), False


def _is_number(reading: Reading, ahead: int, *, is_marked: bool) -> bool:
    word = bare(reading.as_typed(1, ahead))
    return bool(_NAMED.fullmatch(word) if is_marked and "." not in word else _BARE.fullmatch(word))


def _is_a_name(word: str) -> bool:
    """Whether a word of figures and other signs is a name: not a date, not a grade that there is none of."""
    if (
        _LIKE_A_GRADE.fullmatch(word)
        or not _NAMED.fullmatch(word)
        or "." in word
        or word.count("-") > MOST_DASHES
    ):
        return False
    digits = sum(map(str.isdigit, word))
    has_letters = any(map(str.isalpha, word))
    return bool(_LONG.search(word)) or (has_letters and (digits > 1 or "-" in word or "/" in word))


def _unsay_laboratory(reading: Reading) -> None:
    """A laboratory's name before a number is that of the report, not a wish."""
    named = CHOICES["lab"].read(reading.word(-1).rstrip(":#"))
    kept = tuple(lab for lab in reading.parts.get("lab", ()) if lab not in named)
    if kept:
        reading.parts["lab"] = kept
    else:
        reading.parts.pop("lab", None)
