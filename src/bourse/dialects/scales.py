"""Readers of shape, colour and clarity: what makes a stone a stone of its kind."""

import re
import unicodedata

from bourse.dialects.cells import NOTHING, Odd, text_of
from bourse.dialects.dictionary import Dictionary, fold
from bourse.dialects.grades import Words, lookup, loose, nothing, unread
from bourse.dialects.tables import Cell
from bourse.vocabulary import Clarity

_LETTERS = "DEFGHIJKLMNOPQRSTUVWXYZ"
_NAMED_RANGES = {
    "OP": "O-P",
    "QR": "Q-R",
    "ST": "S-T",
    "UV": "U-V",
    "WX": "W-X",
    "YZ": "Y-Z",
    "XY": "X-Y",
    "NO": "N-O",
    "SZ": "S-Z",
}
_COLOUR_WORD = re.compile(r"\s*\bcolou?r\b\s*", re.IGNORECASE)
_SPAN = re.compile(r"\s*(?:-|–|/|\bto\b|,)\s*", re.IGNORECASE)


def shape(cell: Cell, dictionary: Dictionary) -> Words | Odd | None:
    """Fills shape. "R" alone is left to the file: round to some, radiant to others."""
    words = dictionary.words_of("shape")
    text = text_of(cell)
    if fold(text) == "r":
        return (AMBIGUOUS_R,)
    spellings = (text, _spelt_out(text), _USUAL.sub("", fold(text)))
    found = next((word for spelling in spellings if (word := lookup(spelling, words))), None)
    if found is not None:
        return (found,)
    return None if nothing(cell) else unread(cell)


_USUAL = re.compile(r"\b(?:cut|shape|shaped|brilliant|diamond)\b")
_SHORT = {
    "sq": "square", "rect": "rectangular", "mod": "modified", "br": "brilliant", "brt": "brilliant",
    "crnd": "cornered", "bril": "brilliant",
    "brill": "brilliant", "cush": "cushion", "rd": "round", "rnd": "round", "em": "emerald",
    "bag": "baguette",
    "tap": "tapered", "rad": "radiant",
}  # fmt: skip


def _spelt_out(text: str) -> str:
    """Abbreviated words of a shape written out: "SQ.MOD.BR." as "square modified brilliant"."""
    spelt = " ".join(_SHORT.get(word, word) for word in re.split(r"[\s.\-]+", fold(text)) if word)
    if spelt.endswith(" cut cornered"):
        spelt = f"cut cornered {spelt.removesuffix(' cut cornered')}"
    return spelt.replace("cut cornered", "cut-cornered")


# Stands for a shape cell "R" until the file settles whether it means Round or Radiant.
AMBIGUOUS_R = "R"


def color(cell: Cell, dictionary: Dictionary) -> Words | Odd | None:
    """Fills color, fancy_color, fancy_intensity, fancy_overtone: "G", "O-P", "G/H", "Fancy Intense
    Yellow".
    """
    text = _COLOUR_WORD.sub("", text_of(cell)).strip()
    if (white := white_colour(text)) is not None:
        return white, None, None, None
    if nothing(cell):
        return None
    if fold(text) in dictionary.words_of("color"):
        return "Fancy", None, None, None
    if fold(text).startswith("fancy ") and (strength := lookup(text, dictionary.words_of("fancy_intensity"))):
        return "Fancy", None, strength, None
    if (fancy := fancy_colour(text, dictionary)) is not None:
        return ("Fancy", *fancy)
    return unread(cell)


def white_colour(text: str) -> str | list[str] | None:
    """A grade or a range of the white scale, in canonical words; None when the text is neither."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    key = re.sub(r"[+\-*]+$", "", plain.upper().strip()).strip()
    if len(key) == 1:
        return key if key in _LETTERS else None
    ends = [end.strip("+-* ") for end in _SPAN.split(key)]
    joined = "".join(ends)
    if joined in _NAMED_RANGES and len(ends) <= 2:
        return _NAMED_RANGES[joined]
    if len(ends) == 1:
        ends = [key[0], key[-1]] if key and key in _LETTERS else []
    if len(ends) == 2 and all(len(end) == 1 and end in _LETTERS for end in ends) and ends[0] < ends[1]:
        return ends
    return None


_FANCY_INTENSITIES = {
    "f": "Fancy", "fc": "Fancy", "fcy": "Fancy", "fl": "Fancy Light", "fcl": "Fancy Light",
    "fi": "Fancy Intense",
    "fci": "Fancy Intense", "fv": "Fancy Vivid", "fcv": "Fancy Vivid", "l": "Light", "vl": "Very Light",
}  # fmt: skip
_FANCY_COLOURS = {
    "y": "Yellow", "yl": "Yellow", "yel": "Yellow", "bn": "Brown", "brn": "Brown", "pk": "Pink",
    "pnk": "Pink",
    "or": "Orange", "gn": "Green", "grn": "Green", "gy": "Gray", "gry": "Gray", "bk": "Black", "blk": "Black",
}  # fmt: skip


def fancy_colour(text: str, dictionary: Dictionary) -> Words | None:
    """Colour, intensity and overtone of a fancy colour as a report words it, or as a house codes it; else
    None.
    """
    words = [word for word in re.split(r"[\s\-,/_]+", fold(text)) if word]
    intensity, rest = _intensity(words, dictionary)
    colours = dictionary.words_of("fancy_color")
    if rest and len(rest[-1]) > 2 and rest[-1] in colours:
        tones = [dictionary.words_of("fancy_overtone").get(word) for word in rest[:-1]]
        if all(tones):
            return colours[rest[-1]], intensity, " ".join(filter(None, tones)) or None
    return _coded(loose(fold(text)))


def _intensity(words: list[str], dictionary: Dictionary) -> tuple[str | None, list[str]]:
    known = dictionary.words_of("fancy_intensity")
    for length in (2, 1):
        head = " ".join(words[:length])
        if len(words) > length and len(head) > 3 and head in known:
            return known[head], words[length:]
    return None, words


def _coded(key: str) -> Words | None:
    for cut in range(1, min(4, len(key))):
        if key[:cut] in _FANCY_INTENSITIES and key[cut:] in _FANCY_COLOURS:
            return _FANCY_COLOURS[key[cut:]], _FANCY_INTENSITIES[key[:cut]], None
    return None


def fancy_color(cell: Cell, dictionary: Dictionary) -> Words | Odd | None:
    """Fills fancy_color, fancy_intensity, fancy_overtone: "Y", "Brown-Yellow", "Fancy Vivid Yellow".

    A range of the white scale that stands here ("U-V") fills color instead.
    """
    text = text_of(cell)
    if (found := lookup(text, dictionary.words_of("fancy_color"))) is not None:
        return found, None, None
    if nothing(cell) or fold(text) in {"no", "n", "false"}:
        return None
    if fold(text) == "fancy":
        return None, "Fancy", None
    if len(text) > 1 and re.search(r"\W", text) and (white := white_colour(text)) is not None:
        return None, None, None, white
    return fancy_colour(text, dictionary) or unread(cell)


def fancy_overtone(cell: Cell, dictionary: Dictionary) -> Words | Odd | None:
    """Fills fancy_overtone, from one word or several: "Brownish Greenish"."""
    known = dictionary.words_of("fancy_overtone")
    if (found := lookup(text_of(cell), known)) is not None:
        return (found,)
    if nothing(cell) or fold(text_of(cell)) == "n":
        return None
    tones = [lookup(part, known) for part in re.split(r"[\s,;/]+", text_of(cell)) if part]
    return (" ".join(tone for tone in tones if tone),) if tones and all(tones) else unread(cell)


_ENHANCED = re.compile(r"([A-Z]+\s?-?\d?)[\s*]*[(]?C\.?E\.?[)]?$", re.IGNORECASE)
_CLARITY_FAMILIES = {"VVS": ["VVS1", "VVS2"], "VS": ["VS1", "VS2"], "SI": ["SI1", "SI2"]}
_SHORT_SPAN = re.compile(r"(VVS|VS|SI|I|P)\s*([1-3])\s*[-/]\s*([1-3])$", re.IGNORECASE)
_CLARITY_ORDER = {grade.value: grade.rank for grade in Clarity}


def clarity(cell: Cell, dictionary: Dictionary) -> Words | Odd | None:
    """Fills clarity and treatment: one grade, or [better, worse] for a range: "VS1-VS2", "VS-SI", "SI",
    "SI3 C.E.".
    """
    text = text_of(cell)
    words = dictionary.words_of("clarity")
    if enhanced := _ENHANCED.match(text):
        found = lookup(enhanced[1], words)
        return (found, "Clarity enhanced") if found else unread(cell)
    if (found := lookup(text, words)) is not None:
        return (found,)
    if short := _SHORT_SPAN.match(text):
        text = f"{short[1]}{short[2]}-{short[1]}{short[3]}"
    spans = [_clarity_span(part, words) for part in _SPAN.split(text) if part]
    if not spans or len(spans) > 2 or not all(spans):
        return None if nothing(cell) or fold(text) == "n" else unread(cell)
    grades = sorted({grade for span in spans for grade in span}, key=_CLARITY_ORDER.__getitem__)
    return (grades[0] if len(grades) == 1 else [grades[0], grades[-1]],)


def _clarity_span(text: str, words: dict[str, str]) -> list[str]:
    if family := _CLARITY_FAMILIES.get(text.upper().strip()):
        return family
    found = lookup(text, words)
    return [found] if found else []


_INCLUSION_CODE = re.compile(r"[BWO][TCPG][O0-3]", re.IGNORECASE)


def inclusion(field: str, cell: Cell, dictionary: Dictionary) -> Words | Odd | None:
    """Fills one inclusion field, from a word or from codes put together: "BT1 BC0"."""
    if (found := lookup(text_of(cell), dictionary.words_of(field))) is not None:
        return (found,)
    codes = _INCLUSION_CODE.findall(text_of(cell))
    if codes and not _INCLUSION_CODE.sub("", text_of(cell)).strip(" ,/-"):
        return (
            " ".join(code.upper().replace("O", "0") if code[0] in "BbWw" else code.upper() for code in codes),
        )
    return None if nothing(cell) else unread(cell)


_YES, _NO = {"y", "yes", "true", "1", "t"}, {"n", "no", "false", "0", "f"}


def yes_or_no(cell: Cell) -> bool | None:
    """What a yes-or-no cell says, in whichever way; None when it says neither."""
    word = fold(text_of(cell))
    return True if word in _YES else False if word in _NO else None


def empty(cell: Cell) -> bool:
    """Whether a cell holds nothing at all."""
    return not text_of(cell)


def silent(cell: Cell) -> bool:
    """Whether a cell is empty or a placeholder, where 0 and "no" do count as answers."""
    return fold(text_of(cell)) in NOTHING
