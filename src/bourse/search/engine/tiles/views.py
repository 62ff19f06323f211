"""What lies in the file as numpy sees it: a table's parts, the blocks' columns."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bourse.search.engine.tiles.file import TileFile
from bourse.search.engine.tiles.layout import FIRST_RUN, HEAD, LINE, ROWS, RUNS, Layout

Slots = NDArray[np.int64]
Lines = NDArray[np.uint64]


class Blocks:
    """The blocks of a file: columns are arrays of blocks by 512 rows, a value's lines blocks by 8 words."""

    def __init__(self, file: TileFile) -> None:
        self._layout = file.layout
        start = file.regions.blocks
        behind = start + file.layout.blocks * file.layout.block_size
        self._octets = file.octets[start:behind].reshape(file.layout.blocks, file.layout.block_size)
        self.numbers = self._column(file.layout.numbers, np.uint32)
        self.earlier = self._column(file.layout.earlier, np.uint32)
        self.spans = {
            name: self._column(
                offset, np.uint16 if file.described.schema.spans[name].octets == 2 else np.uint32
            )
            for name, offset in file.layout.offsets.items()
        }

    def lines(self, value: int) -> Lines:
        """Which rows have the value."""
        return self._octets[:, value * LINE : (value + 1) * LINE].view(np.uint64)

    def _column(self, offset: int, kind: Any) -> NDArray[Any]:
        return self._octets[:, offset : offset + ROWS * np.dtype(kind).itemsize].view(kind)


class Table:
    """A table: one of a file's, or a copy."""

    def __init__(self, layout: Layout, octets: NDArray[np.uint8]) -> None:
        self.octets = octets
        self._layout = layout
        self.head = self.octets[:HEAD].view(np.int64)
        self.live: Lines = self.octets[layout.live : layout.live + layout.blocks * LINE].view(np.uint64)
        self.live = self.live.reshape(-1, LINE // 8)
        counts = self.octets[layout.counts : layout.counts + layout.blocks * layout.counts_size]
        self.counts = counts.reshape(-1, layout.counts_size).view(np.uint16)
        self.rows: NDArray[np.uint16] = self.counts[:, layout.values]

    @classmethod
    def of(cls, file: TileFile, place: int) -> "Table":
        """One of a file's tables."""
        start = file.regions.tables + place * file.layout.table_size
        return cls(file.layout, file.octets[start : start + file.layout.table_size])

    def copy(self) -> "Table":
        """The table as it is now."""
        return Table(self._layout, self.octets.copy())

    def is_live(self, places: Slots) -> NDArray[np.bool_]:
        """Which of the rows are live."""
        words = self.live[places >> 9, (places & 511) >> 6]
        live: NDArray[np.bool_] = (words >> (places & 63).astype(np.uint64)) & np.uint64(1) == 1
        return live

    def runs(self, key: int) -> list[tuple[int, int]]:
        """The sorted runs of a key column's texts: where each begins, how long it is."""
        at = FIRST_RUN + key * (RUNS + 1)
        return [
            (word >> 32, word & 0xFFFF_FFFF)
            for word in self.head[at + 1 : at + 1 + int(self.head[at])].tolist()
        ]

    def put_runs(self, key: int, runs: list[tuple[int, int]]) -> None:
        """Name other runs."""
        at = FIRST_RUN + key * (RUNS + 1)
        self.head[at] = len(runs)
        self.head[at + 1 : at + 1 + len(runs)] = [start << 32 | length for start, length in runs]


def places_of(file: TileFile, blocks: Blocks, table: Table, numbers: Slots) -> Slots:
    """Where the rows of these numbers lie in the table's generation; -1 where it has none.

    The directory knows the newest place of each, published or not: from there the way leads to earlier ones.
    """
    places = file.directory[numbers].astype(np.int64) - 1
    found = np.full(len(numbers), -1, np.int64)
    left = np.flatnonzero(places >= 0)
    while left.size:
        block, row = places[left] >> 9, places[left] & 511
        is_own = blocks.numbers[block, row] == numbers[left]
        is_found = is_own & table.is_live(places[left])
        found[left[is_found]] = places[left[is_found]]
        places[left] = blocks.earlier[block, row].astype(np.int64) - 1
        left = left[is_own & ~is_found & (places[left] >= 0)]
    return found


def flags_of(lines: Lines) -> NDArray[np.bool_]:
    """Whether each row is in the set, block by block."""
    return np.unpackbits(lines.view(np.uint8), axis=1, bitorder="little").view(np.bool_)
