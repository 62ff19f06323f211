"""What processes that share memory say to each other: words that are read and put in a sure order."""

import numpy as np

from bourse.search.engine.kernel.vector import (
    fence_acquire,
    fence_all,
    kernel,
    put_word_release,
    signed,
    word_acquire,
    word_relaxed,
)


@kernel
def look(address: int) -> int:
    """The word there; everything that was written before it is seen by what is read after it."""
    return signed(word_acquire(address))


@kernel
def look_again(address: int) -> int:
    """The word there, read after everything that was read before it."""
    fence_acquire(address)
    return signed(word_relaxed(address))


@kernel
def put(address: int, number: int) -> int:
    """Put the word after everything that was written before, and before all that is read or written next."""
    put_word_release(address, np.uint64(number))
    fence_all(address)
    return number
