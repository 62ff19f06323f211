"""The sample's market as lines for COPY, a batch at a time: the same lines for the same seed, time and keys.

Nothing is asked of the database here. The keys of companies, people, uploads and so on come from outside, so
the lines can be made and compared without one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from bourse.kit.public_id import ALPHABET, LENGTH
from bourse.market.filling import Keys
from bourse.run.sample import saying
from bourse.run.sample.asking import Asking, asking, tails
from bourse.run.sample.histories import AVAILABILITY, Events, histories
from bourse.run.sample.offers import Batch, batch
from bourse.run.sample.paths import Paths
from bourse.run.sample.sends import Sends, calendar, horizon
from bourse.run.sample.suppliers import SUPPLIERS

Array = NDArray[Any]

AT_ONCE = 10_000


@dataclass(frozen=True)
class Wanted:
    """Which market is wanted."""

    stones: int
    seed: int
    months: int
    now: datetime


@dataclass(frozen=True)
class People:
    """The firms' companies and who acts for them, in the order of SUPPLIERS."""

    companies: list[int]
    persons: list[int]


@dataclass
class Told:
    """What each file of each firm changed, by its place among all files; counted up while lines are made."""

    new: Array
    changed: Array
    removed: Array

    def columns(self) -> tuple[Array, Array, Array]:
        """New, changed, removed."""
        return self.new, self.changed, self.removed


@dataclass
class Market:
    """A market on its way: its lines come from lines(), and only then its counts are whole."""

    wanted: Wanted
    people: People
    keys: Keys
    sends: list[Sends]
    told: Told
    stones: int = 0
    listings: int = 0
    numbers: Array = field(default_factory=lambda: np.zeros(len(SUPPLIERS), np.int64))

    def lines(self) -> Iterator[dict[str, list[str]]]:
        """The lines of each table, batch by batch."""
        paths = Paths(_dice(self.wanted, 1), horizon(self.wanted.months))
        for place, first in enumerate(range(0, self.wanted.stones, AT_ONCE)):
            dice = _dice(self.wanted, 2 + place)
            offered = batch(dice, min(AT_ONCE, self.wanted.stones - first), self.wanted.months)
            yield _Batch(self, dice, offered, paths).lines()

    def dice_for_names(self) -> Generator:
        """For what is drawn once for the whole market."""
        return _dice(self.wanted, 2**32)


def market(wanted: Wanted, people: People, keys: Keys) -> Market:
    """The market that is wanted, none of it made yet."""
    sends = calendar(_dice(wanted, 0), months=wanted.months, now=wanted.now)
    files = sum(len(each) for each in sends)
    return Market(wanted, people, keys, sends, Told(*(np.zeros(files, np.int64) for _ in range(3))))


def _dice(wanted: Wanted, use: int) -> Generator:
    return np.random.default_rng([wanted.seed, use])


def public_ids(dice: Generator, count: int) -> list[str]:
    """Names as kit.public_id draws them, but the same for the same dice: nothing here is secret."""
    letters = np.frombuffer(ALPHABET.encode(), np.uint8)[dice.integers(0, len(ALPHABET), count * LENGTH)]
    text = letters.tobytes().decode()
    return [text[at : at + LENGTH] for at in range(0, count * LENGTH, LENGTH)]


class _Batch:
    """One batch with its past, as lines."""

    def __init__(self, market: Market, dice: Generator, offered: Batch, paths: Paths) -> None:
        self.market, self.offered, self.dice = market, offered, dice
        self.asked: Asking = asking(dice, offered)
        self.events: Events = histories(
            dice, offered, self.asked.is_silent, market.sends, paths, market.wanted.months
        )
        self.files = self._files()
        self.first_stone, self.first_listing = market.stones, market.listings
        market.stones += int(offered.stone.max()) + 1
        market.listings += len(offered)

    def _files(self) -> Array:
        """The place of each event's file among all files."""
        longest = max(len(each) for each in self.market.sends)
        places = np.array([np.pad(each.place, (0, longest - len(each))) for each in self.market.sends])
        files: Array = places[self.offered.firm[self.events.row], self.events.send]
        return files

    def lines(self) -> dict[str, list[str]]:
        """The lines of each table."""
        self._count()
        reports = saying.report_numbers(self.offered.stone + self.first_stone)
        digits = len(str(self.market.wanted.stones)) + 1
        numbers = saying.stock_numbers(self.offered, self.market.numbers, digits)
        steady = saying.steady(self.dice, self.offered, numbers, reports)
        return {
            "market_stone": self._stones(reports),
            **self._listings(steady, tails(self.offered, self.asked, self.events, self.market.sends)),
        }

    def _count(self) -> None:
        events, told = self.events, self.market.told
        is_new = np.ones(events.row.size, bool)
        is_new[1:] = events.row[1:] != events.row[:-1]
        np.add.at(told.new, self.files[is_new], 1)
        np.add.at(told.removed, self.files[~events.is_live], 1)
        np.add.at(told.changed, self.files[~is_new & events.is_live], 1)

    def _stones(self, reports: list[str]) -> list[str]:
        offered, times = self.offered, self._times()
        born = np.searchsorted(self.events.row, np.arange(len(offered)))
        first = np.full(int(offered.stone.max()) + 1, self.files.size and int(self.files.max()))
        np.minimum.at(first, offered.stone, self.files[born])
        own, rows = np.unique(offered.stone, return_index=True)
        names = public_ids(self.dice, own.size)
        companies, laboratories = self.market.people.companies, offered.said["laboratory"]
        key = self.market.keys.stone + self.first_stone
        return [
            f"{key + stone}\t{name}\t{laboratories[row]}\t{reports[row]}\t\\N\t{times[first[stone]]}\n"
            if laboratories[row]
            else f"{key + stone}\t{name}\t\t\t{companies[offered.firm[row]]}\t{times[first[stone]]}\n"
            for stone, name, row in zip(own.tolist(), names, rows.tolist(), strict=True)
        ]

    def _times(self) -> dict[int, str]:
        """When each file came, as COPY wants it."""
        return {
            place: f"{time:%Y-%m-%d %H:%M:%S}+00"
            for each in self.market.sends
            for place, time in zip(each.place.tolist(), each.times, strict=True)
        }

    def _listings(self, steady: list[str], moving: list[str]) -> dict[str, list[str]]:
        """Listings, their ask history, and what they were before each change."""
        keys, people = self.market.keys, self.market.people
        events, times = self.events, self._times()
        ends = np.searchsorted(events.row, np.arange(len(steady)), side="right").tolist()
        states = [AVAILABILITY[state] for state in events.availability.tolist()]
        names, hides = public_ids(self.dice, len(steady)), self.asked.is_hidden.tolist()
        stones = (self.offered.stone + self.first_stone + keys.stone).tolist()
        firms, files, is_live = self.offered.firm.tolist(), self.files.tolist(), events.is_live.tolist()
        listings: list[str] = []
        asks: list[str] = []
        past: list[str] = []
        start = 0
        for row, end in enumerate(ends):
            key, firm = keys.listing + self.first_listing + row, firms[row]
            person, before, hidden = people.persons[firm], "", "t" if hides[row] else "f"
            for entry in range(start, end):
                file = files[entry]
                claims = f"{steady[row]}\t{moving[entry]}\t{states[entry]}\n"
                prices = moving[entry].split("\t", 2)
                upload, time = keys.upload + file, times[file]
                life = "t" if is_live[entry] else "f"
                asks.append(
                    f"{key}\t{time}\t{person}\t{upload}\t{prices[0]}\t{prices[1]}\t{states[entry]}\t{life}"
                    f"\t{hidden}\tf\n"
                )
                revision = keys.revision + file
                if entry > start:
                    span = f"{keys.revision + files[entry - 1]}\t{revision}\t{time}\t{upload}\t{person}"
                    past.append(f"{key}\t{stones[row]}\tt\t{span}\t{before}")
                before = claims
            ended = "\\N" if life == "t" else time
            listings.append(
                f"{key}\t{names[row]}\t{people.companies[firm]}\t{stones[row]}\t{life}\t{hidden}\tf\t{revision}"
                f"\t{times[files[start]]}\t{time}\t{ended}\t{upload}\t{end - start}\t{claims}"
            )
            start = end
        return {"market_listing": listings, "market_askchange": asks, "market_pastlisting": past}
