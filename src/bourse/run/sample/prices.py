"""The sample's price surface: one smooth function of a stone's attributes, with a jump at each magic size.

All factors multiply, so they are added as logarithms. Levels are whole, invented figures near those of autumn
2026; they follow no published list.
"""

import numpy as np
from numpy.typing import NDArray

Logs = NDArray[np.float64]
Ranks = NDArray[np.int64]

# $ per carat of a natural round G VS2 with an excellent make, at the beginning of each size.
SIZES = np.array([0.0, 0.18, 0.23, 0.30, 0.40, 0.50, 0.70, 0.90, 1.00, 1.50, 2.00, 3.00, 4.00, 5.00, 10.00])
NATURAL = np.log(
    [420, 560, 610, 790, 960, 1_300, 1_900, 2_900, 3_900, 5_700, 8_700, 14_600, 19_000, 24_500, 41_000]
)
LAB_GROWN = np.log([95, 98, 100, 105, 108, 112, 118, 124, 130, 138, 150, 168, 185, 205, 260])
WITHIN_A_SIZE = 0.28  # how an ask per carat grows with weight between two jumps

COLOURS = np.array([0.31, 0.21, 0.13, 0.0, -0.12, -0.26, -0.42, -0.60, -0.76, -0.90, -1.02, -1.10, -1.16])
CLARITIES = np.array([0.44, 0.34, 0.23, 0.14, 0.07, 0.0, -0.17, -0.36, -0.52, -0.80, -1.15, -1.60])
LAB_GROWN_GRADES = 0.55  # grades matter less where a reactor makes them

MAKES = np.array([0.06, 0.04, 0.0, -0.03, -0.07, -0.11, -0.14, -0.20, -0.26, -0.38])
FLUORESCENCE = np.array([0.0, -0.01, -0.02, -0.02, -0.06, -0.12, -0.16])
LABORATORIES = {"GIA": 0.0, "IGI": -0.05, "HRD": -0.06, "GCAL": -0.04, "": -0.14}
TREATMENTS = {"": 0.0, "Laser drilled": -0.35, "Clarity enhanced": -0.60, "HPHT": -0.40, "Irradiated": -0.70}

FANCY_NATURAL = {
    "Yellow": 0.35,
    "Brown": -0.55,
    "Pink": 2.9,
    "Orange": 1.0,
    "Gray": 0.6,
    "Black": -1.6,
    "Green": 1.9,
    "Blue": 3.2,
    "Purple": 2.0,
    "Chameleon": 1.3,
}
FANCY_LAB_GROWN = {"Pink": 0.65, "Blue": 0.70, "Yellow": 0.35, "Green": 0.8}
INTENSITIES = {
    "Fancy Light": -0.45,
    "Fancy": -0.15,
    "Fancy Dark": -0.25,
    "Fancy Deep": 0.15,
    "Fancy Intense": 0.35,
    "Fancy Vivid": 0.85,
}


def size_level(carats: Logs, is_grown: NDArray[np.bool_]) -> Logs:
    """The level of a size: the jump at its beginning and the rise inside it."""
    place = np.searchsorted(SIZES, carats + 1e-9, side="right") - 1
    inside = np.log(carats / np.maximum(SIZES[place], 0.12))
    level: Logs = np.where(is_grown, LAB_GROWN[place], NATURAL[place]) + WITHIN_A_SIZE * inside
    return level


def grade_level(colours: Ranks, clarities: Ranks, carats: Logs, is_grown: NDArray[np.bool_]) -> Logs:
    """What colour and clarity add: the more, the larger the stone, and the more when both are high."""
    colour, clarity = COLOURS[np.minimum(colours, COLOURS.size - 1)], CLARITIES[clarities]
    weight = np.clip(0.85 + 0.16 * np.log(carats), 0.60, 1.15)
    together = 0.25 * np.maximum(colour, 0) * np.maximum(clarity, 0)
    level: Logs = (colour + clarity + together) * weight * np.where(is_grown, LAB_GROWN_GRADES, 1.0)
    return level


def worth(words: NDArray[np.str_], levels: dict[str, float]) -> Logs:
    """The level of each word."""
    known, places = np.unique(words, return_inverse=True)
    return np.array([levels[str(word)] for word in known])[places]
