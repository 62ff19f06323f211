"""Others' asks that went below own ones since a time, as far as their houses tell them."""

from datetime import datetime

import numpy as np

from bourse.market.queries.moved import moved_since, told_asks
from bourse.search.peers import ASK_BITS, Numbers, Peers
from bourse.search.rows import per_carat
from bourse.search.scales import CHOICES

MOST_RIVALS = 20_000
_AVAILABLE = frozenset(map(str, CHOICES["availability"].default))
_NEVER = (1 << ASK_BITS) - 1


class Rivals:
    """The asks that moved since a time and are below an own one of their kind, and what they were told to be.

    Not whole where more of them moved than are looked at.
    """

    def __init__(self, peers: Peers, company_id: int, own: Numbers, at: datetime) -> None:
        kinds, slots, asks = peers.asked()
        tops = np.zeros(peers.known.size, np.int64)
        np.maximum.at(tops, peers.kind[own], peers.ppc[own])
        moved = moved_since(at)
        places = np.flatnonzero((asks < tops[kinds]) & (peers.house[slots] != company_id))
        has_moved = np.isin(peers.listing[slots[places]], np.array(moved.listings, np.int64))
        has_switched = np.isin(peers.house[slots[places]], np.array(moved.companies, np.int64))
        places = places[has_moved | has_switched]
        self.is_whole = moved.is_whole and places.size <= MOST_RIVALS
        places = places[:MOST_RIVALS]
        self._peers, self._kinds, self._slots = peers, kinds[places], slots[places]
        self._now = asks[places]
        self._then = _then(peers.listing[self._slots], at)

    def gone_below(self, own: Numbers) -> Numbers:
        """For each own row how many of its like are below its ask now and were not."""
        kinds, ppc = self._peers.kind[own], self._peers.ppc[own]
        return self._below(self._now, kinds, ppc) - self._below(np.maximum(self._now, self._then), kinds, ppc)

    def lowest_gone_below(self, slot: int) -> int:
        """The row of the lowest of them."""
        kind, ppc = self._peers.kind[slot], self._peers.ppc[slot]
        has = (self._kinds == kind) & (self._now < ppc) & (self._then >= ppc)
        return int(self._slots[np.flatnonzero(has)[0]])

    def _below(self, asks: Numbers, kinds: Numbers, ppc: Numbers) -> Numbers:
        words = np.sort(self._kinds << ASK_BITS | asks)
        below: Numbers = np.searchsorted(words, kinds << ASK_BITS | ppc) - np.searchsorted(
            words, kinds << ASK_BITS
        )
        return below


def _then(keys: Numbers, at: datetime) -> Numbers:
    """For each listing the ask per carat that was told of it at the time; never, where none was."""
    told = {
        one.key: per_carat(one.ask_cents, one.weight_ct)
        for one in told_asks(np.unique(keys).tolist(), at)
        if one.availability in _AVAILABLE
    }
    found = [told.get(key) for key in keys.tolist()]
    return np.array([_NEVER if ask is None else ask for ask in found], np.int64)
