"""Reads what somebody typed into the one box: "1.0-1.2 G VS GIA EX none", "rd 1ct+ D-F 3x", pasted numbers.

Words are taken from left to right, the longest phrase first. What is not understood is told, what may mean
something else is asked, and nothing is guessed: the filter that comes out is shown in words beside it.
"""

from dataclasses import dataclass, field
from typing import Any

from bourse.search.choice import Values
from bourse.search.phrase import sizes, stones
from bourse.search.phrase.allowed import allowed_by
from bourse.search.phrase.amounts import amount, around, days, named_amount, settle_counted
from bourse.search.phrase.colours import fancy, glow_range, glowing, named_glow, white
from bourse.search.phrase.discounts import discount
from bourse.search.phrase.doubts import Doubt
from bourse.search.phrase.grades import clarity, compared, make, named_grade, settle_makes, weighed
from bourse.search.phrase.named import named_by, settle_cities
from bourse.search.phrase.names import nothing, phrase, settle_wishes
from bourse.search.phrase.negation import negated_by, settle_negations
from bourse.search.phrase.reading import Reading, Rule, taken_by
from bourse.search.phrase.splitting import numbers_in, split
from bourse.search.too_long import LONGEST, MOST_WORDS

__all__ = ["BEYOND", "LONGEST", "Phrase", "numbers_in", "read"]

BEYOND = ("discount", "city", "supplier", "mine", "process", "status")
"""What is understood and what no filter of the catalogue can ask for."""

_PLAIN: tuple[Rule, ...] = (
    days,
    stones.named_numbers,
    stones.number_of_an_exchange,
    sizes.points,
    sizes.grains,
    sizes.measured,
    sizes.fraction,
    around,
    compared,
    glow_range,
    named_glow,
    named_grade,
    named_amount,
    discount,
    fancy,
    glowing,
    clarity,
    phrase,
    amount,
    make,
    white,
    weighed,
    stones.name_of_a_stone,
    nothing,
)
_OPEN = (named_by(_PLAIN), *_PLAIN)
_RULES = (allowed_by(_OPEN), negated_by(_OPEN), *_OPEN)


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a phrase says, by the filter's parameters, and the words that say nothing to us."""

    parts: dict[str, Any] = field(default_factory=dict)
    not_understood: list[str] = field(default_factory=list)
    beyond: dict[str, Any] = field(default_factory=dict)  # understood, though no filter can ask for it
    beyond_words: list[str] = field(default_factory=list)  # how that was typed
    doubts: list[Doubt] = field(default_factory=list)
    negated: dict[str, Values] = field(default_factory=dict)  # where parts are all but these
    kinds: dict[str, str] = field(default_factory=dict)  # whose a number is, where that was said
    implied: frozenset[str] = frozenset()  # parts that nobody typed


def read(text: str) -> Phrase:
    """What the phrase says."""
    words = split(text[:LONGEST])
    reading = Reading(words[:MOST_WORDS])
    beyond_words, said = [], 0
    while not reading.is_over:
        taken = taken_by(_RULES, reading)
        if not taken:
            reading.left.append(reading.typed[reading.at])
        before, said = said, sum(len(reading.parts.get(name, ())) for name in BEYOND)
        if said > before:
            beyond_words.append(reading.as_typed(taken))
        reading.at += taken or 1
    reading.left += words[MOST_WORDS:][:1]
    return _settled(reading, beyond_words)


def _settled(reading: Reading, beyond_words: list[str]) -> Phrase:
    """What could not be told before every word was read."""
    settle_counted(reading)
    settle_wishes(reading)
    settle_makes(reading)
    settle_negations(reading)
    settle_cities(reading)
    said = reading.parts
    return Phrase(
        {name: value for name, value in said.items() if name not in BEYOND} | reading.implied,
        reading.left,
        {name: said[name] for name in BEYOND if name in said},
        beyond_words,
        reading.doubts,
        reading.negated,
        reading.kinds,
        frozenset(reading.implied),
    )
