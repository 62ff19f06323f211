"""Criteria as the rules that kernels and the numpy engine apply: which column, what of it passes.

Every question passes through here, so this is written to be quick.
"""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from bourse.search.engine.question import AllOf, Criterion, OneOf, Order, Question, Within, WithKey
from bourse.search.engine.tiles.job import AMONG, BY_NUMBER, NO_FACET, ONE_OF, WITHIN
from bourse.search.engine.tiles.schema import Schema, Span

SIGN = 1 << 63
WORD = 1 << 64
FOREMOST, LAST = -1.0, 2.0  # texts come before the sets, ranges behind them


MOST_RANGES = 256  # of one criterion: each costs in every block that is looked at


class NotAsked(ValueError):
    """The question names what the catalogue does not have, or more than can be answered quickly."""


class Rule(NamedTuple):
    """One criterion. `words`: a bit for each value of the scale, or low and reach of each range as stored."""

    share: float  # of the rows that pass, roughly: what lets least through comes first
    kind: int
    facet: int
    column: int
    words: Sequence[int]
    texts: WithKey | None = None


_made = tuple.__new__  # several times quicker than a named tuple's own
_SHARE = itemgetter(0)


class Columns:
    """The columns of a schema by their places."""

    def __init__(self, schema: Schema) -> None:
        self._scales = {
            name: (place, scale.lines) for place, (name, scale) in enumerate(schema.scales.items())
        }
        self._spans = {name: (place, span) for place, (name, span) in enumerate(schema.spans.items())}

    def scale(self, name: str) -> tuple[int, int]:
        """The place of a scale, and how many values it has."""
        try:
            return self._scales[name]
        except KeyError as missing:
            raise NotAsked(f"There is no scale {name}.") from missing

    def span(self, name: str) -> tuple[int, Span]:
        """The place of a number column, and what it holds."""
        try:
            return self._spans[name]
        except KeyError as missing:
            raise NotAsked(f"There is no number {name}.") from missing

    def facets(self, names: Sequence[str]) -> dict[str, int]:
        """The place of each facet in the question; each is asked for once."""
        for name in names:
            self.scale(name)
        places = {name: place for place, name in enumerate(names)}
        if len(places) < len(names):
            raise NotAsked("A facet is asked for once.")
        return places

    def order(self, order: Order | None) -> tuple[int, int]:
        """The column by which a page is put in order, and whether that descends."""
        if order is None:
            return BY_NUMBER, 0
        return self.span(order.column)[0], int(order.descending)

    def rules(self, question: Question, facets: Mapping[str, int]) -> list[Rule]:
        """The rules of the question, those that let least through first; `facets`: the place of each."""
        rules: list[Rule] = []
        for name, criterion in question.criteria.items():
            facet = facets.get(name, NO_FACET)
            kind = type(criterion)
            if kind is OneOf:
                rules.append(self._one_of(criterion.column, criterion.codes, facet))  # type: ignore[union-attr]
            elif kind is Within:
                rules.append(self._within(criterion, facet))  # type: ignore[arg-type]
            else:
                rules += self._other(criterion, facet)
        rules.sort(key=_SHARE)
        return rules

    def _other(self, criterion: Criterion, facet: int) -> list[Rule]:
        if isinstance(criterion, AllOf):
            return [self._one_of(criterion.column, [code], NO_FACET) for code in criterion.codes]
        if isinstance(criterion, WithKey):
            return [Rule(FOREMOST, AMONG, facet, 0, (), criterion)]
        raise NotAsked("Words are asked by the codes of a scale or by numbers.")

    def _one_of(self, column: str, codes: Sequence[int], facet: int) -> Rule:
        place, lines = self._scales.get(column) or self.scale(column)
        mask = 0
        for code in codes:
            mask |= 1 << code
        if mask >> lines:
            raise NotAsked(f"{column} has {lines} values.")
        if lines < 64:
            return _made(Rule, (len(codes) / lines, ONE_OF, facet, place, (mask,), None))
        parts = [signed(mask >> shift & (WORD - 1)) for shift in range(0, lines, 64)]
        return Rule(len(codes) / lines, ONE_OF, facet, place, parts)

    def _within(self, criterion: Within, facet: int) -> Rule:
        place, span = self._spans.get(criterion.column) or self.span(criterion.column)
        if len(criterion.ranges) > MOST_RANGES:
            raise NotAsked(f"{criterion.column} is asked for more than {MOST_RANGES} ranges.")
        words: list[int] = []
        for low, high in criterion.ranges:
            least = 0 if low is None or low < span.low else low - span.low
            most = (span.high if high is None or high > span.high else high) - span.low
            if least <= most:
                words += (least, most - least)
        return Rule(LAST, WITHIN, facet, place, words)


def signed(word: int) -> int:
    """The word as a number with a sign, as memory views take it."""
    return word - WORD if word >= SIGN else word
