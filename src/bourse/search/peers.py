"""Every stone among those of its like, worked out once of each catalogue: ranks of a whole stock in one go.

A stone's like are of the same growth, shape, size, first colour and first clarity, and of the same intensity
if it says one; a parcel of G to I is like a stone of H. It is the rule of search.positions.like, which asks
for one stone; a test holds the two together.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import msgspec
import numpy as np
from numpy.typing import NDArray

from bourse.search.engine import MISSING, Engine
from bourse.search.scales import CHOICES, Goods

Numbers = NDArray[np.int64]
FAR_PERCENT, LEAST_PEERS = 20, 5
_WIDTHS = (("growth", 4), ("shape", 128), ("band ct", 64), ("colour", 64), ("clarity", 64), ("intensity", 64))
ASK_BITS = 43


class Place(msgspec.Struct, frozen=True):
    """An ask per carat among those for its like, in cents: its rank from the lowest, of how many.

    The rank is None where others see no ask; `percent_of_median` tells how far above or below the middle.
    """

    rank: int | None
    of: int
    lowest: int
    median: int
    mean: int
    highest: int
    ppc_cents: int | None
    percent_of_median: float | None


class Peers:
    """The asks for each kind of stone, in order."""

    def __init__(self, engine: Engine) -> None:
        self.house, self.listing = engine.column("house"), engine.column("listing")
        self.ppc = engine.column("ppc")
        goods = _any(engine, "goods", (Goods.SINGLE.rank, Goods.PAIR.rank))
        available = CHOICES["availability"]
        wanted = tuple(available.values.index(word) for word in available.default)
        self.counts = goods & _any(engine, "availability", wanted)
        self._is_parcel = _any(engine, "goods", (Goods.PARCEL.rank,))
        slots, kinds = _kinds(engine, every=True)
        is_asked = self.counts[slots] & (self.ppc[slots] != MISSING)
        slots, kinds = slots[is_asked], kinds[is_asked]
        own, own_kinds = _kinds(engine, every=False)
        self.known = np.unique(np.append(kinds, own_kinds))
        words = np.searchsorted(self.known, kinds) << ASK_BITS | self.ppc[slots]
        order = np.argsort(words, kind="stable")
        self._words, self._slots = words[order], slots[order]
        self._asks = self._words & ((1 << ASK_BITS) - 1)
        self.kind = np.full(engine.rows, -1, np.int64)
        self.kind[own] = np.searchsorted(self.known, own_kinds)
        self.kind[self._is_parcel] = -1

    def own(self, company_id: int) -> Numbers:
        """The rows of a company's listings."""
        return np.flatnonzero(self.house == company_id)

    def slots_of(self, company_id: int, keys: Sequence[int]) -> Mapping[int, int]:
        """The rows of these listings of the company, as far as search has them."""
        wanted, own = set(keys), self.own(company_id)
        return {
            key: slot
            for key, slot in zip(self.listing[own].tolist(), own.tolist(), strict=True)
            if key in wanted
        }

    def asks(self, slot: int, *, is_without_own: bool = False) -> Numbers:
        """The asks for the like of a row, in order."""
        first, behind = self._span(int(self.kind[slot]))
        asks: Numbers = self._asks[first:behind]
        slots = self._slots[first:behind]
        return asks[slots != slot] if is_without_own else asks

    def asked(self) -> tuple[Numbers, Numbers, Numbers]:
        """Every kind, row and ask that counts, by kind and then by ask."""
        return self._words >> ASK_BITS, self._slots, self._asks

    def place(self, slot: int) -> Place | None:
        """Where a row's ask lies; None where it has no like."""
        if self.kind[slot] < 0:
            return None
        own = None if self.ppc[slot] == MISSING else int(self.ppc[slot])
        asks = self.asks(slot)
        if own is not None and not self.counts[slot]:
            asks = np.sort(np.append(asks, own))
        number, total = int(asks.size), int(asks.sum())
        if not number:
            return None
        median = (int(asks[(number - 1) // 2]) + int(asks[number // 2]) + 1) // 2
        return Place(
            rank=None if own is None else int(np.searchsorted(asks, own)) + 1,
            of=number,
            lowest=int(asks[0]),
            median=median,
            mean=(2 * total + number) // (2 * number),
            highest=int(asks[-1]),
            ppc_cents=own,
            percent_of_median=None if own is None else round((own / median - 1) * 100, 1),
        )

    def far_off(self, company_id: int) -> list[int]:
        """The company's listings whose ask is far from the middle of at least some of its like."""
        own = self.own(company_id)
        own = own[(self.kind[own] >= 0) & (self.ppc[own] != MISSING)]
        firsts, behinds = self._spans(self.kind[own])
        middle = (self._asks[(firsts + behinds - 1) // 2] + self._asks[(firsts + behinds) // 2] + 1) // 2
        is_far = np.abs(self.ppc[own] - middle) * 100 > middle * FAR_PERCENT
        found: list[int] = self.listing[own[is_far & (behinds - firsts >= LEAST_PEERS)]].tolist()
        return found

    def below(self, company_id: int, slots: Numbers, rank: int) -> Numbers:
        """For each row the so-many-th lowest ask for its like at other houses; MISSING if fewer."""
        is_other = self.house[self._slots] != company_id
        words = self._words[is_other]
        asks = self._asks[is_other]
        kinds = np.maximum(self.kind[slots], 0)
        firsts = np.searchsorted(words, kinds << ASK_BITS)
        behinds = np.searchsorted(words, kinds + 1 << ASK_BITS)
        places = firsts + rank - 1
        has = (places < behinds) & (self.kind[slots] >= 0)
        found = np.full(slots.size, MISSING, np.int64)
        found[has] = asks[places[has]]
        return found

    def _span(self, kind: int) -> tuple[int, int]:
        first, behind = self._spans(np.array([kind], np.int64))
        return int(first[0]), int(behind[0])

    def _spans(self, kinds: Numbers) -> tuple[Numbers, Numbers]:
        return (
            np.searchsorted(self._words, kinds << ASK_BITS),
            np.searchsorted(self._words, kinds + 1 << ASK_BITS),
        )


@lru_cache(maxsize=1)
def peers_of(engine: Engine) -> Peers:
    """The peers of a catalogue, worked out with the first question."""
    return Peers(engine)


def _any(engine: Engine, column: str, codes: Sequence[int]) -> NDArray[np.bool_]:
    found = np.zeros(engine.rows, np.bool_)
    for code, flags in engine.flags(column):
        if code in codes:
            found |= flags
    return found


def _kinds(engine: Engine, *, every: bool) -> tuple[Numbers, Numbers]:
    """Rows and their kinds: every kind that a row counts for, or the one whose like are its own."""
    slots = np.arange(engine.rows)
    kinds = np.zeros(engine.rows, np.int64)
    for name, width in _WIDTHS[:3]:
        codes = np.zeros(engine.rows, np.int64)
        for code, flags in engine.flags(name):
            codes[flags] = code
        kinds = kinds * width + codes
    for name, width in _WIDTHS[3:5]:
        slots, kinds = _spread(engine, name, width, slots, kinds, every=every)
    intensities = np.zeros(engine.rows, np.int64)
    for code, flags in engine.flags("intensity"):
        intensities[flags] = code + 1
    exact = kinds * _WIDTHS[5][1] + intensities[slots]
    if not every:
        return slots, exact
    said = intensities[slots] > 0
    return np.append(slots, slots[said]), np.append(kinds * _WIDTHS[5][1], exact[said])


def _spread(
    engine: Engine, name: str, width: int, slots: Numbers, kinds: Numbers, *, every: bool
) -> tuple[Numbers, Numbers]:
    """A row for each grade that a row may be of, or for its best alone; a row without one drops out."""
    rest = np.ones(engine.rows, np.bool_)
    places, found = [], []
    for code, flags in engine.flags(name):
        chosen = np.flatnonzero((flags & rest)[slots])
        places.append(chosen)
        found.append(np.full(chosen.size, code, np.int64))
        if not every:
            rest &= ~flags
    chosen, codes = np.concatenate(places or [slots[:0]]), np.concatenate(found or [slots[:0]])
    return slots[chosen], kinds[chosen] * width + codes
