"""Batches are seen whole, a killed writer leaves a whole generation, and room that is free is used again."""

import multiprocessing
import os
import random
import signal
import time
from pathlib import Path

import numpy as np
import pytest

from bourse.search.engine import NotACatalogue, Order, Question, Within, WithKey
from bourse.search.engine.compiled import Kernels
from bourse.search.engine.tiles import NoRoom, Rows, TileFile, Tiles, Writer
from search.test_tiles import built, every_answer_is_right
from search.tiled import FACETS, SCHEMA, Flat, made

ROWS = 3_000
NOBODY = np.zeros(0, np.int64)
EVERYTHING = Question({}, FACETS, Order("total"), limit=20)


def exchange(flat: Flat, batch: int) -> Rows:
    """A batch in which pairs of rows give each other all that they say, so that no count may move."""
    rng = np.random.default_rng(batch)
    picked = rng.permutation(len(flat.numbers))[: 2 * int(rng.integers(1, 400))]
    other = np.concatenate([picked[len(picked) // 2 :], picked[: len(picked) // 2]])
    columns = {
        name: column[picked if name in SCHEMA.texts else other] for name, column in flat.columns.items()
    }
    return Rows(flat.numbers[picked], columns)


def after(flat: Flat, batches: int) -> Flat:
    """The rows after so many batches."""
    for batch in range(1, batches + 1):
        flat = flat.changed(exchange(flat, batch), NOBODY)
    return flat


def write_for_ever(path: Path, kernels: Kernels, flat: Flat) -> None:
    """Go on where the writer before was killed."""
    writer = Writer(TileFile.open(path), kernels)
    flat = after(flat, writer.position)
    while True:
        rows = exchange(flat, writer.position + 1)
        writer.apply(rows, NOBODY, writer.position + 1)
        flat = flat.changed(rows, NOBODY)


def killed_writers(path: Path, kernels: Kernels, kills: int, seed: int) -> tuple[int, int]:
    """Kill writers at random moments while all counts are looked at; how many looks, how many batches."""
    flat = made(ROWS, seed)
    built(path, flat, kernels)
    chance, fork = random.Random(seed), multiprocessing.get_context("fork")
    tiles = Tiles.open(path, kernels)
    counts, looks = tiles.search(EVERYTHING).facets, 0
    for _ in range(kills):
        process = fork.Process(target=write_for_ever, args=(path, kernels, flat))
        process.start()
        until = time.monotonic() + 0.1 + chance.random() * 0.2
        while time.monotonic() < until:
            assert tiles.search(EVERYTHING).facets == counts
            looks += 1
        assert process.pid
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        writer = Writer(TileFile.open(path), kernels)
        every_answer_is_right(tiles, after(flat, writer.position), chance, 5)
    return looks, writer.position


def test_counts_never_move_while_writers_are_killed_and_each_leaves_a_whole_batch(
    tmp_path: Path, kernels: Kernels
) -> None:
    looks, batches = killed_writers(tmp_path / "tiles", kernels, kills=5, seed=1)
    assert looks > 100
    assert batches > 5


@pytest.mark.long
def test_counts_never_move_while_two_hundred_writers_are_killed(tmp_path: Path, kernels: Kernels) -> None:
    for seed in range(20):
        killed_writers(tmp_path / f"tiles {seed}", kernels, kills=10, seed=seed)


def test_a_batch_that_was_never_published_is_undone(
    tmp_path: Path, kernels: Kernels, monkeypatch: pytest.MonkeyPatch
) -> None:
    flat, chance = made(ROWS, 2), random.Random(2)
    writer = Writer(built(tmp_path / "tiles", flat, kernels), kernels)

    def die(_place: int) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(writer._generations, "publish", die)
    with pytest.raises(KeyboardInterrupt):
        writer.apply(exchange(flat, 1), NOBODY)
    tiles = Tiles.open(tmp_path / "tiles", kernels)
    every_answer_is_right(tiles, flat, chance, 20)
    again = Writer(TileFile.open(tmp_path / "tiles"), kernels)
    again.apply(exchange(flat, 2), NOBODY)
    every_answer_is_right(tiles, flat.changed(exchange(flat, 2), NOBODY), chance, 20)


def test_blocks_of_dead_rows_are_used_again(tmp_path: Path, kernels: Kernels) -> None:
    flat = made(ROWS, 3)
    writer = Writer(built(tmp_path / "tiles", flat, kernels), kernels)
    rows = flat.rows(np.arange(ROWS))
    for _ in range(100):
        writer.apply(rows, NOBODY)
    assert 512 * writer.file.layout.blocks < 100 * ROWS
    assert writer.generation == 101
    every_answer_is_right(Tiles.open(tmp_path / "tiles", kernels), flat, random.Random(3), 20)


def test_a_full_file_says_so_and_answers_as_before(tmp_path: Path, kernels: Kernels) -> None:
    flat = made(ROWS, 4)
    writer = Writer(built(tmp_path / "tiles", flat, kernels), kernels)
    with pytest.raises(NoRoom):
        for turn in range(1, 40):
            more = made(ROWS, 4, first=turn * ROWS)
            writer.apply(more.rows(np.arange(ROWS)), NOBODY)
    found = Tiles.open(tmp_path / "tiles", kernels).search(EVERYTHING)
    assert found.total == writer.generation * ROWS


def test_a_batch_names_a_row_once_and_is_no_longer_than_the_undoing_has_room_for(
    tmp_path: Path, kernels: Kernels
) -> None:
    flat = made(ROWS, 5)
    writer = Writer(built(tmp_path / "tiles", flat, kernels), kernels)
    with pytest.raises(ValueError, match="stands in a batch once"):
        writer.apply(flat.rows(np.array([1, 2])), np.array([2]))
    many = made(17_000, 5)
    with pytest.raises(ValueError, match="at most 16384 rows"):
        writer.apply(many.rows(np.arange(17_000)), NOBODY)


def test_a_row_that_ended_is_found_by_no_text(tmp_path: Path, kernels: Kernels) -> None:
    flat = made(ROWS, 6)
    writer = Writer(built(tmp_path / "tiles", flat, kernels), kernels)
    number = int(np.flatnonzero(flat.columns["report"] != b"")[0])
    report = bytes(flat.columns["report"][number])
    tiles = Tiles.open(tmp_path / "tiles", kernels)
    question = Question({"text": WithKey(["report"], [report])}, order=Order("weight"))
    assert tiles.search(question).numbers == [number]
    writer.apply(flat.rows(NOBODY), np.array([number]))
    assert tiles.search(question).total == 0
    assert Tiles.open(tmp_path / "tiles", None).search(question).total == 0


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"x" * 50_000])
def test_a_foreign_file_is_no_catalogue(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "tiles").write_bytes(content)
    with pytest.raises(NotACatalogue):
        TileFile.open(tmp_path / "tiles")


def test_a_missing_a_cut_and_a_damaged_file_are_none(tmp_path: Path, kernels: Kernels) -> None:
    path = tmp_path / "tiles"
    with pytest.raises(NotACatalogue, match="There is no tiles"):
        TileFile.open(path)
    built(path, made(10, 7), kernels)
    with path.open("r+b") as file:
        file.seek(200)
        file.write(b"!")
    with pytest.raises(NotACatalogue, match="torn"):
        TileFile.open(path)
    built(path, made(10, 7), kernels)
    os.truncate(path, path.stat().st_size - 1)
    with pytest.raises(NotACatalogue, match="torn"):
        TileFile.open(path)


def test_a_file_from_before_the_machine_started_is_none(
    tmp_path: Path, kernels: Kernels, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(tmp_path / "tiles", made(10, 8), kernels)
    monkeypatch.setattr("bourse.search.engine.tiles.file.boot", lambda: "another start")
    with pytest.raises(NotACatalogue, match="before the machine started"):
        TileFile.open(tmp_path / "tiles")


def test_numbers_at_the_ends_of_a_column_are_found_and_what_is_not_said_is_in_no_range(
    tmp_path: Path, kernels: Kernels
) -> None:
    flat = made(4, 9)
    flat.columns["total"] = np.array([0, (1 << 32) - 2, np.iinfo(np.int64).min, 5])
    built(tmp_path / "tiles", flat, kernels)
    for tiles in (Tiles.open(tmp_path / "tiles", kernels), Tiles.open(tmp_path / "tiles", None)):
        every = Question({"total": Within("total", [(None, None)])}, order=Order("total", descending=True))
        assert tiles.search(every).numbers == [1, 3, 0]
        assert tiles.search(Question(order=Order("total"))).numbers == [0, 3, 1, 2]
        assert tiles.search(Question(order=Order("total", descending=True))).numbers == [1, 3, 0, 2]
        backwards = Question({"total": Within("total", [(6, 5)])})
        assert (tiles.search(backwards).total, tiles.search(backwards).numbers) == (0, [])
