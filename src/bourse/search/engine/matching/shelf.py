"""Filters laid out for the kernel: written once, never changed but for the bit that keeps each."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bourse.search.engine.matching import layout
from bourse.search.engine.matching.columns import Filters, Schema
from bourse.search.engine.matching.layout import COLUMN, FILTERS, HEADS, LEADING, LINE, NARROW, NARROW_COLUMN

_TOP = 0xFFFF_FFFF


@dataclass(frozen=True, slots=True)
class Geometry:
    """Where what lies in a block: lines, then the zones of rare limits, the limits, the names."""

    widths: tuple[int, ...]  # values of each facet
    limits: int
    filters: int

    @property
    def blocks(self) -> int:
        """How many blocks the filters fill; one where there are none."""
        return max(1, -(-self.filters // FILTERS))

    @property
    def groups(self) -> int:
        """How many words hold a bit for each block."""
        return -(-self.blocks // 64)

    @property
    def kept_line(self) -> int:
        """The line behind those of the facets."""
        return sum(self.widths)

    @property
    def rare(self) -> int:
        """How many limits only few filters have."""
        return self.limits - LEADING

    @property
    def zones(self) -> int:
        """The offset of the zones."""
        return (self.kept_line + 1 + self.rare) * LINE

    @property
    def columns(self) -> int:
        """The offset of the limits."""
        return self.zones + -(-self.rare * 8 // LINE) * LINE

    @property
    def names(self) -> int:
        """The offset of the names."""
        return self.columns + NARROW * NARROW_COLUMN + (self.limits - NARROW) * COLUMN

    @property
    def block_bytes(self) -> int:
        """The bytes of one block."""
        return self.names + COLUMN


def together(schema: Schema, filters: Filters) -> NDArray[np.intp]:
    """The order in which filters are laid: like ones in one block, in each block by the upper price.

    By the values of the first facet, the lower weight, the facets that the schema names, whether there is any
    rare limit, and the upper price: so most blocks are decided whole.
    """
    first = filters.accepted[:, 0]
    others = [filters.accepted[:, schema.place(name)] for name in schema.together]
    has_rare = filters.limits[:, LEADING:].any(axis=1)
    price = filters.limits[:, LEADING - 1]
    order = np.lexsort((price, has_rare, *reversed(others), filters.limits[:, 0], first))
    blocks = np.arange(order.size) // FILTERS
    return np.asarray(order[np.lexsort((price[order], blocks))])


class Shelf:
    """A number of filters as memory; `address` is what the kernel takes."""

    def __init__(self, schema: Schema, filters: Filters) -> None:
        laid = filters.picked(together(schema, filters))
        self.geometry = Geometry(schema.widths, 2 * len(schema.measures), len(laid.names))
        self._by_name = np.argsort(laid.names).astype(np.uint32)
        self._blocks = _blocks_of(laid, self.geometry)
        lines = self._blocks[:, : (self.geometry.kept_line + 1) * LINE].view(np.uint64)
        lines = lines.reshape(self.geometry.blocks, -1, LINE // 8)
        self._summaries = _summaries(lines, self.geometry)
        # Lines that all filters are in, limits that some filter has: the others need no look.
        self._is_whole: list[bool] = (lines == lines[:, -1:]).all(axis=(0, 2)).tolist()
        self._is_limit = [bool(limits.any()) for limits in laid.limits.T]
        self._zones = _zones(laid.limits, self.geometry)
        self._rare = _rare(laid.limits, self.geometry)
        self._head = np.array(self._heads(), np.int64)
        self.address = int(self._head.ctypes.data)

    @property
    def capacity(self) -> int:
        """How many names one listing may write, at the most."""
        return self.geometry.blocks * FILTERS

    @property
    def bytes(self) -> int:
        """How much memory it takes."""
        parts = (self._blocks, *self._summaries, *self._zones, self._rare, self._by_name, self._head)
        return sum(part.nbytes for part in parts)

    def filters(self) -> Filters:
        """Those that are kept."""
        geometry = self.geometry
        accepted = np.zeros((geometry.filters, len(geometry.widths)), np.uint64)
        lines = _columns(self._blocks, 0, LINE)
        for facet, width in enumerate(geometry.widths):
            for value in range(width):
                accepted[:, facet] |= self._each(next(lines)).astype(np.uint64) << np.uint64(value)
        columns = [_in_row(column, geometry) for column in limit_columns(self._blocks, geometry)]
        laid = Filters(
            _in_row(self._names(), geometry), accepted, np.stack(columns, axis=1).astype(np.uint32)
        )
        return laid.picked(self._each(self._kept()).astype(bool))

    def matched(self, values: NDArray[np.uint64], numbers: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """The names of the filters that one listing satisfies: its values [facets], its numbers [limits]."""
        found = self._accepting(values)
        places = np.flatnonzero(np.unpackbits(found.view(np.uint8), axis=1, bitorder="little"))
        columns = zip(limit_columns(self._blocks, self.geometry), numbers, self._is_limit, strict=True)
        for column, number, is_limit in columns:
            if is_limit and places.size:
                block, place = np.divmod(places, FILTERS)
                places = places[column[block, place] <= number]
        block, place = np.divmod(places, FILTERS)
        names: NDArray[np.uint32] = self._names()[block, place]
        return names

    def remove(self, names: NDArray[np.uint32]) -> int:
        """Filters of these names match no more; how many of them were here."""
        places = self._places(names)
        kept, bits = self._kept(), np.uint8(1) << (places & 7).astype(np.uint8)
        was = int(np.bitwise_count(kept).sum())
        np.bitwise_and.at(kept, (places // FILTERS, places % FILTERS >> 3), ~bits)
        return was - int(np.bitwise_count(kept).sum())

    def _places(self, names: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """Where the filters of these names lie, as far as they are here."""
        if not self.geometry.filters:
            return np.zeros(0, np.uint32)
        here = _in_row(self._names(), self.geometry)
        ordered = here[self._by_name]
        found = np.searchsorted(ordered, names)
        is_here = ordered[np.minimum(found, ordered.size - 1)] == names
        return np.asarray(self._by_name[found[is_here]])

    def _each(self, line: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """A bit of each filter: 0 or 1."""
        return _in_row(np.unpackbits(line, axis=1, bitorder="little"), self.geometry)

    def _accepting(self, values: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """Bits of the kept filters that accept the listing's values: [blocks, 8]."""
        found = self._kept().view(np.uint64).copy()
        first = 0
        for had, width in zip(values.tolist(), self.geometry.widths, strict=True):
            lines = [first + value for value in range(width) if had >> value & 1]
            if not any(self._is_whole[line] for line in lines):
                found &= reduce(np.bitwise_or, map(self._line, lines))
            first += width
        return found

    def _line(self, line: int) -> NDArray[np.uint64]:
        """A bit of each filter: [blocks, 8]."""
        return self._blocks[:, line * LINE : (line + 1) * LINE].view(np.uint64)

    def _names(self) -> NDArray[np.uint32]:
        """The names of the filters: [blocks, FILTERS]."""
        return self._blocks[:, self.geometry.names :].view(np.uint32)

    def _kept(self) -> NDArray[np.uint8]:
        """The bits that keep the filters: [blocks, LINE]."""
        at = self.geometry.kept_line * LINE
        return self._blocks[:, at : at + LINE]

    def _heads(self) -> list[int]:
        """The words by which the kernel finds everything."""
        geometry = self.geometry
        some, every, least, most = (one.ctypes.data for one in (*self._summaries, *self._zones))
        words = {
            layout.FACETS: len(geometry.widths),
            layout.LIMITS: geometry.limits,
            layout.GROUPS: geometry.groups,
            layout.BLOCKS: geometry.groups * 64,
            layout.BLOCK_BYTES: geometry.block_bytes,
            layout.SOME: some,
            layout.EVERY: every,
            layout.LEAST: least,
            layout.MOST: most,
            layout.KEPT_LINE: geometry.kept_line,
            layout.RARE_LINE: geometry.kept_line + 1,
            layout.RARE_ZONES: geometry.zones,
            layout.LIMIT_COLUMNS: geometry.columns,
            layout.NAME_COLUMN: geometry.names,
            layout.CAPACITY: self.capacity,
            layout.RARE: self._rare.ctypes.data,
            layout.FIRST_BLOCK: self._blocks.ctypes.data,
        }
        return [*(words[place] for place in range(HEADS)), *np.cumsum([0, *geometry.widths[:-1]]).tolist()]


def _blocks_of(filters: Filters, geometry: Geometry) -> NDArray[np.uint8]:
    """[blocks, bytes of a block]."""
    blocks = aligned(geometry.blocks * geometry.block_bytes).reshape(geometry.blocks, -1)
    lines = _columns(blocks, 0, LINE)
    for facet, width in enumerate(geometry.widths):
        for value in range(width):
            accepts = filters.accepted[:, facet] >> np.uint64(value) & np.uint64(1)
            next(lines)[:] = _bits(accepts.astype(bool), geometry)
    next(lines)[:] = _bits(np.ones(len(filters.names), bool), geometry)
    zones = _columns(blocks, geometry.zones, 8)
    for limit, column in enumerate(limit_columns(blocks, geometry)):
        limits = filters.limits[:, limit]
        column[:] = _in_blocks(limits.astype(column.dtype), geometry, beyond=np.iinfo(column.dtype).max)
        if limit >= LEADING:
            next(lines)[:] = _bits(limits != 0, geometry)
            next(zones)[:] = _zone(_in_blocks(limits, geometry)).view(np.uint8)
    blocks[:, geometry.names :] = _in_blocks(filters.names, geometry).view(np.uint8)
    return blocks


def limit_columns(blocks: NDArray[np.uint8], geometry: Geometry) -> Iterator[NDArray[Any]]:
    """The limits, one column [blocks, FILTERS] after another."""
    for column in islice(_columns(blocks, geometry.columns, NARROW_COLUMN), NARROW):
        yield column.view(np.uint16)
    wide = geometry.columns + NARROW * NARROW_COLUMN
    for column in islice(_columns(blocks, wide, COLUMN), geometry.limits - NARROW):
        yield column.view(np.uint32)


def _columns(blocks: NDArray[np.uint8], at: int, width: int) -> Iterator[NDArray[np.uint8]]:
    """One piece of every block after another, from an offset on."""
    return (blocks[:, place : place + width] for place in range(at, blocks.shape[1], width))


def _in_blocks(column: NDArray[Any], geometry: Geometry, beyond: int = 0) -> NDArray[Any]:
    """A column as [blocks, FILTERS]; `beyond` is what stands behind the last filter."""
    whole = np.full(geometry.blocks * FILTERS, beyond, column.dtype)
    whole[: len(column)] = column
    return whole.reshape(geometry.blocks, FILTERS)


def _in_row(column: NDArray[Any], geometry: Geometry) -> NDArray[Any]:
    """A column [blocks, FILTERS] filter by filter."""
    return column.reshape(-1)[: geometry.filters]


def _bits(column: NDArray[np.bool_], geometry: Geometry) -> NDArray[np.uint8]:
    return np.packbits(_in_blocks(column, geometry), axis=1, bitorder="little")


def _zone(limits: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The least limit of those that are one, and the most, 0 where there is none: [blocks, 2]."""
    least = np.where(limits == 0, np.uint32(_TOP), limits).min(axis=1)
    return np.stack([least, limits.max(axis=1)], axis=1)


def _summaries(
    lines: NDArray[np.uint64], geometry: Geometry
) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Whether some filter, and whether every filter of a block is in a line: [lines, groups] words of bits.

    `lines` is [blocks, lines, 8]; the last line is that of all filters.
    """
    some = (lines != 0).any(axis=2)
    every = (lines == lines[:, -1:]).all(axis=2)
    return _words(some, geometry), _words(every, geometry)


def _words(told: NDArray[np.bool_], geometry: Geometry) -> NDArray[np.uint64]:
    whole = np.zeros((told.shape[1], geometry.groups * 64), bool)
    whole[:, : geometry.blocks] = told.T
    return np.packbits(whole, axis=1, bitorder="little").view(np.uint64)


def _rare(limits: NDArray[np.uint32], geometry: Geometry) -> NDArray[np.uint64]:
    """A word for each block: which of the rare limits some filter has."""
    found = np.zeros(geometry.blocks, np.uint64)
    for rare in range(geometry.rare):
        is_used = _in_blocks(limits[:, LEADING + rare] != 0, geometry).any(axis=1)
        found |= is_used.astype(np.uint64) << np.uint64(rare)
    return found


def _zones(limits: NDArray[np.uint32], geometry: Geometry) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """The least and the most of each leading limit: [LEADING, groups * 64]."""
    least, most = (
        aligned(LEADING * geometry.groups * 64 * 4).view(np.uint32).reshape(LEADING, -1) for _ in range(2)
    )
    for limit in range(LEADING):
        column = limits[:, limit]
        least[limit, : geometry.blocks] = _in_blocks(column, geometry, beyond=_TOP).min(axis=1)
        most[limit, : geometry.blocks] = _in_blocks(column, geometry).max(axis=1)
    return least, most


def aligned(count: int) -> NDArray[np.uint8]:
    """So many bytes, zero, from the beginning of a line on."""
    room = np.zeros(count + LINE, np.uint8)
    start = -room.ctypes.data % LINE
    return room[start : start + count]
