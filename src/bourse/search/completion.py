"""What somebody may be about to type: words of the trade that begin like those before the cursor.

Every word that is offered reads by itself, whole and without a doubt.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from bourse.dialects.dictionary import fold
from bourse.search.echo import echo
from bourse.search.filter import Filter
from bourse.search.phrase import read, words
from bourse.search.scales import CHOICES

MOST = 8  # suggestions
LONGEST_NAME = 3  # words
LOOKED_AT = 200  # characters before the cursor
_WORD = re.compile(r"[^\s,;|]+")
_BREAK = re.compile(r"[,;|]")
_ALONE = ("shape", "lab", "fluorescence", "clarity", "growth", "goods", "availability")
"""What is offered first where many words begin alike."""
_BY_VALUE = ("shape", "lab", "clarity", "fluorescence", "availability", "intensity", "colour", "overtone")


class Suggestion(NamedTuple):
    """A text for the place from start to end, and what it says there."""

    start: int
    end: int
    text: str
    says: str


class _Known(NamedTuple):
    spelling: str
    text: str
    says: str
    rank: int


def complete(text: str, cursor: int, most: int = MOST) -> list[Suggestion]:
    """What may stand where the cursor is, the likeliest first."""
    cursor = max(0, min(cursor, len(text)))
    is_begun = cursor > 0 and not text[cursor - 1].isspace()
    end = cursor + len(_rest(text, cursor))
    offered: dict[str, Suggestion] = {}
    for start, facet in _begun(text, cursor):
        typed = fold(text[start:cursor])
        known = _values(facet) if facet else _known() if typed and is_begun else []
        for one in sorted(
            _alike(known, typed), key=lambda one: (not _begins(one, typed), one.rank, one.text)
        ):
            if one.text != text[start:end]:
                offered.setdefault(f"{facet} {one.says}", Suggestion(start, end, one.text, one.says))
    return list(offered.values())[:most]


def _begins(one: "_Known", typed: str) -> bool:
    """Whether the word that is offered is the one whose beginning was typed, or all of what was typed is its
    name.
    """
    return one.spelling == typed or fold(one.text).startswith(typed)


def _begun(text: str, cursor: int) -> Iterator[tuple[int, str]]:
    """Where what is typed may begin, the longest first, and of which facet that place asks a value."""
    looked = max(0, cursor - LOOKED_AT)
    segment = max((found.end() for found in _BREAK.finditer(text, looked, cursor)), default=looked)
    starts = [found.start() for found in _WORD.finditer(text, segment, cursor)]
    if not starts or text[cursor - 1].isspace():
        starts.append(cursor)
    for place in range(max(0, len(starts) - LONGEST_NAME), len(starts)):
        facets = (_facet(text[starts[first] : starts[place]]) for first in range(place))
        yield starts[place], next(filter(None, facets), "")


def _facet(name: str) -> str:
    return words.FACET_NAMES.get(fold(" ".join(name.split())), "")


def _rest(text: str, cursor: int) -> str:
    """What of the word under the cursor stands behind it."""
    found = _WORD.match(text, cursor)
    return found[0] if found and cursor and not text[cursor - 1].isspace() else ""


def _alike(known: Sequence[_Known], typed: str) -> Iterator[_Known]:
    """Those that begin with what is typed; they stand in the order of the alphabet."""
    place = bisect_left(known, typed, key=lambda one: one.spelling)
    while place < len(known) and known[place].spelling.startswith(typed):
        yield known[place]
        place += 1


@cache
def _known() -> list[_Known]:
    """Every spelling with the word that is offered for it."""
    texts: dict[str, str] = {}
    for spelling, said in words.phrases().items():
        texts.setdefault(repr(said), _canonical(spelling, said))
    spelt = {spelling: texts[repr(said)] for spelling, said in words.phrases().items()}
    spelt |= {fold(str(value)): str(value) for name in _BY_VALUE for value in CHOICES[name].values}
    told = {text: _told(text) for text in spelt.values()}
    found = [(spelling, text, told[text]) for spelling, text in spelt.items()]
    return sorted(_Known(spelling, text, says[0], says[1]) for spelling, text, says in found if says)


def _canonical(spelling: str, said: Mapping[str, Any]) -> str:
    """The trade's own word where the phrase says one value, else the spelling itself."""
    values = [value for several in said.values() if isinstance(several, tuple) for value in several]
    word = str(values[0]) if len(said) == len(values) == 1 else spelling
    return word if words.phrases().get(fold(word)) == said else spelling


def _told(text: str) -> tuple[str, int] | None:
    """What the text says by itself and how soon it is offered; None where it leaves anything open."""
    said = read(text)
    if said.not_understood or said.doubts or not (said.parts or said.beyond):
        return None
    beyond = (f"{name} {_plain(value)}" for name, value in said.beyond.items())
    return echo(Filter(**said.parts)) or ", ".join(beyond) or text, _rank(said.parts)


def _rank(parts: Mapping[str, Any]) -> int:
    """The usual facets first, and of each its values in the trade's order."""
    name, values = next(iter(parts.items()), ("", (None,)))
    place = CHOICES[name].values.index(values[0]) if name in CHOICES else 0
    return place + 1_000 * (_ALONE.index(name) if name in _ALONE else len(_ALONE))


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


@cache
def _values(facet: str) -> list[_Known]:
    """The words that are offered behind a facet's name, the better first."""
    names = {"make": "cut", "finish": "cut", "girdle": "girdle_min"}
    choice = CHOICES[names.get(facet, facet)]
    usual = [value for value in choice.values if value in choice.usual] + [
        value for value in choice.values if value not in choice.usual
    ]
    return sorted(_Known(fold(str(value)), str(value), str(value), rank) for rank, value in enumerate(usual))
