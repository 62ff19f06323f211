"""A whole catalogue into a fresh file, like rows side by side: from rows, or from another file."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from bourse.search.engine import generations
from bourse.search.engine.compiled import Kernels, SharedWords
from bourse.search.engine.tiles.file import TileFile
from bourse.search.engine.tiles.layout import LIVE_ROWS, NEXT_ROW, POSITION, ROWS
from bourse.search.engine.tiles.rows import Cells, Rows, cells_of, nearness
from bourse.search.engine.tiles.schema import Schema
from bourse.search.engine.tiles.texts import add_texts, all_texts
from bourse.search.engine.tiles.views import Blocks, Slots, Table, flags_of, places_of

SLICE = 1 << 17
SPARE = 0.12  # of the places are for new versions, until the blocks of old ones are empty
LEAST_SPARE = 128 * ROWS


def build(
    path: Path, schema: Schema, rows: Rows, kernels: Kernels, numbers: int, position: int = 0
) -> TileFile:
    """The rows in a new file beside the path, published there; `put_in_place` gives it to the readers.

    Rows may bear numbers below `numbers`.
    """
    near = np.empty(len(rows), np.int64)
    for first in range(0, len(rows), SLICE):
        part = slice(first, first + SLICE)
        near[part] = nearness(schema, cells_of(schema, rows.chosen(part)))

    def read(order: Slots) -> tuple[Cells, Slots]:
        chosen = rows.chosen(order)
        return cells_of(schema, chosen), chosen.numbers.astype(np.int64)

    file = _filled(path, schema, np.argsort(near, kind="stable"), read, kernels, numbers)
    table = Table.of(file, 0)
    for key, name in enumerate(schema.texts):
        add_texts(file, table, key, name, rows.columns[name].astype(np.bytes_), rows.numbers.astype(np.int64))
    return _published(file, table, kernels, position)


def built_anew(file: TileFile, old: Table, kernels: Kernels, numbers: int) -> TileFile:
    """The live rows of a table in a new file beside the old one, like ones side by side again.

    The table stays as it is meanwhile, and no row that is live in it is written over.
    """
    schema = file.described.schema
    places = np.flatnonzero(flags_of(old.live).reshape(-1)).astype(np.int64)
    near = np.empty(len(places), np.int64)
    for first in range(0, len(places), SLICE):
        near[first : first + SLICE] = nearness(
            schema, rows_at(file, places[first : first + SLICE], kernels)[0]
        )

    def read(order: Slots) -> tuple[Cells, Slots]:
        return rows_at(file, places[order], kernels)

    made = _filled(file.path, schema, np.argsort(near, kind="stable"), read, kernels, numbers)
    table, blocks = Table.of(made, 0), Blocks(file)
    for key, name in enumerate(schema.texts):
        texts, owners = all_texts(file, old, key, name)
        is_live = places_of(file, blocks, old, owners) >= 0
        add_texts(made, table, key, name, texts[is_live], owners[is_live])
    return _published(made, table, kernels, int(old.head[POSITION]))


def rows_at(file: TileFile, places: Slots, kernels: Kernels) -> tuple[Cells, Slots]:
    """What is written of the rows in these places, and their numbers."""
    schema = file.described.schema
    cells = np.empty((len(schema.scales) + len(schema.spans), len(places)), np.int64)
    numbers = np.empty(len(places), np.int64)
    kernels["read_rows"](
        file.blocks, file.geometry.ctypes.data, places.ctypes.data, len(places), cells.ctypes.data,
        numbers.ctypes.data,
    )  # fmt: skip
    return cells, numbers


def _filled(
    path: Path,
    schema: Schema,
    order: Slots,
    read: Callable[[Slots], tuple[Cells, Slots]],
    kernels: Kernels,
    numbers: int,
) -> TileFile:
    """A new file beside the path with the rows in this order in its first table."""
    room = len(order) + max(int(len(order) * SPARE), LEAST_SPARE)
    file = TileFile.create(path.with_name(f".{path.name}.new"), schema, room, numbers)
    geometry, table = file.geometry.ctypes.data, file.table(0)
    for first in range(0, len(order), SLICE):
        cells, given = read(order[first : first + SLICE])
        cells, places = np.ascontiguousarray(cells), np.arange(first, first + len(given), dtype=np.int64)
        none = np.zeros(len(given), np.int64)
        kernels["write_rows"](
            file.blocks, geometry, places.ctypes.data, len(given), cells.ctypes.data, given.ctypes.data,
            none.ctypes.data,
        )  # fmt: skip
        kernels["revive"](table, geometry, places.ctypes.data, len(given))
        file.directory[given] = places + 1
    used = np.arange(-(-len(order) // ROWS), dtype=np.int64)
    kernels["settle"](file.blocks, table, geometry, used.ctypes.data, len(used))
    return file


def _published(file: TileFile, table: Table, kernels: Kernels, position: int) -> TileFile:
    rows = int(table.rows.sum(dtype=np.int64))
    table.head[POSITION], table.head[LIVE_ROWS], table.head[NEXT_ROW] = position, rows, rows
    generations.Writer(file.generations, SharedWords(kernels)).publish(0)
    return file
