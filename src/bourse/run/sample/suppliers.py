"""The sample's firms. All names are invented; every firm has the habits of some seller of the trade.

firms.csv says who and where; what goods (the share of the market, how much of it is lab-grown, what the
firm is known for); how it prices (percent over the market's level, spread, to how many dollars it rounds);
how it keeps its list (days between two files, by how many percent an ask may be off before it is changed,
percent a month off goods that have lain for three months); the shares of its stones that are guaranteed, on
memo, without ask, with a cash ask too, with a cash ask alone, with the ask hidden by hand, with image and
with video; and how its files are written: layout, form of its stock numbers, and a currency where that is
not the dollar.
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("firms.csv")

DAYS_OF_STALE = 100
"""Whose files come no oftener than this seldom looks at its list."""


@dataclass(frozen=True, slots=True)
class Firm:
    """A company of the sample market and how it sells; shares are of its own stones unless said otherwise."""

    name: str
    city: str
    country: str
    share: float = 0.0  # of the market's stones
    lab_grown: float = 0.0
    known_for: frozenset[str] = frozenset()
    margin: float = 0.0  # of its asks over the market's level
    spread: float = 0.0
    step_dollars: int = 1  # to which it rounds an ask per carat
    every_days: float = 7.0
    threshold: float = 0.0  # by how much an ask may be off before it is changed
    monthly_cut: float = 0.0  # off what has lain for three months
    guaranteed: float = 0.0
    memo: float = 0.0
    without_ask: float = 0.0
    with_cash: float = 0.0
    cash_alone: float = 0.0
    hidden: float = 0.0
    images: float = 0.0
    videos: float = 0.0
    layout: str = "plain"
    prefix: str = ""  # of its stock numbers
    currency: str = ""  # "" is the US dollar

    @property
    def mail_host(self) -> str:
        """A host name that can exist nowhere."""
        return "".join(sign for sign in self.name.casefold() if "a" <= sign <= "z") + ".example"

    @property
    def is_stale(self) -> bool:
        """Whether it seldom looks at its list."""
        return self.every_days >= DAYS_OF_STALE


def _firms() -> Iterator[Firm]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield Firm(**{name: _READ.get(name, float)(text) for name, text in row.items()})  # type: ignore[arg-type]


def _share(percent: str) -> float:
    return float(percent) / 100


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split(";") if word.strip())


_READ: dict[str, Callable[[str], object]] = {
    **dict.fromkeys(("name", "city", "country", "layout", "prefix", "currency"), str),
    **dict.fromkeys(("margin", "spread", "threshold", "monthly_cut"), _share),
    "known_for": _words,
    "step_dollars": int,
}

SUPPLIERS = tuple(_firms())

HIDES_NAME = ("Grey Heron Bureau",)
HIDES_CASH_ASK = ("Saffron Quay Trading", "Four Ferries Trading")
HIDES_ASK = ("Bleecker Oak Partners",)
"""What some firms keep from the others on their whole stock."""

BUYERS = tuple(
    Firm(name, city, country)
    for name, city, country in (
        ("Hollin & Voss", "London", "GB"),
        ("Maison du Pont Vieux", "Geneva", "CH"),
        ("Ostrava Lane Jewellers", "New York", "US"),
    )
)

COUNTRIES = {
    "AE": "United Arab Emirates",
    "BE": "Belgium",
    "BW": "Botswana",
    "CA": "Canada",
    "CN": "China",
    "GB": "United Kingdom",
    "HK": "Hong Kong",
    "IL": "Israel",
    "IN": "India",
    "JP": "Japan",
    "TH": "Thailand",
    "US": "United States",
    "ZA": "South Africa",
}
