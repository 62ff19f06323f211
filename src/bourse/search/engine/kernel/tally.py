"""Counting a block's matching rows by the values of the facets.

Many rows: popcounts of the lines of the values that the block holds, kept as vectors (SUMMED) until the end;
of a scale on which each row has one value, the first gets what the others leave. Few rows: their codes.
"""

import numpy as np

from bourse.search.engine.kernel.reading import get, low_bits, of
from bourse.search.engine.kernel.vector import (
    NONE,
    ONE,
    Vector,
    Word,
    ahead,
    both,
    called,
    either,
    everywhere,
    first,
    fixed_word,
    kernel,
    lanes,
    load,
    many,
    minus,
    number,
    ones,
    plus,
    put_number,
    signed,
    store,
    total,
    u16,
    without,
    word,
)
from bourse.search.engine.tiles import job as jobs
from bourse.search.engine.tiles import layout
from bourse.search.engine.tiles.job import (
    CODE,
    CODE_BIT,
    CODE_BITS,
    FACET_WORDS,
    HELD,
    HELD_BIT,
    VALUE,
    VALUES,
)


@kernel
def facet_at(job: int, facet: int) -> int:
    """The address of a facet's words."""
    return of(job, jobs.FACET_LIST) + facet * (FACET_WORDS * 8)


@kernel
def held(table: int, geometry: int, block: int, told: int, part: int) -> Word:
    """Which values of the facet any row of the block has: those of the facet's word `part`, a bit each."""
    place = table + of(geometry, layout.PRESENCE) + block * of(geometry, layout.PRESENCE_WORDS) * 8
    word_ = fixed_word(place + of(told, HELD) + part * 8) >> np.uint64(of(told, HELD_BIT))
    return word_ & low_bits(of(told, VALUES) - part * 64)


@kernel
def is_masked(job: int, facet: int) -> bool:
    """Whether the facet's own rule lets through some of the block's rows and not others."""
    return get(of(job, jobs.STATES), facet) == jobs.IS_MASKED


@kernel
def _left_out(job: int, facet: int, nearly: Vector) -> Vector:
    """Rows that only the facet's own rule fails."""
    return without(nearly, load(of(job, jobs.MASKS) + facet * 64))


@kernel
def _add(job: int, value: int, count: int) -> None:
    place = of(job, jobs.TALLIES) + value * 8
    put_number(place, number(place) + count)


@kernel
def _sum(job: int, value: int, counts: Vector) -> None:
    place = of(job, jobs.SUMMED) + value * 64
    store(place, plus(load(place), counts))


@kernel
def tally_block(table: int, geometry: int, job: int, block: int, facet: int) -> None:
    """All rows of the block count for the facet: the stored counts do."""
    told = facet_at(job, facet)
    counts = table + of(geometry, layout.COUNTS) + block * of(geometry, layout.COUNTS_SIZE)
    for value in range(of(told, VALUE), of(told, VALUE) + of(told, VALUES)):
        _add(job, value, u16(counts + value * 2))


@kernel
def tally_many(
    base: int, table: int, geometry: int, job: int, block: int, passing: Vector, nearly: Vector
) -> None:
    """Count by popcount, facet by facet."""
    for facet in range(of(job, jobs.FACETS)):
        told = facet_at(job, facet)
        rows = passing
        if is_masked(job, facet):
            rows = either(passing, _left_out(job, facet, nearly))
        if of(told, CODE_BITS) == 0:
            _sum_each(base, table, geometry, job, block, told, rows)
        else:
            _sum_parts(base, table, geometry, job, block, told, rows)


@kernel
def _sum_each(base: int, table: int, geometry: int, job: int, block: int, told: int, rows: Vector) -> None:
    """A row may have several values: each is counted for itself."""
    for part in range((of(told, VALUES) + 63) >> 6):
        left = held(table, geometry, block, told, part)
        while left != NONE:
            value = of(told, VALUE) + part * 64 + first(left)
            left &= left - ONE
            _sum(job, value, ones(both(rows, load(base + value * 64))))


@kernel
def _sum_parts(base: int, table: int, geometry: int, job: int, block: int, told: int, rows: Vector) -> None:
    """Each row has one value, so the first value present has what the others leave."""
    part = 0
    left = held(table, geometry, block, told, 0)
    while left == NONE:
        part += 1
        left = held(table, geometry, block, told, part)
    least = of(told, VALUE) + part * 64 + first(left)
    left &= left - ONE
    rest = ones(rows)
    while True:
        while left != NONE:
            value = of(told, VALUE) + part * 64 + first(left)
            left &= left - ONE
            counts = ones(both(rows, load(base + value * 64)))
            _sum(job, value, counts)
            rest = minus(rest, counts)
        part += 1
        if part * 64 >= of(told, VALUES):
            break
        left = held(table, geometry, block, told, part)
    _sum(job, least, rest)


@called
def tally_few(
    base: int, table: int, geometry: int, job: int, block: int, passing: Vector, nearly: Vector
) -> None:
    """Look the codes of matching rows up; then, facet by facet, of the rows that its own rule fails."""
    spare = of(job, jobs.SPARE)
    store(spare, passing)
    mine = lanes(passing)
    while mine != NONE:
        lane = first(mine)
        mine &= mine - ONE
        left = word(spare + lane * 8)
        while left != NONE:
            _tally_row(base, job, lane * 64 + first(left))
            left &= left - ONE
    for facet in range(of(job, jobs.FACETS)):
        told = facet_at(job, facet)
        if of(told, CODE_BITS) == 0:
            rows = either(passing, _left_out(job, facet, nearly)) if is_masked(job, facet) else passing
            _sum_each(base, table, geometry, job, block, told, rows)
        elif is_masked(job, facet):
            _tally_near(base, table, geometry, job, block, told, _left_out(job, facet, nearly))


@kernel
def ask_for_codes(base: int, geometry: int, passing: Vector, spare: int) -> None:
    """Ask for the codes of the rows (which lie at `spare` too) before they are looked up one by one."""
    mine = lanes(passing)
    while mine != NONE:
        lane = first(mine)
        mine &= mine - ONE
        left = word(spare + lane * 8)
        while left != NONE:
            ahead(base + of(geometry, layout.CODES) + (lane * 64 + first(left)) * 8)
            left &= left - ONE


@kernel
def _tally_code(base: int, job: int, told: int, row: int) -> None:
    """One row, by its value on the facet's scale."""
    code = word(base + of(told, CODE) + row * 8) >> np.uint64(of(told, CODE_BIT))
    _add(job, of(told, VALUE) + (signed(code) & of(told, CODE_BITS)), 1)


@kernel
def _tally_row(base: int, job: int, row: int) -> None:
    """One row, by every facet of which a row has one value."""
    for facet in range(of(job, jobs.FACETS)):
        told = facet_at(job, facet)
        if of(told, CODE_BITS) != 0:
            _tally_code(base, job, told, row)


@kernel
def _tally_near(base: int, table: int, geometry: int, job: int, block: int, told: int, rows: Vector) -> None:
    """Rows that only the facet's own rule fails: by codes, or where they outnumber the values, by lines."""
    mine = lanes(rows)
    if mine == NONE:
        return
    values = 0
    for part in range((of(told, VALUES) + 63) >> 6):
        values += many(held(table, geometry, block, told, part))
    if total(ones(rows)) > values:
        _sum_parts(base, table, geometry, job, block, told, rows)
        return
    spare = of(job, jobs.SPARE)
    store(spare, rows)
    while mine != NONE:
        lane = first(mine)
        mine &= mine - ONE
        left = word(spare + lane * 8)
        while left != NONE:
            _tally_code(base, job, told, lane * 64 + first(left))
            left &= left - ONE


@kernel
def nothing_summed(geometry: int, job: int) -> None:
    """Begin to count."""
    for value in range(of(geometry, layout.VALUES)):
        put_number(of(job, jobs.TALLIES) + value * 8, 0)
        store(of(job, jobs.SUMMED) + value * 64, everywhere(NONE))


@kernel
def add_sums(geometry: int, job: int) -> None:
    """Bring the vectors of sums down to numbers."""
    for value in range(of(geometry, layout.VALUES)):
        _add(job, value, total(load(of(job, jobs.SUMMED) + value * 64)))
