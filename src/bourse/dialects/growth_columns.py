"""Which columns say how the stones came to be, where their headers are unclear, and what columns of other
things say of single stones. What is not sure becomes a question.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bourse.dialects.cells import text_of
from bourse.dialects.columns import RawColumn
from bourse.dialects.dictionary import Dictionary, fold
from bourse.dialects.growth_words import CODES, LAB_GROWN, NATURAL, VAGUE, growth_word
from bourse.dialects.headers import hint_of
from bourse.dialects.likeness import BELIEVED
from bourse.dialects.meaning import PRICES, Meaning
from bourse.dialects.places import MINED_IN
from bourse.dialects.questions import ASIDE, Questions
from bourse.dialects.spelling import words_of
from bourse.dialects.tables import Cell

_NAMED, _BY_VALUES = 0.5, 0.9
_MOST_WORDS = 500  # different cells; a column of growth words has a few
_MINE = "mine_of_origin"
_TELLING = frozenset(
    {"natural", "mined", "grown", "growth", "synthetic", "manmade", "labgrown", "lgd", "nat", "cvd"}
)
_BESIDE = frozenset(
    {"is", "or", "and", "lab", "laboratory", "diamond", "stone", "type", "kind", "process", "method", "earth",
     "man", "made", "hpht", "indicator", "flag", "n", "l"}
)  # fmt: skip
_OF_CODES = ({"n", "l"}, {"n", "lg"}, {"n", "lgd"})


@dataclass
class Elsewhere:
    """What is said of single stones outside the columns of their growth: the rows that were grown, each with
    its word, and those of which a question has to be answered first.
    """

    grown: dict[int, str] = field(default_factory=dict)
    open: set[int] = field(default_factory=set)


def settle_growth_columns(
    meanings: Sequence[Meaning], dictionary: Dictionary, questions: Questions
) -> Elsewhere:
    """Settle as growth the columns that surely say it, and take of the others what their words say."""
    elsewhere = Elsewhere()
    is_told = any(map(_tells_of_all, meanings))
    for meaning in meanings:
        if _may_say_it(meaning):
            if _is_headed_so(meaning.raw, dictionary):
                meaning.settle("growth_type", _NAMED)
            elif meaning.raw.filled:
                _by_its_words(meaning, dictionary, questions, elsewhere, is_told=is_told)
    return elsewhere


def _tells_of_all(meaning: Meaning) -> bool:
    """Whether a column of the growth has a word for every stone."""
    return meaning.field == "growth_type" and all(map(text_of, meaning.raw.different))


def _may_say_it(meaning: Meaning) -> bool:
    is_unread = meaning.field is None and PRICES.isdisjoint(meaning.fields)
    return (is_unread or meaning.field == _MINE) and not meaning.is_own


def _is_headed_so(raw: RawColumn, dictionary: Dictionary) -> bool:
    """Whether a header speaks of the growth in so many words, or names the two codes that stand below it."""
    words = set(words_of(raw.header))
    if not any(map(text_of, raw.different)):
        return False
    if words in _OF_CODES:
        texts = [fold(text_of(cell)) for cell in raw.filled]
        return all(text in CODES or growth_word(text, dictionary) for text in texts)
    if words & _TELLING and words <= _TELLING | _BESIDE:
        return True
    return hint_of(raw.header, dictionary).fields == ("growth_type",) and bool(words & _TELLING)


def _by_its_words(
    meaning: Meaning, dictionary: Dictionary, questions: Questions, elsewhere: Elsewhere, *, is_told: bool
) -> None:
    raw, is_mine = meaning.raw, meaning.field == _MINE
    if len(raw.different) > _MOST_WORDS:
        return
    words = {cell: word for cell in raw.different if (word := growth_word(cell, dictionary))}
    grown = {cell: word for cell, word in words.items() if word != NATURAL}
    vague = {cell for cell in grown if _is_vague(cell, is_mine=is_mine)}
    is_mostly = _share(raw, words) >= BELIEVED
    is_plain = len(vague) < len(grown) or (NATURAL in words.values() and set(grown.values()) != {"HPHT"})
    if grown and is_mostly and is_plain and not (is_mine and _names_places(raw)):
        meaning.settle("growth_type", _BY_VALUES)
    elif is_mostly or is_mine:
        said = {cell: word for cell, word in grown.items() if not (is_told and cell in vague)}
        _take_words(raw, said, vague & said.keys(), questions, elsewhere)


def _is_vague(cell: Cell, *, is_mine: bool) -> bool:
    word = fold(str(cell))
    return word in VAGUE and not (is_mine and word == "hpht")


def _share(raw: RawColumn, words: Mapping[Cell, str]) -> float:
    return sum(count for cell, count in raw.filled.items() if cell in words) / sum(raw.filled.values())


def _names_places(raw: RawColumn) -> bool:
    return any(fold(text_of(cell)) in MINED_IN for cell in raw.different)


def _take_words(
    raw: RawColumn, grown: Mapping[Cell, str], asked: set[Cell], questions: Questions, elsewhere: Elsewhere
) -> None:
    """Take the plain words as they stand, and the others as its supplier says."""
    answer = questions.growth_words(raw, sorted(map(text_of, asked))) if asked else ASIDE
    for cell, word in grown.items():
        rows = raw.rows_of({cell})
        if cell not in asked or answer == LAB_GROWN:
            elsewhere.grown.update(dict.fromkeys(rows, word))
        elif answer is None:
            elsewhere.open.update(rows)
