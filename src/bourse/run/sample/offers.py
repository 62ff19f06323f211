"""What the sample's firms offer, a batch at a time: stones, some of them on two lists, pairs, parcels, and
stones that were offered once and are gone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from bourse.run.sample import paths
from bourse.run.sample.goods import owners
from bourse.run.sample.stones import Stones, draw
from bourse.run.sample.suppliers import COUNTRIES, SUPPLIERS
from bourse.vocabulary import Clarity, Colour, Shape

Array = NDArray[Any]
Columns = dict[str, Array]

LAB_GROWN, ON_TWO_LISTS, IN_A_PAIR, PARCELS = 0.20, 0.03, 0.012, 0.01
GONE_A_MONTH = 0.025  # stones that were sold or taken back, to those that are offered now
AWAY = (("HK", "Hong Kong"), ("US", "New York"), ("AE", "Dubai"))
REMARKS = (
    "Bright, even outline.",
    "Graining seen under magnification only.",
    "Lively, no leakage under the table.",
    "Laser inscription on the girdle.",
    "Seen in our office by appointment.",
    "Matches well as a side stone.",
    "Recut in 2025 for better symmetry.",
    "Small chip at the girdle, covered by a prong.",
)
INCLUDED_REMARKS = (
    "Eye-clean from the top.",
    "Inclusion at the edge, hidden by a prong.",
    "Feather under the table, seen at arm's length.",
    "Black crystals off the table.",
    "Cloud, transparency not affected.",
)
NUMBERS = (
    "length_mm",
    "width_mm",
    "depth_mm",
    "depth_percent",
    "table_percent",
    "crown_angle",
    "pavilion_angle",
)
TOLD = ("eye_clean", "milky", "shade", "black_inclusion")
TEXTS = tuple(name for name in Stones.__dataclass_fields__ if name not in ("market_ppc", "carats"))


@dataclass(frozen=True)
class Batch:
    """Listings of one batch, an array for each thing that is said; `stone` and `pair` are places in it."""

    said: Columns
    firm: Array
    stone: Array  # the physical stone: the same for the same report
    pair: Array  # the other stone of the pair, -1 for none
    stones: Array  # how many are sold as one
    is_live: Array
    level: Array  # the market's level in $ per carat as a logarithm

    def __len__(self) -> int:
        return self.firm.size

    def kinds(self) -> Array:
        """Which path each one's price follows."""
        said = self.said
        return paths.kinds(
            said["growth"] != "Natural", said["carats"] / self.stones, said["shape"] == Shape.ROUND.value
        )


def batch(dice: Generator, live: int, months: int) -> Batch:
    """So many listings that are live now, and in proportion those that ended within the months."""
    twice, parcels, pairs = (round(live * part) for part in (ON_TWO_LISTS, PARCELS, IN_A_PAIR / 2))
    singles = live - twice - parcels - pairs
    gone = round(live * GONE_A_MONTH * months)
    stones = draw(dice, dice.random(singles + gone) < LAB_GROWN)
    said = {name: getattr(stones, name) for name in Stones.__dataclass_fields__ if name != "market_ppc"}
    plain = Batch(
        said=said | _told(dice, stones),
        firm=owners(dice, said),
        stone=np.arange(singles + gone),
        pair=np.full(singles + gone, -1),
        stones=np.ones(singles + gone, int),
        is_live=np.arange(singles + gone) < singles,
        level=np.log(stones.market_ppc),
    )
    most = _with_pairs(dice, _with_twins(dice, plain, twice), pairs)
    return _placed(dice, _together(most, _parcels(dice, parcels, after=int(most.stone.max()) + 1)))


def _told(dice: Generator, stones: Stones) -> Columns:
    """What is said beside a report: remarks, and how clean the stone is to the eye."""
    number, low = len(stones), np.isin(stones.clarity, ["SI1", "SI2", "SI3", "I1", "I2", "I3"])
    plain, included = (
        np.array(texts)[dice.integers(0, len(texts), number)] for texts in (REMARKS, INCLUDED_REMARKS)
    )
    return {
        "comment": np.where(dice.random(number) < 0.3, np.where(low, included, plain), ""),
        "eye_clean": _eye_clean(dice, stones),
        "milky": _seldom(dice, number, 0.6, ["None", "Light", "Medium", "Heavy"], [0.9, 0.06, 0.03, 0.01]),
        "shade": _seldom(dice, number, 0.6, ["None", "Brown", "Green", "Gray"], [0.88, 0.07, 0.02, 0.03]),
        "black_inclusion": np.where(
            low,
            _seldom(dice, number, 0.7, ["None", "BT1", "BT2", "BC1", "BC2"], [0.55, 0.15, 0.1, 0.12, 0.08]),
            _seldom(dice, number, 0.4, ["None"], [1.0]),
        ),
    }


def _seldom(dice: Generator, number: int, told: float, words: list[str], shares: list[float]) -> Array:
    """One of the words for the part that is told, nothing for the rest."""
    drawn = dice.choice(words, number, p=shares)
    return np.where(dice.random(number) < told, drawn, "")


def _eye_clean(dice: Generator, stones: Stones) -> Array:
    chance = {"SI1": 0.8, "SI2": 0.45, "SI3": 0.2, "I1": 0.05, "I2": 0.0, "I3": 0.0}
    known, places = np.unique(stones.clarity, return_inverse=True)
    clean = dice.random(len(stones)) < np.array([chance.get(str(word), 1.0) for word in known])[places]
    return np.where(dice.random(len(stones)) < 0.5, np.where(clean, "Yes", "No"), "")


def _with_twins(dice: Generator, plain: Batch, number: int) -> Batch:
    """The same stone, by its report, on a second firm's list: at that firm's ask and in its own words."""
    reported = np.flatnonzero(plain.said["laboratory"] != "")
    found = dice.choice(reported, min(number, reported.size), replace=False)
    again = _taken(plain, found)
    again.firm[:] = owners(dice, again.said, but=again.firm)
    _say_otherwise(dice, again.said)
    return _filled(dice, _together(plain, again), number - found.size)


def _filled(dice: Generator, before: Batch, missing: int) -> Batch:
    """Where too few stones were fit for something, others like those before make up the number."""
    others = _taken(before, dice.choice(len(before), missing))
    others.stone[:] = before.stone.max() + 1 + np.arange(missing)
    return _together(before, others)


def _say_otherwise(dice: Generator, said: Columns) -> None:
    """Another hand measures and grades a little otherwise."""
    number = said["shape"].size

    def some(part: float) -> Array:
        return dice.random(number) < part

    said["length_mm"] = np.round(said["length_mm"] + some(0.25) * 0.01, 2)
    said["depth_percent"] = np.round(said["depth_percent"] + some(0.15) * 0.1, 1)
    said["table_percent"] = said["table_percent"] + some(0.1)
    said["fluorescence"] = np.where(
        some(0.5) & (said["fluorescence"] == "Faint"), "None", said["fluorescence"]
    )
    said["fluorescence_colour"] = np.where(said["fluorescence"] == "None", "", said["fluorescence_colour"])
    said["comment"] = np.where(some(0.8), "", said["comment"])
    said["eye_clean"] = np.where(some(0.5), "", said["eye_clean"])
    better = {str(worse): str(grade) for grade, worse in zip(tuple(Colour), tuple(Colour)[1:], strict=False)}
    one_better = np.array([better.get(str(grade), str(grade)) for grade in said["colour"].tolist()])
    said["colour"] = np.where(some(0.03), one_better, said["colour"])


def _with_pairs(dice: Generator, before: Batch, number: int) -> Batch:
    """A second stone beside the first, as like as two stones are."""
    said = before.said
    likes = np.array([5.0 if "pairs" in firm.known_for else 1.0 for firm in SUPPLIERS])[before.firm]
    chance = likes * ((said["carats"] >= 0.3) & (said["carats"] <= 3) & (said["laboratory"] != ""))
    chance *= before.is_live & (np.bincount(before.stone)[before.stone] == 1)
    first = _chosen(dice, chance, min(number, int((chance > 0).sum())))
    second = _taken(before, first)
    second.said["carats"] = np.round(second.said["carats"] + 0.01, 2)
    second.said["length_mm"] = np.round(second.said["length_mm"] + 0.02, 2)
    second.stone[:] = before.stone.max() + 1 + np.arange(first.size)
    second.pair[:] = first
    before.pair[first] = len(before) + np.arange(first.size)
    return _filled(dice, _together(before, second), number - first.size)


def _chosen(dice: Generator, chance: Array, number: int) -> Array:
    """Places, each once, by their chance."""
    return (
        dice.choice(chance.size, number, replace=False, p=chance / chance.sum()) if number else np.arange(0)
    )


def _parcels(dice: Generator, number: int, *, after: int) -> Batch:
    """Small rounds sold together, graded by the range."""
    sellers = np.array([place for place, firm in enumerate(SUPPLIERS) if firm.country in ("IN", "BE", "AE")])
    likes = np.array([6.0 if "melee" in SUPPLIERS[place].known_for else 1.0 for place in sellers])
    size, colour = dice.uniform(0.01, 0.17, number), dice.integers(0, 8, number)
    clarity = dice.integers(3, 8, number)
    stones = np.ceil(dice.uniform(11, 60, number) / size).astype(int)
    colours, clarities = (np.array([str(grade) for grade in scale]) for scale in (Colour, Clarity))
    said: Columns = dict.fromkeys((*TEXTS, *TOLD), np.full(number, ""))
    said |= {name: np.full(number, np.nan) for name in NUMBERS}
    said |= {
        "growth": np.full(number, "Natural"),
        "shape": np.full(number, Shape.ROUND.value),
        "carats": np.round(stones * size, 2),
        "colour": colours[colour],
        "colour_to": colours[colour + 1],
        "clarity": clarities[clarity],
        "clarity_to": clarities[clarity + 1],
        "comment": np.full(number, "Parcel, sold as one lot."),
    }
    return Batch(
        said=said,
        firm=dice.choice(sellers, number, p=likes / likes.sum()),
        stone=after + np.arange(number),
        pair=np.full(number, -1),
        stones=stones,
        is_live=np.ones(number, bool),
        level=np.log(430) - 0.09 * colour - 0.12 * clarity + dice.normal(0, 0.06, number),
    )


def _placed(dice: Generator, all: Batch) -> Batch:
    """At home, or out on a desk in one of the three cities where buyers look."""
    home = np.array([(one.country, one.city) for one in SUPPLIERS])[all.firm]
    away = np.array(AWAY)[dice.integers(0, len(AWAY), len(all))]
    place = np.where((dice.random(len(all)) < 0.12)[:, None], away, home)
    all.said["country"] = np.array([COUNTRIES[code] for code in place[:, 0]])
    all.said["city"] = place[:, 1]
    all.said["state"] = np.where(all.said["city"] == "New York", "New York", "")
    return all


def _taken(all: Batch, places: Array) -> Batch:
    """Live copies of some listings, none of a pair."""
    return Batch(
        said={name: values[places] for name, values in all.said.items()},
        firm=all.firm[places],
        stone=all.stone[places],
        pair=np.full(places.size, -1),
        stones=all.stones[places],
        is_live=np.ones(places.size, bool),
        level=all.level[places],
    )


def _together(first: Batch, *others: Batch) -> Batch:
    """One batch of all."""
    for other in others:
        first = Batch(
            said=_joined(first.said, other.said, len(first), len(other)),
            firm=np.concatenate([first.firm, other.firm]),
            stone=np.concatenate([first.stone, other.stone]),
            pair=np.concatenate([first.pair, other.pair]),
            stones=np.concatenate([first.stones, other.stones]),
            is_live=np.concatenate([first.is_live, other.is_live]),
            level=np.concatenate([first.level, other.level]),
        )
    return first


def _joined(one: Mapping[str, Array], other: Mapping[str, Array], here: int, there: int) -> Columns:
    """What one side never says is empty there."""
    names = [*one, *(name for name in other if name not in one)]
    return {
        name: np.concatenate([one.get(name, np.full(here, "")), other.get(name, np.full(there, ""))])
        for name in names
    }
