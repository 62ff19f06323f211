"""A function called in a child process with hard bounds: for work on what strangers send.

The child is a fresh interpreter without our memory, files or secrets. It can neither outlive us nor take more
memory and time than it is given. Whatever becomes of it, the caller gets the result or a Refusal.
"""

import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any, NoReturn, TypeVar, get_type_hints

import msgspec

from bourse.kit import confined_child
from bourse.kit.confined_child import FAILED, NO_MEMORY, REFUSED, RESULT, TOO_LARGE, Task
from bourse.kit.refusal import Refusal

Result = TypeVar("Result")

MIB = 1024 * 1024
_READ_BYTES = MIB


@dataclass(frozen=True, slots=True)
class Confinement:
    """What the child may use, its own start included."""

    memory_bytes: int = 512 * MIB
    cpu_seconds: int = 60
    wall_seconds: float = 90
    output_bytes: int = 256 * MIB


class NeedsTooMuchMemory(Refusal):
    """The work asked for more memory than it was given."""


class NeedsTooMuchTime(Refusal):
    """The work did not end in the time that it was given."""


class AnswersTooMuch(Refusal):
    """The result is larger than what is taken back."""


class WorkStopped(Refusal):
    """The child was killed, or broke down below Python."""


class WorkFailed(Refusal):
    """The function raised what nobody foresaw: a bug, whose traceback is the cause of this refusal."""


class ChildTraceback(Exception):
    """Where in the child the error arose."""


DEFAULT_CONFINEMENT = Confinement()


def run(
    function: Callable[..., Result], *arguments: object, limits: Confinement = DEFAULT_CONFINEMENT
) -> Result:
    """The result of a module's function, whose parameters and result are annotated with types of msgspec.

    A Refusal that it raises comes back as itself.
    """
    with tempfile.TemporaryFile() as given:
        given.write(msgspec.msgpack.encode(arguments))
        given.seek(0)
        kind, content = _answer(_started(function, len(arguments), given, limits), limits)
    if kind != RESULT:
        _refuse(kind, content, limits)
    result: Result = msgspec.msgpack.decode(content, type=get_type_hints(function)["return"])
    return result


def _started(
    function: Callable[..., Any], arguments: int, given: IO[bytes], limits: Confinement
) -> "subprocess.Popen[bytes]":
    task = Task(
        module=function.__module__,
        function=function.__qualname__,
        arguments=arguments,
        memory_bytes=limits.memory_bytes,
        cpu_seconds=limits.cpu_seconds,
        output_bytes=limits.output_bytes,
        parent=os.getpid(),
    )
    # -S skips the search for installed packages: their places are handed over.
    command = [
        sys.executable,
        "-P",
        "-S",
        "-B",
        "-m",
        confined_child.__name__,
        msgspec.json.encode(task).decode(),
    ]
    return subprocess.Popen(
        command,
        stdin=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        cwd="/",
        start_new_session=True,
    )


def _environment() -> dict[str, str]:
    """Where packages are, and nothing else of ours."""
    return {
        "PYTHONPATH": os.pathsep.join(place for place in sys.path if place),
        "LC_ALL": "C.UTF-8",
        "OPENBLAS_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "1",
        "MALLOC_MMAP_THRESHOLD_": "262144",  # what is let go returns at once and counts no more
    }


def _answer(process: "subprocess.Popen[bytes]", limits: Confinement) -> tuple[bytes, bytes]:
    """The kind of the answer and what it says."""
    deadline = time.monotonic() + limits.wall_seconds
    assert process.stdout is not None
    try:
        with process.stdout as out:
            answer = b"".join(_chunks(out, deadline, limits))
        status = process.wait(max(deadline - time.monotonic(), 0))
    except subprocess.TimeoutExpired as error:
        raise _too_slow(limits.wall_seconds) from error
    finally:
        process.kill()
        process.wait()
    if status:
        _refuse_status(status, limits)
    return answer[:1], answer[1:]


def _chunks(out: IO[bytes], deadline: float, limits: Confinement) -> Iterator[bytes]:
    taken = 0
    while select.select([out], [], [], max(deadline - time.monotonic(), 0))[0]:
        chunk = os.read(out.fileno(), _READ_BYTES)
        if not chunk:
            return
        taken += len(chunk)
        if taken > limits.output_bytes + 1:
            raise _too_large(limits)
        yield chunk
    raise _too_slow(limits.wall_seconds)


def _refuse_status(status: int, limits: Confinement) -> NoReturn:
    if status == -signal.SIGXCPU:
        raise _too_slow(limits.cpu_seconds)
    reason = signal.Signals(-status).name if status < 0 else f"exit status {status}"
    raise WorkStopped(
        f"Reading the file was stopped ({reason}); expected a file that can be read. "
        "It may be damaged or too large: open it in a spreadsheet, save it as XLSX or CSV, and send that."
    )


def _refuse(kind: bytes, content: bytes, limits: Confinement) -> NoReturn:
    if kind == REFUSED:
        raise _refusal(*msgspec.msgpack.decode(content, type=tuple[str, str, str]))
    if kind == NO_MEMORY:
        raise NeedsTooMuchMemory(
            f"The file needs more than {limits.memory_bytes // MIB} MB of memory to read; expected less. "
            "Split the list into several files."
        )
    if kind == TOO_LARGE:
        raise _too_large(limits)
    raise WorkFailed(
        "The file could not be read for a reason that nobody foresaw. "
        "Save it as XLSX or CSV and send that, or show this file to the operator."
    ) from ChildTraceback(content.decode(errors="replace") if kind == FAILED else repr(kind))


def _refusal(module: str, name: str, text: str) -> Refusal:
    """The refusal of this name; the child cannot name any other class."""
    kinds = [Refusal]
    for kind in kinds:
        if (kind.__module__, kind.__qualname__) == (module, name):
            return kind(text)
        kinds += kind.__subclasses__()
    return Refusal(text)


def _too_slow(seconds: float) -> NeedsTooMuchTime:
    return NeedsTooMuchTime(
        f"The file needs more than {seconds:g} seconds to read; expected less. "
        "Split the list into several files."
    )


def _too_large(limits: Confinement) -> AnswersTooMuch:
    return AnswersTooMuch(
        f"What the file holds takes more than {limits.output_bytes // MIB} MB; expected less. "
        "Split the list into several files."
    )
