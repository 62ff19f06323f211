"""A made market: twelve counted facets, five more sets, eleven numbers; and what dealers ask of it.

Every number is whole, so that all engines must agree exactly. The same seed makes the same stones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FACETS = {
    "shape": 12, "color": 11, "clarity": 11, "cut": 5, "polish": 5, "sym": 5, "fluor": 5, "lab": 6,
    "origin": 2, "country": 20, "avail": 4, "shade": 6,
}  # fmt: skip
SETS = {**FACETS, "eye_clean": 3, "milky": 3, "has_image": 2, "has_video": 2, "has_cert": 2}
NUMBERS = (
    "carat", "total", "ppc", "discount", "table_pct", "depth_pct", "length", "width", "ratio", "listed_at",
    "supplier",
)  # fmt: skip
ORDERS = {
    "price": ("total", False), "ppc": ("ppc", False), "discount": ("discount", False),
    "newest": ("listed_at", True), "carat": ("carat", True),
}  # fmt: skip
PAGE = 50
MOST = 2**31 - 1

Column = NDArray[Any]
Stones = dict[str, Column]

_SHARES = {
    "shape": (60, 7, 6, 5, 5, 4, 4, 3, 2, 2, 1, 1), "color": (7, 9, 11, 13, 13, 12, 11, 9, 6, 4, 5),
    "clarity": (1, 3, 7, 9, 14, 18, 18, 16, 9, 3, 2), "cut": (55, 28, 12, 4, 1),
    "polish": (66, 25, 7, 1.5, 0.5), "sym": (58, 30, 9, 2, 1), "fluor": (58, 20, 13, 6, 3),
    "lab": (55, 24, 9, 5, 3, 4), "origin": (62, 38),
    "country": tuple(1 / place**1.1 for place in range(1, 21)), "avail": (70, 15, 10, 5),
    "shade": (80, 7, 5, 4, 2, 2), "eye_clean": (55, 15, 30), "milky": (85, 10, 5), "has_image": (25, 75),
    "has_video": (45, 55), "has_cert": (10, 90),
}  # fmt: skip
_SIZES = (30, 40, 50, 70, 80, 90, 100, 120, 150, 200, 250, 300, 400, 500)
_SIZE_SHARES = (20, 9, 14, 10, 3, 7, 14, 4, 8, 6, 1.5, 2, 0.8, 0.7)


def stones(count: int, seed: int = 7) -> Stones:
    """So many stones, in the order in which they were listed."""
    rng = np.random.default_rng(seed)
    made: Stones = {name: _drawn(rng, shares, count).astype(np.uint8) for name, shares in _SHARES.items()}
    made["carat"] = _weights(rng, count)
    carats = made["carat"] / 100.0
    _price(rng, made, carats)
    _measure(rng, made, carats)
    suppliers = 1 / np.arange(1, 2001) ** 1.05
    made["supplier"] = _drawn(rng, suppliers, count).astype(np.int32)
    days = (60 * 86400 * 12 * rng.beta(2.5, 1, count)).astype(np.int64) // 12
    made["listed_at"] = np.sort(1_700_000_000 + days).astype(np.int32)
    made["id"] = np.arange(count, dtype=np.int32)
    return made


def _drawn(rng: np.random.Generator, shares: "Sequence[float] | Column", count: int) -> Column:
    odds = np.asarray(shares, float)
    return np.searchsorted(np.cumsum(odds / odds.sum())[:-1], rng.random(count))


def _weights(rng: np.random.Generator, count: int) -> Column:
    """Hundredths of a carat: just above the magic sizes, and some anywhere."""
    base = np.array(_SIZES)[_drawn(rng, _SIZE_SHARES, count)]
    near = np.round(base * (1 + np.abs(rng.normal(0, 0.035, count)))).astype(np.int32)
    anywhere = np.round(np.exp(rng.normal(4.3, 0.55, count))).astype(np.int32)
    return np.clip(np.where(rng.random(count) < 0.15, anywhere, near), 18, 2000).astype(np.int32)


def _price(rng: np.random.Generator, made: Stones, carats: Column) -> None:
    count = len(carats)
    grades = (1.28 - 0.085 * made["color"]) * (1.55 - 0.1 * made["clarity"])
    kinds = np.where(made["shape"] == 0, 1.0, 0.78) * np.where(made["origin"] == 1, 0.18, 1.0)
    makes = (1 - 0.03 * made["cut"]) * (1 - 0.025 * made["fluor"])
    usual = np.maximum(2500 * carats**0.85 * grades * kinds * makes, 60)
    made["discount"] = np.clip(np.round(rng.normal(-280, 130, count)), -800, 250).astype(np.int32)
    asked = usual * 1.35 * (1 + made["discount"] / 1000.0) * np.exp(rng.normal(0, 0.06, count))
    made["ppc"] = np.maximum(np.round(asked), 20).astype(np.int32)
    made["total"] = np.minimum(made["ppc"].astype(np.int64) * made["carat"], MOST).astype(np.int32)


def _measure(rng: np.random.Generator, made: Stones, carats: Column) -> None:
    count = len(carats)
    made["table_pct"] = np.clip(np.round(rng.normal(585, 25, count)), 480, 750).astype(np.int32)
    made["depth_pct"] = np.clip(np.round(rng.normal(620, 25, count)), 480, 800).astype(np.int32)
    round_ = np.clip(rng.normal(101, 0.8, count), 100, 106)
    fancy = np.clip(rng.normal(100 + 12 * (made["shape"] % 6), 10, count), 100, 280)
    ratio = np.where(made["shape"] == 0, round_, fancy)
    made["ratio"] = np.round(ratio).astype(np.int32)
    made["width"] = np.round(645 * carats ** (1 / 3) / np.sqrt(ratio / 100)).astype(np.int32)
    made["length"] = np.round(made["width"] * ratio / 100).astype(np.int32)


@dataclass(frozen=True)
class Asked:
    """A question: any of some values of each set, a range of each number, an order, a page of 50."""

    sets: Mapping[str, Sequence[int]]
    ranges: Mapping[str, tuple[int, int]]
    order: str
    page: int = 0


BROAD: dict[str, tuple[Mapping[str, Sequence[int]], Mapping[str, tuple[int, int]]]] = {
    "no filter": ({}, {}),
    "round": ({"shape": [0]}, {}),
    "round, natural": ({"shape": [0], "origin": [0]}, {}),
    "1.00 to 1.49 ct": ({}, {"carat": (100, 149)}),
    "1,000 to 5,000 dollars": ({}, {"total": (100_000, 500_000)}),
    "G to I, VS and better": ({"color": [3, 4, 5], "clarity": [2, 3, 4, 5]}, {}),
}


def questions(count: int, seed: int = 11) -> list[Asked]:
    """What dealers ask: three to nine filters, one in seven turns to page 20."""
    rng = np.random.default_rng(seed)
    found: list[Asked] = []
    while len(found) < count:
        dealer = _Dealer(rng)
        if 3 <= dealer.filters <= 9:
            found.append(dealer.asks())
    return found


_WEIGHT_RANGES = (
    (30, 39), (40, 49), (50, 59), (50, 69), (70, 89), (90, 99), (100, 119), (100, 149), (120, 149),
    (150, 199), (200, 299), (100, 200), (300, 500), (50, 100), (30, 500), (70, 200),
)  # fmt: skip


class _Dealer:
    """Draws one question."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._sets: dict[str, list[int]] = {}
        self._ranges: dict[str, tuple[int, int]] = {}
        self._goods()
        self._make()
        self._service()
        self._amounts()

    @property
    def filters(self) -> int:
        """How many filters the dealer sets."""
        return len(self._sets) + len(self._ranges)

    def asks(self) -> Asked:
        """The question."""
        order = list(ORDERS)[self._below(5)]
        return Asked(self._sets, self._ranges, order, 19 if self._is(0.15) else 0)

    def _goods(self) -> None:
        if self._is(0.85):
            self._ranges["carat"] = _WEIGHT_RANGES[self._below(len(_WEIGHT_RANGES))]
        if self._is(0.8):
            self._sets["shape"] = [0] if self._is(0.5) else self._some(12, 1 + self._below(3))
        for name in ("color", "clarity"):
            if self._is(0.7):
                self._sets[name] = self._grades()

    def _make(self) -> None:
        for name, odds in {"cut": 0.4, "polish": 0.3, "sym": 0.3, "fluor": 0.4, "lab": 0.5}.items():
            if self._is(odds):
                self._sets[name] = [0] if self._is(0.5) else [0, 1]
        if self._is(0.6):
            self._sets["origin"] = [0 if self._is(0.6) else 1]

    def _service(self) -> None:
        if self._is(0.1):
            self._sets["country"] = self._some(20, 1 + self._below(4))
        if self._is(0.3):
            self._sets["avail"] = [0] if self._is(0.6) else [0, 1]
        odds = {
            "shade": 0.1,
            "eye_clean": 0.12,
            "milky": 0.12,
            "has_image": 0.15,
            "has_video": 0.12,
            "has_cert": 0.1,
        }
        for name, share in odds.items():
            if self._is(share):
                self._sets[name] = [int(name.startswith("has"))]

    def _amounts(self) -> None:
        if self._is(0.3):
            low = int(np.exp(self._rng.uniform(np.log(30_000), np.log(800_000))))
            self._ranges["total"] = (low, int(low * self._rng.uniform(1.3, 4)))
        if self._is(0.08):
            low = self._between(400, 4_000)
            self._ranges["ppc"] = (low, int(low * self._rng.uniform(1.5, 3)))
        rest = {
            "discount": (0.1, -800, -450, -150), "table_pct": (0.1, 540, 580, 620),
            "depth_pct": (0.1, 590, 620, 640), "ratio": (0.06, 100, 105, 150),
        }  # fmt: skip
        for name, (odds, low, least, most) in rest.items():
            if self._is(odds):
                self._ranges[name] = (low, self._between(least, most))
        if self._is(0.03):
            supplier = self._below(60)
            self._ranges["supplier"] = (supplier, supplier)

    def _is(self, odds: float) -> bool:
        return bool(self._rng.random() < odds)

    def _below(self, behind: int) -> int:
        return int(self._rng.integers(behind))

    def _between(self, low: int, behind: int) -> int:
        return int(self._rng.integers(low, behind))

    def _some(self, width: int, count: int) -> list[int]:
        return sorted({int(code) for code in self._rng.integers(0, width, count)})

    def _grades(self) -> list[int]:
        width = self._between(2, 6)
        low = self._below(max(1, 10 - width))
        return list(range(low, low + width))


def batch(
    all_stones: Stones, seed: int = 5, changed: int = 8_000, new: int = 1_000, gone: int = 1_000
) -> tuple[Stones, Column]:
    """A batch: asks and availabilities that change, new stones, and the ids of those that end."""
    rng = np.random.default_rng(seed)
    count = len(all_stones["id"])
    picked = rng.choice(count, changed + new + gone, replace=False)
    rows = {name: column[picked[: changed + new]].copy() for name, column in all_stones.items()}
    rows["ppc"] = np.maximum(20, (rows["ppc"] * rng.uniform(0.9, 1.08, changed + new)).astype(np.int32))
    rows["total"] = np.minimum(rows["ppc"].astype(np.int64) * rows["carat"], MOST).astype(np.int32)
    rows["avail"] = rng.integers(0, 4, changed + new).astype(np.uint8)
    next_id = int(all_stones["id"].max()) + 1
    rows["id"][changed:] = np.arange(next_id, next_id + new)
    rows["listed_at"][changed:] = all_stones["listed_at"].max() + 1
    return rows, all_stones["id"][picked[changed + new :]].copy()


def changed(all_stones: Stones, rows: Stones, gone: Column) -> Stones:
    """The stones after a batch."""
    stays = ~np.isin(all_stones["id"], np.concatenate([rows["id"], gone]))
    return {name: np.concatenate([column[stays], rows[name]]) for name, column in all_stones.items()}


@dataclass(frozen=True)
class Answer:
    """Exact total, the ids of the page, the count of each value with its own facet's filter left out."""

    total: int
    ids: list[int]
    facets: list[list[int]]


def answer(all_stones: Stones, asked: Asked) -> Answer:
    """The answer of plain arrays, ties by the lower id."""
    flags = {name: np.isin(all_stones[name], list(codes)) for name, codes in asked.sets.items()}
    flags |= {
        f"{name} range": (all_stones[name] >= low) & (all_stones[name] <= high)
        for name, (low, high) in asked.ranges.items()
    }
    passing = _all(flags, "", len(all_stones["id"]))
    column, descends = ORDERS[asked.order]
    picked = np.flatnonzero(passing)
    keys = all_stones[column][picked].astype(np.int64) * (-1 if descends else 1)
    order = np.lexsort((all_stones["id"][picked], keys))[asked.page * PAGE : (asked.page + 1) * PAGE]
    facets = []
    for name, width in FACETS.items():
        rows = _all(flags, name, len(passing)) if name in flags else passing
        facets.append(np.bincount(all_stones[name][rows], minlength=width).tolist())
    return Answer(int(picked.size), all_stones["id"][picked[order]].tolist(), facets)


def _all(flags: Mapping[str, Column], but: str, count: int) -> Column:
    passing = np.ones(count, np.bool_)
    for name, mask in flags.items():
        if name != but:
            passing &= mask
    return passing
