"""Tiles answer as plain arrays do, before, during and after batches; kernels and numpy alike."""

from pathlib import Path
from random import Random
from threading import Thread

import numpy as np
import pytest

from bourse.search.engine import OneOf, Order, Question, Within
from bourse.search.engine.compiled import Kernels
from bourse.search.engine.tiles import NotAsked, Renewal, Rows, TileFile, Tiles, Writer, build
from search.tiled import SCHEMA, Flat, Reference, asked, made


def built(path: Path, flat: Flat, kernels: Kernels) -> TileFile:
    """The rows in place, with room for as many more."""
    rows = flat.rows(np.arange(len(flat.numbers)))
    file = build(path, SCHEMA, rows, kernels, 2 * len(flat.numbers) + 20_000)
    file.put_in_place(path)
    return file


def batch(flat: Flat, random: Random, count: int) -> tuple[Rows, np.ndarray]:
    """Some rows anew, some more, some gone."""
    rng = np.random.default_rng(random.randrange(1 << 30))
    picked = rng.permutation(len(flat.numbers))[: 2 * count]
    changed, gone = np.sort(picked[:count]), flat.numbers[picked[count:]][: count // 4]
    fresh = made(count // 4, random.randrange(1 << 30), first=int(flat.numbers.max()) + 1)
    other = made(len(changed), random.randrange(1 << 30))
    rows = flat.rows(changed)
    columns = {
        name: np.concatenate([column if name in SCHEMA.texts else other.columns[name], fresh.columns[name]])
        for name, column in rows.columns.items()
    }
    return Rows(np.concatenate([rows.numbers, fresh.numbers]), columns), gone


def every_answer_is_right(tiles: Tiles, flat: Flat, random: Random, questions: int) -> int:
    """How many of the questions were broad."""
    reference = Reference(flat)
    broad = 0
    for _ in range(questions):
        question = asked(random, flat)
        found = tiles.search(question)
        assert found == reference.answer(question), question
        broad += found.total * 100 >= len(flat.numbers)
        if found.after and random.random() < 0.3:
            assert tiles.search(question, found.after) == reference.answer(question, found.after), question
    return broad


@pytest.mark.parametrize("rows", [1, 511, 512, 513, 2_000])
def test_few_rows_are_found_by_kernels_and_by_numpy_before_and_after_a_batch(
    tmp_path: Path, kernels: Kernels, rows: int
) -> None:
    flat, random = made(rows, seed=rows), Random(rows)
    writer = Writer(built(tmp_path / "tiles", flat, kernels), kernels)
    both = [Tiles.open(tmp_path / "tiles", kernels), Tiles.open(tmp_path / "tiles", None)]
    for _ in range(3):
        for tiles in both:
            every_answer_is_right(tiles, flat, random, 25)
        more, gone = batch(flat, random, 40)
        writer.apply(more, gone)
        flat = flat.changed(more, gone)


def test_two_thousand_questions_over_fifty_thousand_rows_before_during_and_after_updates(
    tmp_path: Path, kernels: Kernels
) -> None:
    flat, random = made(50_000, seed=6), Random(6)
    writer = Writer(built(tmp_path / "tiles", flat, kernels), kernels)
    tiles = Tiles.open(tmp_path / "tiles", kernels)
    broad = every_answer_is_right(tiles, flat, random, 700)
    for _ in range(12):
        more, gone = batch(flat, random, random.choice((1, 30, 3_000)))
        writer.apply(more, gone)
        flat = flat.changed(more, gone)
        broad += every_answer_is_right(tiles, flat, random, 60)
    renewal = Renewal(writer, 130_000)
    behind = Thread(target=renewal.build)
    behind.start()
    for _ in range(4):
        more, gone = batch(flat, random, 1_000)
        writer.apply(more, gone)
        flat = flat.changed(more, gone)
        broad += every_answer_is_right(tiles, flat, random, 20)
    behind.join()
    renewal.finish()
    assert tiles.is_replaced
    broad += every_answer_is_right(Tiles.open(tmp_path / "tiles", kernels), flat, random, 600)
    assert broad >= 1_000


def test_what_the_catalogue_does_not_have_is_refused(tmp_path: Path, kernels: Kernels) -> None:
    built(tmp_path / "tiles", made(10, 1), kernels)
    for tiles in (Tiles.open(tmp_path / "tiles", kernels), Tiles.open(tmp_path / "tiles", None)):
        for question in (
            Question({"carat": OneOf("carat", [1])}),
            Question({"lab": OneOf("lab", [6])}),
            Question({"lab": Within("lab", [(1, 2)])}),
            Question(facets=["weight"]),
            Question(facets=["lab", "lab"]),
            Question(order=Order("shape")),
        ):
            with pytest.raises(NotAsked):
                tiles.search(question)


def test_many_ranges_are_answered_and_ten_thousand_are_refused(tmp_path: Path, kernels: Kernels) -> None:
    flat = made(2_000, 2)
    built(tmp_path / "tiles", flat, kernels)
    tiles = Tiles.open(tmp_path / "tiles", kernels)
    odd = [(low, low) for low in range(1, 20_001, 2)]
    many = Question({name: Within("weight", odd[:256]) for name in "abcdefgh"}, ["lab"])
    assert tiles.search(many) == Reference(flat).answer(many)
    with pytest.raises(NotAsked, match="more than 256 ranges"):
        tiles.search(Question({"weight": Within("weight", odd)}))
