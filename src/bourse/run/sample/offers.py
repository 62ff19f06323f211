"""What the sample's suppliers offer: stones at their own asks, pairs, parcels, a stone on two lists."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.random import Generator

from bourse.run.sample.stones import Array, Stones, draw
from bourse.run.sample.suppliers import COUNTRIES, SUPPLIERS, Firm
from bourse.vocabulary import Clarity, Colour

Row = dict[str, Any]

NO_ASK, FAT_FINGER, ON_TWO_LISTS, IN_A_PAIR, PARCELS = 0.025, 0.0025, 0.03, 0.012, 0.01
ASKED_ABOVE_MARKET = 0.04
PAIRED_NUMBERS = 900_000_000  # the second stone of a pair has its report number from here on
AVAILABILITY = ("Guaranteed available", "Subject to prior sale", "On memo", "Not available")
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


def offers(dice: Generator, stones: int) -> dict[Firm, list[Row]]:
    """The rows of every firm's stock: `stones` together, some of them parcels or the same stone again."""
    twice, parcels = round(stones * ON_TWO_LISTS), round(stones * PARCELS)
    pairs = round(stones * IN_A_PAIR / 2)
    singles = stones - twice - parcels - pairs
    firm = _firms(dice, singles)
    is_grown = dice.random(singles) < np.array([one.lab_grown for one in SUPPLIERS])[firm]
    drawn = draw(dice, is_grown)
    stock: dict[Firm, list[Row]] = {one: [] for one in SUPPLIERS}
    for place, row in zip(firm, _rows(dice, drawn, firm), strict=True):
        stock[SUPPLIERS[place]].append(row)
    _add_twins(dice, stock, twice)
    _add_pairs(dice, stock, pairs)
    _add_parcels(dice, stock, parcels)
    for one, rows in stock.items():
        _number(dice, one, rows)
    return stock


def _firms(dice: Generator, number: int) -> Array:
    weights = np.array([one.share for one in SUPPLIERS])
    return dice.choice(len(SUPPLIERS), number, p=weights / weights.sum())


def _rows(dice: Generator, stones: Stones, firm: Array) -> Iterator[Row]:
    names = [name for name in stones.__dataclass_fields__ if name != "market_ppc"]
    columns = {name: getattr(stones, name).tolist() for name in names}
    columns["ppc"] = _asks(dice, stones.market_ppc, firm)
    columns["market_ppc"] = stones.market_ppc.tolist()
    columns["availability"] = _availability(dice, firm)
    columns["country"], columns["city"] = _places(dice, firm)
    columns["comment"] = _remarks(dice, stones)
    columns["eye_clean"] = _eye_clean(dice, stones)
    keys = list(columns)
    for values in zip(*columns.values(), strict=True):
        yield dict(zip(keys, values, strict=True))


def _asks(dice: Generator, market_ppc: Array, firm: Array) -> list[float | None]:
    """Each firm's own margin and rounding; a few asks are stale, mistyped or withheld."""
    number = market_ppc.size
    margin = np.array([one.margin for one in SUPPLIERS])[firm]
    is_stale = np.array([one.is_stale for one in SUPPLIERS])[firm]
    level = np.log(market_ppc) + ASKED_ABOVE_MARKET + margin + dice.normal(0, 0.02, number)
    level += is_stale * dice.normal(0.09, 0.05, number)
    slips = dice.choice([-1, 1], number) * np.abs(dice.normal(0.9, 0.4, number))
    level += (dice.random(number) < FAT_FINGER) * slips
    step = np.array([one.step_dollars for one in SUPPLIERS])[firm]
    asked = _rounded(np.exp(level), step)
    silent = dice.random(number) < NO_ASK
    return [None if quiet else float(ask) for ask, quiet in zip(asked, silent, strict=True)]


def _rounded(ppc: Array, step: Any) -> Array:
    """Cheap goods are asked for to the dollar, whatever the firm's habit."""
    step = np.where(ppc < 100 * np.asarray(step), 1, step)
    asked: Array = np.maximum(np.round(ppc / step) * step, 5)
    return asked


def _availability(dice: Generator, firm: Array) -> list[str]:
    held = np.array([one.guaranteed for one in SUPPLIERS])[firm]
    others = dice.choice(AVAILABILITY[1:], firm.size, p=[0.66, 0.24, 0.10])
    return _listed(np.where(dice.random(firm.size) < held, AVAILABILITY[0], others))


def _places(dice: Generator, firm: Array) -> tuple[list[str], list[str]]:
    """At home, or out on a desk in one of the three cities where buyers look."""
    home = np.array([(one.country, one.city) for one in SUPPLIERS])[firm]
    away = np.array(AWAY)[dice.integers(0, len(AWAY), firm.size)]
    place = np.where((dice.random(firm.size) < 0.12)[:, None], away, home)
    return [COUNTRIES[code] for code in place[:, 0]], _listed(place[:, 1])


def _remarks(dice: Generator, stones: Stones) -> list[str]:
    is_included = np.isin(stones.clarity, ["SI1", "SI2", "SI3", "I1", "I2", "I3"])
    plain, included = (
        np.array(texts)[dice.integers(0, len(texts), len(stones))] for texts in (REMARKS, INCLUDED_REMARKS)
    )
    words = np.where(is_included, included, plain)
    return _listed(np.where(dice.random(len(stones)) < 0.3, words, ""))


def _eye_clean(dice: Generator, stones: Stones) -> list[str]:
    chance = {"SI1": 0.8, "SI2": 0.45, "SI3": 0.2, "I1": 0.05, "I2": 0.0, "I3": 0.0}
    known, places = np.unique(stones.clarity, return_inverse=True)
    clean = dice.random(len(stones)) < np.array([chance.get(str(word), 1.0) for word in known])[places]
    return _listed(np.where(dice.random(len(stones)) < 0.5, np.where(clean, "Yes", "No"), ""))


def _listed(words: Array) -> list[str]:
    return [str(word) for word in words]


def _add_twins(dice: Generator, stock: dict[Firm, list[Row]], number: int) -> None:
    """The same stone, by its report, on a second firm's list at that firm's ask."""
    reported = [(firm, row) for firm, rows in stock.items() for row in rows if row["laboratory"]]
    for place in dice.choice(len(reported), min(number, len(reported)), replace=False):
        owner, row = reported[place]
        others = [firm for firm in SUPPLIERS if firm is not owner]
        other = others[dice.integers(0, len(others))]
        ppc = float(_rounded(np.array(row["market_ppc"] * np.exp(0.05 + other.margin)), other.step_dollars))
        stock[other].append({**row, "ppc": ppc, "comment": "", "availability": AVAILABILITY[2]})


def _add_pairs(dice: Generator, stock: dict[Firm, list[Row]], number: int) -> None:
    """A second stone beside the first, as like as two stones are."""
    fit = [
        (rows, row)
        for rows in stock.values()
        for row in rows
        if 0.3 <= row["carats"] <= 3 and row["ppc"] and row["laboratory"]
    ]
    places = dice.choice(len(fit), number, replace=False)
    numbers = dice.choice(10**8, number, replace=False) + PAIRED_NUMBERS
    for place, report_number in zip(places, numbers, strict=True):
        rows, row = fit[place]
        like = {"carats": round(row["carats"] + 0.01, 2), "length_mm": round(row["length_mm"] + 0.02, 2)}
        twin = {**row, **like, "report_number": f"X{report_number}", "twin": row}
        row["twin"] = twin
        rows.append(twin)


def _add_parcels(dice: Generator, stock: dict[Firm, list[Row]], number: int) -> None:
    """Small rounds sold together, graded by the range."""
    sellers = [firm for firm in SUPPLIERS if firm.country in ("IN", "BE", "AE")]
    for seller in dice.integers(0, len(sellers), number):
        size, colour, clarity = dice.uniform(0.01, 0.17), int(dice.integers(0, 8)), int(dice.integers(3, 8))
        stones = math.ceil(dice.uniform(11, 60) / size)
        level = 430 * np.exp(-0.09 * colour - 0.12 * clarity + dice.normal(0, 0.06))
        stock[sellers[seller]].append(
            {
                **_NO_CLAIM,
                "growth": "Natural",
                "shape": "Round",
                "carats": round(stones * size, 2),
                "colour": f"{tuple(Colour)[colour]}-{tuple(Colour)[colour + 1]}",
                "clarity": f"{tuple(Clarity)[clarity]}-{tuple(Clarity)[clarity + 1]}",
                "stones": stones,
                "ppc": float(round(level)),
                "market_ppc": float(level),
                "availability": AVAILABILITY[1],
                "country": COUNTRIES[sellers[seller].country],
                "city": sellers[seller].city,
                "comment": "Parcel, sold as one lot.",
            }
        )


def _number(dice: Generator, firm: Firm, rows: list[Row]) -> None:
    """Stock numbers in the firm's own manner; a pair names each other's."""
    digits = 4 if firm.prefix.endswith(("-", "/")) else 5
    numbers = dice.choice(9 * 10**digits, len(rows), replace=False) + 10**digits
    for row, number in zip(rows, numbers, strict=True):
        row["stock_number"] = f"{firm.prefix}{number}"
    for row in rows:
        row["pair_number"] = row["twin"]["stock_number"] if row.get("twin") else ""


_NO_CLAIM: Row = dict.fromkeys(Stones.__dataclass_fields__, "")
