"""What a tiled catalogue holds: scales, whole numbers, texts; and which rows lie side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

WIDEST_SEVERAL = 64  # values of a scale of which a row may have several: they travel as one word
WIDEST = 512


@dataclass(frozen=True, slots=True)
class Scale:
    """A set column: a row has one of `width` values; with `is_several` any number of them.

    With `may_lack` (always where several are had) a row may have none: that is a further value behind the
    last, so that the values of a block always say whether all of its rows pass.
    """

    width: int
    is_several: bool = False
    may_lack: bool = False

    def __post_init__(self) -> None:
        most = WIDEST_SEVERAL if self.is_several else WIDEST
        if not 0 < self.width <= most:
            raise ValueError(f"A scale has 1 to {most} values, not {self.width}.")

    @property
    def lines(self) -> int:
        """The values that have a bitset in each block, the one of those that have none included."""
        return self.width + (self.may_lack or self.is_several)


@dataclass(frozen=True, slots=True)
class Span:
    """A number column: whole numbers from `low` to `high`, or none; stored as value - low, none as top."""

    low: int
    high: int

    def __post_init__(self) -> None:
        if not 0 <= self.high - self.low < (1 << 32) - 1:
            raise ValueError(f"{self.low} to {self.high} does not fit into four bytes.")

    @property
    def octets(self) -> int:
        """Bytes a row."""
        return 2 if self.high - self.low < (1 << 16) - 1 else 4

    @property
    def top(self) -> int:
        """How "none" is stored: above every number."""
        return (1 << 8 * self.octets) - 1


@dataclass(frozen=True, slots=True)
class Rank:
    """One step of the order in which rows lie: by a column's values, or by the marks that they reach."""

    column: str
    marks: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """The columns by name. `texts`: bytes of each key column; `nearness`: rows that are asked together."""

    scales: Mapping[str, Scale] = field(default_factory=dict)
    spans: Mapping[str, Span] = field(default_factory=dict)
    texts: Mapping[str, int] = field(default_factory=dict)
    nearness: Sequence[Rank] = ()
