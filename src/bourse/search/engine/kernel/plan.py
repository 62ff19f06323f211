"""First pass over a catalogue: 64 blocks a word, what can be said of whole blocks without reading a row.

A rule may be undecided in a block, pass all of its rows, or fail all of them. What is left for the second
pass is a list of work: block * 4 + how, or group * 4 + WHOLE_GROUP.
"""

from bourse.search.engine.kernel.reading import (
    bit_of,
    get,
    group_sum,
    low_bits,
    of,
    of_scale,
    put,
)
from bourse.search.engine.kernel.tally import facet_at
from bourse.search.engine.kernel.vector import (
    ALL,
    NONE,
    ONE,
    Word,
    called,
    first,
    fixed_word,
    kernel,
    put_word,
    within32,
    word,
)
from bourse.search.engine.tiles import job as jobs
from bourse.search.engine.tiles import layout
from bourse.search.engine.tiles.job import (
    COLUMN,
    COUNT,
    DATA,
    FACET,
    KIND,
    NO_FACET,
    ONE_OF,
    PLAN,
    RULE_LIST,
    RULE_WORDS,
    RULES,
    VALUE,
    VALUES,
    WITHIN,
)

LOOK, WHOLE, ALL_BUT_ONE, WHOLE_GROUP = range(4)
TOP = (1 << 32) - 1


@kernel
def rule_at(job: int, place: int) -> int:
    """The address of a rule."""
    return of(job, RULE_LIST) + place * RULE_WORDS * 8


@kernel
def undecided_at(job: int, geometry: int, rule: int, group: int) -> int:
    """The address of two words: blocks where the rule is undecided, blocks where it fails all rows."""
    return of(job, PLAN) + (rule * of(geometry, layout.GROUPS) + group) * 16


@kernel
def _holders(table: int, geometry: int, value: int, group: int) -> Word:
    """The blocks that hold the value."""
    return fixed_word(
        table + of(geometry, layout.HOLDERS) + (value * of(geometry, layout.GROUPS) + group) * 8
    )


@kernel
def _one_of(table: int, geometry: int, rule: int, group: int) -> tuple[Word, Word]:
    """Where some row may pass, and where all do: no row has a value that is not wanted."""
    scale = of(rule, COLUMN)
    line = of_scale(geometry, scale, layout.FIRST)
    lines = of_scale(geometry, scale, layout.LINES)
    some = NONE
    others = NONE
    for part in range((lines + 63) >> 6):
        wanted = fixed_word(of(rule, DATA) + part * 8)
        left = wanted
        while left != NONE:
            some |= _holders(table, geometry, line + part * 64 + first(left), group)
            left &= left - ONE
        left = low_bits(lines - part * 64) & ~wanted
        while left != NONE:
            others |= _holders(table, geometry, line + part * 64 + first(left), group)
            left &= left - ONE
    return some, ~others


@kernel
def _within(table: int, geometry: int, rule: int, group: int) -> tuple[Word, Word]:
    """The same of ranges, from the lowest and highest number of each block; who says none is in no range."""
    span = of(rule, COLUMN)
    zone = (span * of(geometry, layout.BLOCKS) + group * 64) * 4
    lowest = table + of(geometry, layout.LOWEST) + zone
    highest = table + of(geometry, layout.HIGHEST) + zone
    some = NONE
    every = NONE
    for place in range(of(rule, COUNT)):
        low = of(of(rule, DATA), place * 2)
        reach = of(of(rule, DATA), place * 2 + 1)
        some |= within32(lowest, 0, low + reach) & within32(highest, low, TOP - low)
        every |= within32(lowest, low, reach) & within32(highest, low, reach)
    gaps = table + of(geometry, layout.GAPS) + (span * of(geometry, layout.GROUPS) + group) * 8
    return some, every & ~word(gaps)


@kernel
def _among(rule: int, group: int) -> tuple[Word, Word]:
    """The same of rows that were found beforehand: their lines, then a word for each group."""
    return word(of(of(rule, DATA), 1) + group * 8), NONE


@kernel
def _said(table: int, geometry: int, rule: int, group: int) -> tuple[Word, Word]:
    if of(rule, KIND) == ONE_OF:
        return _one_of(table, geometry, rule, group)
    if of(rule, KIND) == WITHIN:
        return _within(table, geometry, rule, group)
    return _among(rule, group)


@kernel
def _listed(job: int, entry: int, count: int) -> int:
    put(of(job, jobs.TODO), count, entry)
    return count + 1


@kernel
def _tally_group(table: int, geometry: int, job: int, group: int) -> None:
    """Every row of 64 blocks matches: the stored sums are the counts."""
    tallies = of(job, jobs.TALLIES)
    for facet in range(of(job, jobs.FACETS)):
        told = facet_at(job, facet)
        for value in range(of(told, VALUE), of(told, VALUE) + of(told, VALUES)):
            put(tallies, value, get(tallies, value) + group_sum(table, geometry, group, value))
    put(
        job, jobs.TOTAL, get(job, jobs.TOTAL) + group_sum(table, geometry, group, of(geometry, layout.VALUES))
    )


@kernel
def _weigh(table: int, geometry: int, job: int, group: int) -> tuple[Word, Word, Word]:
    """The group's blocks that are still wanted, where every rule is decided, that one facet's rule fails."""
    wanted = _holders(table, geometry, of(geometry, layout.VALUES), group)
    decided = ALL
    failed = NONE
    twice = NONE
    for place in range(of(job, RULES)):
        rule = rule_at(job, place)
        some, every = _said(table, geometry, rule, group)
        open_ = some & ~every
        told = undecided_at(job, geometry, place, group)
        put_word(told, open_)
        put_word(told + 8, ~some)
        decided &= ~open_
        if of(rule, FACET) == NO_FACET:
            wanted &= some
            if wanted == NONE:
                break
        else:
            twice |= failed & ~some
            failed |= ~some
    return wanted & ~twice, decided, failed


@called
def plan(table: int, geometry: int, job: int) -> int:
    """Write the list of work, count what needs none; how long the list is."""
    groups = of(geometry, layout.GROUPS)
    count = 0
    for step in range(groups):
        # Rows lie by weight first: so read, the page's first rows come early.
        group = groups - 1 - step if of(job, jobs.DESCENDING) else step
        wanted, decided, failed = _weigh(table, geometry, job, group)
        if wanted == NONE:
            continue
        whole = wanted & decided & ~failed
        if whole == _holders(table, geometry, of(geometry, layout.VALUES), group):
            _tally_group(table, geometry, job, group)
            count = _listed(job, group * 4 + WHOLE_GROUP, count)
            continue
        nearly = wanted & decided & failed
        left = wanted
        while left != NONE:
            block = group * 64 + first(left)
            how = LOOK
            if whole & bit_of(block) != NONE:
                how = WHOLE
            elif nearly & bit_of(block) != NONE:
                how = ALL_BUT_ONE
            count = _listed(job, block * 4 + how, count)
            left &= left - ONE
    return count
