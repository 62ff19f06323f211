"""Grades in a phrase: clarity, make, what stands beside its facet's name, what is written without a space."""

import re
from collections.abc import Sequence

from bourse.search.choice import Values
from bourse.search.phrase import doubts, words
from bourse.search.phrase.amounts import AMOUNT, span_of
from bourse.search.phrase.reading import Barred, Reading
from bourse.search.scales import CHOICES, CLARITIES
from bourse.vocabulary import Make, Shape

_GRADE = r"(?:FL|IF|VVS[12]?|VS[12]?|SI[123]?|I[123])"
_CLARITY = re.compile(rf"{_GRADE}[+↓⤓]?|{_GRADE}-(?:{_GRADE}|[123])", re.IGNORECASE)
_JOINED = re.compile(rf"([D-Z](?:-[D-Z])?)[-/]?({_GRADE}[+↓⤓]?)", re.IGNORECASE)
_PRAISED = frozenset(
    {"price", "prices", "stone", "stones", "deal", "quality", "value", "condition", "colour", "color", "life"}
)
_BEFORE_IF = frozenset({"only", "but", "even", "ok"})  # the word "if", not the grade
_BEHIND_IF = frozenset({"it", "its", "you", "possible", "the", "there", "they", "any", "not", "eye", "price"})
_COMPARING = frozenset(
    {"better than", "worse than", "lower than", "higher than", "up to", "above", "below", "under", "over"}
)
_NUMBERS = re.compile("[12](?:-[123])?")
_WEIGHED = re.compile(r"(?P<weight>(?:\d+(?:\.\d+)?|\.\d+)(?:ct)?)(?P<rest>[a-z].*)")
LONGEST_NAME, LONGEST_VALUE = 4, 5  # words
_MADE = ("cut", "polish", "symmetry", "make", "finish")


def named_grade(reading: Reading) -> int:
    """A facet's name and its value, in either order: cut ex, vg polish, milky none, medium girdle."""
    for named in range(LONGEST_NAME, 0, -1):
        name = words.FACET_NAMES.get(reading.window(named))
        if name and (length := _longest(reading, name, named)):
            return named + length + _more(reading, name, named + length)
    for length in range(LONGEST_VALUE, 0, -1):
        for named in range(LONGEST_NAME, 0, -1):
            name = words.FACET_NAMES.get(reading.window(named, length))
            is_phrase = reading.window(2, length) in words.phrases()  # IGI lab grown
            if name and not is_phrase and _grade(reading, name, reading.window(length)):
                return length + named
    return 0


def clarity(reading: Reading) -> int:
    """A grade, a group or a range: VS1, vs, IF-VVS2, vs1-2, SI1+."""
    word = reading.word()
    if word in CLARITIES and _NUMBERS.fullmatch(reading.word(1)) and not reading.word(2).startswith("ct"):
        return _apart(reading)
    if word == "if" and (reading.word(-1) in _BEFORE_IF or reading.word(1) in _BEHIND_IF):
        return 0
    if _CLARITY.fullmatch(word):
        best, dash, worst = word.partition("-")
        if dash and worst.isdigit():
            word = f"{best}-{best.rstrip('123')}{worst}"
        if values := _clarities(word):
            reading.say("clarity", values)
            return 1
    return int(_colour_and_clarity(reading, word))


def _apart(reading: Reading) -> int:
    """A grade with a space before its number: VS 1, SI 1-2."""
    first, dash, last = reading.word(1).partition("-")
    group = reading.word()
    reading.say(
        "clarity", CHOICES["clarity"].read(f"{group}{first}-{group}{last}" if dash else f"{group}{first}")
    )
    reading.doubt(doubts.SPACED, 2)
    return 2


def compared(reading: Reading) -> int:
    """A grade that something is to be better or worse than, which leaves open whether it is wanted itself."""
    for length in (2, 1):
        word = reading.word(length)
        is_grade = _CLARITY.fullmatch(word) or (len(word) == 1 and CHOICES["colour"].read(word))
        if is_grade and reading.window(length) in _COMPARING:
            return reading.leave(length + 1, doubts.COMPARED)
    return 0


def make(reading: Reading) -> int:
    """A grade of make, which speaks of what the others leave to it."""
    for length in (2, 1):
        grade = words.makes(reading.window(length))
        if grade and reading.word(length) in _PRAISED:
            return reading.leave(length + 1)
        if grade:
            reading.grades.append(grade)
            return length
    return 0


def weighed(reading: Reading) -> int:
    """A weight with what follows it, written without a space: 1.01rd, 1.01GVS1."""
    found = _WEIGHED.fullmatch(reading.word())
    amount = AMOUNT.fullmatch(found["weight"]) if found else None
    if not found or not amount or not (span := span_of(amount, "ct")):
        return 0
    said = words.phrases().get(found["rest"], {})
    if "shape" in said:
        reading.say("shape", said["shape"])
    elif not _colour_and_clarity(reading, found["rest"]):
        return 0
    reading.say("ct", (span,))
    return 1


def settle_makes(reading: Reading) -> None:
    """One grade alone speaks for the whole make, two for polish and symmetry, three for each in turn.

    Only rounds have a cut grade of the trade's: of other shapes one grade speaks for the finish. Ideal and 8X
    alone are said of the cut.
    """
    shapes, given = reading.parts.get("shape", ()), reading.grades
    is_fancy = bool(shapes) and Shape.ROUND not in shapes
    if len(given) == 1:
        is_of_cut = set(given[0]) <= {Make.EIGHT_X, Make.IDEAL}
        for name in ("cut",) if is_of_cut else words.FINISH if is_fancy else words.MAKES:
            reading.parts.setdefault(name, given[0])
    names = words.FINISH if len(given) == 2 else words.MAKES
    for name, grade in zip(names, given if len(given) > 1 else (), strict=False):
        reading.parts.setdefault(name, grade)


def _longest(reading: Reading, name: str, ahead: int) -> int:
    """How many words from there on are a value of the facet; the value is said."""
    skipped = reading.word(ahead) in ("from", "is", "of", "between")
    for length in range(LONGEST_VALUE, 0, -1):
        if _grade(reading, name, reading.window(length, ahead + skipped)):
            return length + skipped
    return 0


def _more(reading: Reading, name: str, ahead: int) -> int:
    """How many words from there on say other values of the facet: milky none or light."""
    count = 0
    while reading.word(ahead + count) == "or" and (more := _longest(reading, name, ahead + count + 1)):
        count += 1 + more
    return count


def _grade(reading: Reading, name: str, text: str) -> bool:
    if not text or text in words.FACET_NAMES:
        return False
    plain = text.removeprefix("not ")
    values = _values(name, plain.replace(" to ", "-"))
    for one in _names(name) if values else ():
        if plain == text:
            reading.say(one, values)
        else:
            reading.barred.append(Barred(one, values, f"{name} {text}"))
    return bool(values)


def _values(name: str, text: str) -> Values:
    if name == "fluorescence":
        return words.glows(text)
    if " or " in text:
        several = [_values(name, one) for one in text.split(" or ")]
        return tuple(value for values in several for value in values) if all(several) else ()
    if name in _MADE:
        return words.makes(text)
    if name == "shape":
        shapes: Values = words.phrases().get(text, {}).get("shape", ())
        return shapes
    choice = CHOICES["girdle_min" if name == "girdle" else name]
    return choice.worse(choice.read(text[:-1])) if text.endswith(("↓", "⤓")) else choice.read(text)


def _names(name: str) -> Sequence[str]:
    several = {"make": words.MAKES, "finish": words.FINISH, "girdle": ("girdle_min", "girdle_max")}
    return several.get(name, (name,))


def _colour_and_clarity(reading: Reading, word: str) -> bool:
    """Written without a space: GVS1, G-H/VS."""
    found = _JOINED.fullmatch(word)
    if found:
        reading.say("colour", CHOICES["colour"].read(found[1].upper()))
        reading.say("clarity", _clarities(found[2]))
    return bool(found)


def _clarities(word: str) -> Values:
    """A grade, a group, a range of either; with a plus also all that is better."""
    choice = CHOICES["clarity"]
    if word.endswith("+"):
        return choice.better(choice.read(word[:-1]))
    return choice.worse(choice.read(word[:-1])) if word.endswith(("↓", "⤓")) else choice.read(word)
