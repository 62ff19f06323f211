"""Where the reading of a phrase stands: its words, what they said so far, what is left or in doubt."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from bourse.dialects.dictionary import fold
from bourse.search.choice import Values
from bourse.search.measures import Range
from bourse.search.phrase.doubts import Doubt


class Barred(NamedTuple):
    """Values that somebody does not want, and how he typed it."""

    facet: str
    values: Values
    text: str


class Counted(NamedTuple):
    """A whole number before a shape: how many, or a weight where the phrase names no other."""

    typed: str
    weight: Range


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
        self.negated: dict[str, Values] = {}
        self.counted: list[Counted] = []
        self.implied: dict[str, tuple[str, ...]] = {}  # asked of the catalogue, though nobody said it
        self.kinds: dict[str, str] = {}  # whose a number is, where that was said
        self.doubts: list[Doubt] = []
        self.places: dict[str, list[int]] = {}  # at which words a part was said

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

    def as_typed(self, length: int, ahead: int = 0) -> str:
        """The next words as they were typed."""
        first = self.at + ahead
        return " ".join(self.typed[first : first + length])

    def apart(self, ahead: int, length: int) -> "Reading":
        """The next words by themselves, as a reading of their own."""
        return Reading(self.typed[self.at + ahead : self.at + ahead + length])

    def say(self, name: str, value: Any) -> None:
        """Several values of one facet are alternatives; of anything else the last word counts."""
        self.places.setdefault(name, []).append(self.at)
        before = self.parts.get(name)
        if isinstance(value, tuple) and isinstance(before, tuple):
            value = tuple(dict.fromkeys((*before, *value)))
        self.parts[name] = value

    def doubt(self, question: str, length: int, ahead: int = 0) -> None:
        """Ask about the next words."""
        self.doubts.append(Doubt(self.as_typed(length, ahead), question))

    def leave(self, length: int, question: str = "") -> int:
        """Leave the next words unread, and ask about them where there is something to ask; how many."""
        self.left.append(self.as_typed(length))
        if question:
            self.doubt(question, length)
        return length


Rule = Callable[[Reading], int]


def taken_by(rules: Sequence[Rule], reading: Reading) -> int:
    """How many words the first of the rules takes that takes any."""
    return next((taken for rule in rules if (taken := rule(reading))), 0)
