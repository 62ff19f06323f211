"""The alias dictionary: which spellings of headers and values the trade uses, and what they mean."""

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from bourse.dialects.spelling import squeeze

Words = tuple[str | float | list[str] | None, ...]

# Fields whose cells are spelt as those of another field are.
SAME_WORDS = {
    "polish": "cut_grade",
    "symmetry": "cut_grade",
    "girdle_min": "girdle",
    "girdle_max": "girdle",
}


def fold(word: str) -> str:
    """A value as it is looked up: compatible signs unified, spaces collapsed, case and final dots dropped."""
    plain = word if word.isascii() else unicodedata.normalize("NFKC", word)
    return " ".join(plain.casefold().split()).rstrip(".")


@dataclass(frozen=True)
class Dictionary:
    """Spellings of headers (squeezed, each with every field it may mean) and of values (folded, by field)."""

    headers: dict[str, tuple[str, ...]]
    values: dict[str, dict[str, str]]
    tokens: dict[str, tuple[str, ...]]
    silent: frozenset[str]
    rules: dict[frozenset[str], tuple[str, ...]]
    own: Mapping[str, Mapping[str, Words]] = field(default_factory=dict)  # the supplier's own, by field

    def words_of(self, field: str) -> dict[str, str]:
        """The folded spellings of a field's values, each with its canonical word."""
        return self.values.get(SAME_WORDS.get(field, field), {})

    def without(self, spellings: Iterable[str]) -> "Dictionary":
        """The same dictionary with these header spellings taken out: for tests of what is left without
        them.
        """
        gone = {squeeze(spelling) for spelling in spellings}
        return replace(self, headers={key: fields for key, fields in self.headers.items() if key not in gone})

    def with_own(self, words: Mapping[str, Mapping[str, Words]]) -> "Dictionary":
        """The same dictionary with what a supplier's own spellings fill, which go before all others."""
        return replace(self, own=words) if words else self

    @cached_property
    def long_headers(self) -> tuple[str, ...]:
        """The spellings long enough to be recognised by nearness."""
        return tuple(key for key in self.headers if len(key) >= 5)


@cache
def standard() -> Dictionary:
    """The dictionary that ships with the house."""
    words = files("bourse.dialects") / "words"
    headers, values, grammar = (
        json.loads((words / f"{name}.json").read_text("utf-8")) for name in ("headers", "values", "tokens")
    )
    return Dictionary(
        headers=_headers(headers),
        values={field: _values(grades) for field, grades in values.items()},
        tokens=_turned(grammar["words"]),
        silent=frozenset(grammar["silent"]),
        rules=_rules(grammar),
    )


def _headers(spellings: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return _turned({field: [squeeze(word) for word in words] for field, words in spellings.items()})


def _turned(table: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for meaning, words in table.items():
        for word in words:
            found.setdefault(word, {})[meaning] = None
    return {word: tuple(meanings) for word, meanings in found.items()}


def _values(grades: dict[str, list[str]]) -> dict[str, str]:
    return {fold(word): grade for grade, words in grades.items() for word in (grade, *words)}


def _rules(grammar: dict[str, Any]) -> dict[frozenset[str], tuple[str, ...]]:
    rules: dict[frozenset[str], tuple[str, ...]] = {
        frozenset(concepts.split()): (field,)
        for field, patterns in grammar["rules"].items()
        for concepts in patterns
    }
    rules.update((frozenset(concepts.split()), tuple(fields)) for concepts, fields in grammar["open"].items())
    return rules
