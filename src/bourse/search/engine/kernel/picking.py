"""Numbers that the bits of a word pick."""

from llvmlite import ir
from numba.core import types

from bourse.search.engine.kernel.vector import (
    ONE,
    Builder,
    Value,
    Word,
    kernel,
    many,
    operation,
    put_u32,
    u32,
)

AT_ONCE = 8
SPARE = 4 * AT_ONCE  # bytes that may be written behind the last number


@operation(types.int64, types.uint64)
def _lowest(builder: Builder, x: Value) -> Value:
    """The place of the lowest bit that is set; 64 where none is."""
    return builder.cttz(x, ir.Constant(ir.IntType(1), 0))


@kernel
def put_picked(source: int, picked: Word, target: int) -> int:
    """Write those of 64 numbers whose bit is set, and up to SPARE bytes behind them; how many they are.

    Some are written at once, wanted or not: a branch for each costs more. One number behind the 64 is read.
    """
    count = many(picked)
    for step in range(0, count, AT_ONCE):
        for place in range(step, step + AT_ONCE):
            put_u32(target + place * 4, u32(source + _lowest(picked) * 4))
            picked &= picked - ONE
    return count
