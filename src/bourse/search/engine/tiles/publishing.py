"""The one writer: batches of rows become generations.

A row is never changed. Its new version goes to a fresh place and the old one is called dead, both in a table
that is a copy of the current one; then that table is published. What a reader may still look at is not
written over, so a batch costs what it changes and one copy of the table.

The directory is changed in place, before the table is published: what it held is written down first, and a
writer that begins anew puts it back where the batch was never published.
"""

from typing import NamedTuple

import numpy as np

from bourse.search.engine import generations
from bourse.search.engine.compiled import Kernels, SharedWords
from bourse.search.engine.generations import TABLES
from bourse.search.engine.tiles.file import MOST_AT_ONCE, TileFile
from bourse.search.engine.tiles.layout import LIVE_ROWS, NEXT_ROW, POSITION, ROWS
from bourse.search.engine.tiles.rows import Cells, Rows, cells_of, nearness
from bourse.search.engine.tiles.texts import NoRoom, Texts, add_texts
from bourse.search.engine.tiles.views import Slots, Table

NEVER, NOT_HELD = -1, 1 << 62
UNDO_COUNT, UNDO_GENERATION, UNDO_PAIRS = range(3)


class Batch(NamedTuple):
    """Rows in the kernels' form, the texts of each, and the numbers of those that end."""

    cells: Cells
    numbers: Slots
    texts: dict[str, Texts]
    gone: Slots
    position: int


class Writer:
    """Publishes batches. There is one of it for a file, whatever has become of the one before."""

    def __init__(self, file: TileFile, kernels: Kernels) -> None:
        self.file = file
        self.kernels = kernels
        self._tables = [Table.of(file, place) for place in range(TABLES)]
        self._generations = generations.Writer(file.generations, SharedWords(kernels))
        self._geometry = file.geometry.ctypes.data
        # The last generation in which each block had rows.
        self._used = np.full(file.layout.blocks, NEVER, np.int64)
        self._held = NOT_HELD
        self._heard: list[Batch] | None = None
        self._restart()

    @property
    def current(self) -> Table:
        """The table that readers are answered from."""
        return self._tables[self.place]

    @property
    def place(self) -> int:
        """Which table that is."""
        return self._generations.current().table

    @property
    def position(self) -> int:
        """How far the writer has followed whatever it follows, as of the current generation."""
        return int(self.current.head[POSITION])

    @property
    def generation(self) -> int:
        """The current generation's number."""
        return self._generations.current().generation

    def apply(self, rows: Rows, gone: Slots, position: int = 0) -> int:
        """Publish the rows, new or anew, and the end of those that are gone; the generation that shows it.

        `position` is kept with the generation.
        """
        if len(rows) + len(gone) > MOST_AT_ONCE:
            raise ValueError(f"A batch has at most {MOST_AT_ONCE} rows.")
        named = np.sort(np.concatenate([rows.numbers, gone]))
        if (named[1:] == named[:-1]).any():
            raise ValueError("A row stands in a batch once.")
        schema = self.file.described.schema
        texts = {name: rows.columns[name].astype(np.bytes_) for name in schema.texts}
        numbers = rows.numbers.astype(np.int64)
        batch = Batch(cells_of(schema, rows), numbers, texts, gone.astype(np.int64), position)
        if self._heard is not None:
            self._heard.append(batch)
        return self.publish(batch)

    def publish(self, batch: Batch) -> int:
        """The same of a batch in the kernels' form."""
        order = np.argsort(nearness(self.file.described.schema, batch.cells), kind="stable")
        numbers = batch.numbers[order]
        place, oldest = self._generations.room()
        table = self._tables[place]
        table.octets[:] = self.current.octets
        before = self._places(table, np.concatenate([numbers, batch.gone]))
        self._append(table, np.ascontiguousarray(batch.cells[:, order]), numbers, min(oldest, self._held))
        self._retire(table, before[before >= 0])
        is_new = before[: len(numbers)] < 0
        for key, (name, texts) in enumerate(batch.texts.items()):
            add_texts(self.file, table, key, name, texts[order][is_new], numbers[is_new])
        table.head[POSITION] = batch.position
        table.head[LIVE_ROWS] += len(numbers) - int((before >= 0).sum())
        generation = self._generations.publish(place)
        self._used[table.rows > 0] = generation
        return generation

    def hold(self) -> tuple[Table, list[Batch]]:
        """The table as it is, no row of which is written over from now on; and what will be published."""
        self._held = self.generation
        self._heard = []
        return self.current.copy(), self._heard

    def _places(self, table: Table, numbers: Slots) -> Slots:
        """Where the rows of these numbers lie in the table; less than 0 where it has none."""
        found = np.empty(len(numbers), np.int64)
        self.kernels["locate"](
            self.file.blocks, self._address(table), self._geometry, self.file.directory.ctypes.data,
            numbers.ctypes.data, len(numbers), found.ctypes.data,
        )  # fmt: skip
        return found

    def _append(self, table: Table, cells: Cells, numbers: Slots, oldest: int) -> None:
        """Write the rows to fresh places and call them live."""
        places = self._fresh(table, len(numbers), oldest)
        earlier = self.file.directory[numbers].astype(np.int64)
        self._note(numbers, earlier)
        self.kernels["write_rows"](
            self.file.blocks, self._geometry, places.ctypes.data, len(numbers), cells.ctypes.data,
            numbers.ctypes.data, earlier.ctypes.data,
        )  # fmt: skip
        self.file.directory[numbers] = places + 1
        self.kernels["revive"](self._address(table), self._geometry, places.ctypes.data, len(numbers))
        filled = np.unique(places >> 9)
        self.kernels["settle"](
            self.file.blocks, self._address(table), self._geometry, filled.ctypes.data, len(filled)
        )

    def _fresh(self, table: Table, count: int, oldest: int) -> Slots:
        """So many places: what is left of the open block, then blocks that no generation reads any more."""
        begun = int(table.head[NEXT_ROW])
        left = min(count, -begun % ROWS)
        needed = -(-(count - left) // ROWS)
        free = np.flatnonzero((self._used < oldest) & (table.rows == 0))
        free = free[free != begun >> 9][:needed] if left else free[:needed]
        if len(free) < needed:
            raise NoRoom("There is no room for more rows.")
        for block in free.tolist():
            self.kernels["clear"](self.file.blocks, self._geometry, block)
        more = (free[:, None] * ROWS + np.arange(ROWS)).reshape(-1)[: count - left]
        places = np.concatenate([np.arange(begun, begun + left), more]).astype(np.int64)
        if count:
            table.head[NEXT_ROW] = places[-1] + 1
        return places

    def _retire(self, table: Table, places: Slots) -> None:
        self.kernels["retire"](
            self.file.blocks, self._address(table), self._geometry, places.ctypes.data, len(places)
        )

    def _note(self, numbers: Slots, held: Slots) -> None:
        """Write down what the directory held."""
        undo = self.file.undo
        undo[UNDO_COUNT] = 0
        undo[UNDO_PAIRS : UNDO_PAIRS + 2 * len(numbers) : 2] = numbers
        undo[UNDO_PAIRS + 1 : UNDO_PAIRS + 1 + 2 * len(numbers) : 2] = held
        undo[UNDO_GENERATION] = self.generation + 1 & 0xFFFF_FFFF
        self.kernels["put"](undo.ctypes.data, int(undo[UNDO_GENERATION]) << 32 | len(numbers))

    def _restart(self) -> None:
        """Take up what another writer left: its last batch is whole or undone."""
        undo = self.file.undo
        if undo[UNDO_COUNT] and undo[UNDO_GENERATION] != self.generation & 0xFFFF_FFFF:
            behind = UNDO_PAIRS + 2 * int(undo[UNDO_COUNT])
            self.file.directory[undo[UNDO_PAIRS:behind:2]] = undo[UNDO_PAIRS + 1 : behind : 2]
        undo[UNDO_COUNT] = 0
        # Rows that were begun and not published lie behind the last one: their block is given up.
        head = self.current.head
        head[NEXT_ROW] = -(-int(head[NEXT_ROW]) // ROWS) * ROWS
        for table in self._tables:
            self._used[table.rows > 0] = self.generation

    def _address(self, table: Table) -> int:
        return int(table.octets.ctypes.data)
