"""One writer and many readers of one mapped file, without a lock: generations.

A generation is a table that says what holds; the writer fills another table and then puts one word, which is
the number of the generation and the place of its table. What the last generations use is never written over:
with the current one c, whatever was last used by generation c - KEPT or an earlier one may be. So a reader

1. looks at the word, answers from that table, and looks again. The answer holds if the word moved on by less
   than KEPT: nothing that it read can have been written over.
2. else pins the generation that is current now, in a place of its own, and answers once more. The writer
   spares pinned generations. It takes back a pin that is older than PIN_S, of a process that was stopped; the
   reader finds it gone and asks once more.

A reader that dies blocks nobody: its place is a lock on a byte of the file, which the kernel gives back.

The order of writes, on every processor:

    writer   blocks, table → put word (release, then a full fence) → look at pins → write over what is free
    reader   look at word (acquire) → read → look again (acquire fence, then the word)
    pinned   put pin (release, then a full fence) → look at word; if it moved, pin again → read → look at pin

The full fences stand on both sides since each side writes one word and then reads the other's.
"""

import ctypes
import fcntl
import os
import struct
import threading
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol, TypeVar

KEPT = 2  # generations that stay whole without a pin: the current one and the one before
TABLES = KEPT + 3  # one to fill, and two that may be pinned
PLACES = 256  # for processes that read at the same time
PIN_S = 1.0
BYTES = 4096  # of the file, for the words below

_NUMBERS, _PINS = 64, 1024  # offsets; the word itself lies at 0, alone in its line
_WAIT_S = 0.0005

Answer = TypeVar("Answer")


class Words(Protocol):
    """Words of memory, put and looked at in a sure order (engine.kernel.between says which)."""

    def look(self, address: int, /) -> int: ...
    def look_again(self, address: int, /) -> int: ...
    def put(self, address: int, number: int, /) -> int: ...


class PlainWords:
    """The same without compiled code: a lock of this process, taken and given back, is the fence."""

    def __init__(self) -> None:
        self._fence = threading.Lock()

    def look(self, address: int) -> int:
        """The word there."""
        found = ctypes.c_int64.from_address(address).value
        with self._fence:
            return found

    def look_again(self, address: int) -> int:
        """The word there, after everything that was read before."""
        with self._fence:
            return ctypes.c_int64.from_address(address).value

    def put(self, address: int, number: int) -> int:
        """Put the word between what was written before and what comes after."""
        with self._fence:
            ctypes.c_int64.from_address(address).value = number
        with self._fence:
            return number


class TooManyReaders(Exception):
    """Every place for a pin is taken by a living process."""


class Region(NamedTuple):
    """BYTES of a mapped file: where they lie in memory and in the file, which is open for writing."""

    address: int
    offset: int
    file: int

    def number(self, table: int) -> int:
        """The address of the generation's number that lies in the table; 0 while it is none."""
        return self.address + _NUMBERS + table * 8

    def pin(self, place: int) -> int:
        """The address of a pin: the word of the pinned generation, or 0."""
        return self.address + _PINS + place * 8

    def take(self, place: int) -> bool:
        """Take the place for as long as this file is open; False where another holds it."""
        try:
            fcntl.fcntl(self.file, fcntl.F_OFD_SETLK, self._lock(place))
        except BlockingIOError:
            return False
        return True

    def is_taken(self, place: int) -> bool:
        """Whether somebody else, who lives, holds the place."""
        told = fcntl.fcntl(self.file, fcntl.F_OFD_GETLK, self._lock(place))
        return bool(struct.unpack_from("h", told)[0] != fcntl.F_UNLCK)

    def _lock(self, place: int) -> bytes:
        return struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, self.offset + _PINS + place * 8, 1, 0)


class Current(NamedTuple):
    """The word in its parts."""

    generation: int
    table: int


def _parts(word: int) -> Current:
    return Current(word >> 8, word & 0xFF)


class Reader:
    """Asks of whole generations. Threads may share it."""

    def __init__(self, region: Region, words: Words) -> None:
        self._region, self._words = region, words
        place = next((one for one in range(PLACES) if region.take(one)), None)
        if place is None:
            raise TooManyReaders
        self._pin = region.pin(place)
        self._pinning = threading.Lock()
        self.retries = 0

    def ask(self, answer: Callable[[int], Answer]) -> Answer:
        """What the function finds in a table, all of it of one generation."""
        first = self._words.look(self._region.address)
        found = answer(first & 0xFF)
        if (self._words.look_again(self._region.address) >> 8) - (first >> 8) < KEPT:
            return found
        return self._ask_pinned(answer)

    def _ask_pinned(self, answer: Callable[[int], Answer]) -> Answer:
        with self._pinning:
            while True:
                self.retries += 1
                pinned = self._pinned()
                found = answer(pinned & 0xFF)
                is_kept = self._words.look_again(self._pin) == pinned
                self._words.put(self._pin, 0)
                if is_kept:
                    return found

    def _pinned(self) -> int:
        """The word that is pinned now, and was current when it was."""
        word = self._words.look(self._region.address)
        while True:
            self._words.put(self._pin, word)
            current = self._words.look(self._region.address)
            if current == word:
                return word
            word = current


class _Pin(NamedTuple):
    place: int
    word: int


class Room(NamedTuple):
    """The table to fill next, and the oldest generation that may still be read."""

    table: int
    oldest: int


class Writer:
    """Publishes generations. There is one of them; it may be killed at any moment and begin anew."""

    def __init__(self, region: Region, words: Words) -> None:
        self._region, self._words = region, words
        self._since: dict[_Pin, float] = {}

    def current(self) -> Current:
        """What readers are answered from; generation 0 before the first was published."""
        return _parts(self._words.look(self._region.address))

    def room(self) -> Room:
        """A table that nobody reads. Waits for pins where all are read, PIN_S at the longest."""
        while True:
            pinned = set(self._pins())
            oldest = self.current().generation - KEPT + 1
            table = next((one for one in range(TABLES) if self._is_free(one, oldest, pinned)), None)
            if table is not None:
                self._words.put(self._region.number(table), 0)
                return Room(table, min([oldest, *pinned]))
            time.sleep(_WAIT_S)

    def publish(self, table: int) -> int:
        """Have readers answered from the table, which is filled; its generation."""
        generation = self.current().generation + 1
        self._words.put(self._region.number(table), generation)
        self._words.put(self._region.address, generation << 8 | table)
        return generation

    def _is_free(self, table: int, oldest: int, pinned: set[int]) -> bool:
        generation = self._words.look(self._region.number(table))
        return not generation or (generation < oldest and generation not in pinned)

    def _pins(self) -> Iterator[int]:
        """The generations that are pinned; pins of the dead and of the stopped are taken back."""
        now = time.monotonic()
        pins = (ctypes.c_int64 * PLACES).from_address(self._region.pin(0))
        pinned = [_Pin(place, word) for place, word in enumerate(pins) if word]
        self._since = {pin: self._since.get(pin, now) for pin in pinned}
        for pin, since in self._since.items():
            if now - since > PIN_S or not self._region.is_taken(pin.place):
                self._words.put(self._region.pin(pin.place), 0)
            else:
                yield pin.word >> 8
