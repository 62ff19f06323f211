"""Readers see one generation whole, wait for nobody, and a dead one blocks nobody."""

import mmap
import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bourse.search.engine import generations
from bourse.search.engine.generations import BYTES, KEPT, TABLES, PlainWords, Reader, Region, Room, Writer
from bourse.search.engine.kernel import between

ROWS = 2_000
TABLE = ROWS * 8


class Mapped:
    """A file of a region and its tables of whole numbers, as one process maps it."""

    def __init__(self, path: Path) -> None:
        file = os.open(path, os.O_RDWR | os.O_CREAT)
        os.posix_fallocate(file, 0, BYTES + TABLES * TABLE)
        self.bytes = np.frombuffer(mmap.mmap(file, BYTES + TABLES * TABLE), np.uint8)
        self.region = Region(self.bytes.ctypes.data, 0, file)

    def table(self, number: int) -> NDArray[np.int64]:
        start = BYTES + number * TABLE
        return self.bytes[start : start + TABLE].view(np.int64)

    def publish(self, writer: Writer, value: int) -> Room:
        """A generation whose numbers are all this one."""
        room = writer.room()
        self.table(room.table)[:] = value
        writer.publish(room.table)
        return room


@pytest.fixture(params=[PlainWords, lambda: between], ids=["plain", "compiled"])
def words(request: pytest.FixtureRequest) -> generations.Words:
    made: generations.Words = request.param()
    return made


@pytest.fixture
def mapped(tmp_path: Path) -> Iterator[Mapped]:
    made = Mapped(tmp_path / "tables")
    yield made
    os.close(made.region.file)


@pytest.fixture
def writer(mapped: Mapped, words: generations.Words) -> Writer:
    made = Writer(mapped.region, words)
    mapped.publish(made, 1)
    return made


@pytest.fixture
def reader(tmp_path: Path, words: generations.Words, writer: Writer) -> Iterator[Reader]:
    own = Mapped(tmp_path / "tables")  # a mapping and a file of its own, as of another process
    yield Reader(own.region, words)
    os.close(own.region.file)


def test_an_answer_is_of_the_generation_that_was_published_last(
    mapped: Mapped, writer: Writer, reader: Reader
) -> None:
    assert reader.ask(lambda table: mapped.table(table)[7]) == 1
    mapped.publish(writer, 2)
    assert reader.ask(lambda table: mapped.table(table)[7]) == 2
    assert (writer.current().generation, reader.retries) == (2, 0)


@pytest.mark.parametrize(("published", "retries"), [(KEPT - 1, 0), (KEPT, 1), (KEPT + 5, 1)])
def test_a_question_is_asked_again_only_where_what_it_read_may_have_been_written_over(
    mapped: Mapped, writer: Writer, reader: Reader, published: int, retries: int
) -> None:
    seen = []

    def slow(table: int) -> int:
        seen.append(int(mapped.table(table)[0]))
        if len(seen) == 1:
            for value in range(2, 2 + published):
                mapped.publish(writer, value)
        return int(mapped.table(table)[0])

    assert reader.ask(slow) == (1 + published if retries else 1)
    assert reader.retries == retries


def test_what_is_pinned_is_spared_and_told_as_the_oldest_that_is_read(
    mapped: Mapped, writer: Writer, reader: Reader
) -> None:
    rooms: list[Room] = []

    def disturbed(table: int) -> set[int]:
        rooms[:] = [mapped.publish(writer, 100 + value) for value in range(3 * TABLES)]
        return set(mapped.table(table).tolist())

    pinned_value = 100 + 3 * TABLES - 1
    assert reader.ask(disturbed) == {pinned_value}
    pinned = 1 + 3 * TABLES
    assert {room.oldest for room in rooms} == {pinned - 1, pinned}
    assert mapped.publish(writer, 0).oldest == writer.current().generation - KEPT


def test_a_pin_of_a_process_that_was_stopped_is_taken_back_and_its_question_asked_once_more(
    mapped: Mapped, writer: Writer, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generations, "PIN_S", 0.01)
    asked = []

    def asleep(table: int) -> int:
        asked.append(table)
        if len(asked) < 3:
            mapped.publish(writer, 5)
            time.sleep(0.02)
            for value in range(6, 6 + TABLES):
                mapped.publish(writer, value)
        return int(mapped.table(table)[0])

    assert reader.ask(asleep) == 5 + TABLES
    assert reader.retries == 2


def _pin_and_wait(path: Path, ready: object) -> None:
    mapped = Mapped(path)
    reader = Reader(mapped.region, PlainWords())
    reader._pinned()
    ready.set()  # type: ignore[attr-defined]
    signal.pause()


def test_the_pin_of_a_killed_reader_is_nobody_s(tmp_path: Path, mapped: Mapped, writer: Writer) -> None:
    spawning = multiprocessing.get_context("fork")
    ready = spawning.Event()
    child = spawning.Process(target=_pin_and_wait, args=(tmp_path / "tables", ready))
    child.start()
    assert ready.wait(10)
    pinned = writer.current().generation
    assert [mapped.publish(writer, 2).oldest for _ in range(3)][-1] == pinned
    child.kill()
    child.join()
    assert mapped.publish(writer, 3).oldest == writer.current().generation - KEPT


def test_a_writer_that_begins_anew_goes_on_where_the_dead_one_stood(
    mapped: Mapped, writer: Writer, reader: Reader, words: generations.Words
) -> None:
    mapped.publish(writer, 2)
    half = writer.room()
    mapped.table(half.table)[: ROWS // 2] = 3
    second = Writer(mapped.region, words)
    assert second.current() == writer.current()
    assert reader.ask(lambda table: set(mapped.table(table).tolist())) == {2}
    assert second.room() == half
    mapped.publish(second, 4)
    assert reader.ask(lambda table: set(mapped.table(table).tolist())) == {4}


def test_every_place_is_given_to_one_process(mapped: Mapped, tmp_path: Path) -> None:
    elsewhere = Mapped(tmp_path / "tables")
    other = elsewhere.region
    assert mapped.region.take(3)
    assert not other.take(3)
    assert other.is_taken(3)
    assert not mapped.region.is_taken(3)
    assert not other.is_taken(4)


def _move_sums(path: Path, stop: object) -> None:
    """Each generation moves an amount from one row to another: the sum stays."""
    mapped = Mapped(path)
    writer = Writer(mapped.region, PlainWords())
    random = np.random.default_rng(1)
    while not stop.is_set():  # type: ignore[attr-defined]
        was = mapped.table(writer.current().table)
        table = mapped.table(writer.room().table)
        table[:] = was
        one, two = random.integers(0, ROWS, 2)
        amount = random.integers(1, 1_000)
        table[one] -= amount
        table[two] += amount
        writer.publish((table.ctypes.data - mapped.bytes.ctypes.data - BYTES) // TABLE)


@pytest.fixture
def moving(tmp_path: Path, mapped: Mapped, writer: Writer) -> Iterator[None]:
    spawning = multiprocessing.get_context("fork")
    stop = spawning.Event()
    child = spawning.Process(target=_move_sums, args=(tmp_path / "tables", stop))
    child.start()
    yield
    stop.set()
    child.join()


def test_sums_that_a_second_process_moves_about_are_never_seen_half(
    mapped: Mapped, reader: Reader, moving: None
) -> None:
    def summed(table: int) -> int:
        half = int(mapped.table(table)[: ROWS // 2].sum())
        if reader.retries == 0:
            time.sleep(0.002)
        return half + int(mapped.table(table)[ROWS // 2 :].sum())

    begun = time.monotonic()
    while time.monotonic() - begun < 0.5:
        assert reader.ask(summed) == ROWS
        reader.retries = reader.retries % 3
