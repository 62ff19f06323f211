"""The words and codes by which a list says of a stone that it is natural or was grown."""

import re
from collections.abc import Iterable

from bourse.dialects.cells import NOTHING, text_of
from bourse.dialects.dictionary import Dictionary, Words, fold
from bourse.dialects.grades import lookup
from bourse.dialects.spelling import words_of
from bourse.dialects.tables import Cell

NATURAL, LAB_GROWN = "Natural", "Lab grown"
# Words of the dictionary that mean something else as well where no header speaks of the growth.
VAGUE = frozenset({"lab", "lg", "grown", "created", "cultured", "hpht"})
_LONGEST_WORD = 40
_NATURAL_CODES, _LAB_CODES = frozenset({"n", "nat"}), frozenset({"l", "lab", "lg", "lgd"})
CODES = _NATURAL_CODES | _LAB_CODES

_HOST = re.compile(r"^\w+://[^/]*")
_PATH = re.compile(r"lab[-_ ]?(?:grown|created)", re.IGNORECASE)
_PLAINLY = re.compile(
    r"(?<!\bnot )(?<!\bno )\b(?:lab(?:oratory)?[\s-]?(?:grown|created|made)|man[\s-]?made|(?:MP)?CVD"
    r"|LGD(?:R|OSS)?|HPHT[\s-]?grown|synthetic diamonds?|LG\s?\d{6,})\b",
    re.IGNORECASE,
)


def says_lab_grown(text: str) -> bool:
    """Whether a remark, or the path of an address, says plainly that the stone was grown."""
    if "://" in text:
        return bool(_PATH.search(_HOST.sub("", text)))
    return bool(_PLAINLY.search(text))


def growth_word(cell: Cell, dictionary: Dictionary) -> str | None:
    """The word of the scale that a cell says and nothing beside it; None where it says another thing."""
    if not isinstance(cell, str) or len(cell) > _LONGEST_WORD:
        return None
    return lookup(cell, dictionary.words_of("growth_type"))


def codes_among(cells: Iterable[Cell], header: str) -> dict[str, Words]:
    """What N and L mean in a column whose filled cells are one code for natural stones and one for grown
    ones; nothing in any other. Under a header that asks for natural stones N may be a no, but not beside L.
    """
    said = {fold(text_of(cell)) for cell in cells} - NOTHING
    natural, grown = said & _NATURAL_CODES, said & _LAB_CODES
    if len(said) != 2 or not natural or not grown:
        return {}
    if grown != {"l"} and {"natural", "nat", "mined"} & set(words_of(header)):
        return {}
    return {"n": (NATURAL,), "l": (LAB_GROWN,)}
