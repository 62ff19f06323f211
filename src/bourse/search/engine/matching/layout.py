"""Where everything of a shelf of filters lies, for the code that lays it out and the kernel that reads it.

A shelf holds filters in blocks of 512, a bit or a number each:

    block    a line of 64 bytes for each value of each facet: which filters accept it
             a line: which filters are kept (the others were removed)
             a line for each rare limit: which filters have it
             least and most of each rare limit among the filters that have it, two u32 each
             each limit of each filter, limit by limit: u16 for the narrow ones, else u32; the filters' names
    summary  for each line of values and for the kept: a bit for each block where some filter accepts it,
             and where all kept ones do
    rare     a word for each block: a bit for each rare limit that some filter has
    zones    least and most of each leading limit in each block

A limit is passed where it is not above the listing's number. That is so of lower limits as they stand; an
upper limit is kept as what is left above it, and so is the number that is held against it.
"""

FILTERS = 512  # in a block: the bits of one line
LINE = 64  # bytes
COLUMN = FILTERS * 4  # bytes of one number for each filter of a block
NARROW_COLUMN = FILTERS * 2

ORDERED = 3  # the limit by which a block's filters are ordered
NARROW = 2  # limits that take two bytes: of the weight
LEADING = 4  # limits that nearly every filter has: of weight from and to, of price from and to
HEADS = 17  # words about a shelf, then the first line of each facet
(
    FACETS,
    LIMITS,
    GROUPS,
    BLOCKS,
    BLOCK_BYTES,
    SOME,
    EVERY,
    LEAST,
    MOST,
    KEPT_LINE,
    RARE_LINE,
    RARE_ZONES,
    LIMIT_COLUMNS,
    NAME_COLUMN,
    CAPACITY,
    FIRST_BLOCK,
    RARE,
) = range(HEADS)

JOB_WORDS = 16
ORDER, COUNT, START, MASKS, NUMBERS, COUNTS, NAMES, ROOM, WRITTEN, SCRATCH = range(10)
SCRATCH_LINES = 3  # before a word for each facet
