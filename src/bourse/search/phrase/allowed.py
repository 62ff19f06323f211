"""What somebody allows and does not ask for: "faint ok", "laser drilled acceptable"."""

from collections.abc import Sequence

from bourse.search.phrase import doubts, words
from bourse.search.phrase.reading import Reading, Rule, taken_by

_WORDS = frozenset(
    {"ok", "okay", "o.k", "acceptable", "accepted", "allowed", "possible", "permitted", "fine"}
)
_BETWEEN = frozenset({"is", "are", "also", "be", "tinge", "can", "may"})
FARTHEST = 6  # words from what is allowed to the word that says so


def allowed_by(rules: Sequence[Rule]) -> Rule:
    """The rule of what is allowed, which the other rules read."""

    def allowed(reading: Reading) -> int:
        length = next((place for place in range(1, FARTHEST) if reading.word(place) in _WORDS), 0)
        if not length or reading.word() in words.IGNORED:
            return 0
        said = length
        while said > 1 and reading.word(said - 1) in _BETWEEN:
            said -= 1
        apart = reading.apart(0, said)
        is_all_of_it = taken_by(rules, apart) == said and not apart.left
        return reading.leave(length + 1, doubts.ALLOWED) if is_all_of_it else 0

    return allowed
