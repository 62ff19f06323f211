"""Which filters of a shelf a listing satisfies (engine.matching.layout says how they lie there)."""

import numpy as np

from bourse.search.engine.kernel.picking import put_picked
from bourse.search.engine.kernel.vector import (
    NONE,
    ONE,
    Vector,
    Word,
    both,
    either,
    first,
    fixed,
    kernel,
    lanes,
    load,
    minus,
    number,
    put_number,
    put_word,
    store,
    u32,
    within16,
    within32,
    without,
    word,
)
from bourse.search.engine.matching.layout import (
    BLOCK_BYTES,
    BLOCKS,
    CAPACITY,
    COLUMN,
    COUNT,
    COUNTS,
    EVERY,
    FACETS,
    FIRST_BLOCK,
    GROUPS,
    HEADS,
    KEPT_LINE,
    LEADING,
    LEAST,
    LIMIT_COLUMNS,
    LIMITS,
    LINE,
    MASKS,
    MOST,
    NAME_COLUMN,
    NAMES,
    NARROW,
    NARROW_COLUMN,
    NUMBERS,
    ORDER,
    ORDERED,
    RARE,
    RARE_LINE,
    RARE_ZONES,
    ROOM,
    SCRATCH,
    SCRATCH_LINES,
    SOME,
    START,
    WRITTEN,
)


@kernel
def _of(words: int, place: int) -> int:
    """The word at a place, which nobody changes during the call."""
    return fixed(words + place * 8)


@kernel
def _first_line(shelf: int, facet: int) -> int:
    return _of(shelf, HEADS + facet)


@kernel
def _summed(summary: int, groups: int, line: int, values: Word, group: int) -> Word:
    """The blocks of a group whose summary has a bit for any of a facet's values."""
    found = word(summary + ((line + first(values)) * groups + group) * 8)
    values &= values - ONE
    while values != NONE:
        found |= word(summary + ((line + first(values)) * groups + group) * 8)
        values &= values - ONE
    return found


@kernel
def _zone(shelf: int, which: int, limit: int, group: int) -> int:
    """The address of a leading limit's least or most of 64 blocks."""
    return _of(shelf, which) + (limit * _of(shelf, BLOCKS) + group * 64) * 4


@kernel
def _possible(shelf: int, masks: int, numbers: int, group: int) -> Word:
    """The blocks of a group where some filter may be satisfied."""
    groups = _of(shelf, GROUPS)
    some = _of(shelf, SOME)
    left = word(some + (_of(shelf, KEPT_LINE) * groups + group) * 8)
    for facet in range(_of(shelf, FACETS)):
        left &= _summed(some, groups, _first_line(shelf, facet), word(masks + facet * 8), group)
    if left != NONE:
        for limit in range(LEADING):
            left &= within32(_zone(shelf, LEAST, limit, group), 0, u32(numbers + limit * 4))
    return left


@kernel
def _note_undecided(shelf: int, masks: int, numbers: int, group: int, undecided: int) -> None:
    """For each facet, then each leading limit, the blocks of a group where some kept filter may fail it."""
    groups = _of(shelf, GROUPS)
    every = _of(shelf, EVERY)
    facets = _of(shelf, FACETS)
    for facet in range(facets):
        passed = _summed(every, groups, _first_line(shelf, facet), word(masks + facet * 8), group)
        put_word(undecided + facet * 8, ~passed)
    for limit in range(LEADING):
        passed = within32(_zone(shelf, MOST, limit, group), 0, u32(numbers + limit * 4))
        put_word(undecided + (facets + limit) * 8, ~passed)


@kernel
def _is_undecided(undecided: int, rule: int, block: int) -> bool:
    return (word(undecided + rule * 8) >> np.uint64(block & 63)) & ONE != NONE


@kernel
def _accepting(lines: int, values: Word) -> Vector:
    """The filters of a block that accept any of a facet's values."""
    found = load(lines + first(values) * LINE)
    values &= values - ONE
    while values != NONE:
        found = either(found, load(lines + first(values) * LINE))
        values &= values - ONE
    return found


@kernel
def _by_facets(shelf: int, base: int, masks: int, block: int, undecided: int) -> Vector:
    """The kept filters of a block that accept the listing's values."""
    found = load(base + _of(shelf, KEPT_LINE) * LINE)
    for facet in range(_of(shelf, FACETS)):
        if _is_undecided(undecided, facet, block):
            lines = base + _first_line(shelf, facet) * LINE
            found = both(found, _accepting(lines, word(masks + facet * 8)))
    return found


@kernel
def _column(columns: int, limit: int) -> int:
    """The address of a block's column of a limit that is not narrow."""
    return columns + NARROW * NARROW_COLUMN + (limit - NARROW) * COLUMN


@kernel
def _last_word(column: int, number_: int) -> int:
    """The last word of 64 filters with one whose limit is passed; in a block they stand least first."""
    last = 0
    for step in (4, 2, 1):
        if u32(column + (last + step) * 256) <= number_:
            last += step
    return last


@kernel
def _hold(columns: int, numbers: int, place: int, undecided: Word, found: Word) -> Word:
    """Those of 64 found filters that pass each undecided leading limit; weights take two bytes."""
    for limit in range(NARROW):
        if undecided & (ONE << np.uint64(limit)) != NONE:
            weights = columns + limit * NARROW_COLUMN + place * 128
            found &= within16(weights, 0, u32(numbers + limit * 4))
    for limit in range(NARROW, LEADING):
        if undecided & (ONE << np.uint64(limit)) != NONE:
            prices = _column(columns, limit) + place * 256
            found &= within32(prices, 0, u32(numbers + limit * 4))
    return found


@kernel
def _leading_left(undecided: int, block: int) -> Word:
    """A bit for each leading limit that the block's zone does not decide."""
    left = NONE
    for limit in range(LEADING):
        left |= (word(undecided + limit * 8) >> np.uint64(block & 63) & ONE) << np.uint64(limit)
    return left


@kernel
def _by_leading(base: int, numbers: int, undecided: Word, found: Vector, scratch: int) -> Vector:
    """Those that the listing's weight and price satisfy too; `base` is of the limits."""
    left = lanes(found)
    ordered = ONE << np.uint64(ORDERED)
    last = 7
    if undecided & ordered != NONE:
        last = _last_word(_column(base, ORDERED), u32(numbers + ORDERED * 4))
        left &= (ONE << np.uint64(last + 1)) - ONE
    store(scratch, found)
    store(scratch + LINE, minus(found, found))
    while left != NONE:
        place = first(left)
        left &= left - ONE
        asked = undecided if place == last else undecided & ~ordered
        held = _hold(base, numbers, place, asked, word(scratch + place * 8))
        put_word(scratch + LINE + place * 8, held)
    return load(scratch + LINE)


@kernel
def _failing(column: int, number_: int, having: Word) -> Word:
    """Those of the filters whose limit is not passed, one by one: they are few."""
    failed = NONE
    while having != NONE:
        place = first(having)
        having &= having - ONE
        failed |= np.uint64(u32(column + place * 4) > number_) << np.uint64(place)
    return failed


@kernel
def _note_failing(column: int, number_: int, having: Vector, failed: int, scratch: int) -> None:
    store(scratch, having)
    left = lanes(having)
    while left != NONE:
        place = first(left)
        left &= left - ONE
        failing = _failing(column + place * 256, number_, word(scratch + place * 8))
        put_word(failed + place * 8, word(failed + place * 8) | failing)


@kernel
def _by_rare(shelf: int, base: int, numbers: int, rare: Word, found: Vector, scratch: int) -> Vector:
    """Those that satisfy the limits too that few filters have; `rare` has a bit for each in this block."""
    failed = scratch + LINE
    store(failed, minus(found, found))
    while rare != NONE:
        which = first(rare)
        rare &= rare - ONE
        number_ = u32(numbers + (LEADING + which) * 4)
        zone = base + _of(shelf, RARE_ZONES) + which * 8
        if u32(zone + 4) <= number_:
            continue  # all who have it are satisfied
        having = both(found, load(base + (_of(shelf, RARE_LINE) + which) * LINE))
        if u32(zone) > number_:
            found = without(found, having)
        elif lanes(having) != NONE:
            column = _column(base + _of(shelf, LIMIT_COLUMNS), LEADING + which)
            _note_failing(column, number_, having, failed, scratch)
    return without(found, load(failed))


@kernel
def _write(shelf: int, base: int, found: Vector, target: int, scratch: int) -> int:
    """The names of the found filters; how many."""
    names = base + _of(shelf, NAME_COLUMN)
    store(scratch, found)
    place = target
    left = lanes(found)
    while left != NONE:
        lane = first(left)
        left &= left - ONE
        place += put_picked(names + lane * 256, word(scratch + lane * 8), place) * 4
    return (place - target) >> 2


@kernel
def _match_block(
    shelf: int, masks: int, numbers: int, block: int, undecided: int, target: int, scratch: int
) -> int:
    base = _of(shelf, FIRST_BLOCK) + block * _of(shelf, BLOCK_BYTES)
    found = _by_facets(shelf, base, masks, block, undecided)
    if lanes(found) == NONE:
        return 0
    left = _leading_left(undecided + _of(shelf, FACETS) * 8, block)
    if left != NONE:
        found = _by_leading(base + _of(shelf, LIMIT_COLUMNS), numbers, left, found, scratch)
        if lanes(found) == NONE:
            return 0
    rare = word(_of(shelf, RARE) + block * 8)
    if rare != NONE:
        found = _by_rare(shelf, base, numbers, rare, found, scratch)
    return _write(shelf, base, found, target, scratch)


@kernel
def _match_one(shelf: int, masks: int, numbers: int, target: int, scratch: int) -> int:
    undecided = scratch + SCRATCH_LINES * LINE
    written = 0
    for group in range(_of(shelf, GROUPS)):
        left = _possible(shelf, masks, numbers, group)
        if left == NONE:
            continue
        _note_undecided(shelf, masks, numbers, group, undecided)
        while left != NONE:
            block = group * 64 + first(left)
            left &= left - ONE
            written += _match_block(shelf, masks, numbers, block, undecided, target + written * 4, scratch)
    return written


@kernel
def match(shelf: int, job: int) -> int:
    """Write the names of each listing's filters until the next might find no room; where it stopped."""
    place = _of(job, START)
    most = _of(shelf, CAPACITY)
    written = 0
    while place < _of(job, COUNT) and written + most <= _of(job, ROOM):
        listing = number(_of(job, ORDER) + place * 8)
        masks = _of(job, MASKS) + listing * _of(shelf, FACETS) * 8
        numbers = _of(job, NUMBERS) + listing * _of(shelf, LIMITS) * 4
        target = _of(job, NAMES) + written * 4
        count = _match_one(shelf, masks, numbers, target, _of(job, SCRATCH))
        put_number(_of(job, COUNTS) + place * 8, count)
        written += count
        place += 1
    put_number(job + WRITTEN * 8, written)
    return place
