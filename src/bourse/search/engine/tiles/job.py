"""The words of a question as the kernels read it: places in the job, and in what it points to."""

# The job itself. Addresses point into the job's own lists or into scratch memory.
(
    TALLIES, SUMMED, MASKS, STATES, SPARE, PLAN, TODO, PAGE, KEPT, ENDS, FACET_LIST,
    TOTAL, SHOWN, LOOKED,
    FACETS, RULES, RULE_LIST, SPANS, SPAN_LIST, ORDER, DESCENDING, WANTED, SKIPPED, AFTER,
) = range(24)  # fmt: skip
ASKED = FACETS  # from here on each question writes its own
JOB_WORDS = 24

# Of each span that is asked for, in ENDS: its lowest and its highest number so far, as stored.
LOWEST_SO_FAR, HIGHEST_SO_FAR = range(2)
END_WORDS = 2

# A facet, a line of memory each: everything about its scale that counting needs.
(
    VALUE,  # the first of its values, among all
    VALUES,  # how many there are
    HELD,  # where its presence lies among that of a block, in bytes, and from which bit on
    HELD_BIT,
    CODE,  # where its codes lie in a block, in bytes, and how to read one; CODE_BITS 0: a row has several
    CODE_BIT,
    CODE_BITS,
) = range(7)  # fmt: skip
FACET_WORDS = 8

# A rule: one criterion.
KIND, FACET, COLUMN, COUNT, DATA = range(5)
RULE_WORDS = 5
ONE_OF, WITHIN, AMONG = range(3)
NO_FACET = -1
BY_NUMBER = -1

# What a facet's own rule does with a block (STATES).
IS_MASKED, PASSES_ALL = range(2)

# What the page keeps while rows come in (PAGE).
USED, IS_FULL, LOW, REACH, LIMIT, TAKES_GAPS, IS_NARROW = range(7)
PAGE_WORDS = 8
