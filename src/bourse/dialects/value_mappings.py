"""Which word each spelling in a column of words was read as, for the supplier to look at and to change."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec
import numpy as np

from bourse.dialects.cells import NOTHING, text_of
from bourse.dialects.columns import Filled, read_cells
from bourse.dialects.dictionary import Dictionary, fold
from bourse.dialects.fields import Kind
from bourse.dialects.reading import ValueMapping

MOST_OF_A_COLUMN = 200
_NEEDED = frozenset({"shape", "color", "clarity"})
_NOT_OF_WORDS = frozenset({"measurements"})


def values_of(filled: Iterable[Filled], dictionary: Dictionary) -> list[ValueMapping]:
    """The spellings of every column of words, each once for its field: the unread before the read, and the
    usual before the rare.
    """
    found: dict[str, ValueMapping] = {}
    for column in filled:
        is_of_words = column.field.kind in (Kind.WORDS, Kind.FLAG) and column.field.name not in _NOT_OF_WORDS
        for one in _of_column(column, dictionary) if is_of_words else ():
            found[one.key] = _together(found[one.key], one) if one.key in found else one
    return sorted(found.values(), key=lambda one: (bool(one.word or one.is_own), -one.count))


def of_all_sheets(sheets: Iterable[Sequence[ValueMapping]]) -> list[ValueMapping]:
    """The spellings of several sheets together."""
    found: dict[str, ValueMapping] = {}
    for one in (value for sheet in sheets for value in sheet):
        found[one.key] = _together(found[one.key], one) if one.key in found else one
    return list(found.values())


def _together(first: ValueMapping, second: ValueMapping) -> ValueMapping:
    return msgspec.structs.replace(first, count=first.count + second.count)


def _of_column(column: Filled, dictionary: Dictionary) -> Iterator[ValueMapping]:
    raw, name = column.raw, column.field.name
    table, odd, _foreign = read_cells(raw, column.field, dictionary)
    own = dictionary.own.get(name, {})
    counts = np.bincount(raw.codes, minlength=len(raw.different)).tolist()
    said = [
        (cell, count, table[cell])
        for cell, count in zip(raw.different, counts, strict=True)
        if table[cell] or cell in odd or _keeps_out(name, folded := fold(text_of(cell))) or folded in own
    ]
    said.sort(key=lambda one: (bool(one[2]), -one[1]))
    for cell, count, words in said[:MOST_OF_A_COLUMN]:
        folded = fold(text_of(cell))
        key = f"value:{name}:{folded}"
        yield ValueMapping(key, name, raw.header, text_of(cell), count, _in_words(words), folded in own)


def _keeps_out(name: str, folded: str) -> bool:
    """Whether a row is kept out for what stands here, although elsewhere it would say nothing ("XX")."""
    return name in _NEEDED and folded not in NOTHING and folded != "0"


def _in_words(words: Sequence[object]) -> str:
    """What a cell fills, as a person says it: "VS1", "G-H", "Fancy Vivid Yellow"."""
    said = [word for word in words if word is not None]
    first = said[0] if said else ""
    if first == "Fancy" and len(said) > 1:
        first = " ".join(str(word) for word in said[:0:-1])
    return "-".join(map(str, first)) if isinstance(first, list) else str(first)
