"""Colours in a phrase: the white scale, fancy colours as reports and houses write them, the glow's colour."""

import re
from collections.abc import Sequence

from bourse.dialects.dictionary import fold, standard
from bourse.search.choice import Values
from bourse.search.phrase import doubts, words
from bourse.search.phrase.reading import Reading
from bourse.search.scales import CHOICES, FANCY
from bourse.vocabulary import (
    Clarity,
    Colour,
    FancyColour,
    FancyIntensity,
    FancyOvertone,
    FluorescenceColour,
    Scale,
)

_WHITE = "DEFGHIJKLMNOPQRSTUVWXYZ"
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
    "b": FluorescenceColour.BLUE,
    "bl": FluorescenceColour.BLUE,
    "blu": FluorescenceColour.BLUE,
    "yel": FluorescenceColour.YELLOW,
}
_STRENGTHS = {
    **{fold(str(one)): one for one in FancyIntensity},
    "intense": FancyIntensity.FANCY_INTENSE,
    "vivid": FancyIntensity.FANCY_VIVID,
    "deep": FancyIntensity.FANCY_DEEP,
    "dark": FancyIntensity.FANCY_DARK,
    "fancy": FancyIntensity.FANCY,
}
_ALONE = frozenset({"fancy", "intense", "vivid"})  # of a strength also where no colour follows
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
_OF_OTHERS = ("girdle", "culet", "milky", "shade", "black", "intensity")  # they have the same words
_GLOW_CODE = re.compile("(f|fnt|m|med|s|st|stg|vs|vst|vstg)-?(b|bl|blu|blue|yel|yellow)")
_CODES_OF_COLOURS = frozenset({"fb", "fbl"})  # fancy blue as well
_RARE = frozenset("STUVWXYZ")  # alone such a letter is hardly ever a colour
_CODE = re.compile("(fl|fi|fv|fd|f)(y|p|bn|br|b|o|gn)")


def white(reading: Reading) -> int:
    """A grade, a range, several grades in a row: G, d-f, DEF, G+."""
    typed = reading.typed[reading.at]
    if taken := _of_the_make(reading):
        return taken
    if typed in _RARE and "colour" not in reading.parts:
        return reading.leave(1, doubts.LONE_LETTER)
    if "colour" in reading.parts and "clarity" in reading.parts and (glow := words.glow(reading.word())):
        reading.say("fluorescence", glow)
        return 1
    values = _whites(typed)
    if values:
        reading.say("colour", values)
    return int(bool(values))


def _of_the_make(reading: Reading) -> int:
    """A lone letter behind a grade of make, which may be a colour, another grade, or the fluorescence."""
    letter, is_known = reading.word(), {"colour", "clarity"} & set(reading.parts)
    if not words.is_make(reading.word(-1)) or CHOICES["clarity"].read(reading.word(1)):
        return 0
    if letter == "n":
        reading.say("fluorescence", words.glow(letter))
        return 1
    is_open = letter in ("f", "m", "s") if len(is_known) < 2 else letter == "g"
    return reading.leave(1, doubts.LONE_LETTER) if is_open else 0


def fancy(reading: Reading) -> int:
    """A fancy colour with its strength and its undertones: fancy intense yellow, fvp, brownish pink."""
    if reading.word() == "fancy" and reading.window(2) in words.phrases():
        return 0  # fancy shape
    start, strength = _strength(reading)
    tones = _tones(reading, start)
    after = start + len(tones)
    colour = _fancy_colour(reading.word(after))
    if colour and (after or len(reading.word(after)) > 2):
        _say(reading, (colour,), strength, tones)
        if strength == (FancyIntensity.FANCY,):
            reading.doubt(doubts.FANCY_GRADE, after + 1)
        return after + 1
    if start and reading.word() in _ALONE and strength != (FancyIntensity.FANCY,):
        reading.say("intensity", strength)
        return start
    if reading.word() == "fancy" and strength in ((), (FancyIntensity.FANCY,)):
        is_named = any(colour in FANCY for colour in reading.parts.get("colour", ()))
        if is_named:
            reading.doubt(doubts.FANCY_GRADE, 1)
        else:
            reading.say("colour", FANCY)
        return 1
    return _coded(reading)


def glow_range(reading: Reading) -> int:
    """Several strengths of fluorescence that need no name: none to medium, faint max, faint or less."""
    for length in (4, 3, 2, 1):
        text = reading.window(length)
        values = words.glow_range(text) or words.glow_range(text.replace(" to ", "-"))
        follows = words.FACET_NAMES.get(reading.word(length))
        if len(values) > 1 and follows not in _OF_OTHERS:
            reading.say("fluorescence", values)
            return length + (follows == "fluorescence")
    return 0


def named_glow(reading: Reading) -> int:
    """The colour of fluorescence beside its name: fluor blue, blue fluor."""
    for at, named in ((1, 0), (0, 1)):
        colour = _GLOWS.get(reading.word(at))
        if colour and words.FACET_NAMES.get(reading.word(named)) == "fluorescence":
            reading.say("fluorescence_colour", (colour,))
            return 2
    return 0


def glowing(reading: Reading) -> int:
    """A strength of fluorescence with its colour: medium blue, stg yellow."""
    strengths = CHOICES["fluorescence"]
    if (coded := _GLOW_CODE.fullmatch(reading.word())) and reading.word() not in _CODES_OF_COLOURS:
        reading.say("fluorescence", strengths.read(coded[1]))
        reading.say("fluorescence_colour", (_GLOWS[coded[2]],))
        return 1
    if reading.word() == "fl" and (taken := _glow_of_fl(reading)):
        return taken
    for length in (2, 1):
        colour = _GLOWS.get(reading.word(length))
        text = reading.window(length)
        is_told = len(text) > 1 or {"colour", "clarity"} <= set(reading.parts)
        if colour and is_told and (values := strengths.read(text)):
            reading.say("fluorescence", values)
            reading.say("fluorescence_colour", (colour,))
            return length + 1 + (words.FACET_NAMES.get(reading.word(length + 1)) == "fluorescence")
    return 0


def _glow_of_fl(reading: Reading) -> int:
    """The letters fl before a strength: fluorescence where the clarity is known, else it is asked."""
    values = CHOICES["fluorescence"].read(reading.word(1)) if len(reading.word(1)) > 2 else ()
    if not values:
        return 0
    reading.say("fluorescence", values)
    if "clarity" not in reading.parts:
        reading.say("clarity", (Clarity.FL,))
        reading.doubt(doubts.FLAWLESS, 2)
    return 2


def _strength(reading: Reading) -> tuple[int, Values]:
    """How many words say how strong a colour is, and how strong: fancy intense, fancy intense or vivid."""
    place, found = 0, list[Scale]()
    while length := _one_strength(reading, place):
        found.append(_STRENGTHS[reading.window(length, place)])
        place += length
        joiner = reading.word(place)
        if joiner in ("or", "and", "to", "-") and _one_strength(reading, place + 1):
            place += 1
            if joiner in ("to", "-") and len(found) == 1:
                found += CHOICES["intensity"].between((found[0],), (_next_strength(reading, place),))[1:-1]
    return place, tuple(found)


def _one_strength(reading: Reading, place: int) -> int:
    """How many words there say one strength."""
    for length in (2, 1):
        if (text := reading.window(length, place)) in _STRENGTHS and len(text.split()) == length:
            return length
    return 0


def _next_strength(reading: Reading, place: int) -> Scale:
    return _STRENGTHS[reading.window(_one_strength(reading, place), place)]


def _tones(reading: Reading, place: int) -> list[FancyOvertone]:
    """The undertones from there on; a word that is a colour too is one only before another undertone."""
    tones: list[FancyOvertone] = []
    while tone := _TONES.get(word := reading.word(place + len(tones))):
        if _fancy_colour(word) and reading.word(place + len(tones) + 1) not in _TONES:
            break
        tones.append(tone)
    return tones


def _say(reading: Reading, colour: Values, strength: Values, tones: Sequence[FancyOvertone]) -> None:
    if set(FANCY) <= set(before := reading.parts.get("colour", ())):
        reading.parts["colour"] = tuple(one for one in before if one not in FANCY)  # "fancy" was said of it
    reading.say("colour", colour)
    if strength and strength != (FancyIntensity.FANCY,):
        reading.say("intensity", strength)
    if tones:
        reading.say("overtone", tuple(tones))


def _coded(reading: Reading) -> int:
    """As houses code it: FIY, FVP."""
    found = _CODE.fullmatch(reading.word())
    if not found:
        return 0
    _say(reading, (_CODED_COLOURS[found[2]],), (_CODED_STRENGTHS[found[1]],), ())
    return 1


def _fancy_colour(word: str) -> FancyColour | None:
    return _COLOUR_WORDS.get(word) or _COLOUR_WORDS.get(word.removesuffix("s"))


def _whites(typed: str) -> Values:
    """The grades of the white scale that a word says."""
    word, sign = typed.rstrip("+↓⤓"), typed[-1:]
    key, choice = word.upper(), CHOICES["colour"]
    if len(key) == 1 and key in _WHITE and (word.isupper() or word not in "ix"):
        grades = (Colour(key),)
        return choice.better(grades) if sign == "+" else choice.worse(grades) if sign in "↓⤓" else grades
    if len(letters := key.split("-")) > 2 and len(key) == 2 * len(letters) - 1:
        key = "".join(letters)
    best, dash, worst = key.partition("-")
    if dash and len(best) == len(worst) == 1 and best in _WHITE and worst in _WHITE:
        return choice.between((Colour(best),), (Colour(worst),))
    is_run = 1 < len(key) < 8 and key in _WHITE and (word.isupper() or word[0] in "defgh")
    return (
        tuple(Colour(letter) for letter in key) if is_run and key not in ("HI", "NO") and word != "de" else ()
    )
