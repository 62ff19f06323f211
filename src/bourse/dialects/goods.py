"""Which lines of a table are no rows of diamonds: totals, titles, jewellery, coloured stones, findings."""

import re
from collections.abc import Sequence

from bourse.dialects.cells import free_text, text_of
from bourse.dialects.columns import RawColumn
from bourse.dialects.dictionary import fold
from bourse.dialects.layout import Placed
from bourse.dialects.reading import Fault
from bourse.dialects.rows import Verdicts
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
    r"|pearls?|opals?|morganites?|citrines?|peridots?|alexandrites?|turquoise"
    r"|tsavorites?)\b",
    re.IGNORECASE,
)
# What only looks like a diamond, and is sold among diamonds all the same.
_PLAINLY = (
    r"moissanites?|(?:cubic\s)?zirconias?|simulants?|simulated diamonds?|strontium titanate|rhinestones?"
)
_SIMULANTS = re.compile(rf"\b(?:{_PLAINLY})\b", re.IGNORECASE)
_SIMULANT_KINDS = re.compile(rf"\b(?:{_PLAINLY}|cz|yag|ggg|glass)\b", re.IGNORECASE)
_BESIDE_SIMULANTS = re.compile(
    r"\b(?:lab(?:oratory)?[\s-]?(?:grown|created)|synthetic|diamonds?|loose|stones?)\b", re.IGNORECASE
)
_MOST_KINDS = 500  # different cells in a sample; a column that says of what kind its goods are has a few
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


def refuse_simulants(raws: Sequence[RawColumn], verdicts: Verdicts) -> None:
    """Keep out the rows that say themselves to be what only looks like a diamond: by kind, or by a cell that
    says nothing else.
    """
    for raw in raws:
        if len(raw.counts) > _MOST_KINDS:
            continue
        is_of_kinds = bool(set(words_of(raw.header)) & _KIND_WORDS)
        says_it = _SIMULANT_KINDS.search if is_of_kinds else _is_a_simulant
        for cell in [cell for cell in raw.different if isinstance(cell, str) and says_it(cell)]:
            fault = _no_diamond(raw, text_of(cell))
            for at in raw.rows_of({cell}):
                verdicts.refuse(at, fault)


def _is_a_simulant(text: str) -> bool:
    return bool(_SIMULANTS.search(text)) and not _BESIDE_SIMULANTS.sub("", _SIMULANTS.sub("", text)).strip(
        " -,/()"
    )


def _no_diamond(raw: RawColumn, found: str) -> Fault:
    return Fault(
        raw.header, found, "a diamond, natural or lab-grown",
        f"“{found}” is no diamond, and diamonds alone are listed here.",
        "Take the row out of the list, or correct the cell.",
        raw.index,
    )  # fmt: skip


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
