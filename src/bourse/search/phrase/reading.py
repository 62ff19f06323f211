"""Where the reading of a phrase stands: its words, what they said so far, what was left aside."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from bourse.dialects.dictionary import fold
from bourse.search.choice import Values


class Barred(NamedTuple):
    """Values that somebody does not want, and how he typed it."""

    facet: str
    values: Values
    text: str


class Reading:
    """The words of a phrase and how far they are read; each rule looks at them and says how many it took."""

    def __init__(self, typed: Sequence[str]) -> None:
        self.typed = list(typed)
        self.folded = [fold(word) for word in typed]
        self.at = 0
        self.parts: dict[str, Any] = {}
        self.left: list[str] = []
        self.grades: list[Values] = []
        self.barred: list[Barred] = []

    @property
    def is_over(self) -> bool:
        """Whether every word is read."""
        return self.at >= len(self.typed)

    def window(self, length: int, ahead: int = 0) -> str:
        """The next words, folded, with a space between them."""
        first = self.at + ahead
        return " ".join(self.folded[first : first + length])

    def word(self, ahead: int = 0) -> str:
        """A word from here on, folded; empty behind the last."""
        return self.word_at(self.at + ahead)

    def word_at(self, place: int) -> str:
        """The word at the place, folded; empty where there is none."""
        return self.folded[place] if 0 <= place < len(self.folded) else ""

    def as_typed(self, length: int) -> str:
        """The next words as they were typed."""
        return " ".join(self.typed[self.at : self.at + length])

    def say(self, name: str, value: Any) -> None:
        """Several values of one facet are alternatives; of anything else the last word counts."""
        before = self.parts.get(name)
        if isinstance(value, tuple) and isinstance(before, tuple):
            value = tuple(dict.fromkeys((*before, *value)))
        self.parts[name] = value


Rule = Callable[[Reading], int]
