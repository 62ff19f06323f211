"""Second pass: the blocks in which rules are undecided, all of their rows at once.

Two masks run along: rows that pass everything so far, and rows that fail exactly one rule that bears the
name of a counted facet. Of facet j without its own rule pass: passing | nearly & ~mask of j.
"""

import numpy as np

from bourse.search.engine.kernel.page import ask_ahead, is_beyond, offer
from bourse.search.engine.kernel.plan import rule_at, undecided_at
from bourse.search.engine.kernel.reading import get, of, of_scale, of_span, present, put
from bourse.search.engine.kernel.spans import widen
from bourse.search.engine.kernel.tally import ask_for_codes, tally_few, tally_many
from bourse.search.engine.kernel.vector import (
    NONE,
    ONE,
    Vector,
    Word,
    both,
    called,
    either,
    everywhere,
    first,
    fixed_word,
    kernel,
    lanes,
    load,
    ones,
    put_word,
    store,
    total,
    within16,
    within32,
    without,
    word,
)
from bourse.search.engine.tiles import job as jobs
from bourse.search.engine.tiles import layout
from bourse.search.engine.tiles.job import (
    COLUMN,
    COUNT,
    DATA,
    FACET,
    IS_MASKED,
    KIND,
    NO_FACET,
    ONE_OF,
    PASSES_ALL,
    WITHIN,
)

FEW = 8  # up to so many matching rows are looked up one by one
NOBODY = -1


@kernel
def _one_of(base: int, table: int, geometry: int, rule: int, block: int) -> Vector:
    scale = of(rule, COLUMN)
    line = base + of_scale(geometry, scale, layout.FIRST) * 64
    mask = everywhere(NONE)
    for part in range((of_scale(geometry, scale, layout.LINES) + 63) >> 6):
        left = present(table, geometry, block, scale, part) & fixed_word(of(rule, DATA) + part * 8)
        while left != NONE:
            mask = either(mask, load(line + (part * 64 + first(left)) * 64))
            left &= left - ONE
    return mask


@kernel
def _rows_within(place: int, octets: int, lane: int, rule: int) -> Word:
    """Which of 64 rows lie in one of the ranges."""
    inside = NONE
    for range_ in range(of(rule, COUNT)):
        low = of(of(rule, DATA), range_ * 2)
        reach = of(of(rule, DATA), range_ * 2 + 1)
        if octets == 2:
            inside |= within16(place + lane * 128, low, reach)
        else:
            inside |= within32(place + lane * 256, low, reach)
    return inside


@kernel
def _within(base: int, geometry: int, rule: int, alive: Vector, spare: int) -> Vector:
    span = of(rule, COLUMN)
    place = base + of_span(geometry, span, layout.OFFSET)
    octets = of_span(geometry, span, layout.OCTETS)
    store(spare, everywhere(NONE))
    left = lanes(alive)
    while left != NONE:
        lane = first(left)
        left &= left - ONE
        put_word(spare + lane * 8, _rows_within(place, octets, lane, rule))
    return load(spare)


@kernel
def _mask(base: int, table: int, geometry: int, job: int, rule: int, block: int, alive: Vector) -> Vector:
    """The rows of the block that the rule lets through."""
    if of(rule, KIND) == ONE_OF:
        return _one_of(base, table, geometry, rule, block)
    if of(rule, KIND) == WITHIN:
        return _within(base, geometry, rule, alive, of(job, jobs.SPARE))
    return load(of(of(rule, DATA), 0) + block * 64)


@kernel
def _keep(job: int, facet: int, mask: Vector) -> None:
    """Remember what the facet's own rule lets through."""
    put(of(job, jobs.STATES), facet, IS_MASKED)
    store(of(job, jobs.MASKS) + facet * 64, mask)


@kernel
def _standing(base: int, table: int, geometry: int, job: int, block: int) -> tuple[Vector, Vector]:
    """The rows that pass everything, and those that fail exactly one facet's rule."""
    passing = load(table + of(geometry, layout.LIVE) + block * 64)
    nothing = everywhere(NONE)
    nearly = nothing
    bit = np.uint64(block & 63)
    for place in range(of(job, jobs.RULES)):
        rule = rule_at(job, place)
        told = undecided_at(job, geometry, place, block >> 6)
        facet = of(rule, FACET)
        if (word(told) >> bit) & ONE != NONE:
            mask = _mask(base, table, geometry, job, rule, block, either(passing, nearly))
            nearly = both(nearly, mask)
            if facet != NO_FACET:
                nearly = either(nearly, without(passing, mask))
                _keep(job, facet, mask)
            passing = both(passing, mask)
        elif (word(told + 8) >> bit) & ONE != NONE:
            nearly = passing
            passing = nothing
            _keep(job, facet, nothing)
        elif facet != NO_FACET:
            put(of(job, jobs.STATES), facet, PASSES_ALL)
        if lanes(either(passing, nearly)) == NONE:
            break
    return passing, nearly


@called
def look(blocks: int, table: int, geometry: int, job: int, block: int) -> int:
    """Count the block's rows, offer them to the page; how many match, NOBODY where none even nearly does."""
    base = blocks + block * of(geometry, layout.BLOCK_SIZE)
    put(job, jobs.LOOKED, get(job, jobs.LOOKED) + 1)
    passing, nearly = _standing(base, table, geometry, job, block)
    if lanes(either(passing, nearly)) == NONE:
        return NOBODY
    count = total(ones(passing))
    put(job, jobs.TOTAL, get(job, jobs.TOTAL) + count)
    spare = of(job, jobs.SPARE)
    store(spare, passing)
    ask_ahead(table, geometry, job, block, spare, base)
    if count <= FEW:
        ask_for_codes(base, geometry, passing, spare)
    if count > FEW:
        tally_many(base, table, geometry, job, block, passing, nearly)
    else:
        tally_few(base, table, geometry, job, block, passing, nearly)
    store(spare, passing)
    if count > 0:
        show(base, table, geometry, job, block, spare)
    return count


@kernel
def show(base: int, table: int, geometry: int, job: int, block: int, rows: int) -> None:
    """Give the rows that match to the page and to the spans."""
    widen(base, table, geometry, job, block, rows)
    if of(job, jobs.WANTED) > 0 and not is_beyond(table, geometry, job, block):
        offer(base, geometry, job, rows)
