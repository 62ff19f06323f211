"""The tiled engine over the made market."""

import time
from pathlib import Path

import numpy as np

from bourse.run.bench.search.made import FACETS, NUMBERS, ORDERS, PAGE, SETS, Answer, Asked, Column, Stones
from bourse.search.engine import Criterion, OneOf, Order, Question, Within
from bourse.search.engine.compiled import Kernels
from bourse.search.engine.tiles import Rank, Rows, Scale, Schema, Span, TileFile, Tiles, Writer, build

WIDE = {"total": Span(0, 2**31 - 1), "ppc": Span(0, 2**31 - 1), "listed_at": Span(0, 2**31 - 1)}
SPANS = {name: WIDE.get(name, Span(-1_000, 60_000)) for name in NUMBERS}
WEIGHTS = (18, 23, 30, 40, 50, 60, 70, 80, 90, 100, 120, 150, 200, 300, 400, 500, 1000)
PRICES = sorted({int(2 ** (step / 64)) for step in range(64 * 31)})
SCHEMA = Schema(
    {name: Scale(width) for name, width in SETS.items()},
    SPANS,
    nearness=[
        Rank("carat", WEIGHTS), Rank("shape"), Rank("origin"), Rank("color"), Rank("clarity"),
        Rank("total", PRICES),
    ],
)  # fmt: skip
FACET_NAMES = tuple(FACETS)


def rows_of(stones: Stones) -> Rows:
    """Stones as the engine takes them."""
    return Rows(stones["id"], {name: stones[name] for name in (*SETS, *NUMBERS)})


def question(asked: Asked) -> Question:
    """What is asked, in the engine's words. A range bears no facet's name: it is never left out."""
    criteria: dict[str, Criterion] = {name: OneOf(name, codes) for name, codes in asked.sets.items()}
    criteria |= {f"{name} range": Within(name, [ends]) for name, ends in asked.ranges.items()}
    column, descends = ORDERS[asked.order]
    return Question(criteria, FACET_NAMES, Order(column, descends), asked.page * PAGE, PAGE)


class Ours:
    """The engine on a file of its own."""

    def __init__(self, folder: Path, kernels: Kernels) -> None:
        self._path, self._kernels = folder / "tiles", kernels

    def fill(self, stones: Stones) -> float:
        """Build the file; seconds."""
        begun = time.perf_counter()
        numbers = len(stones["id"]) + len(stones["id"]) // 8 + 20_000
        build(self._path, SCHEMA, rows_of(stones), self._kernels, numbers).put_in_place(self._path)
        took = time.perf_counter() - begun
        self.reopen()
        return took

    def reopen(self) -> float:
        """Open the file anew and answer a question, writer too; seconds."""
        begun = time.perf_counter()
        self.tiles = Tiles.open(self._path, self._kernels)
        self._writer = Writer(TileFile.open(self._path), self._kernels)
        self.ask(Asked({}, {}, "price"))
        return time.perf_counter() - begun

    def ask(self, asked: Asked) -> Answer:
        """The answer."""
        found = self.tiles.search(question(asked))
        return Answer(found.total, found.numbers, [found.facets[name] for name in FACET_NAMES])

    def take_in(self, stones: Stones, gone: Column) -> float:
        """Publish a batch; seconds until readers see it."""
        rows = rows_of(stones)
        begun = time.perf_counter()
        self._writer.apply(rows, gone.astype(np.int64))
        return time.perf_counter() - begun

    def bytes_a_listing(self) -> tuple[float, float]:
        """What is read to answer, and the whole file with its room for publishing, by listings."""
        file = self._writer.file
        table = self._writer.current
        used = int(np.count_nonzero(table.rows)) * file.layout.block_size
        listings = int(table.rows.sum(dtype=np.int64))
        held = used + file.layout.table_size + listings * 4
        return held / listings, self._path.stat().st_size / listings
