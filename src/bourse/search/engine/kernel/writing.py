"""Rows into blocks, and what a table says of blocks. One writer; readers look at published tables only.

Cells: for each column a run of numbers, scales first. Of a scale: the code, or where several are had a bit
for each; of a number column: the number as it is stored. A place is block * 512 + row.
"""

import numpy as np

from bourse.search.engine.kernel.reading import bit_of, get, of, of_scale, of_span, put
from bourse.search.engine.kernel.vector import (
    NONE,
    ONE,
    ahead,
    both,
    everywhere,
    first,
    kernel,
    least16,
    least32,
    load,
    most16,
    most32,
    ones,
    put_u16,
    put_u32,
    put_word,
    signed,
    store,
    total,
    u16,
    u32,
    word,
)
from bourse.search.engine.tiles import layout

TOP = (1 << 32) - 1
ROWS = layout.ROWS


@kernel
def _add_bit(line: int, row: int) -> None:
    place = line + (row >> 6) * 8
    put_word(place, word(place) | ONE << np.uint64(row & 63))


@kernel
def _drop_bit(line: int, row: int) -> None:
    place = line + (row >> 6) * 8
    put_word(place, word(place) & ~(ONE << np.uint64(row & 63)))


@kernel
def _is_set(line: int, row: int) -> bool:
    return (word(line + (row >> 6) * 8) >> np.uint64(row & 63)) & ONE != NONE


@kernel
def clear(blocks: int, geometry: int, block: int) -> int:
    """A block without rows: no bit is set in any line."""
    base = blocks + block * of(geometry, layout.BLOCK_SIZE)
    for value in range(of(geometry, layout.VALUES)):
        store(base + value * 64, everywhere(NONE))
    return 0


@kernel
def _put_scale(base: int, geometry: int, scale: int, row: int, said: int) -> None:
    line = base + of_scale(geometry, scale, layout.FIRST) * 64
    mask = of_scale(geometry, scale, layout.CODE_MASK)
    if mask != 0:
        _add_bit(line + said * 64, row)
        code_place = of_scale(geometry, scale, layout.CODE_PLACE) * ROWS + row
        place = base + of(geometry, layout.CODES) + code_place * 8
        shift = np.uint64(of_scale(geometry, scale, layout.CODE_SHIFT))
        put_word(place, word(place) & ~(np.uint64(mask) << shift) | np.uint64(said) << shift)
        return
    left = np.uint64(said)
    if left == NONE:
        _add_bit(line + (of_scale(geometry, scale, layout.LINES) - 1) * 64, row)
    while left != NONE:
        _add_bit(line + first(left) * 64, row)
        left &= left - ONE


@kernel
def write_rows(
    blocks: int, geometry: int, places: int, count: int, cells: int, numbers: int, earlier: int
) -> int:
    """Write rows to places that no published table calls live. `numbers`, `earlier`: a word for each row."""
    scales = of(geometry, layout.SCALES)
    for step in range(count):
        place = get(places, step)
        base = blocks + (place >> 9) * of(geometry, layout.BLOCK_SIZE)
        row = place & 511
        for scale in range(scales):
            _put_scale(base, geometry, scale, row, get(cells, scale * count + step))
        for span in range(of(geometry, layout.SPANS)):
            column = base + of_span(geometry, span, layout.OFFSET)
            said = get(cells, (scales + span) * count + step)
            if of_span(geometry, span, layout.OCTETS) == 2:
                put_u16(column + row * 2, said)
            else:
                put_u32(column + row * 4, said)
        put_u32(base + of(geometry, layout.NUMBERS) + row * 4, get(numbers, step))
        put_u32(base + of(geometry, layout.EARLIER) + row * 4, get(earlier, step))
    return 0


@kernel
def revive(table: int, geometry: int, places: int, count: int) -> int:
    """Call the rows live; `settle` their blocks afterwards."""
    for step in range(count):
        place = get(places, step)
        _add_bit(table + of(geometry, layout.LIVE) + (place >> 9) * 64, place & 511)
    return 0


@kernel
def _stored(base: int, geometry: int, span: int, row: int) -> int:
    column = base + of_span(geometry, span, layout.OFFSET)
    if of_span(geometry, span, layout.OCTETS) == 2:
        return u16(column + row * 2)
    return u32(column + row * 4)


@kernel
def read_rows(blocks: int, geometry: int, places: int, count: int, cells: int, numbers: int) -> int:
    """The opposite of write_rows: what is written of the rows."""
    scales = of(geometry, layout.SCALES)
    for step in range(count):
        place = get(places, step)
        base = blocks + (place >> 9) * of(geometry, layout.BLOCK_SIZE)
        row = place & 511
        for scale in range(scales):
            put(cells, scale * count + step, _said(base, geometry, scale, row))
        for span in range(of(geometry, layout.SPANS)):
            put(cells, (scales + span) * count + step, _stored(base, geometry, span, row))
        put(numbers, step, u32(base + of(geometry, layout.NUMBERS) + row * 4))
    return 0


@kernel
def _said(base: int, geometry: int, scale: int, row: int) -> int:
    mask = of_scale(geometry, scale, layout.CODE_MASK)
    if mask != 0:
        code_place = of_scale(geometry, scale, layout.CODE_PLACE) * ROWS + row
        codes = word(base + of(geometry, layout.CODES) + code_place * 8)
        return signed(codes >> np.uint64(of_scale(geometry, scale, layout.CODE_SHIFT))) & mask
    said = NONE
    for value in range(of_scale(geometry, scale, layout.LINES) - 1):
        if _is_set(base + (of_scale(geometry, scale, layout.FIRST) + value) * 64, row):
            said |= ONE << np.uint64(value)
    return signed(said)


@kernel
def _change_count(table: int, geometry: int, block: int, value: int, by: int) -> None:
    """Change a block's count, its group's sum, and whether the block holds the value at all."""
    values = of(geometry, layout.VALUES) + 1
    place = table + of(geometry, layout.COUNTS) + block * of(geometry, layout.COUNTS_SIZE) + value * 2
    count = u16(place) + by
    put_u16(place, count)
    sums = table + of(geometry, layout.SUMS) + ((block >> 6) * values + value) * 4
    put_u32(sums, u32(sums) + by)
    holders = table + of(geometry, layout.HOLDERS) + (value * of(geometry, layout.GROUPS) + (block >> 6)) * 8
    if count == 0:
        put_word(holders, word(holders) & ~bit_of(block))
    elif count == by:
        put_word(holders, word(holders) | bit_of(block))


@kernel
def _change_presence(table: int, geometry: int, block: int, scale: int, value: int) -> None:
    """Say in the block's presence whether it holds a scale's value."""
    line = of_scale(geometry, scale, layout.FIRST) + value
    counts = table + of(geometry, layout.COUNTS) + block * of(geometry, layout.COUNTS_SIZE)
    bit = of_scale(geometry, scale, layout.PRESENCE_BIT) + value
    place = table + of(geometry, layout.PRESENCE)
    place += (block * of(geometry, layout.PRESENCE_WORDS) + (bit >> 6)) * 8
    if u16(counts + line * 2) > 0:
        put_word(place, word(place) | ONE << np.uint64(bit & 63))
    else:
        put_word(place, word(place) & ~(ONE << np.uint64(bit & 63)))


@kernel
def retire(blocks: int, table: int, geometry: int, places: int, count: int) -> int:
    """Call rows dead: counts and holders stay exact, the zones of their blocks stay as wide as they were."""
    for step in range(count):
        if step + 8 < count:
            _ask_for(blocks, table, geometry, get(places, step + 8))
        block = get(places, step) >> 9
        row = get(places, step) & 511
        base = blocks + block * of(geometry, layout.BLOCK_SIZE)
        _drop_bit(table + of(geometry, layout.LIVE) + block * 64, row)
        _change_count(table, geometry, block, of(geometry, layout.VALUES), -1)
        for scale in range(of(geometry, layout.SCALES)):
            _retire_said(base, table, geometry, block, scale, row)
    return 0


@kernel
def _ask_for(blocks: int, table: int, geometry: int, place: int) -> None:
    ahead_of = blocks + (place >> 9) * of(geometry, layout.BLOCK_SIZE) + of(geometry, layout.CODES)
    for part in range(of(geometry, layout.CODE_WORDS)):
        ahead(ahead_of + (part * ROWS + (place & 511)) * 8)
    ahead(table + of(geometry, layout.LIVE) + (place >> 9) * 64)
    counts = table + of(geometry, layout.COUNTS) + (place >> 9) * of(geometry, layout.COUNTS_SIZE)
    for line in range((of(geometry, layout.COUNTS_SIZE) + 63) >> 6):
        ahead(counts + line * 64)


@kernel
def _retire_said(base: int, table: int, geometry: int, block: int, scale: int, row: int) -> None:
    line = of_scale(geometry, scale, layout.FIRST)
    if of_scale(geometry, scale, layout.CODE_MASK) != 0:
        code = _said(base, geometry, scale, row)
        _change_count(table, geometry, block, line + code, -1)
        _change_presence(table, geometry, block, scale, code)
        return
    for value in range(of_scale(geometry, scale, layout.LINES)):
        if _is_set(base + (line + value) * 64, row):
            _change_count(table, geometry, block, line + value, -1)
            _change_presence(table, geometry, block, scale, value)


@kernel
def settle(blocks: int, table: int, geometry: int, chosen: int, count: int) -> int:
    """Say of these blocks anew what their live rows hold: counts, presence, zones, gaps."""
    for step in range(count):
        block = get(chosen, step)
        base = blocks + block * of(geometry, layout.BLOCK_SIZE)
        live = table + of(geometry, layout.LIVE) + block * 64
        counts = table + of(geometry, layout.COUNTS) + block * of(geometry, layout.COUNTS_SIZE)
        for value in range(of(geometry, layout.VALUES)):
            held = total(ones(both(load(live), load(base + value * 64))))
            if held != u16(counts + value * 2):
                _change_count(table, geometry, block, value, held - u16(counts + value * 2))
        rows = total(ones(load(live)))
        place = of(geometry, layout.VALUES)
        if rows != u16(counts + place * 2):
            _change_count(table, geometry, block, place, rows - u16(counts + place * 2))
        for scale in range(of(geometry, layout.SCALES)):
            for value in range(of_scale(geometry, scale, layout.LINES)):
                _change_presence(table, geometry, block, scale, value)
        for span in range(of(geometry, layout.SPANS)):
            _settle_zone(base, table, geometry, block, span, rows == ROWS)
    return 0


@kernel
def _settle_zone(base: int, table: int, geometry: int, block: int, span: int, is_full: bool) -> None:
    """The lowest and the highest number of a block's live rows, and whether some say none."""
    live = table + of(geometry, layout.LIVE) + block * 64
    octets = of_span(geometry, span, layout.OCTETS)
    top = 65535 if octets == 2 else TOP
    low = TOP
    high = 0
    lacks = False
    if is_full:
        column = base + of_span(geometry, span, layout.OFFSET)
        for lane in range(8):
            place = column + lane * 64 * octets
            low = min(low, least16(place) if octets == 2 else least32(place))
            high = max(high, most16(place) if octets == 2 else most32(place))
    if high == top or not is_full:
        low = TOP
        high = 0
        for lane in range(8):
            left = word(live + lane * 8)
            while left != NONE:
                stored = _stored(base, geometry, span, lane * 64 + first(left))
                left &= left - ONE
                if stored == top:
                    lacks = True
                else:
                    low = min(low, stored)
                    high = max(high, stored)
    zone = (span * of(geometry, layout.BLOCKS) + block) * 4
    put_u32(table + of(geometry, layout.LOWEST) + zone, low)
    put_u32(table + of(geometry, layout.HIGHEST) + zone, high)
    gaps = table + of(geometry, layout.GAPS) + (span * of(geometry, layout.GROUPS) + (block >> 6)) * 8
    put_word(gaps, word(gaps) | bit_of(block) if lacks else word(gaps) & ~bit_of(block))
