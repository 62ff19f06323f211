"""The inside of a confined process: takes its bounds upon itself, calls one function, and answers.

Started by `bourse.kit.confined` only. It imports little, since every millisecond here is added to each call.
"""

import ctypes
import gc
import importlib
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import GenericAlias
from typing import Any, NoReturn, get_type_hints

import msgspec

from bourse.kit.refusal import Refusal

RESULT, REFUSED, FAILED, NO_MEMORY, TOO_LARGE = b"R", b"N", b"F", b"M", b"L"

_SET_DEATH_SIGNAL = 1
_OPEN_FILES = 32
_NICER = 5  # than the worker: whoever waits for a page comes first
_TRACEBACK_CHARACTERS = 8_000

Answer = tuple[bytes, bytes]


class Task(msgspec.Struct, frozen=True):
    """Which function is called on how many arguments, and within which bounds."""

    module: str
    function: str
    arguments: int
    memory_bytes: int
    cpu_seconds: int
    output_bytes: int
    parent: int


def main(task: Task) -> NoReturn:
    """Call the function on the arguments from standard input, answer on standard output, and end."""
    _die_with(task.parent)
    os.nice(_NICER)
    resource.setrlimit(resource.RLIMIT_CPU, (task.cpu_seconds, task.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
        out.writelines(_answer(task))
    os._exit(0)  # without tidying up what ends anyway


def _die_with(parent: int) -> None:
    ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _answer(task: Task) -> Answer:
    try:
        function = getattr(importlib.import_module(task.module), task.function)
        _bound_memory(task.memory_bytes)
        gc.disable()  # one call leaves little garbage, and looking for it costs a third of the time
        result = msgspec.msgpack.encode(function(*_arguments(function, task.arguments)))
    except Refusal as refusal:
        return REFUSED, msgspec.msgpack.encode(_named(refusal))
    except MemoryError:
        return NO_MEMORY, b""
    except BaseException:
        return FAILED, traceback.format_exc()[-_TRACEBACK_CHARACTERS:].encode()
    return (TOO_LARGE, b"") if len(result) > task.output_bytes else (RESULT, result)


def _bound_memory(memory_bytes: int) -> None:
    """Bound the address space so that what is resident stays below: much of it, as code, is only mapped."""
    pages = Path("/proc/self/statm").read_text().split()
    mapped, resident = (int(count) * resource.getpagesize() for count in pages[:2])
    bound = mapped + max(memory_bytes - resident, 0)
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound))


def _arguments(function: Callable[..., Any], count: int) -> tuple[Any, ...]:
    """The arguments by the types that the function declares."""
    hints = get_type_hints(function)
    kinds = GenericAlias(tuple, tuple(hints[name] for name in function.__code__.co_varnames[:count]))
    with os.fdopen(os.dup(sys.stdin.fileno()), "rb", buffering=0) as given:
        arguments: tuple[Any, ...] = msgspec.msgpack.decode(given.readall(), type=kinds)
    return arguments


def _named(refusal: Refusal) -> tuple[str, str, str]:
    kind = type(refusal)
    return kind.__module__, kind.__qualname__, str(refusal)


if __name__ == "__main__":
    main(msgspec.json.decode(sys.argv[1], type=Task))
