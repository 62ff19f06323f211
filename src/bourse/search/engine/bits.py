"""Sets of rows as words of 64 bits: bit k of word w stands for slot 64 w + k."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Slots = NDArray[np.int64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]

WORD = 64
BLOCK = 1 << 15  # words that are counted at once: what is in hand stays in the cache


def words_for(rows: int) -> int:
    """How many words hold a bit for each row."""
    return -(-rows // WORD)


def packed(flags: Flags) -> Words:
    """The set of the slots that are true."""
    words = np.zeros(words_for(flags.size), np.uint64)
    octets = np.packbits(flags, bitorder="little")
    words.view(np.uint8)[: octets.size] = octets
    return words


def flags_of(words: Words) -> Flags:
    """Whether each slot is in the set, whole words of them."""
    flags: Flags = np.unpackbits(words.view(np.uint8), bitorder="little").view(np.bool_)
    return flags


def all_of(rows: int) -> Words:
    """The set of all rows; the bits behind the last row stay clear."""
    words = np.full(words_for(rows), ~np.uint64(0))
    if rows % WORD:
        words[-1] = np.uint64((1 << rows % WORD) - 1)
    return words


def of_slots(pieces: Iterable[Slots], rows: int) -> Words:
    """The set of all slots in the pieces; a slot may stand in several."""
    flags = np.zeros(rows, np.bool_)
    for slots in pieces:
        flags[slots] = True
    return packed(flags)


def count(words: Words) -> int:
    """How many rows the set holds."""
    return int(np.bitwise_count(words).sum(dtype=np.int64))


def slots_in(words: Words) -> Slots:
    """The slots of the set, ascending."""
    used = np.flatnonzero(words)
    bits = np.flatnonzero(np.unpackbits(words[used].view(np.uint8), bitorder="little"))
    slots: Slots = (used[bits >> 6] << 6) + (bits & 63)
    return slots


def counts_within(sets: Words, words: Words, where: Slots | None) -> Counts:
    """For each set (cut down to the words `where`), how many of its rows lie in `words`."""
    counts = np.zeros(len(sets), np.int64)
    step = max(1, BLOCK // max(1, words.size))
    for first in range(0, len(sets), step):
        block = sets[first : first + step]
        held = np.bitwise_count((block if where is None else np.take(block, where, axis=1)) & words)
        counts[first : first + step] = np.add.reduce(held, axis=1, dtype=np.uint32)
    return counts
