"""Every kernel that is called from outside, compiled for this processor."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numba
from numba import types

from bourse.search.engine.kernel import between, matching, places, search, writing

ENTRIES: tuple[tuple[Any, int], ...] = (
    (search.search, 4),
    (writing.clear, 3),
    (writing.write_rows, 7),
    (writing.read_rows, 6),
    (writing.revive, 4),
    (writing.retire, 5),
    (writing.settle, 5),
    (places.locate, 7),
    (between.look, 1),
    (between.look_again, 1),
    (between.put, 2),
    (matching.match, 2),
)


class MachineCode(NamedTuple):
    """An object file, and what in it is called."""

    code: bytes
    symbol: str
    arguments: int


def compiled() -> Iterator[tuple[str, MachineCode]]:
    """Each kernel by its name: some seconds in all."""
    for function, arguments in ENTRIES:
        signature = types.int64(*[types.int64] * arguments)
        entry: Any = numba.cfunc(signature, error_model="numpy")(function.py_func)
        code = entry._library._get_compiled_object()
        yield function.__name__, MachineCode(code, entry.native_name, arguments)
