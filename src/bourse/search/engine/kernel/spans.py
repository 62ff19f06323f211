"""The lowest and the highest number among the rows that match, of each number column that is asked for.

A block whose zone lies within what was found already is not looked at; after a few blocks few others are.
"""

from bourse.search.engine.kernel.reading import get, of, of_span, put
from bourse.search.engine.kernel.vector import (
    ALL,
    NONE,
    ONE,
    Word,
    first,
    kernel,
    lanes,
    load,
    u16,
    u32,
    within32,
    word,
)
from bourse.search.engine.tiles import job as jobs
from bourse.search.engine.tiles import layout
from bourse.search.engine.tiles.job import END_WORDS, HIGHEST_SO_FAR, LOWEST_SO_FAR

TOP = (1 << 32) - 1
NOTHING_YET = -1


@kernel
def _ends_at(job: int, place: int) -> int:
    return of(job, jobs.ENDS) + place * END_WORDS * 8


@kernel
def open_spans(job: int) -> None:
    """Nothing is found yet."""
    for place in range(of(job, jobs.SPANS)):
        put(_ends_at(job, place), LOWEST_SO_FAR, TOP)
        put(_ends_at(job, place), HIGHEST_SO_FAR, NOTHING_YET)


@kernel
def widening_in_group(table: int, geometry: int, job: int, group: int) -> Word:
    """The blocks of a group whose zones reach beyond what was found."""
    widening = NONE
    for place in range(of(job, jobs.SPANS)):
        zone = (get(of(job, jobs.SPAN_LIST), place) * of(geometry, layout.BLOCKS) + group * 64) * 4
        low = get(_ends_at(job, place), LOWEST_SO_FAR)
        reach = get(_ends_at(job, place), HIGHEST_SO_FAR) - low
        if reach < 0:
            return ALL
        known = within32(table + of(geometry, layout.LOWEST) + zone, low, reach)
        known &= within32(table + of(geometry, layout.HIGHEST) + zone, low, reach)
        widening |= ~known
    return widening


@kernel
def widen(base: int, table: int, geometry: int, job: int, block: int, rows: int) -> None:
    """Take in the block's rows (512 bits at the address `rows`)."""
    for place in range(of(job, jobs.SPANS)):
        span = get(of(job, jobs.SPAN_LIST), place)
        ends = _ends_at(job, place)
        zone = (span * of(geometry, layout.BLOCKS) + block) * 4
        is_lower = u32(table + of(geometry, layout.LOWEST) + zone) < get(ends, LOWEST_SO_FAR)
        if is_lower or u32(table + of(geometry, layout.HIGHEST) + zone) > get(ends, HIGHEST_SO_FAR):
            _take_in(base, geometry, span, ends, rows)


@kernel
def _take_in(base: int, geometry: int, span: int, ends: int, rows: int) -> None:
    column = base + of_span(geometry, span, layout.OFFSET)
    is_short = of_span(geometry, span, layout.OCTETS) == 2
    top = 65535 if is_short else TOP
    low = get(ends, LOWEST_SO_FAR)
    high = get(ends, HIGHEST_SO_FAR)
    mine = lanes(load(rows))
    while mine != NONE:
        lane = first(mine)
        mine &= mine - ONE
        left = word(rows + lane * 8)
        while left != NONE:
            row = lane * 64 + first(left)
            left &= left - ONE
            stored = u16(column + row * 2) if is_short else u32(column + row * 4)
            if stored != top:
                low = min(low, stored)
                high = max(high, stored)
    put(ends, LOWEST_SO_FAR, low)
    put(ends, HIGHEST_SO_FAR, high)
