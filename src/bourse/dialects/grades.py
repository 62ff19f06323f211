"""Readers of the trade's words: one function per kind of cell, each from a cell to canonical words.

Each reader takes a cell and the dictionary and gives a tuple aligned with the fields that such a cell may
fill, None for a cell that says nothing, or an Odd for one that says something which is not understood.
"""

import re

from bourse.dialects.cells import NOTHING, Odd, identifier, spoilt, text_of
from bourse.dialects.dictionary import Dictionary, Words, fold
from bourse.dialects.tables import Cell

__all__ = ["Words"]

_SHADED = re.compile(r"(?<=\w)\s*[+\-*]+$")
_LOOSE = re.compile(r"[\s.\-_/`'’]+")
_BREAK = re.compile(r"\s*(?:-|–|/|,|;|\bto\b|~|&)\s*", re.IGNORECASE)


def loose(word: str) -> str:
    """A word without spaces, dots, hyphens and quotes: "V. Good" and "S.TK`" as "vgood" and "stk"."""
    return _LOOSE.sub("", word)


def nothing(cell: Cell) -> bool:
    """Whether a cell of words says nothing: empty, a placeholder, or a zero."""
    word = fold(text_of(cell))
    return word in NOTHING or (bool(word) and not word.strip("0.x"))


def plain(field: str, cell: Cell, dictionary: Dictionary) -> Words | Odd | None:
    """A cell of one word of the field's own list."""
    words = dictionary.words_of(field)
    text = text_of(cell)
    if (found := lookup(text, words)) is not None:
        return (found,)
    return None if nothing(cell) else unread(cell)


def lookup(text: str, words: dict[str, str]) -> str | None:
    """The canonical word for a spelling: as it stands, without its shading, or without dots and spaces."""
    key = fold(text)
    for spelling in (key, _SHADED.sub("", key), loose(key)):
        if (found := words.get(spelling)) is not None:
            return found
    return None


def unread(cell: Cell) -> Odd:
    """The reason for a cell whose words are not in the dictionary."""
    return spoilt(cell) or Odd("The dictionary does not know this word here.")


LABELLED = re.compile(r"([A-Za-z]{3,4})[\s:#\-]+((?:LG)?\d{6,14}[A-Za-z]?)$", re.IGNORECASE)


def report_number(cell: Cell, dictionary: Dictionary) -> Words | Odd | None:
    """Fills certificate_no and lab: a laboratory's name before its number is told apart: "GIA 6141438171"."""
    number = identifier(cell)
    if isinstance(number, str) and (found := LABELLED.match(number)):
        lab = lookup(found[1], dictionary.words_of("lab"))
        return (found[2], lab) if lab else (number, None)
    return (number, None) if isinstance(number, str) else number


def make(cell: Cell, dictionary: Dictionary) -> Words | Odd | None:
    """A grade of cut, polish or symmetry; hearts and arrows are no grade and are told apart."""
    read = plain("cut_grade", cell, dictionary)
    if isinstance(read, Odd) and fold(text_of(cell)) == "n":
        return None
    return read


def cut_grade(cell: Cell, dictionary: Dictionary) -> Words | Odd | None:
    """Fills cut_grade, polish, symmetry, hearts_and_arrows; a triple grade fills the first three."""
    key = loose(fold(text_of(cell)))
    if key in {"3ex", "3x", "xxx", "eee", "tripleex", "tripleexcellent", "exexex"}:
        return "Excellent", "Excellent", "Excellent", None
    if key in {"h&a", "ha", "hearts&arrows", "heartsandarrows"}:
        return None, None, None, "Yes"
    read = make(cell, dictionary)
    if isinstance(read, Odd) and (three := _three_grades(text_of(cell), dictionary)):
        return (*three, None)
    return (read[0], None, None, None) if isinstance(read, tuple) else read


def _three_grades(text: str, dictionary: Dictionary) -> list[str] | None:
    """Cut, polish and symmetry in one cell: "EX-EX-VG"."""
    grades = [lookup(part, dictionary.words_of("cut_grade")) for part in re.split(r"[\s/,\-]+", text.strip())]
    known = [grade for grade in grades if grade]
    return known if len(known) == len(grades) == 3 else None


def finish(cell: Cell, dictionary: Dictionary) -> Words | Odd | None:
    """Fills polish and symmetry, from one grade for both or from a pair: "EX/VG"."""
    whole = make(cell, dictionary)
    parts = [part for part in re.split(r"\s*/\s*|\s+-\s+|\s{1,}", text_of(cell)) if part]
    if len(parts) == 2:
        grades = [lookup(part, dictionary.words_of("cut_grade")) for part in parts]
        if all(grades):
            return grades[0], grades[1]
    return (whole[0], None) if isinstance(whole, tuple) else whole


def fluorescence(cell: Cell, dictionary: Dictionary) -> Words | Odd | None:
    """Fills fluorescence_intensity and fluorescence_color: "MED BLUE", "STG-B", "SB"."""
    strengths, colours = (
        dictionary.words_of("fluorescence_intensity"),
        dictionary.words_of("fluorescence_color"),
    )
    text = text_of(cell)
    if (strength := lookup(text, strengths)) is not None:
        return strength, None
    if nothing(cell):
        return None
    return (
        _two_words(text, strengths, colours)
        or _strength_and_colour_letters(text, strengths, colours)
        or unread(cell)
    )


def fluorescence_color(cell: Cell, dictionary: Dictionary) -> Words | Odd | None:
    """As `fluorescence`, for a column that its header calls the colour: a bare letter is a colour there."""
    if (colour := lookup(text_of(cell), dictionary.words_of("fluorescence_color"))) is not None:
        return None, colour
    return fluorescence(cell, dictionary)


def _two_words(text: str, strengths: dict[str, str], colours: dict[str, str]) -> Words | None:
    parts = [part for part in re.split(r"[\s\-/_,]+", text) if part]
    for cut in range(1, len(parts)):
        head, tail = " ".join(parts[:cut]), " ".join(parts[cut:])
        for strength, colour in ((head, tail), (tail, head)):
            if fold(strength) in strengths and fold(colour) in colours:
                return strengths[fold(strength)], colours[fold(colour)]
            if fold(strength) == "fl" and fold(colour) in colours:
                return "Faint", colours[fold(colour)]
    return None


def _strength_and_colour_letters(
    text: str, strengths: dict[str, str], colours: dict[str, str]
) -> Words | None:
    key = fold(text)
    if 2 <= len(key) <= 4 and key[-1] in "bywgo" and key[:-1] in strengths:
        return strengths[key[:-1]], colours[key[-1]]
    return None


_GIRDLE_SIZES = {
    "extremely": {"e", "x", "ex", "ext", "extr", "extrm", "extremely", "xt"},
    "very": {"v", "very", "vy"},
    "slightly": {"s", "sl", "slt", "sli", "slightly", "slight", "sly"},
}
_GIRDLE_BASES = {"Thin": {"tn", "thn", "thin", "thi", "t"}, "Thick": {"tk", "thk", "thick", "thc", "thik"}}
_GIRDLE_NOTE = re.compile(
    r"[(,\s]*\b(faceted|facetted|fac|fc|f|polished|pol|p|bruted|smooth|laser)\b[)\s.]*$", re.IGNORECASE
)
_GIRDLE_PERCENT = re.compile(r"[(,\s]*(\d+(?:\.\d+)?)\s*%[)\s]*")


def girdle(cell: Cell, dictionary: Dictionary) -> Words | Odd | None:
    """Fills girdle_min, girdle_max, girdle_condition, girdle_pct: "TN-M", "Medium to Thick (Faceted),
    3.5%".
    """
    text = text_of(cell)
    percent = _GIRDLE_PERCENT.search(text)
    text = _GIRDLE_PERCENT.sub(" ", text).strip(" ,()`'")
    note = _GIRDLE_NOTE.search(text) if girdle_word(text, dictionary) is None else None
    bare = text[: note.start()] if note else text
    sizes = [girdle_word(part, dictionary) for part in _BREAK.split(bare) if part] or [None]
    if (whole := girdle_word(bare, dictionary)) is not None:
        sizes = [whole]
    condition = lookup(note[1], dictionary.words_of("girdle_condition")) if note else None
    thickness = float(percent[1]) if percent else None
    if None in sizes or len(sizes) > 2:
        if not bare.strip() and (condition or thickness):
            return None, None, condition, thickness
        return None if nothing(cell) else unread(cell)
    return sizes[0], sizes[-1], condition, thickness


def girdle_min(cell: Cell, dictionary: Dictionary) -> Words | Odd | None:
    """As `girdle`, for a column of the thinnest place: a single size says nothing of the thickest."""
    read = girdle(cell, dictionary)
    if isinstance(read, tuple) and read[0] == read[1]:
        return read[0], None, *read[2:]
    return read


def girdle_max(cell: Cell, dictionary: Dictionary) -> Words | Odd | None:
    """As `girdle`, for a column of the thickest place: a single size says nothing of the thinnest."""
    read = girdle(cell, dictionary)
    if isinstance(read, tuple) and read[0] == read[1]:
        return None, read[1], *read[2:]
    return read


def girdle_word(text: str, dictionary: Dictionary) -> str | None:
    """One girdle size, also where an adverb and a size are put together in a new way: "EX THK"."""
    if (found := lookup(text, dictionary.words_of("girdle"))) is not None:
        return found
    parts = [part for part in re.split(r"[\s.\-_]+", fold(text).strip("`'")) if part]
    if len(parts) != 2:
        return None
    size = next((word for word, spellings in _GIRDLE_SIZES.items() if parts[0] in spellings), None)
    base = next((word for word, spellings in _GIRDLE_BASES.items() if parts[1] in spellings), None)
    return f"{size.capitalize()} {base}" if size and base else None
