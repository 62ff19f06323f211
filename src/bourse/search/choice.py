"""A facet of which a buyer picks values, and how people spell them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from bourse.dialects.dictionary import fold, standard
from bourse.vocabulary import Scale

Values = tuple[Scale, ...]
FEW = 3  # values that are rather named as left out than all the others as chosen
NO_GROUPS: Mapping[str, Values] = {}


@cache
def _by_word(values: Values) -> Mapping[str, Scale]:
    return {fold(str(value)): value for value in values}


@dataclass(frozen=True, slots=True)
class Choice:
    """One row of the table of facets, for the address, the rail, the phrase box and the engine alike."""

    values: Values
    claim: str  # the column of a catalogue's row, or the particular, that says it
    dictionary: tuple[str, ...] = ()  # fields of the alias dictionary that know the spellings
    usual: Values = ()  # shown even where no stone has them
    groups: Mapping[str, Values] = field(default_factory=dict)  # names that stand for several values
    last: str = ""  # the claim that holds the other end of a range
    otherwise: Scale | None = None  # for a word that the scale does not know
    silent: Scale | None = None  # for a row that says nothing
    default: Values = ()  # what is shown where a buyer chooses nothing; nothing here: everything
    is_several: bool = False  # a row may have several values
    needs_all: bool = False  # a row has to have all that are chosen, not one of them

    def read(self, text: str) -> Values:
        """The values that somebody typed: one, a group, "D-F", "VS2+", "not Brown", "not G/H"; else none."""
        plain = " ".join(text.replace("–", "-").split())
        if plain.endswith("+"):
            return self._from_to(self.values[:1], self._named(plain[:-1]))
        if found := self._named(plain):
            return found
        if plain.casefold().startswith("not "):
            return self._all_but([self._named(one) for one in plain[4:].split("/")])
        best, dash, worst = plain.partition("-")
        return self._from_to(self._named(best), self._named(worst)) if dash else ()

    def left_out(self, chosen: Values) -> Values:
        """The few values that are not chosen, where so many are that these say it shorter; else none."""
        rest = tuple(value for value in self.values if value not in chosen)
        return rest if len(rest) <= FEW and len(rest) * 4 <= len(chosen) else ()

    def better(self, values: Values) -> Values:
        """These values and all that stand before them on the scale."""
        return self._from_to(self.values[:1], values)

    def worse(self, values: Values) -> Values:
        """These values and all that stand behind them on the same scale."""
        ranked = tuple(one for one in self.values if values and type(one) is type(values[0]))
        return self._from_to(values, ranked[-1:])

    def between(self, best: Values, worst: Values) -> Values:
        """From the first to the last of these values."""
        return self._from_to(best, worst)

    def _all_but(self, named: Sequence[Values]) -> Values:
        """All other values, where each of these is known."""
        barred = {value for values in named for value in values}
        return tuple(value for value in self.values if value not in barred) if all(named) else ()

    def _named(self, text: str) -> Values:
        word = fold(text)
        if found := self.groups.get(word):
            return found
        known = _by_word(self.values)
        spellings = (standard().words_of(name).get(word) for name in self.dictionary)
        found_value = known.get(word) or next(
            (known[fold(one)] for one in spellings if one and fold(one) in known), None
        )
        return (found_value,) if found_value else ()

    def _from_to(self, best: Values, worst: Values) -> Values:
        if not best or not worst:
            return ()
        places = [self.values.index(value) for value in (*best, *worst)]
        return self.values[min(places) : max(places) + 1]
