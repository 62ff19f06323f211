"""The engine answers as one row after the other would, and knows a whole file from a torn one."""

import multiprocessing
import time
from pathlib import Path
from random import Random

import numpy as np
import pytest

from bourse.search.engine import (
    Coded,
    Columns,
    Engine,
    NotACatalogue,
    Number,
    OneOf,
    Order,
    Payloads,
    Question,
    write,
)
from search import oracle


def opened(path: Path, rows: list[oracle.Row]) -> Engine:
    write(path / "catalogue", oracle.columns_of(path / "catalogue", rows))
    return Engine.open(path / "catalogue")


def every_answer_is_right(path: Path, rows: int, questions: int, seed: int) -> None:
    made = oracle.made_rows(rows, seed)
    engine = opened(path, made)
    random = Random(seed)
    for _ in range(questions):
        question = oracle.made_question(random)
        assert engine.search(question) == oracle.answer(made, question), question


@pytest.mark.parametrize("rows", [0, 1, 63, 64, 65, 700])
def test_every_answer_is_that_of_one_row_after_the_other(tmp_path: Path, rows: int) -> None:
    every_answer_is_right(tmp_path, rows, questions=60, seed=rows)


@pytest.mark.long
def test_every_answer_is_right_over_twenty_thousand_rows(tmp_path: Path) -> None:
    every_answer_is_right(tmp_path, 20_000, questions=500, seed=20261124)


def test_wide_sets_are_counted_like_narrow_ones(tmp_path: Path) -> None:
    codes = np.arange(200_000, dtype=np.int64) % 3
    columns = Columns(
        rows=codes.size,
        payloads=oracle.payloads_of(tmp_path / "catalogue", [b""] * codes.size),
        coded={"shape": Coded(4, codes.astype(np.uint8))},
        numbers={"weight": Number(np.arange(codes.size, dtype=np.int64))},
        ordered=["weight"],
    )
    write(tmp_path / "catalogue", columns)
    answer = Engine.open(tmp_path / "catalogue").search(
        Question(
            {"shape": OneOf("shape", [1])}, facets=["shape"], order=Order("weight", descending=True), limit=2
        )
    )
    assert (answer.total, answer.facets["shape"]) == (66_667, [66_667, 66_667, 66_666, 0])
    assert answer.slots == [199_999, 199_996]


def test_a_row_gives_back_what_it_was_given(tmp_path: Path) -> None:
    engine = opened(tmp_path, oracle.made_rows(3, seed=1))
    assert [engine.payload(slot) for slot in range(3)] == [b"row 0", b"row 1", b"row 2"]
    assert engine.about == {"made": "here"}


def test_a_missing_file_is_no_catalogue(tmp_path: Path) -> None:
    with pytest.raises(NotACatalogue, match="There is no whole catalogue"):
        Engine.open(tmp_path / "catalogue")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"x" * 5000])
def test_a_foreign_file_is_no_catalogue(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "catalogue"
    path.write_bytes(content)
    with pytest.raises(NotACatalogue):
        Engine.open(path)


def test_a_file_torn_anywhere_is_no_catalogue(tmp_path: Path) -> None:
    opened(tmp_path, oracle.made_rows(100, seed=2))
    path = tmp_path / "catalogue"
    whole = path.read_bytes()
    for length in range(0, len(whole), 997):
        path.write_bytes(whole[:length])
        with pytest.raises(NotACatalogue):
            Engine.open(path)


def test_a_damaged_header_is_no_catalogue(tmp_path: Path) -> None:
    opened(tmp_path, oracle.made_rows(10, seed=3))
    path = tmp_path / "catalogue"
    whole = bytearray(path.read_bytes())
    whole[40] ^= 1
    path.write_bytes(whole)
    with pytest.raises(NotACatalogue, match="torn"):
        Engine.open(path)


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    engine = opened(tmp_path, oracle.made_rows(10, seed=4))
    payloads = Payloads("made", 0, np.zeros(1, np.int64), np.zeros(1, np.int32))
    broken = Columns(rows=1, payloads=payloads, coded={"shape": None})  # type: ignore[dict-item]
    with pytest.raises(AttributeError):
        write(tmp_path / "catalogue", broken)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["catalogue", "catalogue.rows.made"]
    assert Engine.open(tmp_path / "catalogue").rows == engine.rows


def moved(path: Path, total: int, shift: int) -> Columns:
    """Rows whose numbers always sum to the same; each batch moves some from one row to another."""
    values = np.full(total, 1000, np.int64)
    values[: total // 2] += shift
    values[total // 2 :] -= shift
    payloads = oracle.payloads_of(path, [b""] * total)
    return Columns(rows=total, payloads=payloads, numbers={"weight": Number(values)}, ordered=["weight"])


def publish_until_told(path: Path, told: "multiprocessing.synchronize.Event") -> None:
    for shift in range(10_000):
        write(path, moved(path, 2_000, shift % 900))
        if told.is_set():
            return


def reads_only_whole_batches(path: Path, seconds: float) -> int:
    """How many different batches a reader saw while another process published, each of them whole."""
    told = multiprocessing.get_context("spawn").Event()
    write(path, moved(path, 2_000, 0))
    writer = multiprocessing.get_context("spawn").Process(target=publish_until_told, args=(path, told))
    writer.start()
    seen: set[int] = set()
    until = time.monotonic() + seconds
    try:
        while time.monotonic() < until or len(seen) < 3:
            engine = Engine.open(path)
            answer = engine.search(Question(spans=["weight"]))
            low, high = answer.spans["weight"] or (0, 0)
            assert (answer.total, low + high) == (2_000, 2_000)
            assert sum(map(int, engine._arrays["number weight"][:2_000])) == 2_000_000
            seen.add(high)
    finally:
        told.set()
        writer.join(20)
    assert writer.exitcode == 0
    return len(seen)


def test_a_reader_beside_a_writer_sees_only_whole_batches(tmp_path: Path) -> None:
    assert reads_only_whole_batches(tmp_path / "catalogue", seconds=1) >= 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["catalogue", "catalogue.rows.made"]


@pytest.mark.long
def test_a_reader_beside_a_writer_sees_only_whole_batches_for_a_minute(tmp_path: Path) -> None:
    assert reads_only_whole_batches(tmp_path / "catalogue", seconds=60) >= 100


def killed_while_it_publishes(path: Path, after_s: float) -> None:
    told = multiprocessing.get_context("spawn").Event()
    writer = multiprocessing.get_context("spawn").Process(target=publish_until_told, args=(path, told))
    writer.start()
    stamp = path.stat().st_mtime_ns
    while path.stat().st_mtime_ns == stamp and writer.is_alive():
        time.sleep(0.001)
    time.sleep(after_s)
    writer.kill()
    writer.join()


def test_a_writer_that_is_killed_leaves_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "catalogue"
    write(path, moved(path, 2_000, 0))
    for after_s in (0.0, 0.003, 0.007):
        killed_while_it_publishes(path, after_s)
        engine = Engine.open(path)
        low, high = engine.search(Question(spans=["weight"])).spans["weight"] or (0, 0)
        assert low + high == 2_000
        assert sum(map(int, engine._arrays["number weight"][:2_000])) == 2_000_000
