"""The figures of the bench."""

import gc
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from bourse.run.bench import Figures
from bourse.run.bench.search import made
from bourse.run.bench.search.made import BROAD, Answer, Asked, Stones
from bourse.run.bench.search.ours import SCHEMA, Ours, rows_of
from bourse.run.bench.search.rivals import Rival, rival
from bourse.search.engine import compiled
from bourse.search.engine.tiles.rows import cells_of, nearness

ROUNDS = 7
BUDGET_S = 40.0  # for a rival's questions: a slow one is asked fewer
MOST_ROWS_CHECKED = 200_000_000  # by plain arrays, question by question
BATCHES = 9
REPEATED = 9

Ask = Callable[[Asked], Answer]
Timed = tuple[list[float], list[float], list[Answer]]


def measured(
    folder: Path, rows: int, questions: int, rivals: Sequence[str]
) -> tuple[Figures, dict[str, Figures]]:
    """Ours, then each rival on the same questions."""
    stones, asked = made.stones(rows), made.questions(questions)
    begun = time.perf_counter()
    kernels = _kernels()
    ours = Ours(folder, kernels)
    figures = {"compile_s": time.perf_counter() - begun, "build_s": ours.fill(stones)}
    wall, cpu, answers = _timed(ours.ask, lambda: 0.0, asked, ROUNDS, np.inf)
    figures |= {**_spread(wall), "cpu_ms": float(np.mean(cpu))}
    checked = asked[: max(20, MOST_ROWS_CHECKED // rows)]
    figures |= {
        "checked_answers": float(len(checked)),
        "wrong_answers": float(_wrong(stones, checked, answers)),
    }
    figures |= _broad(ours.ask)
    figures["restart_s"] = ours.reopen()
    figures["bytes_per_listing"], figures["file_bytes_per_listing"] = ours.bytes_a_listing()
    told: dict[str, Figures] = {}
    near = _put_near(stones) if rivals else stones
    for name in rivals:
        told[name] = _rival(rival(name, folder), near, asked, answers)
        figures["wrong_answers"] += told[name]["differing_answers"]
        same_ours = float(np.mean(cpu[: int(told[name]["questions"])]))
        figures[f"{name}_times_cpu"] = told[name]["cpu_ms"] / same_ours
    return figures | _batches(ours, stones, asked, figures["wrong_answers"]), told


def _kernels() -> compiled.Kernels:
    """Compiled once for each environment, as a house's follower does it in its folder."""
    place = Path(sys.prefix) / "kernels"
    compiled.compile_into(place)
    found = compiled.load(place)
    if found is None:
        raise RuntimeError("The kernels do not load.")
    return found


def _timed(
    ask: Ask, elsewhere: Callable[[], float], asked: Sequence[Asked], rounds: int, most_s: float
) -> Timed:
    """Of each question its median wall and mean processor time in milliseconds, and its first answer."""
    for one in asked[:8]:
        ask(one)
    gc.collect()
    wall: list[list[float]] = [[] for _ in asked]
    cpu: list[list[float]] = [[] for _ in asked]
    answers = []
    until = time.perf_counter() + most_s
    for turn in range(rounds):
        for place, one in enumerate(asked):
            if time.perf_counter() > until:
                break
            begun, spent = time.perf_counter(), time.process_time() + elsewhere()
            found = ask(one)
            cpu[place].append((time.process_time() + elsewhere() - spent) * 1000)
            wall[place].append((time.perf_counter() - begun) * 1000)
            if not turn:
                answers.append(found)
    return (
        [float(np.median(took)) for took in wall if took],
        [float(np.mean(took)) for took in cpu if took],
        answers,
    )


def _spread(wall: Sequence[float]) -> Figures:
    return {f"p{share}_ms": float(np.percentile(wall, share)) for share in (50, 95, 99)}


def _wrong(stones: Stones, asked: Sequence[Asked], answers: Sequence[Answer]) -> int:
    return sum(made.answer(stones, one) != found for one, found in zip(asked, answers, strict=False))


def _broad(ask: Ask) -> Figures:
    """The slowest of the broad questions in either order, and the one without any filter."""
    took = {}
    for name, (sets, ranges) in BROAD.items():
        for order in ("price", "newest"):
            took[name, order] = _median_ms(ask, Asked(sets, ranges, order))
    nothing = max(ms for (name, _), ms in took.items() if name == "no filter")
    return {"no_filter_ms": nothing, "broad_ms": max(took.values())}


def _median_ms(ask: Ask, asked: Asked) -> float:
    took = []
    for _ in range(REPEATED):
        begun = time.perf_counter()
        ask(asked)
        took.append((time.perf_counter() - begun) * 1000)
    return float(np.median(took))


def _put_near(stones: Stones) -> Stones:
    """The stones in our own physical order, which suits every rival best."""
    order = np.argsort(nearness(SCHEMA, cells_of(SCHEMA, rows_of(stones))), kind="stable")
    return {name: column[order] for name, column in stones.items()}


def _rival(other: Rival, stones: Stones, asked: Sequence[Asked], answers: Sequence[Answer]) -> Figures:
    try:
        begun = time.perf_counter()
        other.fill(stones)
        built = time.perf_counter() - begun
        wall, cpu, found = _timed(other.ask, other.cpu_s, asked, 2, BUDGET_S)
        differing = sum(one != same for one, same in zip(found, answers, strict=False))
        figures = {"build_s": built, **_spread(wall), "cpu_ms": float(np.mean(cpu))}
        return figures | {"questions": float(len(found)), "differing_answers": float(differing)}
    finally:
        other.close()


def _batches(ours: Ours, stones: Stones, asked: Sequence[Asked], wrong: float) -> Figures:
    """Scattered changes, one batch after the other; then some answers are held against plain arrays."""
    took, now = [], stones
    share = min(10_000, len(stones["id"]) // 10)
    for turn in range(BATCHES):
        rows, gone = made.batch(now, turn, share * 8 // 10, share // 10, share // 10)
        took.append(ours.take_in(rows, gone) * 1000)
        now = made.changed(now, rows, gone)
    some = asked[: max(10, MOST_ROWS_CHECKED // 4 // len(now["id"]))]
    wrong += _wrong(now, some, [ours.ask(one) for one in some])
    return {"batch_visible_ms": float(np.median(took)), "batch_most_ms": max(took), "wrong_answers": wrong}
