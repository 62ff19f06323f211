"""What may be asked of a catalogue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class OneOf:
    """Rows that have one of the values."""

    column: str
    codes: Sequence[int]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Rows that have every one of the values; its facet counts what each further value would leave."""

    column: str
    codes: Sequence[int]


@dataclass(frozen=True, slots=True)
class WithTag:
    """Rows whose tagged column holds one of the words."""

    column: str
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class WithKey:
    """Rows that one of the texts names exactly; where it names none, the rows whose key begins with it."""

    columns: Sequence[str]
    texts: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Within:
    """Rows whose number lies in one of the ranges, both ends included; an open end is None."""

    column: str
    ranges: Sequence[tuple[int | None, int | None]]


Criterion = OneOf | AllOf | WithTag | WithKey | Within


@dataclass(frozen=True, slots=True)
class Order:
    """By a column that the catalogue keeps an order of.

    Ties keep the rows' own order, read backwards when the order is; rows that say nothing come last either
    way, in their own order.
    """

    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """Which rows, which facets, which page.

    A criterion that bears the name of a facet is left out when that facet is counted.
    """

    criteria: Mapping[str, Criterion] = field(default_factory=dict)
    facets: Sequence[str] = ()
    order: Order | None = None
    offset: int = 0
    limit: int = 50
    spans: Sequence[str] = ()
