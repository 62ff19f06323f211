"""Which lines of a table are no rows of diamonds: totals, titles, jewellery, coloured stones, findings."""

import re
from collections.abc import Sequence

from bourse.dialects.cells import free_text, text_of
from bourse.dialects.columns import RawColumn
from bourse.dialects.dictionary import fold
from bourse.dialects.layout import Placed
from bourse.dialects.spelling import words_of
from bourse.dialects.tables import Cell

_TOTAL = re.compile(r"\b(?:grand\s+)?(?:total|totals|subtotal|sum|average|avg)\b", re.IGNORECASE)
_JEWELLERY = re.compile(
    r"\b(?:rings?|pendants?|necklaces?|earrings?|ear\s?studs|bracelets?|bangles?|mountings?|semi-?mounts?|brooch(?:es)?"
    r"|watch(?:es)?|chains?|bands?|settings?|findings?)\b",
    re.IGNORECASE,
)
_OTHER_STONES = re.compile(
    r"\b(?:sapphires?|rub(?:y|ies)|tanzanites?|aquamarines?|spinels?|topaz|garnets?|amethysts?|tourmalines?"
    r"|pearls?|opals?|moissanites?|cubic zirconia|cz|morganites?|citrines?|peridots?|alexandrites?|turquoise"
    r"|tsavorites?)\b",
    re.IGNORECASE,
)
_KIND_WORDS = {
    "type",
    "kind",
    "category",
    "product",
    "gem",
    "dept",
    "department",
    "variety",
    "species",
    "mineral",
    "class",
}
_METAL_WORDS = {"metal", "kt", "karat"}
_STONE_CODES = {"dia", "diamond", "diamonds", "loose diamond", "natural diamond", "d", "ydia"}


def no_diamonds(raws: Sequence[RawColumn]) -> set[int]:
    """The rows that say themselves to be something else than diamonds: by kind, by metal, or by a plain
    no.
    """
    found: set[int] = set()
    for raw in raws:
        words = set(words_of(raw.header))
        if words & _METAL_WORDS:
            found |= _rows_with(raw, lambda text: not text.strip("0."))
        elif words & _KIND_WORDS:
            found |= _rows_with(raw, lambda text: not _is_other_goods(text))
        elif words == {"is", "diamond"}:
            found |= _rows_with(raw, lambda text: fold(text) not in {"false", "no", "n", "0"})
    return found


def _is_other_goods(text: str) -> bool:
    return bool(_JEWELLERY.search(text) or _OTHER_STONES.search(text) or text.upper() in {"CRB", "CS", "GEM"})


def _rows_with(raw: RawColumn, is_diamond: object) -> set[int]:
    assert callable(is_diamond)
    if not raw.filled:
        return set()
    other = {cell for cell in raw.different if free_text(cell) is not None and not is_diamond(text_of(cell))}
    return set(raw.rows_of(other)) if other else set()


def no_goods(placed: Placed, essentials: Sequence[Sequence[object]]) -> set[int]:
    """The lines that hold no goods at all: not one of shape, colour, clarity and weight, or a total of
    weights.
    """
    weights, first, *others = essentials
    bare = [
        at for at, value in enumerate(first) if value is None and all(other[at] is None for other in others)
    ]
    return {at for at in bare if weights[at] is None or _is_total(placed.rows[at])}


def _is_total(row: Sequence[Cell]) -> bool:
    return bool(_TOTAL.search(" ".join(map(text_of, row)))) or _is_lonely(row)


def _is_lonely(row: Sequence[object]) -> bool:
    """Whether a line holds only a few numbers, as a line of sums without a word does."""
    texts = [str(cell) for cell in row if cell not in (None, "")]
    return len(texts) <= 4 and all(
        text.replace(",", "").replace(".", "").lstrip("-$").isdigit() for text in texts
    )
