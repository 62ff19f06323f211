"""Reads what somebody typed into the one box: "1.0-1.2 G VS GIA EX none", "rd 1ct+ D-F 3x", pasted numbers.

Words are taken from left to right, the longest phrase first. What is not understood is told, never guessed:
the filter that comes out is shown in words beside it.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bourse.dialects.dictionary import fold, standard
from bourse.search import phrase_words as words
from bourse.search.choice import Values
from bourse.search.measures import HIGHEST, Measure, Range
from bourse.search.scales import BANDS, CHOICES, FANCY, MEASURES
from bourse.vocabulary import (
    Colour,
    FancyColour,
    FancyIntensity,
    FancyOvertone,
    FluorescenceColour,
    Laboratory,
)
from bourse.vocabulary import Shape as Shapes

LONGEST = 20_000
LONGEST_PHRASE = 4  # words
HEAVIEST = 100  # a bare number below is a weight, one above a price or the name of a stone

_BREAK = re.compile(r"[\s,;|]+")
_LABORATORIES = frozenset(fold(lab.value) for lab in Laboratory)
_WHITE = "DEFGHIJKLMNOPQRSTUVWXYZ"
_GRADE = r"(?:FL|IF|VVS[12]?|VS[12]?|SI[123]?|I[123])"
_CLARITY = re.compile(rf"{_GRADE}\+?|{_GRADE}-(?:{_GRADE}|[123])", re.IGNORECASE)
_JOINED = re.compile(rf"([D-Z](?:-[D-Z])?)[-/]?({_GRADE}\+?)", re.IGNORECASE)
_NUMBER = r"\$?(?:\d[\d,']*(?:\.\d+)?|\.\d+)(?:k|m)?"
_AMOUNT = re.compile(
    rf"(?P<sign>>=?|<=?)?(?P<low>{_NUMBER})(?:-(?P<high>{_NUMBER}))?(?P<unit>ct|%|mm)?(?P<more>\+|-)?"
)
_WEIGHED = re.compile(r"(?P<weight>(?:\d+(?:\.\d+)?|\.\d+)(?:ct)?)(?P<rest>[a-z].*)")
_BEHIND = ("ppc", "total", "ct")  # what always stands behind its amount, whatever follows
_DAYS = re.compile(r"(?:last|past|within|since|listed) (\d{1,3}) days?")

_TIDIED: Sequence[tuple[str, str]] = (
    (r"[–—−…]", "-"),
    (r"\bi(?:'m| am)?(?=\s+(?:need|want|look|would|search|buy))", " "),
    (r"[“”\"()\[\]]", " "),
    (r"(?<=\d),(?=\d{1,2}(?!\d))", "."),
    (r"\b(?:or better|and better|or above|and above|and up|or higher|& up)\b", "+"),
    (r"\s+\+", "+"),
    (r"\b(?:between|from)\s+(?=[$\d.])([$\d.,k]+)\s*(?:and|to|-)\s*(?=[$\d.])", r"\1-"),
    (r"(?<=[\dk])\s*(?:cts?|carats?)\b\.?", "ct"),
    (r"(?<=\d)\s*(?:mm)\b", "mm"),
    (r"(?<=\d)\s+%", "%"),
    (r"(?<=[\dkt%])\s*(?:-|\bto\b)\s*(?=[$\d.])", "-"),
    (r"(?<=\d)ct-(?=[\d.]+ct)", "-"),
    (r"(?<=\d)%-(?=\d)", "-"),
    (r"\b(?:under|below|less than|max|maximum|up to|upto|at most|not over)\s+(?=[$\d.])", "<"),
    (r"\b(?:over|above|more than|min|minimum|at least|from|starting)\s+(?=[$\d.])", ">"),
    (r"(?<=[<>=])\s+", ""),
    (r"≤", "<"),
    (r"≥", ">"),
    (r"\$\s+(?=\d)", "$"),
    (
        r"\s*(?:\$\s*/\s*ct|/\s*ct|/\s*carat|\$/cts?|usd/ct|\bper carat|\bper ct|\bp/c|\bpc\b|\ba carat)\b",
        " ppc",
    ),
    (r"\b([d-z])\s*(?:-|to|through)\s*([d-z])\b(?!\.)", r"\1-\2"),
    (r"\b((?:vvs|vs|si|if|fl|i)[123]?)\s*(?:-|\bto\b)\s*((?:vvs|vs|si|i|if)[123]?)\b", r"\1-\2"),
    (r"(?<=[a-z])\s*[:=]\s*", " "),
)
_TIDY = [(re.compile(pattern, re.IGNORECASE), put) for pattern, put in _TIDIED]


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a phrase says, by the filter's parameters, and the words that say nothing to us."""

    parts: dict[str, Any] = field(default_factory=dict)
    not_understood: list[str] = field(default_factory=list)


def read(text: str) -> Phrase:
    """What the phrase says."""
    reader = _Reader(_split(text[:LONGEST]))
    reader.run()
    return Phrase(reader.parts, reader.left)


def numbers_in(text: str) -> list[str]:
    """The numbers of a pasted list, each once; a laboratory's name before a number is tolerated."""
    found = [_bare(word) for word in _BREAK.split(text) if any(map(str.isalnum, word))]
    numbers = [word for word in found if fold(word).rstrip(":#") not in _LABORATORIES]
    return list(dict.fromkeys(numbers or found))


def _bare(word: str) -> str:
    """A number without the laboratory's name that is joined to it: "GIA:2141438171"."""
    name, sign, number = word.partition(":")
    return number if sign and number and fold(name) in _LABORATORIES else word


def _split(text: str) -> list[str]:
    """The words as they were typed, with numbers, ranges and their units drawn together."""
    plain = unicodedata.normalize("NFKC", text)
    # What was typed keeps its capitals only where a name of a stone does: everything else is read folded.
    plain = " ".join(re.split(r"[\s;|]+", plain))
    for pattern, put in _TIDY:
        plain = pattern.sub(put, plain)
    found = re.split(r"\s+|,(?!\d{3}\b)|(?<!\d),", plain)
    return [part for word in found for part in _parts(word.strip(",").rstrip(".")) if part]


def _parts(word: str) -> list[str]:
    """Grades with a stroke between them are several words; a stock number with one is one."""
    if "/" not in word or word.casefold() in words.MEASURE_NAMES or re.search(r"\d{3,}", word):
        return [word]
    return word.split("/")


class _Reader:
    """Walks over the words; each rule says how many it took."""

    def __init__(self, typed: list[str]) -> None:
        self.typed = typed
        self.folded = [fold(word) for word in typed]
        self.at = 0
        self.parts: dict[str, Any] = {}
        self.left: list[str] = []
        self.grades: list[Values] = []
        self.rules: Sequence[Callable[[], int]] = (
            self._days,
            self._named_grade,
            self._named_amount,
            self._fancy,
            self._glowing,
            self._clarity,
            self._phrase,
            self._amount,
            self._make,
            self._colour,
            self._weighed,
            self._name_of_a_stone,
            self._nothing,
        )

    def run(self) -> None:
        """Read all words."""
        while self.at < len(self.typed):
            taken = next((taken for rule in self.rules if (taken := rule())), 0)
            if not taken:
                self.left.append(self.typed[self.at])
            self.at += taken or 1
        self._settle_makes()

    def _window(self, length: int) -> str:
        return " ".join(self.folded[self.at : self.at + length])

    def _word(self, ahead: int = 0) -> str:
        place = self.at + ahead
        return self.folded[place] if place < len(self.folded) else ""

    def _say(self, name: str, value: Any) -> None:
        """Several values of one facet are alternatives; of anything else the last word counts."""
        before = self.parts.get(name)
        if isinstance(value, tuple) and isinstance(before, tuple):
            value = tuple(dict.fromkeys((*before, *value)))
        self.parts[name] = value

    def _days(self) -> int:
        if found := _DAYS.fullmatch(self._window(3)):
            self._say("days", int(found[1]))
            return 3
        return 0

    def _named_grade(self) -> int:
        """A facet's name and its value, in either order: cut ex, vg polish, milky none, medium girdle."""
        for length in (2, 1):
            name = words.FACET_NAMES.get(self._word())
            if name and self._grade(name, " ".join(self.folded[self.at + 1 : self.at + 1 + length])):
                return 1 + length
            name = words.FACET_NAMES.get(self._word(length))
            if name and self._grade(name, self._window(length)):
                return 1 + length
        return 0

    def _grade(self, name: str, text: str) -> bool:
        if not text or text in words.FACET_NAMES:
            return False
        if name in ("cut", "polish", "symmetry", "make", "finish"):
            values = words.makes(text)
            names: Sequence[str] = {"make": words.MAKES, "finish": words.FINISH}.get(name, (name,))
        elif name == "girdle":
            values, names = CHOICES["girdle_min"].read(text), ("girdle_min", "girdle_max")
        else:
            values, names = CHOICES[name].read(text), (name,)
        for one in names if values else ():
            self._say(one, values)
        return bool(values)

    def _named_amount(self) -> int:
        """A measure's name before its amount: table 57-60, price <8000, ratio 1.3-1.4."""
        for length in (2, 1):
            name = words.MEASURE_NAMES.get(self._window(length))
            amount = _AMOUNT.fullmatch(self._word(length)) if name else None
            if name and amount and (span := _span(amount, name)):
                is_per_carat = self._word(length + 1) == "ppc"
                is_budget = self._word() == "budget" and span.low == span.high
                self._say("ppc" if is_per_carat else name, (Range(high=span.high) if is_budget else span,))
                return length + 1 + is_per_carat
        return 0

    def _amount(self) -> int:
        """A number or a range, with what it is of behind it or told by its size."""
        found = _AMOUNT.fullmatch(self._word())
        if not found:
            return 0
        for length in (2, 1):
            name = words.MEASURE_NAMES.get(" ".join(self.folded[self.at + 1 : self.at + 1 + length]))
            is_behind = name in _BEHIND or not _AMOUNT.fullmatch(self._word(1 + length))
            if name and is_behind and (span := _span(found, name)):
                self._say(name, (span,))
                return 1 + length
        name = _kind(found)
        if name and (span := _span(found, name)):
            self._say(name, (span,))
            return 1
        return 0

    def _phrase(self) -> int:
        for length in range(min(LONGEST_PHRASE, len(self.typed) - self.at), 0, -1):
            if said := words.phrases().get(self._window(length)):
                for name, value in said.items():
                    self._say(name, value)
                return length
        return 0

    def _fancy(self) -> int:
        """A fancy colour with its strength and its undertones: fancy intense yellow, fvp, brownish pink."""
        start, strength = self._strength()
        place, tones = self.at + start, []
        while tone := _tone(self.folded[place] if place < len(self.folded) else ""):
            if _fancy_colour(self.folded[place]) and not _tone(self._at(place + 1), strict=False):
                break
            tones.append(tone)
            place += 1
        colour = _fancy_colour(self._at(place))
        is_fancy = start or tones
        if colour and (is_fancy or len(self._at(place)) > 2):
            self._say_fancy((colour,), strength, tones)
            return place + 1 - self.at
        if self._word() == "fancy" and strength in ((), (FancyIntensity.FANCY,)):
            self._say("colour", FANCY)
            return 1
        return self._coded_fancy()

    def _at(self, place: int) -> str:
        return self.folded[place] if place < len(self.folded) else ""

    def _say_fancy(self, colour: Values, strength: Values, tones: Sequence[FancyOvertone]) -> None:
        self._say("colour", colour)
        if strength and strength != (FancyIntensity.FANCY,):
            self._say("intensity", strength)
        if tones:
            self._say("overtone", tuple(tones))

    def _coded_fancy(self) -> int:
        """As houses code it: FIY, FVP."""
        found = _CODE.fullmatch(self._word())
        if not found:
            return 0
        self._say_fancy((_CODED_COLOURS[found[2]],), (_CODED_STRENGTHS[found[1]],), ())
        return 1

    def _strength(self) -> tuple[int, Values]:
        """How many words say how strong a colour is, and how strong."""
        known = {**{fold(str(one)): one for one in FancyIntensity}, **_SHORT_STRENGTHS}
        for length in (2, 1):
            if (text := self._window(length)) in known and len(text.split()) == length:
                return length, (known[text],)
        return 0, ()

    def _glowing(self) -> int:
        """A strength of fluorescence with its colour: medium blue, stg yellow."""
        strengths = CHOICES["fluorescence"]
        for length in (2, 1):
            colour = _GLOWS.get(self._word(length))
            text = self._window(length)
            if colour and len(text) > 1 and (values := strengths.read(text)):
                self._say("fluorescence", values)
                self._say("fluorescence_colour", (colour,))
                return length + 1 + (words.FACET_NAMES.get(self._word(length + 1)) == "fluorescence")
        return 0

    def _make(self) -> int:
        for length in (2, 1):
            if grade := words.makes(self._window(length)):
                self.grades.append(grade)
                return length
        return 0

    def _clarity(self) -> int:
        word = self._word()
        if _CLARITY.fullmatch(word):
            best, dash, worst = word.partition("-")
            if dash and worst.isdigit():
                word = f"{best}-{best.rstrip('123')}{worst}"
            if values := _clarities(word):
                self._say("clarity", values)
                return 1
        return int(self._colour_and_clarity(word))

    def _colour_and_clarity(self, word: str) -> bool:
        """Written without a space: GVS1, G-H/VS."""
        found = _JOINED.fullmatch(word)
        if found:
            self._say("colour", CHOICES["colour"].read(found[1].upper()))
            self._say("clarity", _clarities(found[2]))
        return bool(found)

    def _colour(self) -> int:
        """A grade, a range, several grades in a row: G, d-f, DEF, G+."""
        typed = self.typed[self.at]
        if "colour" in self.parts and "clarity" in self.parts and (glow := words.glow(self._word())):
            self._say("fluorescence", glow)
            return 1
        values = _whites(typed)
        if values:
            self._say("colour", values)
        return int(bool(values))

    def _weighed(self) -> int:
        """A weight with what follows it, written without a space: 1.01rd, 1.01GVS1."""
        found = _WEIGHED.fullmatch(self._word())
        amount = _AMOUNT.fullmatch(found["weight"]) if found else None
        if not found or not amount or not (span := _span(amount, "ct")):
            return 0
        said = words.phrases().get(found["rest"], {})
        if "shape" in said:
            self._say("shape", said["shape"])
        elif not self._colour_and_clarity(found["rest"]):
            return 0
        self._say("ct", (span,))
        return 1

    def _name_of_a_stone(self) -> int:
        """A report or stock number: it has a figure in it, and nothing else took it."""
        word = _bare(self.typed[self.at])
        if not any(sign.isdigit() for sign in word) or not any(sign.isalnum() for sign in word):
            return 0
        if not word.isdigit() and _AMOUNT.fullmatch(self._word()):
            return 0
        if self.at and self._was_a_laboratory():
            self._unsay_laboratory()
        self._say("number", (word,))
        return 1

    def _was_a_laboratory(self) -> bool:
        return self.folded[self.at - 1].rstrip(":#") in _LABORATORIES

    def _unsay_laboratory(self) -> None:
        """A laboratory's name before a number is that of the report, not a wish."""
        named = CHOICES["lab"].read(self.folded[self.at - 1].rstrip(":#"))
        kept = tuple(lab for lab in self.parts.get("lab", ()) if lab not in named)
        if kept:
            self.parts["lab"] = kept
        else:
            self.parts.pop("lab", None)

    def _nothing(self) -> int:
        return int(self._word() in words.IGNORED or not any(map(str.isalnum, self._word())))

    def _settle_makes(self) -> None:
        """One grade alone speaks for the whole make, two for polish and symmetry, three for each in turn.

        Only rounds have a cut grade of the trade's: of other shapes one grade speaks for the finish.
        """
        shapes = self.parts.get("shape", ())
        is_fancy = bool(shapes) and Shapes.ROUND not in shapes
        if len(self.grades) == 1:
            for name in words.FINISH if is_fancy else words.MAKES:
                self.parts.setdefault(name, self.grades[0])
        names = words.FINISH if len(self.grades) == 2 else words.MAKES
        for name, grade in zip(names, self.grades if len(self.grades) > 1 else (), strict=False):
            self.parts.setdefault(name, grade)


def _kind(found: "re.Match[str]") -> str:
    """What a number is of that does not say so."""
    given = [text for text in (found["low"], found["high"]) if text]
    if found["unit"]:
        return {"ct": "ct", "%": "", "mm": "length"}[found["unit"]]
    if any("$" in text or text[-1] in "km" for text in given):
        return "total"
    if all(_plain(text) < HEAVIEST for text in given):
        return "ct"
    is_span = found["sign"] or found["high"] or found["more"]
    return "total" if is_span else ""


def _plain(text: str) -> float:
    return float(text.strip("$km").replace(",", "").replace("'", ""))


def _span(found: "re.Match[str]", name: str) -> Range | None:
    """The range that the amount says of the measure."""
    measure = MEASURES[name]
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


def _units(text: str, measure: Measure) -> int | None:
    million = text.endswith("m")
    span = measure.range_of(text.removesuffix("m"))
    return None if span is None else span.low * (1_000_000 if million else 1)


def _sized(typed: str, low: int) -> Range:
    """A weight of two decimals is that weight, one of fewer the size that begins there: 1 is 1.00–1.49."""
    decimals = len(typed.partition(".")[2])
    if decimals >= 2:
        return Range(low, low)
    size = next((band for band in BANDS["ct"] if band.low == low and band.high < HIGHEST), None)
    return size or Range(low, low + (9 if decimals else 99))


def _clarities(word: str) -> Values:
    """A grade, a group, a range of either; with a plus also all that is better."""
    choice = CHOICES["clarity"]
    if word.endswith("+"):
        return choice.better(choice.read(word[:-1]))
    return choice.read(word)


def _whites(typed: str) -> Values:
    """The grades of the white scale that a word says."""
    word, plus = typed.removesuffix("+"), typed.endswith("+")
    key = word.upper()
    if len(key) == 1 and key in _WHITE and (word.isupper() or word not in "ix"):
        grades = (Colour(key),)
        return CHOICES["colour"].better(grades) if plus else grades
    best, dash, worst = key.partition("-")
    if dash and len(best) == len(worst) == 1 and best in _WHITE and worst in _WHITE and best < worst:
        return CHOICES["colour"].between((Colour(best),), (Colour(worst),))
    is_run = 1 < len(key) < 8 and key in _WHITE and (word.isupper() or len(key) > 2 or word[0] in "defgh")
    return tuple(Colour(letter) for letter in key) if is_run and key not in ("HI", "NO") else ()


_COLOUR_WORDS = {
    word: FancyColour(colour)
    for word, colour in standard().words_of("fancy_color").items()
    if len(word) > 2 and colour not in ("Other", "White")
}
_TONES = {
    **{fold(str(tone)): tone for tone in FancyOvertone if str(tone).endswith(("ish", "gy"))},
    **{"greyish": FancyOvertone.GRAYISH, "orangish": FancyOvertone.ORANGY, "orangey": FancyOvertone.ORANGY},
}
_GLOWS = {
    **{fold(str(colour)): colour for colour in FluorescenceColour if colour is not FluorescenceColour.PINK},
    "bl": FluorescenceColour.BLUE,
    "blu": FluorescenceColour.BLUE,
    "yel": FluorescenceColour.YELLOW,
}
_SHORT_STRENGTHS = {
    "intense": FancyIntensity.FANCY_INTENSE,
    "vivid": FancyIntensity.FANCY_VIVID,
    "deep": FancyIntensity.FANCY_DEEP,
    "dark": FancyIntensity.FANCY_DARK,
    "fancy": FancyIntensity.FANCY,
}
_CODED_STRENGTHS = {
    "fl": FancyIntensity.FANCY_LIGHT,
    "f": FancyIntensity.FANCY,
    "fi": FancyIntensity.FANCY_INTENSE,
    "fv": FancyIntensity.FANCY_VIVID,
    "fd": FancyIntensity.FANCY_DEEP,
}
_CODED_COLOURS = {
    "y": FancyColour.YELLOW,
    "p": FancyColour.PINK,
    "b": FancyColour.BLUE,
    "o": FancyColour.ORANGE,
    "br": FancyColour.BROWN,
    "bn": FancyColour.BROWN,
    "gn": FancyColour.GREEN,
}
_CODE = re.compile("(fl|fi|fv|fd|f)(y|p|bn|br|b|o|gn)")


def _fancy_colour(word: str) -> FancyColour | None:
    return _COLOUR_WORDS.get(word) or _COLOUR_WORDS.get(word.removesuffix("s"))


def _tone(word: str, *, strict: bool = True) -> FancyOvertone | None:
    """An undertone; where not strict also a colour's own name before another."""
    tone = _TONES.get(word)
    if tone is None and not strict:
        return None
    return tone
