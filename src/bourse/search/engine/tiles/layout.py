"""Where everything lies: in a block of 512 rows, in a generation's table over all blocks, in the file.

Lengths and offsets are bytes. docs/engine.md draws it. The kernels read the same figures as one array of
words, the geometry: its places are the constants below.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bourse.search.engine.tiles.schema import Scale, Schema

ROWS = 512  # of a block: a bitset is one line of 64 bytes
LINE = 64
GROUP = 64  # blocks of which one word holds a bit each
HEAD = 1024  # of a table
RUNS = 16  # sorted runs of texts that a table names for each key column, with the number of them before

# Places in the geometry.
(
    BLOCKS, GROUPS, BLOCK_SIZE, SCALES, SPANS, VALUES, PRESENCE_WORDS, CODE_WORDS,
    CODES, NUMBERS, EARLIER,
    LIVE, COUNTS, COUNTS_SIZE, PRESENCE, LOWEST, HIGHEST, GAPS, HOLDERS, SUMS,
    OF_SCALES, OF_SPANS,
) = range(22)  # fmt: skip
GEOMETRY_HEAD = 24
# Of each scale.
FIRST, LINES, PRESENCE_BIT, CODE_PLACE, CODE_SHIFT, CODE_MASK = range(6)
SCALE_WORDS = 6
# Of each span.
OFFSET, OCTETS = range(2)
SPAN_WORDS = 2

# Places in the head of a table, in words.
POSITION, LIVE_ROWS, NEXT_ROW, FIRST_RUN = range(4)

Geometry = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a scale's lines, presence bits and codes lie."""

    first: int
    lines: int
    presence_bit: int
    code_place: int  # which of a row's code words
    code_shift: int
    code_mask: int  # 0: a row has several values, so there is no code

    def words(self) -> list[int]:
        return [
            self.first, self.lines, self.presence_bit, self.code_place, self.code_shift, self.code_mask,
        ]  # fmt: skip


class Layout:
    """The layout of a schema: everything about a block, and the table of so many blocks."""

    def __init__(self, schema: Schema, blocks: int) -> None:
        self.schema = schema
        self.blocks = -(-blocks // GROUP) * GROUP
        self.groups = self.blocks // GROUP
        self.scales = dict(zip(schema.scales, _placed(list(schema.scales.values())), strict=True))
        self.values = sum(scale.lines for scale in schema.scales.values())
        self.presence_words = _words(scale.presence_bit + scale.lines for scale in self.scales.values())
        self.code_words = max(
            (scale.code_place + 1 for scale in self.scales.values() if scale.code_mask), default=0
        )
        self._lay_block()
        self._lay_table()

    def _lay_block(self) -> None:
        self.codes = self.values * LINE
        self.numbers = self.codes + self.code_words * ROWS * 8
        self.earlier = self.numbers + ROWS * 4
        at = self.earlier + ROWS * 4
        self.offsets: dict[str, int] = {}
        for name, span in sorted(self.schema.spans.items(), key=lambda one: one[1].octets):
            self.offsets[name] = at
            at += span.octets * ROWS
        self.block_size = at

    def _lay_table(self) -> None:
        spans, values = len(self.schema.spans), self.values + 1  # the last value: the live rows
        self.counts_size = -(-values * 2 // 8) * 8
        self.live = HEAD
        self.counts = self.live + self.blocks * LINE
        self.presence = self.counts + self.blocks * self.counts_size
        self.lowest = _aligned(self.presence + self.blocks * self.presence_words * 8)
        self.highest = self.lowest + spans * self.blocks * 4
        self.gaps = self.highest + spans * self.blocks * 4
        self.holders = self.gaps + spans * self.groups * 8
        self.sums = self.holders + values * self.groups * 8
        self.table_size = -(-(self.sums + values * self.groups * 4) // 4096) * 4096

    def facet(self, name: str) -> list[int]:
        """A scale as the kernels take it where it is counted (job.py)."""
        scale = self.scales[name]
        return [
            scale.first, scale.lines, scale.presence_bit // 64 * 8, scale.presence_bit % 64,
            self.codes + scale.code_place * ROWS * 8, scale.code_shift, scale.code_mask, 0,
        ]  # fmt: skip

    @property
    def geometry(self) -> Geometry:
        """The same for the kernels."""
        head = [
            self.blocks, self.groups, self.block_size, len(self.scales), len(self.offsets), self.values,
            self.presence_words, self.code_words, self.codes, self.numbers, self.earlier,
            self.live, self.counts, self.counts_size, self.presence, self.lowest, self.highest, self.gaps,
            self.holders, self.sums,
        ]  # fmt: skip
        scales = [word for scale in self.scales.values() for word in scale.words()]
        spans = [
            word for name, span in self.schema.spans.items() for word in (self.offsets[name], span.octets)
        ]
        head += [GEOMETRY_HEAD, GEOMETRY_HEAD + len(scales)]
        return np.array([*head, *[0] * (GEOMETRY_HEAD - len(head)), *scales, *spans], np.int64)


def _placed(scales: list[Scale]) -> Iterator[_Scale]:
    """Lines one behind the other; presence bits and codes never reach over a word where they fit into one."""
    first = bit = place = shift = 0
    for scale in scales:
        width = scale.lines
        if width > 64 - bit % 64 and bit % 64:
            bit = -(-bit // 64) * 64
        code_bits = 0 if scale.is_several else max(1, (width - 1).bit_length())
        if shift + code_bits > 64:
            place, shift = place + 1, 0
        yield _Scale(first, width, bit, place, shift, (1 << code_bits) - 1)
        first, bit, shift = first + width, bit + width, shift + code_bits


def _words(ends: Iterator[int]) -> int:
    return -(-max(ends, default=0) // 64)


def _aligned(offset: int) -> int:
    return -(-offset // LINE) * LINE
