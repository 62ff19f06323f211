"""What somebody typed into the one box: numbers of reports and of stock, for now."""

import re
from dataclasses import dataclass, field
from typing import Any

from bourse.dialects.dictionary import fold
from bourse.vocabulary import Laboratory

_BREAK = re.compile(r"[\s,;|]+")
_LABORATORIES = frozenset(fold(lab.value) for lab in Laboratory)


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a phrase says, by the filter's parameters, and the words that say nothing to us."""

    parts: dict[str, Any] = field(default_factory=dict)
    not_understood: list[str] = field(default_factory=list)


def read(text: str) -> Phrase:
    """What the phrase says."""
    return Phrase({"number": tuple(numbers_in(text))})


def numbers_in(text: str) -> list[str]:
    """The numbers of a pasted list, each once; a laboratory's name before a number is tolerated."""
    words = [_bare(word) for word in _BREAK.split(text) if any(map(str.isalnum, word))]
    numbers = [word for word in words if fold(word).rstrip(":#") not in _LABORATORIES]
    return list(dict.fromkeys(numbers or words))


def _bare(word: str) -> str:
    """A number without the laboratory's name that is joined to it: "GIA:2141438171"."""
    name, sign, number = word.partition(":")
    return number if sign and number and fold(name) in _LABORATORIES else word
