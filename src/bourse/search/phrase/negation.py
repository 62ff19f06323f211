"""What is not wanted: "not round", "no I1", "without oval or pear", "no fluorescence".

Understood where what follows is of one facet whose other values can be asked for; else the words are told,
and nothing of them is applied: never the opposite of what was typed.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from bourse.search.phrase import words
from bourse.search.phrase.grades import named_grade
from bourse.search.phrase.names import LONGEST_PHRASE
from bourse.search.phrase.reading import Barred, Reading, Rule, taken_by
from bourse.search.scales import CHOICES, Growing

_LEFT_WITH_NOTHING = ("media", "overtone", "intensity", "fluorescence_colour")
"""Facets of which most rows say nothing, or have several: their other values are no "not"."""

MOST_LOOKED_AT = 12  # words behind a negation: no phrase that a rule reads is longer

_OTHER_GROWTH = {Growing.NATURAL: Growing.LAB_GROWN, Growing.LAB_GROWN: Growing.NATURAL}


class _Object(NamedTuple):
    """What a negation is of: the facet, or "" where it is no facet's, its values, and how many words."""

    facet: str
    values: Any
    taken: int


def negated_by(rules: Sequence[Rule]) -> Rule:
    """The rule of negations, which reads what they are of by the other rules."""

    def negated(reading: Reading) -> int:
        opener = _opener(reading, rules)
        if not opener:
            return 0
        if not _names_a_value(reading, opener) and (taken := _as_phrase(reading, opener)):
            return taken
        found, length = _objects(reading, opener, rules)
        if not found and reading.word() in words.WEAK_NEGATIONS and _is_alone(reading):
            return 0
        if not _bar(reading, found, length):
            reading.left.append(reading.as_typed(length))
        return length

    return negated


def settle_negations(reading: Reading) -> None:
    """Take what is not wanted out of what is, or out of everything where nothing else is said."""
    for facet, values, text in reading.barred:
        choice, wanted = CHOICES[facet], reading.parts.get(facet)
        if not wanted or facet in reading.negated:
            reading.negated[facet] = (*reading.negated.get(facet, ()), *values)
        for among in [wanted] if wanted else [choice.default, choice.values]:
            if kept := tuple(value for value in among if value not in values):
                reading.parts[facet] = kept
                break
        else:
            reading.left.append(text)


def _opener(reading: Reading, rules: Sequence[Rule]) -> int:
    """How many words turn what follows round; none where no such word stands here."""
    if reading.window(2) in words.NEGATIONS:
        return 2
    if reading.word() in words.NEGATIONS:
        return 1
    # "Excl" is a grade of make, unless something follows that is none and stands beside no other.
    beside = (reading.word(-1), reading.word(1))
    if f"{reading.word()}." != words.EXCLUDING or any(_is_of_make(word) for word in beside):
        return 0
    is_told_apart = reading.as_typed(1).casefold() == words.EXCLUDING and _phrase(reading, 1)[1] > 0
    return int(is_told_apart or _object(reading, 1, rules).facet in CHOICES)


def _is_of_make(word: str) -> bool:
    return bool(words.makes(word)) or words.FACET_NAMES.get(word) in (*words.MAKES, "make", "finish")


def _names_a_value(reading: Reading, opener: int) -> bool:
    """Whether a facet follows by its name and a value behind it: exclude shade brown is not: no shade."""
    apart, value = reading.apart(opener, MOST_LOOKED_AT), reading.word(opener + 1)
    if reading.word() in words.WEAK_NEGATIONS or len(value) < 2 or value in words.NOTHING:
        return False
    return apart.word() in words.FACET_NAMES and named_grade(apart) > 1


def _as_phrase(reading: Reading, opener: int) -> int:
    """The trade's own phrases, whichever word they begin with: without milky is no milky."""
    said, length = _phrase(reading, opener)
    for name, value in said.items():
        reading.say(name, value)
    return length and opener + length


def _phrase(reading: Reading, opener: int) -> tuple[words.Said, int]:
    """What the next words say behind a negation of the trade's, and how many of them say it."""
    known = words.phrases()
    for length in range(LONGEST_PHRASE - 1, 0, -1):
        rest = reading.window(length, opener)
        spelt = (f"{word} {rest}" for word in words.NEGATIONS if len(rest.split()) == length)
        if phrase := next((one for one in spelt if one in known), None):
            return known[phrase], length
    return {}, 0


def _is_alone(reading: Reading) -> bool:
    """Whether "no" is a value of its own, as in a pasted line of stock: nothing follows, or a figure does."""
    follows = reading.word(1)
    return not follows or any(map(str.isdigit, follows))


def _objects(reading: Reading, opener: int, rules: Sequence[Rule]) -> tuple[list[_Object], int]:
    """What stands behind the negation, joined by "or" and "and", and how many words all of it is."""
    found: list[_Object] = []
    length = opener
    while length < len(reading.typed) - reading.at:
        skipped = _ignored(reading, length)
        one = _object(reading, length + skipped, rules)
        is_joined = any(reading.word(length + place) in words.JOINERS for place in range(skipped))
        if found and not is_joined and (skipped or one.facet != found[0].facet):
            break
        if not one.taken:
            length += 0 if found else skipped + 1
            break
        # Side by side, "not round oval", it is not told whether the second is wanted.
        found.append(one if is_joined or not found else one._replace(facet=""))
        length += skipped + one.taken
    return found, min(length, len(reading.typed) - reading.at)


def _ignored(reading: Reading, ahead: int) -> int:
    """How many words from there on say nothing; a "but" says that the negation is over."""
    count = 0
    while (word := reading.word(ahead + count)) in words.IGNORED and word != "but":
        count += 1
    return count


def _object(reading: Reading, ahead: int, rules: Sequence[Rule]) -> _Object:
    """What the next words say by themselves."""
    apart = reading.apart(ahead, MOST_LOOKED_AT)
    if apart.is_over or apart.word() in words.NEGATIONS or apart.word() in words.IGNORED:
        return _Object("", (), 0)
    taken = taken_by(rules, apart)
    said = list(apart.parts.items())
    is_more = apart.grades or apart.barred or apart.left or apart.counted
    facet, values = said[0] if len(said) == 1 and not is_more else ("", ())
    behind = words.FACET_NAMES.get(apart.word(taken)) if taken else None
    if behind:
        facet = facet if facet == behind else ""
    return _Object(facet, values, taken + (behind is not None))


def _bar(reading: Reading, found: Sequence[_Object], length: int) -> bool:
    """Keep what is not wanted for the end; whether it can be."""
    facets = {one.facet for one in found}
    if len(facets) != 1:
        return False
    (facet,) = facets
    if facet == "growth" and len(found) == 1 and found[0].values in _OTHER_GROWTH:
        reading.say("growth", _OTHER_GROWTH[found[0].values])
        return True
    if facet not in CHOICES or facet in _LEFT_WITH_NOTHING or _is_of_a_pasted_line(reading, facet):
        return False
    values = tuple(value for one in found for value in one.values)
    reading.barred.append(Barred(facet, values, reading.as_typed(length)))
    return True


def _is_of_a_pasted_line(reading: Reading, facet: str) -> bool:
    """Whether the word may have been meant for the column before: "EX EX NO GIA", "EXCL GIA"."""
    if reading.word() in words.WEAK_NEGATIONS:
        return facet == "lab"
    if reading.word() == "excl":
        return facet != "shape" or reading.as_typed(1).casefold() != words.EXCLUDING
    return False
