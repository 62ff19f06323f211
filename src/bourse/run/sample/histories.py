"""What became of each ask of the sample, file by file: listed, repriced, put on memo, sold.

A firm changes an ask when it is off by more than the firm bears; what it would ask follows the market's path,
its own margin and, for goods that lie long, its patience.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from bourse.run.sample.offers import Batch
from bourse.run.sample.paths import Paths
from bourse.run.sample.sends import DAYS_A_MONTH, Sends, horizon
from bourse.run.sample.suppliers import SUPPLIERS, Firm

Array = NDArray[Any]

AVAILABILITY = ("Guaranteed available", "On memo", "Subject to prior sale", "Not available")
HELD_BY_OTHERS = 0.12  # of what is neither guaranteed nor on memo
ASKED_ABOVE_MARKET, FAT_FINGER = 0.04, 0.0025
LIVES, LIVED = 150.0, 110.0  # days in the mean since a live stone was listed, and until one was sold
MOVES_ABOUT = 0.006  # chance that a stone's availability is another in the next file
LIES_LONG = 3.0  # months
LEAST_PER_CARAT = 5.0


@dataclass(frozen=True)
class Events:
    """The batch's ask history, listing by listing, the oldest entry first: an array for each column."""

    row: Array  # the listing's place in the batch
    send: Array  # which of its firm's files
    per_carat: Array  # in the firm's currency
    availability: Array  # a place in AVAILABILITY
    is_live: Array


def histories(
    dice: Generator, batch: Batch, silent: Array, sends: list[Sends], paths: Paths, months: int
) -> Events:
    """The whole past of a batch; those that are silent have no ask that could change."""
    noise = _noise(dice, batch)
    kinds, found = batch.kinds(), []
    for place, firm in enumerate(SUPPLIERS):
        rows = np.flatnonzero(batch.firm == place)
        if rows.size:
            past = _Past(dice, firm, sends[place], batch.is_live[rows], ~silent[rows], months)
            wanted = batch.level[rows] + firm.margin + noise[rows]
            found.append(past.told(rows, wanted[:, None] + paths.at(sends[place].ages)[kinds[rows]]))
    columns = [np.concatenate(parts) for parts in zip(*found, strict=True)]
    order = np.lexsort((columns[1], columns[0]))
    return Events(*(column[order] for column in columns))


def _noise(dice: Generator, batch: Batch) -> Array:
    """Each stone's own luck with its seller; a few asks are mistyped."""
    number = len(batch)
    spread = np.array([firm.spread for firm in SUPPLIERS])[batch.firm]
    slips = dice.choice([-1, 1], number) * np.abs(dice.normal(0.9, 0.4, number))
    luck: Array = ASKED_ABOVE_MARKET + spread * dice.normal(0, 1, number)
    luck += (dice.random(number) < FAT_FINGER) * slips
    return luck


class _Past:
    """One firm's part of a batch, from file to file."""

    def __init__(
        self, dice: Generator, firm: Firm, sends: Sends, is_live: Array, asks: Array, months: int
    ) -> None:
        self.dice, self.firm, self.sends, self.is_live = dice, firm, sends, is_live
        self.moves, self.asks = months > 0, asks & (months > 0)
        self.born, self.ended = self._spans(horizon(months))

    def _spans(self, days: float) -> tuple[Array, Array]:
        """In which file each stone came and in which it was missing; live ones are missing in none."""
        number, files = self.is_live.size, len(self.sends)
        ages = np.where(
            self.is_live,
            np.minimum(self.dice.exponential(LIVES, number), days),
            self.dice.uniform(0, days, number),
        )
        born = np.searchsorted(-self.sends.ages, -ages).clip(max=files - 1)
        born = np.where(self.is_live, born, born.clip(max=files - 2))
        sold = np.searchsorted(-self.sends.ages, -(ages - self.dice.exponential(LIVED, number)))
        return born, np.where(self.is_live, files, sold.clip(born + 1, files - 1))

    def told(self, rows: Array, wanted: Array) -> tuple[Array, ...]:
        """Row, file, ask per carat, availability and life of every entry."""
        wanted = wanted - self._patience()
        asks = self._rounded(np.exp(wanted) / self.sends.rates if self.firm.currency else np.exp(wanted))
        state, ask, level = self._drawn_states(rows.size), np.zeros(rows.size), np.zeros(rows.size)
        entries: list[tuple[Array, ...]] = []
        for file in range(len(self.sends)):
            is_new, is_gone = self.born == file, self.ended == file
            is_there = (self.born < file) & (file < self.ended)
            is_off = is_there & (np.abs(wanted[:, file] - level) > self.firm.threshold) & self.asks
            is_off = (is_off & (asks[:, file] != ask)) | is_new
            other = self._other_states(state, is_there)
            is_moved = other != state
            ask, level = np.where(is_off, asks[:, file], ask), np.where(is_off, wanted[:, file], level)
            state = other
            told = np.flatnonzero(is_off | is_moved | is_gone)
            entries.append((rows[told], np.full(told.size, file), ask[told], state[told], ~is_gone[told]))
        return tuple(np.concatenate(parts) for parts in zip(*entries, strict=True))

    def _patience(self) -> Array:
        """What comes off a stone that lies long, at each file."""
        since = self.sends.ages[self.born][:, None] - self.sends.ages[None, :]
        months = (since / DAYS_A_MONTH - LIES_LONG).clip(0, 12)
        return months * self.firm.monthly_cut

    def _rounded(self, per_carat: Array) -> Array:
        """Cheap goods are asked for to the dollar, whatever the firm's habit."""
        step = np.where(per_carat < 100 * self.firm.step_dollars, 1, self.firm.step_dollars)
        asked: Array = np.maximum(np.round(per_carat / step) * step, LEAST_PER_CARAT)
        return asked

    def _drawn_states(self, number: int) -> Array:
        rest = 1 - self.firm.guaranteed - self.firm.memo
        shares = [self.firm.guaranteed, self.firm.memo, rest * (1 - HELD_BY_OTHERS), rest * HELD_BY_OTHERS]
        return self.dice.choice(len(AVAILABILITY), number, p=shares)

    def _other_states(self, state: Array, is_there: Array) -> Array:
        """Now and then a stone goes out on memo or comes back."""
        moves = is_there & (self.dice.random(state.size) < MOVES_ABOUT) & self.moves
        return np.where(moves, self._drawn_states(state.size), state)
