"""Made rows with everything that tiles may hold, random questions, and the slow and obvious answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from bourse.search.engine import MISSING, AllOf, Criterion, OneOf, Order, Question, Within, WithKey
from bourse.search.engine.tiles import NOTHING, Found, Rank, Rows, Scale, Schema, Span

SCHEMA = Schema(
    scales={
        "shape": Scale(12),
        "colour": Scale(23, is_several=True),
        "clarity": Scale(11, may_lack=True),
        "lab": Scale(6),
        "country": Scale(20),
        "company": Scale(130, may_lack=True),
        "tags": Scale(64, is_several=True),
        "video": Scale(2),
    },
    spans={
        "weight": Span(1, 60_000),
        "total": Span(0, (1 << 32) - 2),
        "discount": Span(-900, 900),
        "listed": Span(1_700_000_000, 1_800_000_000),
    },
    texts={"report": 12, "stock": 16},
    nearness=[Rank("weight", [50, 100, 200]), Rank("shape"), Rank("lab"), Rank("total", [10**4, 10**6])],
)
FACETS = tuple(name for name in SCHEMA.scales if name != "video")
SLOW = ("colour", "tags")  # to count one row after the other


@dataclass
class Flat:
    """Rows as plain arrays, in the order of their numbers."""

    numbers: NDArray[np.int64]
    columns: dict[str, NDArray[np.generic]]

    def rows(self, which: NDArray[np.int64]) -> Rows:
        """Some of them, as the engine takes them."""
        return Rows(self.numbers[which], {name: column[which] for name, column in self.columns.items()})

    def changed(self, rows: Rows, gone: NDArray[np.int64]) -> "Flat":
        """With the rows put and those gone that are."""
        stays = ~np.isin(self.numbers, np.concatenate([rows.numbers, gone]))
        numbers = np.concatenate([self.numbers[stays], rows.numbers.astype(np.int64)])
        order = np.argsort(numbers)
        columns = {
            name: np.concatenate([column[stays], rows.columns[name].astype(column.dtype)])[order]
            for name, column in self.columns.items()
        }
        return Flat(numbers[order], columns)


def made(count: int, seed: int, first: int = 0) -> Flat:
    """So many rows from a seed, numbered from `first`."""
    rng = np.random.default_rng(seed)
    columns: dict[str, NDArray[np.generic]] = {}
    for name, scale in SCHEMA.scales.items():
        codes = np.minimum(rng.geometric(3 / (scale.width + 3), count) - 1, scale.width - 1)
        if scale.is_several:
            more = np.where(rng.random(count) < 0.2, rng.integers(0, scale.width, count), codes)
            masks = np.uint64(1) << codes.astype(np.uint64) | np.uint64(1) << more.astype(np.uint64)
            columns[name] = np.where(rng.random(count) < 0.1, np.uint64(0), masks)
        else:
            lacks = scale.may_lack & (rng.random(count) < 0.15)
            columns[name] = np.where(lacks, NOTHING, codes)
    columns["weight"] = np.round(np.exp(rng.normal(4.5, 0.6, count))).astype(np.int64).clip(1, 60_000)
    columns["total"] = np.where(
        rng.random(count) < 0.1, MISSING, columns["weight"] * rng.integers(1, 60_000, count)
    )
    columns["discount"] = np.where(rng.random(count) < 0.3, MISSING, rng.integers(-900, 900, count))
    columns["listed"] = np.sort(rng.integers(1_700_000_000, 1_700_400_000, count)) + first
    reports = np.char.add("G", (rng.permutation(count) + first * 7 + 10**6).astype(str))
    columns["report"] = np.where(rng.random(count) < 0.2, "", reports).astype("S12")
    columns["stock"] = np.char.mod("s%d", rng.integers(0, count, count)).astype("S16")
    return Flat(np.arange(first, first + count), columns)


def asked(random: Random, flat: Flat) -> Question:
    """A question; as many leave many rows as leave few."""
    names = [*SCHEMA.scales, *SCHEMA.spans]
    most = random.choice((1, 2, 7))
    chosen = random.sample(names, random.randint(0, most))
    criteria: dict[str, Criterion] = {name: _criterion(random, name) for name in chosen}
    if random.random() < 0.06:
        criteria["text"] = _named(random, flat)
    if criteria and random.random() < 0.1:  # a range that bears a facet's name is left out of its count
        criteria["lab"] = _within(random, "weight")
    facets = [name for name in random.sample(FACETS, 6) if name not in SLOW or random.random() < 0.2]
    order = random.choice([None, *(Order(name, down) for name in SCHEMA.spans for down in (False, True))])
    offset = random.choice((0, 0, 0, 50, 1_000))
    spans = random.sample(list(SCHEMA.spans), random.choice((0, 0, 2)))
    return Question(criteria, facets, order, offset, random.choice((0, 1, 50, 50, 700)), spans)


def _criterion(random: Random, name: str) -> Criterion:
    if name in SCHEMA.spans:
        return _within(random, name)
    scale = SCHEMA.scales[name]
    codes = random.sample(range(scale.width), random.randint(0, max(1, scale.width // random.choice((1, 3)))))
    if scale.is_several and random.random() < 0.4:
        return AllOf(name, codes[:2])
    return OneOf(name, codes)


def _within(random: Random, name: str) -> Within:
    low, high = {
        "weight": (1, 400),
        "total": (0, 10**7),
        "discount": (-950, 950),
        "listed": (1_700_000_000, 1_700_400_000),
    }[name]
    ranges = []
    for _ in range(random.choice((1, 1, 1, 3))):
        ends = sorted(random.randint(low, high) for _ in range(2))
        ranges.append((random.choice((ends[0], ends[0], None)), random.choice((ends[1], ends[1], None))))
    return Within(name, ranges)


def _named(random: Random, flat: Flat) -> WithKey:
    texts = []
    for _ in range(random.choice((1, 5))):
        column = random.choice(("report", "stock"))
        text = bytes(flat.columns[column][random.randrange(len(flat.numbers))])
        texts.append(text[: random.choice((99, 99, 4, 3))])
    return WithKey(("report", "stock"), texts)


class Reference:
    """The answers of plain arrays."""

    def __init__(self, flat: Flat) -> None:
        self._flat = flat

    def answer(self, question: Question, after: int = 0) -> Found:
        """What the engine has to find."""
        flags = {name: self._flags(one) for name, one in question.criteria.items()}
        everything = self._all(flags, None)
        counts = {}
        for facet in question.facets:
            own = None if isinstance(question.criteria.get(facet), AllOf) else facet
            counts[facet] = self._counts(facet, self._all(flags, own) if own in flags else everything)
        words = self._words(question.order)[everything]
        words = np.sort(words[words >= after])[question.offset : question.offset + question.limit]
        numbers = (words & np.uint64(0xFFFF_FFFF)).tolist()
        spans = {name: self._ends(name, everything) for name in question.spans}
        return Found(int(everything.sum()), numbers, counts, spans, int(words[-1]) + 1 if words.size else 0)

    def _ends(self, name: str, rows: NDArray[np.bool_]) -> tuple[int, int] | None:
        values = self._flat.columns[name].astype(np.int64)[rows]
        said = values[values != MISSING]
        return (int(said.min()), int(said.max())) if said.size else None

    def _all(self, flags: dict[str, NDArray[np.bool_]], but: str | None) -> NDArray[np.bool_]:
        passing = np.ones(len(self._flat.numbers), np.bool_)
        for name, mask in flags.items():
            if name != but:
                passing &= mask
        return passing

    def _flags(self, criterion: Criterion) -> NDArray[np.bool_]:
        match criterion:
            case Within(name, ranges):
                values = self._flat.columns[name].astype(np.int64)
                inside = np.zeros(len(values), np.bool_)
                for low, high in ranges:
                    least, most = MISSING + 1 if low is None else low, 1 << 62 if high is None else high
                    inside |= (values >= least) & (values <= most)
                return inside
            case OneOf(name, codes):
                return self._has_any(name, codes)
            case AllOf(name, codes):
                return np.logical_and.reduce([self._has_any(name, [code]) for code in codes]) | (not codes)
            case WithKey(names, texts):
                return self._is_named(names, texts)
        raise AssertionError(criterion)

    def _has_any(self, name: str, codes: Sequence[int]) -> NDArray[np.bool_]:
        values = self._flat.columns[name]
        if SCHEMA.scales[name].is_several:
            return values.astype(np.uint64) & np.uint64(sum(1 << code for code in codes)) != 0
        return np.isin(values, list(codes))

    def _is_named(self, names: Sequence[str], texts: Sequence[bytes]) -> NDArray[np.bool_]:
        named = np.zeros(len(self._flat.numbers), np.bool_)
        for text in filter(None, texts):
            columns = [self._flat.columns[name].astype(np.bytes_) for name in names]
            exact = np.logical_or.reduce([column == text for column in columns])
            named |= (
                exact if exact.any() else np.logical_or.reduce([np.char.startswith(c, text) for c in columns])
            )
        return named

    def _counts(self, name: str, rows: NDArray[np.bool_]) -> list[int]:
        scale, values = SCHEMA.scales[name], self._flat.columns[name][rows]
        if scale.is_several:
            masks = values.astype(np.uint64)
            return [int((masks >> np.uint64(code) & np.uint64(1)).sum()) for code in range(scale.width)]
        return np.bincount(values.astype(np.int64) + 1, minlength=scale.width + 1)[1:].tolist()

    def _words(self, order: Order | None) -> NDArray[np.uint64]:
        numbers = self._flat.numbers.astype(np.uint64)
        if order is None:
            return numbers
        span, values = SCHEMA.spans[order.column], self._flat.columns[order.column].astype(np.int64)
        keys = span.top - 1 - (values - span.low) if order.descending else values - span.low
        keys = np.where(values == MISSING, span.top, keys).astype(np.uint64)
        return keys << np.uint64(32) | numbers
