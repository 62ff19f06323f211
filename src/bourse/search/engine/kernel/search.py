"""The search: plan, then every block that is left, then the page in order. One call a question."""

from bourse.search.engine.kernel.look import FEW, NOBODY, look, show
from bourse.search.engine.kernel.page import close_page, open_page, possible_in_group
from bourse.search.engine.kernel.plan import (
    ALL_BUT_ONE,
    LOOK,
    WHOLE,
    WHOLE_GROUP,
    plan,
    rule_at,
    undecided_at,
)
from bourse.search.engine.kernel.reading import bit_of, get, of, of_scale, of_span, present, put, value_count
from bourse.search.engine.kernel.spans import open_spans, widening_in_group
from bourse.search.engine.kernel.tally import add_sums, facet_at, held, nothing_summed, tally_block
from bourse.search.engine.kernel.vector import NONE, ONE, ahead, first, fixed_word, kernel, word
from bourse.search.engine.tiles import job as jobs
from bourse.search.engine.tiles import layout
from bourse.search.engine.tiles.job import COLUMN, DATA, FACET, KIND, ONE_OF, VALUE, WITHIN

STEPS_AHEAD = 4


@kernel
def _ask_for_rule(base: int, table: int, geometry: int, rule: int, block: int) -> None:
    if of(rule, KIND) == ONE_OF:
        scale = of(rule, COLUMN)
        line = base + of_scale(geometry, scale, layout.FIRST) * 64
        for part in range((of_scale(geometry, scale, layout.LINES) + 63) >> 6):
            left = present(table, geometry, block, scale, part) & fixed_word(of(rule, DATA) + part * 8)
            while left != NONE:
                ahead(line + (part * 64 + first(left)) * 64)
                left &= left - ONE
    elif of(rule, KIND) == WITHIN:
        place = base + of_span(geometry, of(rule, COLUMN), layout.OFFSET)
        for step in range(of_span(geometry, of(rule, COLUMN), layout.OCTETS) * 8):
            ahead(place + step * 64)


@kernel
def _ask_for_facets(base: int, table: int, geometry: int, job: int, block: int) -> None:
    for facet in range(of(job, jobs.FACETS)):
        told = facet_at(job, facet)
        line = base + of(told, VALUE) * 64
        left = held(table, geometry, block, told, 0)
        left &= left - ONE
        while left != NONE:
            ahead(line + first(left) * 64)
            left &= left - ONE


@kernel
def _ask_ahead(blocks: int, table: int, geometry: int, job: int, entry: int, is_many: bool) -> None:
    """Memory is the cost, not arithmetic: ask now for the lines that a block some steps ahead will need."""
    how = entry & 3
    block = entry >> 2
    if how == WHOLE_GROUP:
        return
    if how != LOOK:
        place = table + of(geometry, layout.COUNTS) + block * of(geometry, layout.COUNTS_SIZE)
        for line in range((of(geometry, layout.COUNTS_SIZE) + 63) >> 6):
            ahead(place + line * 64)
        return
    ahead(table + of(geometry, layout.LIVE) + block * 64)
    base = blocks + block * of(geometry, layout.BLOCK_SIZE)
    for place in range(of(job, jobs.RULES)):
        if word(undecided_at(job, geometry, place, block >> 6)) & bit_of(block) != NONE:
            _ask_for_rule(base, table, geometry, rule_at(job, place), block)
    if is_many:
        _ask_for_facets(base, table, geometry, job, block)


@kernel
def _whole_group(blocks: int, table: int, geometry: int, job: int, group: int) -> None:
    """All rows match and are counted; only the page and the spans may need some."""
    used = table + of(geometry, layout.HOLDERS)
    used += (of(geometry, layout.VALUES) * of(geometry, layout.GROUPS) + group) * 8
    needed = widening_in_group(table, geometry, job, group)
    if of(job, jobs.WANTED) > 0:
        needed |= possible_in_group(table, geometry, job, group)
    left = word(used) & needed
    while left != NONE:
        block = group * 64 + first(left)
        left &= left - ONE
        _whole_block(blocks, table, geometry, job, block)


@kernel
def _whole_block(blocks: int, table: int, geometry: int, job: int, block: int) -> None:
    live = table + of(geometry, layout.LIVE) + block * 64
    show(blocks + block * of(geometry, layout.BLOCK_SIZE), table, geometry, job, block, live)


@kernel
def _failed_facet(geometry: int, job: int, block: int) -> int:
    """The facet whose rule fails all rows of the block."""
    found = 0
    for place in range(of(job, jobs.RULES)):
        if word(undecided_at(job, geometry, place, block >> 6) + 8) & bit_of(block) != NONE:
            found = get(rule_at(job, place), FACET)
    return found


@kernel
def _do(blocks: int, table: int, geometry: int, job: int, entry: int) -> int:
    """One entry of the list; how many rows matched where a block had to be looked at, else NOBODY."""
    how = entry & 3
    block = entry >> 2
    if how == LOOK:
        return look(blocks, table, geometry, job, block)
    if how == WHOLE_GROUP:
        _whole_group(blocks, table, geometry, job, block)
    elif how == ALL_BUT_ONE:
        tally_block(table, geometry, job, block, _failed_facet(geometry, job, block))
    elif how == WHOLE:
        for facet in range(of(job, jobs.FACETS)):
            tally_block(table, geometry, job, block, facet)
        live = value_count(table, geometry, block, of(geometry, layout.VALUES))
        put(job, jobs.TOTAL, get(job, jobs.TOTAL) + live)
        _whole_block(blocks, table, geometry, job, block)
    return NOBODY


@kernel
def search(blocks: int, table: int, geometry: int, job: int) -> int:
    """Answer the job: TOTAL, TALLIES, ENDS, the page in KEPT. All that it is given are addresses."""
    put(job, jobs.TOTAL, 0)
    put(job, jobs.LOOKED, 0)
    nothing_summed(geometry, job)
    open_page(geometry, job)
    open_spans(job)
    for facet in range(of(job, jobs.FACETS)):
        put(of(job, jobs.STATES), facet, jobs.PASSES_ALL)  # where it has no rule of its own
    count = plan(table, geometry, job)
    todo = of(job, jobs.TODO)
    for step in range(min(STEPS_AHEAD, count)):
        _ask_ahead(blocks, table, geometry, job, get(todo, step), False)
    is_many = False
    for step in range(count):
        if step + STEPS_AHEAD < count:
            _ask_ahead(blocks, table, geometry, job, get(todo, step + STEPS_AHEAD), is_many)
        matched = _do(blocks, table, geometry, job, get(todo, step))
        if matched != NOBODY:
            is_many = matched > FEW
    add_sums(geometry, job)
    close_page(job)
    return get(job, jobs.TOTAL)
