"""The tiled catalogue: one mapped file, written by one process, read by many. docs/engine.md draws it.

build(path, schema, rows, kernels, numbers).put_in_place(path)     a whole catalogue
Writer(TileFile.open(path), kernels).apply(rows, gone)             a batch more
Tiles.open(path, kernels).search(question)                         → Found
"""

from bourse.search.engine.tiles.answer import Found
from bourse.search.engine.tiles.building import build
from bourse.search.engine.tiles.file import TileFile
from bourse.search.engine.tiles.publishing import Writer
from bourse.search.engine.tiles.reading import Tiles
from bourse.search.engine.tiles.renewal import Renewal
from bourse.search.engine.tiles.rows import NOTHING, Rows
from bourse.search.engine.tiles.rules import NotAsked
from bourse.search.engine.tiles.schema import Rank, Scale, Schema, Span
from bourse.search.engine.tiles.texts import NoRoom

__all__ = [
    "NOTHING",
    "Found",
    "NoRoom",
    "NotAsked",
    "Rank",
    "Renewal",
    "Rows",
    "Scale",
    "Schema",
    "Span",
    "TileFile",
    "Tiles",
    "Writer",
    "build",
]
