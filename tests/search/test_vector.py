"""Operations on 512 bits, words and numbers of 64 rows do what numpy does."""

import numpy as np
import pytest
from numpy.typing import NDArray

from bourse.search.engine.kernel import vector
from bourse.search.engine.kernel.vector import kernel
from bourse.search.engine.matching.shelf import aligned

SEEDS = range(20)


@kernel
def on_vectors(x: int, y: int, out: int) -> int:
    """Everything that two vectors give, one line after another."""
    a, b = vector.load(x), vector.load(y)
    vector.store(out, vector.both(a, b))
    vector.store(out + 64, vector.either(a, b))
    vector.store(out + 128, vector.without(a, b))
    vector.store(out + 192, vector.plus(a, b))
    vector.store(out + 256, vector.minus(a, b))
    vector.store(out + 320, vector.ones(a))
    vector.put_word(out + 384, vector.lanes(a))
    return vector.total(vector.ones(a))


@kernel
def on_rows(numbers: int, low: int, span: int, out: int) -> None:
    """Everything that 64 numbers of two, then of four bytes give."""
    vector.put_word(out, vector.within16(numbers, low, span))
    vector.put_word(out + 8, vector.within32(numbers + 128, low, span))
    vector.put_number(out + 16, vector.least16(numbers))
    vector.put_number(out + 24, vector.most16(numbers))
    vector.put_number(out + 32, vector.least32(numbers + 128))
    vector.put_number(out + 40, vector.most32(numbers + 128))


def words(random: np.random.Generator) -> NDArray[np.uint64]:
    """A vector of whole words, some of them zero."""
    made = aligned(64).view(np.uint64)
    made[:] = random.integers(0, 2**64, 8, np.uint64) * random.integers(0, 2, 8, np.uint64)
    return made


@pytest.mark.parametrize("seed", SEEDS)
def test_vectors(seed: int) -> None:
    random = np.random.default_rng(seed)
    a, b, out = words(random), words(random), aligned(448).view(np.uint64)
    total = on_vectors(a.ctypes.data, b.ctypes.data, out.ctypes.data)
    expected = [a & b, a | b, a & ~b, a + b, a - b, np.bitwise_count(a).astype(np.uint64)]
    np.testing.assert_array_equal(out[:48], np.concatenate(expected))
    assert out[48] == sum(1 << lane for lane in range(8) if a[lane])
    assert total == int(np.bitwise_count(a).sum())


@pytest.mark.parametrize("seed", SEEDS)
def test_numbers_of_64_rows(seed: int) -> None:
    random = np.random.default_rng(seed)
    rows = aligned(128 + 256)
    short, long = rows[:128].view(np.uint16), rows[128:].view(np.uint32)
    short[:] = random.integers(0, 2**16, 64)
    long[:] = random.choice([0, 5, 40_000, 2**31, 2**32 - 1], 64)
    low, out = int(random.integers(0, 60_000)), aligned(64).view(np.uint64)
    span = int(random.integers(0, 2**16 - low))
    on_rows(rows.ctypes.data, low, span, out.ctypes.data)
    for found, numbers in zip(out[:2].tolist(), (short, long), strict=True):
        within = (numbers >= low) & (numbers <= low + span)
        assert [bool(found >> row & 1) for row in range(64)] == within.tolist()
    assert out[2:6].tolist() == [short.min(), short.max(), long.min(), long.max()]
