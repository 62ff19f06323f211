"""The sample's stones: drawn from the market's shares, of one quality throughout, measured to their weight.

Report numbers are an X and nine digits. No laboratory's number begins with an X: their reports carry digits
alone, or letters of their own such as IGI's LG. So a number of the sample can be nobody's report. The
laboratory's name stands beside it, because a market without such names would look like none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from bourse.run.sample import prices
from bourse.run.sample import shares as s
from bourse.vocabulary import Clarity, Colour, FluorescenceIntensity, Make, Scale, Shape

Array = NDArray[Any]

TREATED_SHARE = 0.007
OVERTONES = {
    "Yellow": ("Brownish", "Orangy", "Greenish"),
    "Pink": ("Brownish", "Purplish", "Orangy"),
    "Brown": ("Yellowish", "Orangy", "Pinkish"),
    "Orange": ("Brownish", "Yellowish"),
    "Green": ("Yellowish", "Grayish", "Bluish"),
    "Blue": ("Grayish", "Greenish"),
    "Gray": ("Bluish", "Greenish"),
    "Purple": ("Pinkish", "Grayish"),
}
GIRDLES = ("Very Thin", "Thin", "Slightly Thin", "Medium", "Slightly Thick", "Thick", "Very Thick")
INTENSITY_SHARES = (18, 30, 6, 8, 24, 14)


@dataclass(frozen=True)
class Stones:
    """Attributes of physical stones, an array each; words are canonical, "" says nothing."""

    growth: Array
    shape: Array
    carats: Array
    colour: Array
    fancy_colour: Array
    fancy_intensity: Array
    fancy_overtone: Array
    clarity: Array
    cut: Array
    polish: Array
    symmetry: Array
    fluorescence: Array
    fluorescence_colour: Array
    laboratory: Array
    treatment: Array
    length_mm: Array
    width_mm: Array
    depth_mm: Array
    depth_percent: Array
    table_percent: Array
    girdle_from: Array
    girdle_to: Array
    culet: Array
    crown_angle: Array
    pavilion_angle: Array
    market_ppc: Array  # the market's level in $ per carat, the stone's own luck included

    def __len__(self) -> int:
        return len(self.carats)


def draw(dice: Generator, is_grown: NDArray[np.bool_]) -> Stones:
    """A stone for each flag, natural or lab-grown as it says."""
    number = is_grown.size
    shape = _either(dice, is_grown, _outline_shares("natural"), _outline_shares("lab_grown"))
    carats = _carats(dice, is_grown)
    quality = dice.normal(size=number)  # good rough is cut with care: the grades of one stone go together
    colour = _ranked(dice, quality, 0.15, is_grown, s.COLOURS_NATURAL, s.COLOURS_LAB_GROWN)
    clarity = _ranked(dice, quality, 0.25, is_grown, s.CLARITIES_NATURAL, s.CLARITIES_LAB_GROWN)
    cut, polish, symmetry = _makes(dice, quality, carats)
    fancy, intensity, overtone = _fancy(dice, is_grown)
    laboratory = _laboratories(dice, is_grown, carats, clarity, fancy != "")
    treatment = _treatments(dice, is_grown)
    fluorescence = _either(dice, is_grown, s.FLUORESCENCE_NATURAL, s.FLUORESCENCE_LAB_GROWN)
    blue = np.where(dice.random(number) < 0.965, "Blue", "Yellow")
    level = (
        prices.size_level(carats, is_grown)
        + np.where(fancy != "", _fancy_level(fancy, intensity, is_grown), 0)
        + np.where(
            fancy != "",
            0.4 * prices.grade_level(np.full(number, 3), clarity, carats, is_grown),
            prices.grade_level(colour, clarity, carats, is_grown),
        )
        + np.log([s.OUTLINES[Shape(word)].price for word in shape])
        + (prices.MAKES[cut] + 0.5 * prices.MAKES[polish] + 0.5 * prices.MAKES[symmetry])
        + prices.FLUORESCENCE[_ranks(fluorescence, FluorescenceIntensity)] * (colour < 6)
        + prices.worth(laboratory, prices.LABORATORIES)
        + prices.worth(treatment, prices.TREATMENTS)
        + 0.05 * dice.standard_t(5, number)
    )
    has_cut_grade = (shape == Shape.ROUND.value) & (laboratory != "") | (dice.random(number) < 0.06)
    return Stones(
        growth=np.where(is_grown, _grown(dice, number), "Natural"),
        shape=shape,
        carats=carats,
        colour=np.where(fancy == "", _words(colour, Colour), ""),
        fancy_colour=fancy,
        fancy_intensity=intensity,
        fancy_overtone=overtone,
        clarity=_words(clarity, Clarity),
        cut=np.where(has_cut_grade, _words(cut, Make), ""),
        polish=_words(polish, Make),
        symmetry=_words(symmetry, Make),
        fluorescence=fluorescence,
        fluorescence_colour=np.where(fluorescence == "None", "", blue),
        laboratory=laboratory,
        treatment=treatment,
        market_ppc=np.exp(level),
        **_measured(dice, shape, carats, cut),
    )


def _either(dice: Generator, is_grown: Array, natural: s.Shares, lab_grown: s.Shares) -> Array:
    return np.where(is_grown, _drawn(dice, lab_grown, is_grown.size), _drawn(dice, natural, is_grown.size))


def _drawn(dice: Generator, shares: s.Shares, number: int) -> Array:
    weights = np.array(list(shares.values()), float)
    return dice.choice([str(value) for value in shares], number, p=weights / weights.sum())


def _outline_shares(kind: str) -> s.Shares:
    return {shape: getattr(outline, kind) for shape, outline in s.OUTLINES.items()}


def _carats(dice: Generator, is_grown: Array) -> Array:
    """Weights pile up just above the magic ones: a cutter gives up spread before he falls below one."""
    number = is_grown.size
    magic = np.array(s.MAGIC)
    places = np.where(
        is_grown, _places(dice, s.MAGIC_LAB_GROWN, number), _places(dice, s.MAGIC_NATURAL, number)
    )
    start, end = magic[places], np.append(magic[1:], 15.0)[places]
    near = start + np.minimum(dice.exponential(0.022, number) * np.maximum(start, 0.4), end - start - 0.005)
    spread = start + (end - start) * dice.beta(0.8, 2.4, number) * 0.97
    carats: Array = np.round(np.where(dice.random(number) < 0.78, near, spread) - 0.0049, 2).clip(0.18)
    return carats


def _places(dice: Generator, weights: Sequence[float], number: int) -> Array:
    places: Array = dice.choice(len(weights), number, p=np.array(weights) / sum(weights))
    return places


def _ranked(
    dice: Generator, quality: Array, pull: float, is_grown: Array, natural: s.Shares, lab_grown: s.Shares
) -> Array:
    """Ranks with the market's shares that lean towards the stone's quality."""
    luck = pull * quality + np.sqrt(1 - pull**2) * dice.normal(size=quality.size)
    place = 1 - (luck.argsort().argsort() + 0.5) / quality.size  # the best luck takes the best grade
    return np.where(is_grown, _rank_at(place, lab_grown), _rank_at(place, natural))


def _rank_at(place: Array, shares: s.Shares) -> Array:
    weights = np.array(list(shares.values()), float)
    return np.searchsorted(np.cumsum(weights / weights.sum()), place).clip(max=weights.size - 1)


def _makes(dice: Generator, quality: Array, carats: Array) -> tuple[Array, Array, Array]:
    """Cut, polish and symmetry of one bench: mostly alike; larger stones are cut with more care."""
    grades = np.array([grade.rank for grade in s.MAKES])
    bench = 0.35 * quality + 0.1 * np.log(carats)
    place = (bench + dice.normal(size=quality.size)).argsort().argsort() / quality.size
    apart = dice.normal(0, 0.13, (2, quality.size))
    return tuple(grades[_rank_at((1 - place + shift).clip(0, 1), s.MAKES)] for shift in (0.0, *apart))  # type: ignore[return-value]


def _fancy(dice: Generator, is_grown: Array) -> tuple[Array, Array, Array]:
    number = is_grown.size
    share = np.where(is_grown, s.FANCY_SHARE_LAB_GROWN, s.FANCY_SHARE_NATURAL)
    is_fancy = dice.random(number) < share
    colour = np.where(is_fancy, _either(dice, is_grown, s.FANCY_NATURAL, s.FANCY_LAB_GROWN), "")
    intensity = np.array(list(prices.INTENSITIES))[_places(dice, INTENSITY_SHARES, number)]
    intensity = np.where(np.isin(colour, ["Black"]), "Fancy", intensity)
    pick, is_pure = dice.integers(0, 6, number), dice.random(number) < 0.65
    overtone = [
        "" if pure else (OVERTONES.get(str(word), ("",)) * 6)[place]
        for word, place, pure in zip(colour, pick, is_pure, strict=True)
    ]
    return colour, np.where(is_fancy, intensity, ""), np.array(overtone)


def _fancy_level(colour: Array, intensity: Array, is_grown: Array) -> Array:
    natural = prices.worth(colour, {"": 0.0, **prices.FANCY_NATURAL})
    grown = prices.worth(colour, {"": 0.0, **prices.FANCY_NATURAL, **prices.FANCY_LAB_GROWN})
    return np.where(is_grown, grown, natural) + prices.worth(intensity, {"": 0.0, **prices.INTENSITIES})


def _laboratories(dice: Generator, is_grown: Array, carats: Array, clarity: Array, is_fancy: Array) -> Array:
    """Small and low goods are sold without a report; lab-grown stones go to IGI first."""
    number = is_grown.size
    natural = dice.choice(["GIA", "IGI", "HRD", "GCAL"], number, p=[0.76, 0.15, 0.08, 0.01])
    grown = dice.choice(["IGI", "GIA", "GCAL"], number, p=[0.78, 0.12, 0.10])
    bare = 0.02 + 0.45 * (carats < 0.30) + 0.35 * (clarity >= Clarity.I1.rank)
    has_report = (dice.random(number) > bare) | (is_fancy & (carats > 0.3))
    return np.where(has_report, np.where(is_grown, grown, natural), "")


def _treatments(dice: Generator, is_grown: Array) -> Array:
    words = dice.choice(["Laser drilled", "Clarity enhanced", "HPHT", "Irradiated"], is_grown.size)
    return np.where(~is_grown & (dice.random(is_grown.size) < TREATED_SHARE), words, "")


def _grown(dice: Generator, number: int) -> Array:
    return dice.choice(["CVD", "HPHT", "Lab grown"], number, p=[0.72, 0.18, 0.10])


def _measured(dice: Generator, shape: Array, carats: Array, cut: Array) -> dict[str, Array]:
    """Length, width, depth and their percentages, such that shape and weight agree with them."""
    outlines = [s.OUTLINES[Shape(word)] for word in shape]
    number = carats.size
    looseness = 1 + 0.25 * cut  # a poorer cut strays further from the ideal
    ratio = np.maximum(1.001, _around(dice, [o.ratio for o in outlines], number))
    depth = _around(dice, [o.depth for o in outlines], number, looseness)
    table = _around(dice, [o.table for o in outlines], number, looseness)
    is_round = shape == Shape.ROUND.value
    across = np.where(
        is_round, (1 + ratio) / 2, 1.0
    )  # a round's depth is told in percent of its mean diameter
    volume = np.array([o.volume for o in outlines])
    width = np.cbrt(carats / (volume * ratio * across * depth / 100))
    height = width * across * depth / 100
    girdle = dice.integers(0, 5, number)
    return {
        "length_mm": np.round(width * ratio, 2),
        "width_mm": np.round(width, 2),
        "depth_mm": np.round(height, 2),
        "depth_percent": np.round(depth, 1),
        "table_percent": np.round(table),
        "girdle_from": np.array(GIRDLES)[girdle],
        "girdle_to": np.array(GIRDLES)[girdle + dice.integers(0, 3, number)],
        "culet": np.where(dice.random(number) < 0.94, "None", "Very Small"),
        "crown_angle": np.where(is_round, np.round(dice.normal(34.6, 0.8, number) * 2) / 2, np.nan),
        "pavilion_angle": np.where(is_round, np.round(dice.normal(40.9, 0.4, number) * 5) / 5, np.nan),
    }


def _around(dice: Generator, targets: list[tuple[float, float]], number: int, looseness: Any = 1.0) -> Array:
    middle, spread = np.array(targets).T
    around: Array = middle + spread * looseness * dice.normal(size=number).clip(-2.5, 2.5)
    return around


def _words(ranks: Array, scale: type[Scale]) -> Array:
    return np.array([str(value) for value in scale])[ranks]


def _ranks(words: Array, scale: type[Scale]) -> Array:
    known, places = np.unique(words, return_inverse=True)
    return np.array([scale(str(word)).rank for word in known])[places]
