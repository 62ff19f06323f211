"""The page: the best rows so far as words of key and number, and what a further row must show to join them.

The key is the number of the order's column as it is stored, turned round where the order descends; who says
none has the greatest key either way. The word is key * 2**32 + the row's own number, so that ties fall to
the lower number. A buffer takes half as many more as are wanted before the best are picked out of it.
"""

import numpy as np

from bourse.search.engine.kernel.reading import bit_of, get, of, of_span, put
from bourse.search.engine.kernel.vector import (
    ALL,
    NONE,
    ONE,
    Word,
    ahead,
    called,
    first,
    kernel,
    lanes,
    load,
    put_word,
    signed,
    u16,
    u32,
    within16,
    within32,
    word,
)
from bourse.search.engine.tiles import job as jobs
from bourse.search.engine.tiles import layout
from bourse.search.engine.tiles.job import (
    AFTER,
    BY_NUMBER,
    DESCENDING,
    IS_FULL,
    IS_NARROW,
    KEPT,
    LIMIT,
    LOW,
    ORDER,
    PAGE,
    REACH,
    TAKES_GAPS,
    USED,
    WANTED,
)

TOP = (1 << 32) - 1
LEAST_SPARE = 100


@kernel
def top_of(geometry: int, column: int) -> int:
    """How "none" is stored in the column."""
    if column == BY_NUMBER or of_span(geometry, column, layout.OCTETS) == 4:
        return TOP
    return 65535


@kernel
def narrow(geometry: int, job: int, least: int, most: int) -> None:
    """Only keys from least to most are wanted: say it as a range of stored numbers."""
    page = of(job, PAGE)
    top = top_of(geometry, of(job, ORDER))
    low = least
    high = most
    if of(job, DESCENDING):
        low = 0 if most >= top else top - 1 - most
        high = top - 1 - least
    if of(job, DESCENDING) and least >= top:  # none but those that say nothing
        low = top
        high = top
    put(page, LOW, low)
    put(page, REACH, high - low)
    put(page, TAKES_GAPS, 1 if most >= top else 0)
    put(page, IS_NARROW, 1 if of(job, ORDER) != BY_NUMBER else 0)


@kernel
def open_page(geometry: int, job: int) -> None:
    """Nothing is kept yet; behind a cursor only what comes from there on is wanted."""
    page = of(job, PAGE)
    put(page, USED, 0)
    put(page, IS_FULL, 0)
    put_word(page + LIMIT * 8, ALL)
    put(page, IS_NARROW, 0)
    after = word(job + AFTER * 8)
    if after != NONE:
        narrow(geometry, job, signed(after >> np.uint64(32)), top_of(geometry, of(job, ORDER)))


@kernel
def is_beyond(table: int, geometry: int, job: int, block: int) -> bool:
    """Whether no row of the block can be on the page any more."""
    page = of(job, PAGE)
    if get(page, IS_NARROW) == 0:
        return False
    column = of(job, ORDER)
    zone = (column * of(geometry, layout.BLOCKS) + block) * 4
    low = get(page, LOW)
    is_outside = (
        u32(table + of(geometry, layout.LOWEST) + zone) > low + get(page, REACH)
        or u32(table + of(geometry, layout.HIGHEST) + zone) < low
    )
    if not is_outside or get(page, TAKES_GAPS) == 0:
        return is_outside
    gaps = of(geometry, layout.GAPS) + (column * of(geometry, layout.GROUPS) + (block >> 6)) * 8
    return word(table + gaps) & bit_of(block) == NONE


@kernel
def possible_in_group(table: int, geometry: int, job: int, group: int) -> Word:
    """The blocks of a group that may still give a row to the page."""
    page = of(job, PAGE)
    if get(page, IS_NARROW) == 0:
        return ALL
    column = of(job, ORDER)
    zone = (column * of(geometry, layout.BLOCKS) + group * 64) * 4
    low = get(page, LOW)
    possible = within32(table + of(geometry, layout.LOWEST) + zone, 0, low + get(page, REACH))
    possible &= within32(table + of(geometry, layout.HIGHEST) + zone, low, TOP - low)
    if get(page, TAKES_GAPS):
        possible |= word(
            table + of(geometry, layout.GAPS) + (column * of(geometry, layout.GROUPS) + group) * 8
        )
    return possible


@kernel
def _wanted(block: int, geometry: int, job: int, lane: int) -> Word:
    """Which of 64 rows have a key that is still wanted."""
    page = of(job, PAGE)
    if get(page, IS_NARROW) == 0:
        return ALL
    column = of(job, ORDER)
    place = block + of_span(geometry, column, layout.OFFSET)
    low = get(page, LOW)
    reach = get(page, REACH)
    if of_span(geometry, column, layout.OCTETS) == 2:
        rows = within16(place + lane * 128, low, reach)
        return rows | within16(place + lane * 128, 65535, 0) if get(page, TAKES_GAPS) else rows
    rows = within32(place + lane * 256, low, reach)
    return rows | within32(place + lane * 256, TOP, 0) if get(page, TAKES_GAPS) else rows


@kernel
def _key(block: int, geometry: int, job: int, row: int) -> int:
    column = of(job, ORDER)
    if column == BY_NUMBER:
        return 0
    place = block + of_span(geometry, column, layout.OFFSET)
    is_short = of_span(geometry, column, layout.OCTETS) == 2
    stored = u16(place + row * 2) if is_short else u32(place + row * 4)
    top = 65535 if is_short else TOP
    return stored if of(job, DESCENDING) == 0 or stored == top else top - 1 - stored


@called
def offer(block: int, geometry: int, job: int, rows: int) -> None:
    """Take in the block's rows (512 bits at the address `rows`) as far as they may be on the page."""
    page = of(job, PAGE)
    kept = of(job, KEPT)
    used = get(page, USED)
    limit = word(page + LIMIT * 8)
    after = word(job + AFTER * 8)
    numbers = block + of(geometry, layout.NUMBERS)
    mine = lanes(load(rows))
    while mine != NONE:
        lane = first(mine)
        mine &= mine - ONE
        left = word(rows + lane * 8) & _wanted(block, geometry, job, lane)
        while left != NONE:
            row = lane * 64 + first(left)
            left &= left - ONE
            key = np.uint64(_key(block, geometry, job, row)) << np.uint64(32)
            found = key | np.uint64(u32(numbers + row * 4))
            if after <= found < limit:
                put_word(kept + used * 8, found)
                used += 1
    put(page, USED, used)
    wanted = of(job, WANTED)
    if used >= wanted + max(wanted // 2, LEAST_SPARE):
        _pick(geometry, job)


@called
def _pick(geometry: int, job: int) -> None:
    """Keep the best, as many as are wanted; from now on only better ones come in."""
    page = of(job, PAGE)
    kept = of(job, KEPT)
    wanted = of(job, WANTED)
    select(kept, 0, get(page, USED), wanted - 1)
    worst = word(kept + (wanted - 1) * 8)
    put(page, USED, wanted)
    put(page, IS_FULL, 1)
    put_word(page + LIMIT * 8, worst)
    after = word(job + AFTER * 8)
    narrow(geometry, job, signed(after >> np.uint64(32)), signed(worst >> np.uint64(32)))


@kernel
def ask_ahead(table: int, geometry: int, job: int, block: int, rows: int, base: int) -> None:
    """Ask for the lines that the page will need of these rows, before they are counted."""
    column = of(job, ORDER)
    if column == BY_NUMBER or of(job, WANTED) == 0 or is_beyond(table, geometry, job, block):
        return
    octets = of_span(geometry, column, layout.OCTETS)
    place = base + of_span(geometry, column, layout.OFFSET)
    is_full = get(of(job, PAGE), IS_FULL)
    mine = lanes(load(rows))
    while mine != NONE:
        lane = first(mine)
        mine &= mine - ONE
        if is_full:
            for line in range(octets):
                ahead(place + (lane * octets + line) * 64)
            continue
        left = word(rows + lane * 8)
        while left != NONE:
            row = lane * 64 + first(left)
            left &= left - ONE
            ahead(place + row * octets)
            ahead(base + of(geometry, layout.NUMBERS) + row * 4)


@called
def select(words: int, low: int, behind: int, wanted: int) -> None:
    """Order the words so far that the one at `wanted` is in its place, lesser ones before it."""
    high = behind - 1
    while low < high:
        middle = (low + high) >> 1
        _in_turn(words, low, middle)
        _in_turn(words, low, high)
        _in_turn(words, middle, high)
        pivot = word(words + middle * 8)
        left = low
        right = high
        while left <= right:
            while word(words + left * 8) < pivot:
                left += 1
            while word(words + right * 8) > pivot:
                right -= 1
            if left <= right:
                _swap(words, left, right)
                left += 1
                right -= 1
        if wanted <= right:
            high = right
        elif wanted >= left:
            low = left
        else:
            return


@kernel
def _in_turn(words: int, one: int, other: int) -> None:
    if word(words + other * 8) < word(words + one * 8):
        _swap(words, one, other)


@kernel
def _swap(words: int, one: int, other: int) -> None:
    held = word(words + one * 8)
    put_word(words + one * 8, word(words + other * 8))
    put_word(words + other * 8, held)


@called
def close_page(job: int) -> None:
    """Put the rows of the page itself in order: they lie from SKIPPED on, SHOWN of them."""
    page = of(job, PAGE)
    kept = of(job, KEPT)
    count = get(page, USED)
    if count > of(job, WANTED):
        select(kept, 0, count, of(job, WANTED) - 1)
        count = of(job, WANTED)
    skipped = of(job, jobs.SKIPPED)
    put(job, jobs.SHOWN, max(count - skipped, 0))
    if 0 < skipped < count:
        select(kept, 0, count, skipped)
    _sort(kept + skipped * 8, count - skipped)


@kernel
def _sort(words: int, count: int) -> None:
    """Shell's sort: a page is short, and a whole export still takes no quadratic time."""
    step = 1
    while step < count // 3:
        step = step * 3 + 1
    while step > 0:
        for place in range(step, count):
            held = word(words + place * 8)
            before = place - step
            while before >= 0 and word(words + before * 8) > held:
                put_word(words + (before + step) * 8, word(words + before * 8))
                before -= step
            put_word(words + (before + step) * 8, held)
        step //= 3
