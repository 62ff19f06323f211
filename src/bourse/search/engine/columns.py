"""What a catalogue is made of, before it is written."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

NO_CODE = 255
MISSING = np.iinfo(np.int64).min
WIDEST = 64


@dataclass(frozen=True, slots=True)
class Coded:
    """One value of a short scale for each row, as its rank; NO_CODE where nothing is said."""

    width: int
    codes: NDArray[np.uint8]

    def __post_init__(self) -> None:
        if self.width >= NO_CODE:
            raise ValueError(f"A scale of {self.width} values does not fit into one byte.")


@dataclass(frozen=True, slots=True)
class Several:
    """Any number of a short scale's values for each row: bit k stands for the value of rank k.

    A parcel of G to I is found under G, H and I; a row is sorted by the first of its values.
    """

    width: int
    masks: NDArray[np.uint64]

    def __post_init__(self) -> None:
        if self.width > WIDEST:
            raise ValueError(f"A scale of {self.width} values does not fit into one word.")


@dataclass(frozen=True, slots=True)
class Tagged:
    """One of many words for each row (a company, a country); -1 where nothing is said."""

    words: Sequence[str]
    codes: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number for each row; MISSING lies in no range and sorts last in either direction."""

    values: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Keys:
    """A text by which a row is looked up, as bytes; b"" where there is none.

    `order`: the rows that have one in the order of their texts, equal ones in their own; None: unknown.
    """

    texts: NDArray[np.bytes_]
    order: NDArray[np.int64] | None = None


@dataclass(frozen=True, slots=True)
class Payloads:
    """What a page shows of each row: which file of them, how much of it is written, where each lies."""

    generation: str
    size: int
    offsets: NDArray[np.int64]
    lengths: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Columns:
    """A whole catalogue: the columns by name, and which of them results are put in order by."""

    rows: int
    payloads: Payloads
    coded: Mapping[str, Coded | Several] = field(default_factory=dict)
    tagged: Mapping[str, Tagged] = field(default_factory=dict)
    numbers: Mapping[str, Number] = field(default_factory=dict)
    keys: Mapping[str, Keys] = field(default_factory=dict)
    ordered: Collection[str] = ()
    about: Mapping[str, str] = field(default_factory=dict)
