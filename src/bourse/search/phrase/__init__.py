"""Reads what somebody typed into the one box: "1.0-1.2 G VS GIA EX none", "rd 1ct+ D-F 3x", pasted numbers.

Words are taken from left to right, the longest phrase first. What is not understood is told, never guessed:
the filter that comes out is shown in words beside it.
"""

from dataclasses import dataclass, field
from typing import Any

from bourse.search.phrase.amounts import amount, days, named_amount
from bourse.search.phrase.colours import fancy, glowing, white
from bourse.search.phrase.grades import clarity, make, named_grade, settle_makes, weighed
from bourse.search.phrase.names import name_of_a_stone, nothing, phrase
from bourse.search.phrase.negation import negated_by, settle_negations
from bourse.search.phrase.reading import Reading, Rule
from bourse.search.phrase.splitting import LONGEST, numbers_in, split

__all__ = ["Phrase", "numbers_in", "read"]

_PLAIN: tuple[Rule, ...] = (
    days,
    named_grade,
    named_amount,
    fancy,
    glowing,
    clarity,
    phrase,
    amount,
    make,
    white,
    weighed,
    name_of_a_stone,
    nothing,
)
_RULES = (negated_by(_PLAIN), *_PLAIN)


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a phrase says, by the filter's parameters, and the words that say nothing to us."""

    parts: dict[str, Any] = field(default_factory=dict)
    not_understood: list[str] = field(default_factory=list)


def read(text: str) -> Phrase:
    """What the phrase says."""
    reading = Reading(split(text[:LONGEST]))
    while not reading.is_over:
        taken = next((taken for rule in _RULES if (taken := rule(reading))), 0)
        if not taken:
            reading.left.append(reading.typed[reading.at])
        reading.at += taken or 1
    settle_makes(reading)
    settle_negations(reading)
    return Phrase(reading.parts, reading.left)
