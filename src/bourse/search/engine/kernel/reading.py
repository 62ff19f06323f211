"""Single words of the geometry, the job and a generation's table."""

import numpy as np

from bourse.search.engine.kernel.vector import (
    ALL,
    ONE,
    Word,
    fixed,
    fixed_word,
    kernel,
    number,
    put_number,
    u16,
    u32,
)
from bourse.search.engine.tiles import layout

OF_SCALES, SCALE_WORDS = layout.OF_SCALES, layout.SCALE_WORDS
OF_SPANS, SPAN_WORDS = layout.OF_SPANS, layout.SPAN_WORDS
PRESENCE, PRESENCE_BIT, PRESENCE_WORDS = layout.PRESENCE, layout.PRESENCE_BIT, layout.PRESENCE_WORDS
LINES = layout.LINES


@kernel
def get(words: int, place: int) -> int:
    """The word at a place."""
    return number(words + place * 8)


@kernel
def of(words: int, place: int) -> int:
    """The word at a place, where no word is changed during the call."""
    return fixed(words + place * 8)


@kernel
def put(words: int, place: int, value: int) -> None:
    """Write the word at a place."""
    put_number(words + place * 8, value)


@kernel
def of_scale(geometry: int, scale: int, what: int) -> int:
    """A word about a scale."""
    return of(geometry, of(geometry, OF_SCALES) + scale * SCALE_WORDS + what)


@kernel
def of_span(geometry: int, span: int, what: int) -> int:
    """A word about a number column."""
    return of(geometry, of(geometry, OF_SPANS) + span * SPAN_WORDS + what)


@kernel
def bit_of(block: int) -> Word:
    """The bit of a block in the word of its group."""
    return ONE << np.uint64(block & 63)


@kernel
def low_bits(count: int) -> Word:
    """A word with so many low bits set."""
    return ALL if count >= 64 else (ONE << np.uint64(count)) - ONE


@kernel
def present(table: int, geometry: int, block: int, scale: int, part: int) -> Word:
    """Which values of a scale any row of the block has: those of the scale's word `part`, a bit each."""
    bit = of_scale(geometry, scale, PRESENCE_BIT) + part * 64
    place = table + of(geometry, PRESENCE) + (block * of(geometry, PRESENCE_WORDS) + (bit >> 6)) * 8
    return (fixed_word(place) >> np.uint64(bit & 63)) & low_bits(of_scale(geometry, scale, LINES) - part * 64)


@kernel
def value_count(table: int, geometry: int, block: int, value: int) -> int:
    """How many live rows of the block have the value; the one behind the last: how many there are."""
    return u16(table + of(geometry, layout.COUNTS) + block * of(geometry, layout.COUNTS_SIZE) + value * 2)


@kernel
def group_sum(table: int, geometry: int, group: int, value: int) -> int:
    """The same of 64 blocks."""
    values = of(geometry, layout.VALUES) + 1
    return u32(table + of(geometry, layout.SUMS) + (group * values + value) * 4)
