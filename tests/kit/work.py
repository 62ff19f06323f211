"""Work for a confined child, good, greedy, endless and broken; apart, since the child imports this module."""

import contextlib
import ctypes
import os
import resource
import signal
import socket
import time
from dataclasses import dataclass
from pathlib import Path

from bourse.kit.refusal import Refusal

MIB = 1024 * 1024


class TooOdd(Refusal):
    """A number that this work does not like."""


@dataclass(frozen=True)
class Sum:
    """What `add` gives."""

    total: int
    words: list[str]


@dataclass(frozen=True)
class Surroundings:
    """What the child sees of the world."""

    environment: list[str]
    files: int
    folder: str
    limits: dict[str, int]


def add(numbers: list[int], data: bytes, word: str = "and") -> Sum:
    return Sum(sum(numbers) + len(data), [word] * 2)


def refuse(number: int) -> int:
    raise TooOdd(f"{number} is too odd; expected an even one. Add one.")


def fail() -> int:
    return [1, 2][5]


def eat(mebibytes: int) -> int:
    """Take so much memory, and fill it."""
    eaten = [bytearray(os.urandom(64) * (MIB // 64)) for _ in range(mebibytes)]
    return len(eaten)


def spin() -> int:
    while True:
        pass


def sleep(seconds: float) -> int:
    time.sleep(seconds)
    return 1


def answer_with(size: int) -> bytes:
    return bytes(size)


def crash() -> int:
    ctypes.string_at(0)
    return 1


def leave(status: int) -> int:
    os._exit(status)


def chatter() -> str:
    print("noise", flush=True)
    os.write(1, b"more noise")
    return "answer"


def write(path: str) -> str:
    with contextlib.suppress(OSError):
        Path(path).write_text("stolen")
    return Path(path).read_text() if Path(path).exists() else ""


def look_around() -> Surroundings:
    names = ("RLIMIT_CPU", "RLIMIT_CORE", "RLIMIT_FSIZE", "RLIMIT_NOFILE")
    return Surroundings(
        environment=sorted(os.environ),
        files=len(list(Path("/proc/self/fd").iterdir())),
        folder=str(Path.cwd()),
        limits={name: resource.getrlimit(getattr(resource, name))[0] for name in names},
    )


def tell_and_wait(port: int) -> int:
    """Tell our process id to whoever listens, then live on."""
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(str(os.getpid()).encode())
    signal.pause()
    return 1
