"""What kernels are written in: 512 bits as one value, loads and stores at addresses, bits of a word, atomics.

A vector is eight lanes of 64 bits. It is plain LLVM IR, so that the same source becomes AVX-512 (vpopcntq,
compares into mask registers), pairs of AVX2 or quads of NEON registers. Addresses are int64, words uint64;
nothing is checked against any bound. Numbers of two and four bytes are read as unsigned.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic, models, register_model

NONE, ONE, ALL = np.uint64(0), np.uint64(1), np.uint64(0xFFFF_FFFF_FFFF_FFFF)

_WORD = ir.IntType(64)
_OCTET = ir.IntType(8)
_INT = ir.IntType(32)
_LANES = ir.VectorType(_WORD, 8)
_ROWS = 64  # that are compared at once, into the bits of one word

Builder = Any
Value = Any
Word = Any  # np.uint64 in a kernel
Vector = Any
_UNCHECKED: dict[str, Any] = {
    "nogil": True,
    "boundscheck": False,
    "error_model": "numpy",
    "no_cfunc_wrapper": True,
}
Function = TypeVar("Function", bound=Callable[..., Any])


def kernel(function: Function) -> Function:
    """Have the function compiled, written out wherever another kernel calls it; nothing in it is checked."""
    return cast(Function, numba.njit(forceinline=True, **_UNCHECKED)(function))


def called(function: Function) -> Function:
    """The same, but called and not written out: else the largest would be optimized again by every caller."""
    return cast(Function, numba.njit(**_UNCHECKED)(function))


class _Vector(types.Type):
    def __init__(self) -> None:
        super().__init__(name="vector")


vector = _Vector()


@register_model(_Vector)
class _Model(models.PrimitiveModel):
    def __init__(self, manager: Any, front_end_type: Any) -> None:
        super().__init__(manager, front_end_type, _LANES)


def operation(result: Any, *taken: Any) -> Callable[[Callable[..., Value]], Any]:
    """Make an intrinsic of a function that writes the instructions."""

    def made(write: Callable[..., Value]) -> Any:
        def lower(context: Any, builder: Builder, _signature: Any, arguments: Any) -> Value:
            value = write(builder, *arguments)
            return context.get_dummy_value() if result is types.void else value

        found = result(*taken)
        forms = {
            1: lambda typing, a: (found, lower),
            2: lambda typing, a, b: (found, lower),
            3: lambda typing, a, b, c: (found, lower),
        }
        form = forms[len(taken)]
        form.__name__ = write.__name__
        return intrinsic(form)

    return made


def at(builder: Builder, address: Value, kind: Any) -> Value:
    """The address as a pointer."""
    return builder.inttoptr(address, kind.as_pointer())


def llvm(builder: Builder, name: str, result: Any, *arguments: Value) -> Value:
    """The result of one of LLVM's own functions."""
    kinds = [argument.type for argument in arguments]
    function = cgutils.get_or_insert_function(builder.module, ir.FunctionType(result, kinds), name)
    return builder.call(function, arguments)


# --- vectors ---------------------------------------------------------------------------------------


@operation(vector, types.int64)
def load(builder: Builder, address: Value) -> Value:
    return builder.load(at(builder, address, _LANES), align=64)


@operation(types.void, types.int64, vector)
def store(builder: Builder, address: Value, x: Value) -> Value:
    return builder.store(x, at(builder, address, _LANES), align=64)


@operation(vector, vector, vector)
def both(builder: Builder, x: Value, y: Value) -> Value:
    return builder.and_(x, y)


@operation(vector, vector, vector)
def either(builder: Builder, x: Value, y: Value) -> Value:
    return builder.or_(x, y)


@operation(vector, vector, vector)
def without(builder: Builder, x: Value, y: Value) -> Value:
    return builder.and_(x, builder.not_(y))


@operation(vector, vector, vector)
def plus(builder: Builder, x: Value, y: Value) -> Value:
    return builder.add(x, y)


@operation(vector, vector, vector)
def minus(builder: Builder, x: Value, y: Value) -> Value:
    return builder.sub(x, y)


@operation(vector, types.uint64)
def everywhere(builder: Builder, x: Value) -> Value:
    """The word in each lane."""
    return _spread(builder, x, _WORD, 8)


@operation(vector, vector)
def ones(builder: Builder, x: Value) -> Value:
    """How many bits are set, lane by lane."""
    return llvm(builder, "llvm.ctpop.v8i64", _LANES, x)


@operation(types.int64, vector)
def total(builder: Builder, x: Value) -> Value:
    """The sum of the lanes."""
    return llvm(builder, "llvm.vector.reduce.add.v8i64", _WORD, x)


@operation(types.uint64, vector)
def lanes(builder: Builder, x: Value) -> Value:
    """A bit for each lane that is not zero."""
    used = builder.icmp_unsigned("!=", x, ir.Constant(_LANES, None))
    return builder.zext(builder.bitcast(used, _OCTET), _WORD)


# --- words -----------------------------------------------------------------------------------------


@operation(types.int64, types.uint64)
def first(builder: Builder, x: Value) -> Value:
    """The place of the lowest bit that is set; some bit must be."""
    return builder.cttz(x, ir.Constant(ir.IntType(1), 1))


@operation(types.int64, types.uint64)
def many(builder: Builder, x: Value) -> Value:
    """How many bits are set."""
    return builder.ctpop(x)


@operation(types.int64, types.uint64)
def signed(builder: Builder, x: Value) -> Value:
    """The word as a number with a sign."""
    return builder.add(x, ir.Constant(_WORD, 0))


@operation(types.uint64, types.int64)
def word(builder: Builder, address: Value) -> Value:
    return builder.load(at(builder, address, _WORD))


@operation(types.void, types.int64, types.uint64)
def put_word(builder: Builder, address: Value, x: Value) -> Value:
    return builder.store(x, at(builder, address, _WORD))


@operation(types.int64, types.int64)
def number(builder: Builder, address: Value) -> Value:
    """A signed word."""
    return builder.load(at(builder, address, _WORD))


def _unchanging(builder: Builder, address: Value) -> Value:
    value = builder.load(at(builder, address, _WORD))
    value.set_metadata("invariant.load", builder.module.add_metadata([]))
    return value


@operation(types.int64, types.int64)
def fixed(builder: Builder, address: Value) -> Value:
    """A signed word that nobody changes during the call: it is read once and not again after every store."""
    return _unchanging(builder, address)


@operation(types.uint64, types.int64)
def fixed_word(builder: Builder, address: Value) -> Value:
    """The same of a word without sign."""
    return _unchanging(builder, address)


@operation(types.void, types.int64, types.int64)
def put_number(builder: Builder, address: Value, x: Value) -> Value:
    return builder.store(x, at(builder, address, _WORD))


@operation(types.int64, types.int64)
def u16(builder: Builder, address: Value) -> Value:
    return builder.zext(builder.load(at(builder, address, ir.IntType(16))), _WORD)


@operation(types.int64, types.int64)
def u32(builder: Builder, address: Value) -> Value:
    return builder.zext(builder.load(at(builder, address, _INT)), _WORD)


@operation(types.void, types.int64, types.int64)
def put_u16(builder: Builder, address: Value, x: Value) -> Value:
    kind = ir.IntType(16)
    return builder.store(builder.trunc(x, kind), at(builder, address, kind))


@operation(types.void, types.int64, types.int64)
def put_u32(builder: Builder, address: Value, x: Value) -> Value:
    return builder.store(builder.trunc(x, _INT), at(builder, address, _INT))


@operation(types.void, types.int64)
def ahead(builder: Builder, address: Value) -> Value:
    """Ask the memory for a line before it is needed."""
    place = at(builder, address, _OCTET)
    return llvm(builder, "llvm.prefetch.p0", ir.VoidType(), place, _INT(0), _INT(3), _INT(1))


# --- numbers of 64 rows ----------------------------------------------------------------------------


def _spread(builder: Builder, x: Value, kind: Any, count: int) -> Value:
    whole = ir.VectorType(kind, count)
    unset = ir.Constant(whole, ir.Undefined)
    alone = builder.insert_element(unset, x, _INT(0))
    return builder.shuffle_vector(alone, unset, ir.Constant(ir.VectorType(_INT, count), None))


def _within(bits: int) -> Any:
    kind = ir.IntType(bits)
    numbers = ir.VectorType(kind, _ROWS)

    def within(builder: Builder, address: Value, low: Value, span: Value) -> Value:
        """Which of 64 rows lie between low and low + span: a bit each."""
        lowest, reach = (_spread(builder, builder.trunc(x, kind), kind, _ROWS) for x in (low, span))
        above = builder.sub(builder.load(at(builder, address, numbers), align=64), lowest)
        return builder.bitcast(builder.icmp_unsigned("<=", above, reach), _WORD)

    within.__name__ = f"within{bits}"
    return operation(types.uint64, types.int64, types.int64, types.int64)(within)


def _extreme(bits: int, which: str) -> Any:
    kind = ir.IntType(bits)
    numbers = ir.VectorType(kind, _ROWS)

    def extreme(builder: Builder, address: Value) -> Value:
        """The least or the greatest number of 64 rows."""
        rows = builder.load(at(builder, address, numbers), align=64)
        return builder.zext(llvm(builder, f"llvm.vector.reduce.{which}.v64i{bits}", kind, rows), _WORD)

    extreme.__name__ = f"{which}{bits}"
    return operation(types.int64, types.int64)(extreme)


within16, within32 = _within(16), _within(32)
least16, least32 = _extreme(16, "umin"), _extreme(32, "umin")
most16, most32 = _extreme(16, "umax"), _extreme(32, "umax")


# --- between processes -----------------------------------------------------------------------------


@operation(types.uint64, types.int64)
def word_acquire(builder: Builder, address: Value) -> Value:
    return builder.load_atomic(at(builder, address, _WORD), "acquire", 8)


@operation(types.uint64, types.int64)
def word_relaxed(builder: Builder, address: Value) -> Value:
    return builder.load_atomic(at(builder, address, _WORD), "monotonic", 8)


@operation(types.void, types.int64, types.uint64)
def put_word_release(builder: Builder, address: Value, x: Value) -> Value:
    return builder.store_atomic(x, at(builder, address, _WORD), "release", 8)


@operation(types.void, types.int64)
def fence_all(builder: Builder, _address: Value) -> Value:
    return builder.fence("seq_cst")


@operation(types.void, types.int64)
def fence_acquire(builder: Builder, _address: Value) -> Value:
    return builder.fence("acquire")
