"""Answers to questions, computed over the mapped arrays."""

import mmap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bourse.search.engine import bits
from bourse.search.engine.bits import Flags, Slots, Words
from bourse.search.engine.columns import MISSING
from bourse.search.engine.files import AnyArray, Header, read
from bourse.search.engine.question import AllOf, OneOf, Order, Question, Within, WithKey, WithTag

SPARSE = 3  # below one used word in three, only the used words are looked at
FEW = 4_096  # rows that are rather looked at one by one than searched for in an order
LEAST_STRIDE = 2_048  # rows of an order that are looked at in one step


@dataclass(frozen=True, slots=True)
class Answer:
    """The exact total, the page's slots, rows for each value of each facet, lowest and highest numbers."""

    total: int
    slots: list[int]
    facets: dict[str, list[int]]
    spans: dict[str, tuple[int, int] | None]


class _Standing:
    """The rows still in question: those that fail nothing, and those that fail only one counted facet."""

    def __init__(self, rows: int) -> None:
        self.where: Slots | None = None  # the words looked at; None: all
        self.passing = bits.all_of(rows)
        self.near = np.zeros_like(self.passing)
        self.masks: dict[str, Words] = {}

    def demand(self, mask: Words) -> None:
        """Rows outside drop out of everything."""
        self.passing &= mask
        self.near &= mask

    def prefer(self, facet: str, mask: Words) -> None:
        """Rows outside drop out, but are counted where the facet leaves its own criterion out."""
        self.near &= mask
        self.near |= self.passing & ~mask
        self.passing &= mask
        self.masks[facet] = mask

    def narrow(self) -> None:
        """Look only at the words where a row is left, once they are few."""
        used = np.flatnonzero(self.passing | self.near)
        if used.size * SPARSE >= self.passing.size:
            return
        self.where = used if self.where is None else self.where[used]
        self.passing, self.near = self.passing[used], self.near[used]
        self.masks = {facet: mask[used] for facet, mask in self.masks.items()}

    def without(self, facet: str) -> Words:
        """The rows that match everything, the facet's own criterion left out."""
        own = self.masks.get(facet)
        return self.passing if own is None else self.passing | (self.near & ~own)


class Engine:
    """A catalogue that answers questions. It never changes: a new file is a new engine."""

    def __init__(self, header: Header, arrays: dict[str, AnyArray], payloads: bytes | mmap.mmap) -> None:
        self._header = header
        self._arrays = arrays
        self._payloads = payloads
        self._ranks: dict[str, NDArray[np.int32]] = {}
        self.rows = header.rows
        self.about = header.about

    @classmethod
    def open(cls, path: Path) -> "Engine":
        """The catalogue in the file; NotACatalogue where there is none."""
        return cls(*read(path))

    def payload(self, slot: int) -> bytes:
        """What a page shows of the row, as it was given."""
        first = int(self._arrays["payload offsets"][slot])
        return self._payloads[first : first + int(self._arrays["payload lengths"][slot])]

    def number(self, column: str, slot: int) -> int:
        """The row's number in a column in which every row has one."""
        return int(self._arrays[f"number {column}"][slot])

    def totals(self, column: str) -> list[int]:
        """Rows for each value of a coded or tagged column, nothing left out."""
        return self._header.totals[column]

    def words(self, column: str) -> list[str]:
        """The words of a tagged column."""
        return self._header.words[column]

    def slots_of_words(self, column: str) -> list[int]:
        """The first row of each word of a tagged column."""
        tags = self._arrays[f"tags {column}"]
        first = np.zeros(len(self.words(column)) + 1, np.int64)
        first[tags[::-1]] = np.arange(tags.size)[::-1]  # what is not said writes into the last place
        return _listed(first[:-1])

    def names(self, columns: Sequence[str], text: bytes) -> bool:
        """Whether a row is named by the text, or by what begins with it."""
        return any(slots.size for slots in self._named(columns, [text]))

    def search(self, question: Question) -> Answer:
        """Exact total and facet counts, and one page in the order asked for."""
        standing = self._standing(question)
        matching = _Matching(self, standing.passing, standing.where)
        return Answer(
            total=matching.total,
            slots=matching.page(question.order, question.offset, question.limit),
            facets=self._facets(question.facets, standing),
            spans={column: matching.span(column) for column in question.spans},
        )

    def numbers(self, question: Question, column: str) -> NDArray[np.int64]:
        """The numbers of a column among the rows that match and say one, in the rows' own order."""
        standing = self._standing(question)
        values = self._arrays[f"number {column}"][_Matching(self, standing.passing, standing.where).slots]
        given: NDArray[np.int64] = values[values != np.iinfo(values.dtype).min].astype(np.int64)
        return given

    def column(self, name: str) -> NDArray[np.int64]:
        """A number for each row; MISSING where it says none."""
        values = self._arrays[f"number {name}"][: self.rows]
        return np.where(values == np.iinfo(values.dtype).min, MISSING, values.astype(np.int64))

    def flags(self, column: str) -> Iterator[tuple[int, Flags]]:
        """Each value of a coded column that any row has, and which rows have it."""
        first = self._header.first_set[column]
        for place, code in enumerate(self._header.present[column]):
            yield code, bits.flags_of(self._arrays["bits"][first + place])[: self.rows]

    def rank(self, column: str) -> NDArray[np.int32]:
        """The place of each row in the column's order."""
        if column not in self._ranks:
            rank = np.empty(self.rows, np.int32)
            rank[self.order(column)] = np.arange(self.rows, dtype=np.int32)
            self._ranks[column] = rank
        return self._ranks[column]

    def order(self, column: str) -> NDArray[np.int32]:
        """The slots in ascending order of a column, those that say nothing behind the first `given`."""
        order: NDArray[np.int32] = self._arrays[f"order {column}"]
        return order

    def given(self, column: str) -> int:
        """How many rows say something in an ordered column."""
        return self._header.given[column]

    def _standing(self, question: Question) -> _Standing:
        """Sets first, they are cheap; numbers only where a row is left."""
        standing = _Standing(self.rows)
        numeric: list[tuple[str, Within]] = []
        facets = frozenset(question.facets)
        for name, criterion in question.criteria.items():
            if isinstance(criterion, Within):
                numeric.append((name, criterion))
            elif name in facets and not isinstance(criterion, AllOf):
                standing.prefer(name, self._set(criterion))
            else:
                standing.demand(self._set(criterion))
        if question.criteria:
            standing.narrow()
        for name, within in numeric:
            mask = self._within(within, standing.where)
            if name in facets:
                standing.prefer(name, mask)
            else:
                standing.demand(mask)
        if numeric:
            standing.narrow()
        return standing

    def _set(self, criterion: OneOf | AllOf | WithTag | WithKey) -> Words:
        match criterion:
            case OneOf(column, codes):
                return self._any_of(column, codes)
            case AllOf(column, codes):
                both = bits.all_of(self.rows)
                for code in codes:
                    both &= self._any_of(column, [code])
                return both
            case WithTag(column, words):
                known = {word: code for code, word in enumerate(self._header.words[column])}
                return self._tagged(column, [known[word] for word in words if word in known])
            case WithKey(columns, texts):
                return bits.of_slots(self._named(columns, texts), self.rows)

    def _any_of(self, column: str, codes: Sequence[int]) -> Words:
        """The rows with one of the values, from the sets of those that any row has."""
        first, present = self._header.first_set[column], self._header.present[column]
        wanted = set(codes)
        rows = [first + place for place, code in enumerate(present) if code in wanted]
        if not rows:
            return np.zeros(bits.words_for(self.rows), np.uint64)
        sets = self._arrays["bits"]
        chosen: Words = sets[rows[0]].copy()
        for row in rows[1:]:
            chosen |= sets[row]
        return chosen

    def _tagged(self, column: str, codes: Sequence[int]) -> Words:
        if set(codes) <= set(self._header.present[column]):
            return self._any_of(column, codes)
        return bits.packed(np.isin(self._arrays[f"tags {column}"], codes))

    def _within(self, criterion: Within, where: Slots | None) -> Words:
        values = self._arrays[f"number {criterion.column}"]
        if where is not None:
            values = values.reshape(-1, bits.WORD)[where].reshape(-1)
        inside = np.zeros(values.size, np.bool_)
        for low, high in criterion.ranges:
            inside |= _between(values, low, high)
        return bits.packed(inside)

    def _named(self, columns: Sequence[str], texts: Sequence[bytes]) -> Iterator[Slots]:
        """The slots of the rows that the texts name, exactly or else by their beginning."""
        for text in filter(None, dict.fromkeys(texts)):
            exact = [self._keyed(column, text, whole=True) for column in columns]
            begun = (self._keyed(column, text, whole=False) for column in columns)
            yield from exact if any(map(len, exact)) else begun

    def _keyed(self, column: str, text: bytes, *, whole: bool) -> Slots:
        """The slots of the rows whose key is the text, or begins with it."""
        keys, slots = self._arrays[f"keys {column}"], self._arrays[f"slots {column}"]
        if len(text) > keys.dtype.itemsize:
            return slots[:0]
        behind = text if whole else text[:-1] + bytes([text[-1] + 1])
        low = np.searchsorted(keys, np.bytes_(text), side="left")
        high = np.searchsorted(keys, np.bytes_(behind), side="right" if whole else "left")
        return slots[low:high]

    def _facets(self, facets: Sequence[str], standing: _Standing) -> dict[str, list[int]]:
        """All facets that no criterion is left out of share one count; the others have one each."""
        shared = [facet for facet in facets if facet not in standing.masks]
        counts = self._shared_counts(shared, standing)
        return {
            facet: counts[facet]
            if facet in counts
            else self._spread(facet, self._own_counts(facet, standing))
            for facet in facets
        }

    def _shared_counts(self, facets: Sequence[str], standing: _Standing) -> dict[str, list[int]]:
        """Neighbouring facets are counted in one go: their sets lie one under the other."""
        counts: dict[str, list[int]] = {}
        for run in self._runs(facets):
            first = self._header.first_set[run[0]]
            behind = self._header.first_set[run[-1]] + len(self._header.present[run[-1]])
            found = bits.counts_within(self._arrays["bits"][first:behind], standing.passing, standing.where)
            for facet in run:
                start = self._header.first_set[facet] - first
                counts[facet] = self._spread(facet, found[start : start + len(self._header.present[facet])])
        return counts

    def _runs(self, facets: Sequence[str]) -> Iterator[list[str]]:
        """The facets in the order of their sets, cut where another facet lies between."""
        run: list[str] = []
        behind = -1
        for facet in sorted(facets, key=lambda name: (self._header.first_set[name], self._behind(name))):
            if run and self._header.first_set[facet] != behind:
                yield run
                run = []
            run.append(facet)
            behind = self._behind(facet)
        if run:
            yield run

    def _behind(self, facet: str) -> int:
        return self._header.first_set[facet] + len(self._header.present[facet])

    def _own_counts(self, facet: str, standing: _Standing) -> NDArray[np.int64]:
        sets = self._arrays["bits"][self._header.first_set[facet] : self._behind(facet)]
        return bits.counts_within(sets, standing.without(facet), standing.where)

    def _spread(self, facet: str, found: NDArray[np.int64]) -> list[int]:
        """The counts by value; a value that no row of the whole catalogue has is not looked at."""
        counts = [0] * len(self._header.totals[facet])
        for code, number in zip(self._header.present[facet], found.tolist(), strict=True):
            counts[code] = number
        return counts


class _Matching:
    """The rows that match everything."""

    def __init__(self, engine: Engine, words: Words, where: Slots | None) -> None:
        self._engine, self._words, self._where = engine, words, where
        self.total = bits.count(words)

    @cached_property
    def slots(self) -> Slots:
        """Their slots, ascending."""
        slots = bits.slots_in(self._words)
        return slots if self._where is None else (self._where[slots >> 6] << 6) + (slots & 63)

    @cached_property
    def _flags(self) -> Flags:
        if self._where is None:
            return bits.flags_of(self._words)
        words = np.zeros(bits.words_for(self._engine.rows), np.uint64)
        words[self._where] = self._words
        return bits.flags_of(words)

    def page(self, order: Order | None, offset: int, limit: int) -> list[int]:
        """One page of them."""
        behind = min(offset + limit, self.total)
        if offset >= behind:
            return []
        if order is None:
            return _listed(self.slots[offset:behind])
        return _listed(self._first(order, behind)[offset:])

    def span(self, column: str) -> tuple[int, int] | None:
        """The lowest and the highest number among those that have one."""
        if not self.total:
            return None
        values = self._engine._arrays[f"number {column}"]
        missing = np.iinfo(values.dtype).min
        if self.total <= FEW:
            given = values[self.slots]
            low, high = given.min(), given.max()
            if low == missing < high:
                low = given[given != missing].min()
        else:
            low, high = (values[self._first(Order(column, falling), 1)[0]] for falling in (False, True))
        return None if high == missing or low == missing else (int(low), int(high))

    def _first(self, order: Order, wanted: int) -> "NDArray[np.int64] | NDArray[np.int32]":
        """The first so many: from the stored order where it soon comes upon them, else by sorting them."""
        reach = wanted * self._engine.rows // self.total
        return self._walked(order, wanted, reach) if reach < self.total * 2 else self._sorted(order, wanted)

    def _walked(self, order: Order, wanted: int, reach: int) -> NDArray[np.int32]:
        pieces, found = [], 0
        stride = max(LEAST_STRIDE, reach + reach // 4)
        for part in _read(self._engine.order(order.column), self._engine.given(order.column), order):
            for first in range(0, part.size, stride):
                piece = part[first : first + stride]
                piece = piece[self._flags[piece]]
                pieces.append(piece)
                found += piece.size
                if found >= wanted:
                    return np.concatenate(pieces)[:wanted]
        return np.concatenate(pieces)

    def _sorted(self, order: Order, wanted: int) -> NDArray[np.int64]:
        ranks = self._engine.rank(order.column)[self.slots]
        given = self._engine.given(order.column)
        if order.descending:
            ranks = np.where(ranks < given, given - 1 - ranks, ranks)
        if wanted == 1:
            return self.slots[[int(ranks.argmin())]]
        if wanted < ranks.size:
            near = np.argpartition(ranks, wanted - 1)[:wanted]
            return self.slots[near[np.argsort(ranks[near])]]
        return self.slots[np.argsort(ranks)]


def _read(stored: NDArray[np.int32], given: int, order: Order) -> Iterator[NDArray[np.int32]]:
    """The stored order in the direction asked for, silent rows last."""
    yield stored[:given][::-1] if order.descending else stored[:given]
    yield stored[given:]


def _listed(slots: "NDArray[np.int64] | NDArray[np.int32]") -> list[int]:
    return [int(slot) for slot in slots]


def _between(values: AnyArray, low: int | None, high: int | None) -> Flags:
    """Which numbers lie between the ends. The lowest number of all stands for "not given" and never does."""
    bounds = np.iinfo(values.dtype)
    least = bounds.min + 1 if low is None else max(low, bounds.min + 1)
    most = bounds.max if high is None else min(high, bounds.max)
    if least > bounds.max or most < bounds.min:
        return np.zeros(values.size, np.bool_)
    inside: Flags = (values >= least) & (values <= most)
    return inside
