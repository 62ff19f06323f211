"""When each firm of the sample sent its list: every change of that market comes with one of these files."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from bourse.run.sample.suppliers import SUPPLIERS, Firm

Array = NDArray[Any]

DAYS_A_MONTH = 365.25 / 12
WITHOUT_HISTORY = 75.0  # days: even a market without history was not listed in one day
EURO, EURO_SWING, EURO_YEARS = 1.09, 0.04, 1.4
FEWEST = 2


@dataclass(frozen=True)
class Sends:
    """One firm's files, the oldest first: how many days ago, when, and the rate of its currency that day."""

    ages: Array
    times: list[datetime]
    rates: Array
    place: Array  # of each file among those of all firms, in the order of time

    def __len__(self) -> int:
        return len(self.times)


def horizon(months: int) -> float:
    """How many days of the past the market has."""
    return max(months * DAYS_A_MONTH, WITHOUT_HISTORY)


def calendar(dice: Generator, *, months: int, now: datetime) -> list[Sends]:
    """Every firm's files within the horizon, in the order of SUPPLIERS."""
    days = horizon(months)
    ages = [_ages(dice, firm, days) for firm in SUPPLIERS]
    order = np.argsort(np.argsort(-np.concatenate(ages), kind="stable"), kind="stable")
    ends = np.cumsum([each.size for each in ages])
    places = np.split(order, ends[:-1])
    return [
        Sends(age, [_before(now, each) for each in age.tolist()], _rates(age), place)
        for age, place in zip(ages, places, strict=True)
    ]


def _ages(dice: Generator, firm: Firm, days: float) -> Array:
    """At its own rhythm, never quite on time."""
    number = max(FEWEST, round(days / firm.every_days))
    late = dice.uniform(0.05, 0.95, number)
    ages: Array = ((np.arange(number) + late) * (days / number))[::-1]
    return ages


def _before(now: datetime, days: float) -> datetime:
    return (now - timedelta(days=days)).replace(microsecond=0)


def _rates(ages: Array) -> Array:
    """US dollars for a euro: a slow swing, the same in every sample."""
    rates: Array = np.round(EURO + EURO_SWING * np.sin(ages / 365.25 / EURO_YEARS * 2 * np.pi), 4)
    return rates
