"""The figures of the bench, once Django is set up."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from bourse.run import database
from bourse.run.bench import Figures
from bourse.run.bench.catalogue.asked import filters
from bourse.run.bench.catalogue.house import House, Member
from bourse.run.bench.catalogue.rival import Rival, compared
from bourse.run.sockets import embedded_url
from bourse.search import catalogue
from bourse.search.asking import FACETS, question
from bourse.search.engine import Engine
from bourse.search.filter import Filter
from bourse.search.queries import find

PAGE = 50
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Measured:
    """What was measured, and over how many facets."""

    facets: int
    figures: Figures
    rival: Figures


def all_of(house: House, seed: int, counts: tuple[int, int, int, int]) -> Measured:
    """Every figure, of so many questions, questions to the rival, pages and edits."""
    questions, rivals, pages, edits = counts
    asked = filters(Random(seed), questions)  # noqa: S311  a seed makes the same questions
    engine = Engine.open(house.catalogue)
    figures = {"catalogue_mib": _size(house.catalogue) / 2**20, "rows": float(engine.rows)}
    figures |= _engine(engine, asked)
    figures |= _found(engine, asked)
    with database.connect(embedded_url(house.home)) as connection:
        rival = Rival(connection, engine)
        rival.fill()
        rival_ms, wrong = compared(rival, engine, asked[:rivals], NOW)
    figures |= {"wrong_answers": float(wrong), **_pages(house, asked[:pages]), **_edits(house, edits)}
    return Measured(len(FACETS), figures, _spread("engine", rival_ms))


def _engine(engine: Engine, asked: Sequence[Filter]) -> Figures:
    """A page of 50, the exact total, all facets and spans, each question once, after fifty to warm up."""
    made = [question(engine, one, NOW, (one.page - 1) * PAGE, PAGE) for one in asked]
    for one in made[:50]:
        engine.search(one)
    wall, cpu = _timed([lambda one=one: engine.search(one) for one in made])  # type: ignore[misc]
    return {**_spread("engine", wall), **_spread("engine_cpu", cpu)}


def _found(engine: Engine, asked: Sequence[Filter]) -> Figures:
    """The same with the rows decoded and the facets named, as the page gets them."""
    catalogue.current = lambda: engine
    wall, cpu = _timed([lambda one=one: find(None, one, now=NOW) for one in asked])  # type: ignore[misc]
    return {**_spread("find", wall), **_spread("find_cpu", cpu)}


def _pages(house: House, asked: Sequence[Filter]) -> Figures:
    """Whole pages of the running house, one after another, from the request to the last byte."""
    ben = house.member("ben")
    ben.get("/search/")
    wall, _ = _timed([lambda one=one: ben.get(f"/search/?{one.to_query()}") for one in asked])  # type: ignore[misc]
    return _spread("page", wall)


def _edits(house: House, count: int) -> Figures:
    """From the moment at which an edit is sent until somebody else's search shows it."""
    asha, ben = house.member("asha"), house.member("ben")
    stock = asha.ask(f"listings?limit={count}")["listings"]
    assert isinstance(stock, list)
    took = [_edit(asha, ben, listing, 123_400 + place) for place, listing in enumerate(stock)]
    return {"edit_visible_p50_ms": _at(took, 0.5), "edit_visible_max_ms": max(took)}


def _edit(asha: Member, ben: Member, listing: dict[str, Any], cents: int) -> float:
    order = {"ask_cents": cents, "version": listing["version"]}
    begun = time.perf_counter()
    address = f"/api/v1/listings/{listing['public_id']}"
    asha.send("PATCH", address, json.dumps(order).encode(), "application/json")
    query = f"search?growth=both&goods=all&stock={listing['supplier_stock_number']}&total={cents / 100:.2f}"
    while not ben.ask(query)["total"]:
        if time.perf_counter() - begun > 10:
            break
    return (time.perf_counter() - begun) * 1000


def _timed(works: Sequence[Callable[[], object]]) -> tuple[list[float], list[float]]:
    """Milliseconds of wall and processor time of each."""
    wall, cpu = [], []
    for work in works:
        begun, spent = time.perf_counter(), time.process_time()
        work()
        cpu.append((time.process_time() - spent) * 1000)
        wall.append((time.perf_counter() - begun) * 1000)
    return wall, cpu


def _spread(name: str, took: Sequence[float]) -> Figures:
    return {f"{name}_p50_ms": _at(took, 0.5), f"{name}_p95_ms": _at(took, 0.95)}


def _at(took: Sequence[float], share: float) -> float:
    return sorted(took)[min(int(len(took) * share), len(took) - 1)]


def _size(path: Path) -> int:
    return sum(file.stat().st_size for file in path.parent.glob(f"{path.name}*"))
