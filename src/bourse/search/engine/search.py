"""Answers to questions, computed over the mapped arrays."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bourse.search.engine import bits
from bourse.search.engine.bits import Slots, Words
from bourse.search.engine.columns import NO_CODE
from bourse.search.engine.files import AnyArray, Header, read
from bourse.search.engine.question import OneOf, Order, Question, Within, WithKey, WithTag

SPARSE = 3  # below one used word in three, only the used words are looked at


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
        self.masks = {facet: kept & mask for facet, kept in self.masks.items()}

    def prefer(self, facet: str, mask: Words) -> None:
        """Rows outside drop out, but are counted where the facet leaves its own criterion out."""
        self.near = (self.near & mask) | (self.passing & ~mask)
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

    def slots(self) -> Slots:
        """The slots of the rows that match everything."""
        slots = bits.slots_in(self.passing)
        return slots if self.where is None else (self.where[slots >> 6] << 6) + (slots & 63)


class Engine:
    """A catalogue that answers questions. It never changes: a new file is a new engine."""

    def __init__(self, header: Header, arrays: dict[str, AnyArray]) -> None:
        self._header = header
        self._arrays = arrays
        self.rows = header.rows
        self.about = header.about

    @classmethod
    def open(cls, path: Path) -> "Engine":
        """The catalogue in the file; NotACatalogue where there is none."""
        return cls(*read(path))

    def payload(self, slot: int) -> bytes:
        """What a page shows of the row, as it was given."""
        ends = self._arrays["payload ends"]
        first = int(ends[slot - 1]) if slot else 0
        return self._arrays["payload"][first : int(ends[slot])].tobytes()

    def totals(self, column: str) -> list[int]:
        """Rows for each value of a coded column, nothing left out."""
        return self._header.totals[column]

    def words(self, column: str) -> list[str]:
        """The words of a tagged column."""
        return self._header.words[column]

    def search(self, question: Question) -> Answer:
        """Exact total and facet counts, and one page in the order asked for."""
        standing = self._standing(question)
        slots = standing.slots()
        return Answer(
            total=slots.size,
            slots=self._page(slots, question),
            facets={facet: self._counts(facet, standing) for facet in question.facets},
            spans={column: self._span(column, slots) for column in question.spans},
        )

    def _standing(self, question: Question) -> _Standing:
        """Sets first, they are cheap; numbers only where a row is left."""
        standing = _Standing(self.rows)
        numeric: list[tuple[str, Within]] = []
        for name, criterion in question.criteria.items():
            if isinstance(criterion, Within):
                numeric.append((name, criterion))
            else:
                self._put(standing, name, self._set(criterion), question.facets)
        standing.narrow()
        for name, within in numeric:
            self._put(standing, name, self._within(within, standing.where), question.facets)
        standing.narrow()
        return standing

    def _put(self, standing: _Standing, name: str, mask: Words, facets: Sequence[str]) -> None:
        if name in facets:
            standing.prefer(name, mask)
        else:
            standing.demand(mask)

    def _set(self, criterion: OneOf | WithTag | WithKey) -> Words:
        match criterion:
            case OneOf(column, codes):
                chosen: Words = np.bitwise_or.reduce(self._arrays[f"bits {column}"][list(codes)], axis=0)
                return chosen
            case WithTag(column, words):
                known = {word: code for code, word in enumerate(self._header.words[column])}
                codes = [known[word] for word in words if word in known]
                return bits.packed(np.isin(self._arrays[f"tags {column}"], codes))
            case WithKey(columns, texts):
                return bits.of_slots(self._named(columns, texts), self.rows)

    def _within(self, criterion: Within, where: Slots | None) -> Words:
        values = self._arrays[f"number {criterion.column}"]
        if where is not None:
            values = values.reshape(-1, bits.WORD)[where].reshape(-1)
        missing = np.iinfo(values.dtype).min
        inside = np.zeros(values.size, np.bool_)
        for low, high in criterion.ranges:
            inside |= _at_least(values, missing + 1 if low is None else low) & _at_most(values, high)
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

    def _counts(self, facet: str, standing: _Standing) -> list[int]:
        """Rows for each value; a value that no row of the whole catalogue has is not looked at."""
        totals = self._header.totals[facet]
        words = standing.without(facet)
        sets = self._arrays[f"bits {facet}"]
        counts = [0] * len(totals)
        present = [code for code, rows in enumerate(totals) if rows]
        for code, rows in zip(present, bits.counts_within(sets, present, words, standing.where), strict=True):
            counts[code] = rows
        return counts

    def _page(self, slots: Slots, question: Question) -> list[int]:
        first, behind = question.offset, question.offset + question.limit
        if first >= slots.size:
            return []
        if question.order is None:
            return _listed(slots[first:behind])
        order = _lowest(self._sort_key(slots, question.order), behind)
        return _listed(slots[order[first:behind]])

    def _sort_key(self, slots: Slots, order: Order) -> NDArray[np.int64]:
        """Ascending keys for the rows: what is not said stands at the end in either direction."""
        if (name := f"number {order.column}") in self._arrays:
            values = self._arrays[name][slots]
            missing = values == np.iinfo(values.dtype).min
        else:
            values = self._arrays[f"codes {order.column}"][slots]
            missing = values == NO_CODE
        keys = values.astype(np.int64)
        return np.where(missing, np.iinfo(np.int64).max, -keys if order.descending else keys)

    def _span(self, column: str, slots: Slots) -> tuple[int, int] | None:
        """The lowest and the highest number among the rows that have one."""
        values = self._arrays[f"number {column}"][slots]
        given = values[values != np.iinfo(values.dtype).min]
        return (int(given.min()), int(given.max())) if given.size else None


def _listed(slots: Slots) -> list[int]:
    return [int(slot) for slot in slots]


def _at_least(values: AnyArray, low: int) -> NDArray[np.bool_]:
    bounds = np.iinfo(values.dtype)
    if low > bounds.max:
        return np.zeros(values.size, np.bool_)
    # The lowest number of all stands for "not given" and lies in no range.
    flags: NDArray[np.bool_] = values >= max(low, bounds.min + 1)
    return flags


def _at_most(values: AnyArray, high: int | None) -> NDArray[np.bool_]:
    bounds = np.iinfo(values.dtype)
    if high is None or high >= bounds.max:
        return np.ones(values.size, np.bool_)
    flags: NDArray[np.bool_] = values <= max(high, bounds.min)
    return flags


def _lowest(keys: NDArray[np.int64], wanted: int) -> Slots:
    """The places of the `wanted` lowest keys in ascending order, equal keys in the order of their places."""
    if wanted >= keys.size:
        return np.argsort(keys, kind="stable")
    limit = np.partition(keys, wanted - 1)[wanted - 1]
    below = np.flatnonzero(keys < limit)
    level = np.flatnonzero(keys == limit)[: wanted - below.size]
    chosen = np.concatenate([below, level])
    return chosen[np.argsort(keys[chosen], kind="stable")]
