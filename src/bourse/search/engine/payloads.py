"""What a page shows of each row: a file of its own beside the catalogue, only ever added to.

So a publication writes what changed, not the whole market. The catalogue says which file it speaks of and
where in it each row lies.
"""

import mmap
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


class Store:
    """The payloads of one catalogue, while it is written."""

    def __init__(self, catalogue: Path, generation: str) -> None:
        self.path = path_of(catalogue, generation)
        self.generation = generation
        self.size = 0
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_bytes(b"")

    def add(self, payloads: Sequence[bytes]) -> NDArray[np.int64]:
        """Write the payloads behind the others; of each its offset and its length."""
        lengths = np.fromiter(map(len, payloads), np.int64, len(payloads))
        ends = self.size + np.cumsum(lengths)
        with self.path.open("r+b") as file:
            file.seek(self.size)
            file.write(b"".join(payloads))
        self.size += int(lengths.sum())
        return np.stack([ends - lengths, lengths], axis=1)


def path_of(catalogue: Path, generation: str) -> Path:
    """The file of a generation of payloads."""
    return catalogue.with_name(f"{catalogue.name}.rows.{generation}")


def mapped(catalogue: Path, generation: str, size: int) -> bytes | mmap.mmap:
    """The payloads as a catalogue found them; an error where they are not all there."""
    if not size:
        return b""
    with path_of(catalogue, generation).open("rb") as file:
        if os.fstat(file.fileno()).st_size < size:
            raise ValueError("The payloads are cut short.")
        return mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ)


def forget_others(catalogue: Path, generation: str) -> None:
    """Remove the generations before; who reads one still has it."""
    for path in catalogue.parent.glob(f"{catalogue.name}.rows.*"):
        if path != path_of(catalogue, generation):
            path.unlink(missing_ok=True)
