"""What the sample's firms say of their asks: none, on memo or credit, in cash too, in cash alone, hidden."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from bourse.run.sample.histories import Events
from bourse.run.sample.offers import Batch
from bourse.run.sample.sends import Sends
from bourse.run.sample.suppliers import SUPPLIERS

Array = NDArray[Any]

FOR_CASH = 0.03  # off the ask on memo or credit


@dataclass(frozen=True)
class Asking:
    """Flags for each listing of a batch."""

    is_silent: Array
    on_memo: Array
    in_cash: Array
    is_hidden: Array


def asking(dice: Generator, batch: Batch) -> Asking:
    """By each firm's own shares."""
    silent, alone, too, hidden = (
        np.array([getattr(firm, name) for firm in SUPPLIERS])[batch.firm]
        for name in ("without_ask", "cash_alone", "with_cash", "hidden")
    )
    luck = dice.random(len(batch))
    is_silent, is_alone = luck < silent, (luck >= silent) & (luck < silent + alone)
    in_cash = (is_alone | (dice.random(len(batch)) < too)) & ~is_silent
    is_hidden = (dice.random(len(batch)) < hidden) & ~is_silent
    return Asking(is_silent, ~is_silent & ~is_alone, in_cash, is_hidden)


def tails(batch: Batch, asked: Asking, events: Events, sends: list[Sends]) -> list[str]:
    """The last columns of a listing's claims at each event: both asks, their currency, rate and its date."""
    firm, carats = batch.firm[events.row], batch.said["carats"][events.row]
    priced = _priced(events)
    rates, dates = _rates(firm, priced, sends)
    cents = np.round(events.per_carat * carats * rates * 100)
    memo = _cells(cents, asked.on_memo[events.row])
    cash = _cells(np.round(cents * (1 - FOR_CASH)), asked.in_cash[events.row])
    silent = asked.is_silent[events.row]
    foreign = np.array([firm.currency for firm in SUPPLIERS])[firm]
    return [
        f"{ask}\t{more}\t{currency}\t{rate:.4f}\t{date}"
        if currency and not is_silent
        else f"{ask}\t{more}\t\t\\N\t\\N"
        for ask, more, currency, rate, date, is_silent in zip(
            memo, cash, foreign.tolist(), rates.tolist(), dates, silent.tolist(), strict=True
        )
    ]


def _priced(events: Events) -> Array:
    """In which of its firm's files each entry's ask was set; one that leaves it carries the earlier file."""
    is_same = np.zeros(events.row.size, bool)
    is_same[1:] = (events.row[1:] == events.row[:-1]) & (events.per_carat[1:] == events.per_carat[:-1])
    places = np.maximum.accumulate(np.where(is_same, 0, np.arange(events.row.size)))
    priced: Array = events.send[places]
    return priced


def _rates(firm: Array, priced: Array, sends: list[Sends]) -> tuple[Array, list[str]]:
    """The rate that turned each ask into dollars, 1 for dollars; and of which day it is."""
    rates, dates = np.ones(firm.size), [""] * firm.size
    for place, one in enumerate(SUPPLIERS):
        if one.currency:
            found = np.flatnonzero(firm == place)
            rates[found] = sends[place].rates[priced[found]]
            for entry, file in zip(found.tolist(), priced[found].tolist(), strict=True):
                dates[entry] = f"{sends[place].times[file]:%Y-%m-%d}"
    return rates, dates


def _cells(cents: Array, is_given: Array) -> list[str]:
    return [
        str(amount) if given else "\\N"
        for amount, given in zip(cents.astype(np.int64).tolist(), is_given.tolist(), strict=True)
    ]
