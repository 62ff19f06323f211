"""From the text in the box to its words: signs made one, numbers, ranges and their units drawn together."""

import re
import unicodedata
from collections.abc import Sequence

from bourse.dialects.dictionary import fold
from bourse.search.phrase import words
from bourse.vocabulary import Laboratory

LABORATORIES = frozenset(fold(lab.value) for lab in Laboratory)
NUMBER_OF = "number-of-"  # how "stock no." stands among the words: a number of a stone follows

_NAMES = "|".join(sorted(map(re.escape, LABORATORIES), key=len, reverse=True))
_OF_A_LABORATORY = re.compile(rf"(?:{_NAMES})(?::(?=.)|[#-]?(?=\d{{6}}))", re.IGNORECASE)
_BREAK = re.compile(r"[\s,;|]+")
_AHEAD = r"\s+(?=[$\d.])"
_MONEY = r"(?:eur|euros?|gbp|pounds?|inr|rupees?|rs|aed|ils|hkd|chf|rmb|cny|jpy|yen|zar)"

_WHOSE = r"(?:supplier|vendor|seller|grading|my|our)(?:'?s)?"
_NUMBER = r"\s*(?:#|(?:no|nr|num|number)s?\b)[.:]?"
_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_ONE_GRADE = r"(?:very good|good|vg|gd|ex|excellent|vvs[12]?|vs[12]?|si[123]?|[d-m])"

_SIGNS: Sequence[tuple[str, str]] = (
    (r"[–—−…]", "-"),
    (r"[’‘]", "'"),
    (r"\bi(?:'m| am)?(?=\s+(?:need|want|look|would|search|buy|don't|do))", " "),
    (r"[“”\"()\[\]]", " "),
    (r"(?<=\d),(?=\d{1,2}(?!\d))", "."),
    (r"(?<![\d.,])(\d{1,3}) (?=\d[05]0(?![\d.,]))", r"\1,"),
    (rf"\b(?:{_WHOSE}\s+)?(report|cert)(?:ificate)?s?{_NUMBER}(?=\s*\S*\d)", rf" {NUMBER_OF}\1 "),
    (rf"\b(?:{_WHOSE}\s+)?(stock|ref|item)(?:erence)?s?{_NUMBER}(?=\s*\S*\d)", rf" {NUMBER_OF}stock "),
    *((rf"\b{word}\s+(?=ct\b|carat)", f"{number} ") for number, word in enumerate(_COUNTED, 1)),
    (r"\bLG\s+(?=\d{6})", "LG"),
    (r"(?<=\d)\s*[×*]\s*(?=\d)", "x"),
    (r"(?<=\d) x (?=\d)", "x"),
    (r"(?<=\d)(pointers?|grainers?|pts?|pcs|pieces)\b", r" \1"),
    (r"(?:(?<=\.\d)|(?<=\.\d\d)|(?<=[a-z]\d))\s+-(?=\d{2}(?:\.\d+)?(?:%|\s|$))", " ,-"),  # 1.01 -25: no range
    (r"\s{2,}", " "),  # what follows looks for spaces from every one of them on
)
_NEGATIONS: Sequence[tuple[str, str]] = (
    (rf"\b(?:not|no)\s+(?:over|above|exceeding|(?:more|greater)(?:\s+than)?){_AHEAD}", "<"),
    (rf"\b(?:not|no)\s+(?:under|below|(?:less|fewer)(?:\s+than)?){_AHEAD}", ">"),
    (r"\bw/o\b", "without"),
    (r"\b(?:all|any|every|everything)(?:\s+[a-z]{1,12})?\s+but\b", "except"),
    (r"\bnon-(?=[a-z])(?!faint)", "non "),
    (r"(?<!\S)(\S+)\s+(?:is\s+|are\s+)?(?:excluded|excepted)\b", r"excluding \1"),
    (r"(?<!\S)!(?=\w)", "not "),
)
_SPANS: Sequence[tuple[str, str]] = (
    (r"\b(?:or better|and better|or above|and above|and up|or higher|or more|and over|or over)\b", "+"),
    (r"(?<=\d)\s*(?:cts?|carats?)\s+(?:up|plus|upwards?)\b(?!\s+to\b)", "ct+"),
    (r"(?<=[\dkm])\s+(?:up|plus|upwards?)\b(?!\s+to\b)", "+"),
    (r"\s*\b(?:or|and) (?:worse|darker|down)\b", "↓"),
    (r"\s*\b(?:or|and) (?:lower|below|under|less)\b(?!\s*[$\d.]| than)", "⤓"),
    (r"\s*& (?:up|above|better)\b", "+"),
    (r"\s+\+", "+"),
    (r"\b(?:between|from)\s+(?=[$\d.])([$\d.,k]+)\s*(?:and|to|-)\s*(?=[$\d.])", r"\1-"),
    (r"(?<=[\dk])\s*(?:cts?|carats?)\b\.?", "ct"),
    (r"(?<=\d)\s*(?:mm)\b", "mm"),
    (r"(?<=\d)\s+%", "%"),
    (r"(?:(?<=\d)|(?<=\dct))\s+up\s*to\s+(?=\d?\d?(?:\.\d+)?(?![\dk.]))", "-"),
    (r"(?:(?<=[\dk%])|(?<=\dct))\s*(?:-|\bto\b)\s*(?=[$\d.])", "-"),
    (r"(?<=\d)ct-(?=[\d.]+ct)", "-"),
    (r"(?<=\d)%-(?=\d)", "-"),
    (rf"\b(?:under|below|less than|max|maximum|up to|upto|at most|not over){_AHEAD}", "<"),
    (rf"\b(?:over|above|more than|min|minimum|at least|from|starting){_AHEAD}", ">"),
    (r"\b(?:under|below|less than|lower than|better than)\s+(?=-\d)", "<"),
    (r"\bbetter than\s+(?=\d)", ">"),
    (r"\b(rap|disc|back)-(?=\d)", r"\1 -"),
    (r"(?<=[a-z])(?=[<>]=?\s*\d)", " "),
    (r"\b(?:over|above|more than)\s+(?=-\d)", ">"),
    (r"(?<=[<>=])\s+", ""),
    (r"≤", "<"),
    (r"≥", ">"),
)
_AMOUNTS: Sequence[tuple[str, str]] = (
    (r"\$\s+(?=\d)", "$"),
    (r"(?<=[\dk])\s*(?:/\s*ct|\bper ct|\bper carat)\s*(?:-|\bto\b)\s*(?=\$?\d)", "-"),
    (
        r"(?<!half)(?<!half )(?<!of)(?<!of )"
        r"\s*(?:\$\s*/\s*ct|/\s*ct|/\s*carat|\$/cts?|usd/ct|\bper carat|\bper ct|\bp/c|\bpc\b|\ba carat)\b",
        " ppc",
    ),
    (r"\b(?:us|usd)\s*\$(?=\d)", "$"),
    (r"(?<=\d)\s*(?:thousand|grand)\b", "k"),
    (r"(?<=\d)\s*(?:million|mio|mln)\b", "m"),
    (r"(?<=\$)([\d.,']+)\s+([km])\b", r"\1\2"),
    (r"(?<!\S)(\$?\d[\d.,'k]*\$?(?:ct)?(?: ppc| total)?)\s+max(?:imum)?\b(?!\s*[$\d.])", r"<\1"),
    (r"(?<!\S)(\$?\d[\d.,k]*\$?(?:ct)?(?: ppc| total)?)\s+min(?:imum)?\b(?!\s*[$\d.])", r">\1"),
    (r"(?<=[\dkm])\s*usd\b(?!\s*[/\d])", "$"),
    # In small letters: "under 1 K" is a colour.
    (r"(?-i:(?<=[<>])(\d[\d.,']*)\s+k\b)", r"\1k"),
    (r"(?<=[\dkm])\s*(?:us)?\$(?!\s*\d)", "$"),
    # Of other money nothing is known here: such an amount is told, never taken for a weight.
    (rf"(?<=[\dkm])\s*(?:{_MONEY}\b|[€£₹¥])", "€"),
    (rf"(?:\b{_MONEY}|[€£₹¥])\s*(?=\d)", "€"),
)
_GRADES: Sequence[tuple[str, str]] = (
    (rf"\bbetween\s+({_ONE_GRADE})\s+and\s+({_ONE_GRADE})(?!\S)", r"\1-\2"),
    (r"\b([d-z])\s*(?:-|to|through)\s*([d-z])\b(?![.+↓⤓])", r"\1-\2"),
    (r"\b((?:vvs|vs|si|if|fl|i)[123]?)\s*(?:-|\bto\b)\s*((?:vvs|vs|si|i|if)[123]?)\b", r"\1-\2"),
    (rf"\b(?:min|minimum|at least)\s+({_ONE_GRADE})(?!\S)", r"\1+"),
    (r"(?<!\S)([a-z.]+)\s+(cut|polish|symmetry|colour|color|clarity|make|finish)([+↓⤓])", r"\1\3 \2"),
    (r"\bl\s*:\s*w\b", "l/w"),
    (r"(?<=[a-z])\s*[:=]\s*", " "),
    (r"\bv\s+(?=good\b)", "very "),
    (r"(?<!\S)-(?=[a-z]{2})", "not "),
)
_TIDY = [
    (re.compile(pattern, re.IGNORECASE), put)
    for several in (_SIGNS, _NEGATIONS, _SPANS, _AMOUNTS, _GRADES)
    for pattern, put in several
]
_STROKES = re.compile(
    rf"(?<!\S)(?:{'|'.join(map(re.escape, words.NEGATIONS))})\s+(?:(?:a|any|the)\s+)?[a-z]\S*/\S+",
    re.IGNORECASE,
)


def split(text: str) -> list[str]:
    """The words as they were typed, with numbers, ranges and their units drawn together."""
    plain = unicodedata.normalize("NFKC", text)
    # What was typed keeps its capitals only where a name of a stone does: everything else is read folded.
    plain = " ".join(re.split(r"[\s;|]+", plain))
    for pattern, put in _TIDY:
        plain = pattern.sub(put, plain)
    plain = _STROKES.sub(lambda found: found[0].replace("/", " or "), plain)
    found = re.split(r"\s+|,(?!\d{3}\b)|(?<!\d),", plain)
    return [part for word in found for part in _parts(_without_stops(word.strip(","))) if part]


def numbers_in(text: str) -> list[str]:
    """The numbers of a pasted list, each once; a laboratory's name before a number is tolerated."""
    found = [bare(word) for word in _BREAK.split(text) if any(map(str.isalnum, word))]
    numbers = [word for word in found if fold(word).rstrip(":#") not in LABORATORIES]
    return list(dict.fromkeys(numbers or found))


def bare(word: str) -> str:
    """A number without the laboratory's name that is joined to it: "GIA:2141438171"."""
    return _OF_A_LABORATORY.sub("", word)


def _without_stops(word: str) -> str:
    """Without the full stop behind it, but where it tells one short word from another."""
    return word if word.casefold() == words.EXCLUDING else word.rstrip(".?!")


def _parts(word: str) -> list[str]:
    """Grades with a stroke between them are several words; a stock number with one is one."""
    if _is_of_makes(parts := word.split("-")):
        return parts
    if "/" not in word or word.casefold() in words.MEASURE_NAMES or re.search(r"\d{3,}|\d/\d", word):
        return [word]
    return word.split("/")


def _is_of_makes(parts: Sequence[str]) -> bool:
    return len(parts) > 2 and all(words.makes(fold(part)) for part in parts)
