"""Where rows lie: from the directory, back along earlier versions to the one that a table calls live."""

import numpy as np

from bourse.search.engine.kernel.reading import get, of, put
from bourse.search.engine.kernel.vector import NONE, ONE, ahead, kernel, u32, word
from bourse.search.engine.tiles import layout

FAR, NEAR = 16, 8  # rows ahead of which the directory, then the row itself, is asked for
NOWHERE = -1


@kernel
def _newest(directory: int, number: int) -> int:
    return u32(directory + number * 4) - 1


@kernel
def _live_at(table: int, geometry: int, place: int) -> int:
    return table + of(geometry, layout.LIVE) + (place >> 9) * 64 + ((place & 511) >> 6) * 8


@kernel
def _number_at(blocks: int, geometry: int, place: int) -> int:
    base = blocks + (place >> 9) * of(geometry, layout.BLOCK_SIZE)
    return base + of(geometry, layout.NUMBERS) + (place & 511) * 4


@kernel
def _ask_for(blocks: int, table: int, geometry: int, place: int) -> None:
    if place >= 0:
        ahead(_number_at(blocks, geometry, place))
        ahead(_live_at(table, geometry, place))


@kernel
def _live_place(blocks: int, table: int, geometry: int, newest: int, number: int) -> int:
    place = newest
    while place >= 0:
        at = _number_at(blocks, geometry, place)
        if u32(at) != number:
            return NOWHERE
        if (word(_live_at(table, geometry, place)) >> np.uint64(place & 63)) & ONE != NONE:
            return place
        place = u32(at + of(geometry, layout.EARLIER) - of(geometry, layout.NUMBERS)) - 1
    return NOWHERE


@kernel
def locate(
    blocks: int, table: int, geometry: int, directory: int, numbers: int, count: int, found: int
) -> int:
    """Write where the rows of these numbers lie in the table's generation; NOWHERE where it has none."""
    for step in range(count):
        if step + FAR < count:
            ahead(directory + get(numbers, step + FAR) * 4)
        if step + NEAR < count:
            _ask_for(blocks, table, geometry, _newest(directory, get(numbers, step + NEAR)))
        number = get(numbers, step)
        put(found, step, _live_place(blocks, table, geometry, _newest(directory, number), number))
    return 0
