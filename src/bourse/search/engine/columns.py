"""What a catalogue is made of, before it is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

NO_CODE = 255
MISSING = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class Coded:
    """One value of a short scale for each row, as its rank; NO_CODE where nothing is said.

    `last` widens a row to a range of the scale: a parcel of G to I is found under G, H and I.
    """

    width: int
    codes: NDArray[np.uint8]
    last: NDArray[np.uint8] | None = None

    def __post_init__(self) -> None:
        if self.width >= NO_CODE:
            raise ValueError(f"A scale of {self.width} values does not fit into one byte.")


@dataclass(frozen=True, slots=True)
class Tagged:
    """One of many words for each row (a company): filtered by, never counted."""

    words: Sequence[str]
    codes: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number for each row; MISSING lies in no range and sorts last in either direction."""

    values: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Keys:
    """A text by which a row is looked up, as bytes; b"" where there is none."""

    texts: NDArray[np.bytes_]


@dataclass(frozen=True, slots=True)
class Columns:
    """A whole catalogue: the columns by name, and for each row the bytes that a page shows of it."""

    payloads: Sequence[bytes]
    coded: Mapping[str, Coded] = field(default_factory=dict)
    tagged: Mapping[str, Tagged] = field(default_factory=dict)
    numbers: Mapping[str, Number] = field(default_factory=dict)
    keys: Mapping[str, Keys] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)
