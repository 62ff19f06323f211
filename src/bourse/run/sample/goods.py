"""Who has which stone: each firm has its part of the market, and more of what it is known for."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from bourse.run.sample.suppliers import SUPPLIERS
from bourse.vocabulary import Clarity, Make, Shape

Array = NDArray[Any]
Said = Mapping[str, Array]

STEPS = [Shape.EMERALD.value, Shape.ASSCHER.value, Shape.BAGUETTE.value]
CUSHIONS = [shape.value for shape in (Shape.CUSHION_BRILLIANT, Shape.CUSHION_MODIFIED, Shape.CUSHION)]
LAB_GROWN_IN_THE_MARKET = 0.20
_EX = Make.EXCELLENT.value

_LIKES: dict[str, tuple[Callable[[Said], Array], float, float]] = {
    "round": (lambda said: said["shape"] == Shape.ROUND.value, 2, 0.5),
    "fancy shape": (lambda said: said["shape"] != Shape.ROUND.value, 3, 0.3),
    "cushion": (lambda said: np.isin(said["shape"], CUSHIONS), 10, 0.6),
    "radiant": (lambda said: said["shape"] == Shape.RADIANT.value, 5, 1),
    "step": (lambda said: np.isin(said["shape"], STEPS), 5, 0.7),
    "old cut": (lambda said: said["shape"] == Shape.OLD_MINER.value, 60, 1),
    "melee": (lambda said: said["carats"] < 0.30, 6, 0.4),
    "small": (lambda said: said["carats"] < 0.70, 2, 0.5),
    "large": (lambda said: said["carats"] >= 2.0, 4, 0.6),
    "low": (lambda said: np.isin(said["clarity"], [str(grade) for grade in tuple(Clarity)[8:]]), 5, 0.6),
    "excellent": (lambda said: (said["polish"] == _EX) & (said["symmetry"] == _EX), 2, 0.02),
    "gia": (lambda said: said["laboratory"] == "GIA", 1.5, 0.4),
    "igi": (lambda said: said["laboratory"] == "IGI", 3, 0.6),
    "hrd": (lambda said: said["laboratory"] == "HRD", 14, 0.7),
    "gcal": (lambda said: said["laboratory"] == "GCAL", 6, 0.8),
    "no report": (lambda said: said["laboratory"] == "", 6, 0.5),
    "fancy colour": (lambda said: said["fancy_colour"] != "", 60, 0.2),
}
"""What a firm is known for: how much likelier such a stone is there, and how much less so any other."""


def owners(dice: Generator, said: Said, *, but: Array | None = None) -> Array:
    """The place of each stone's firm among the suppliers; another than the one that is named."""
    weights = _weights(said)
    if but is not None:
        weights[np.arange(but.size), but] = 0
    reach = np.cumsum(weights, axis=1)
    luck = dice.random(reach.shape[0]) * reach[:, -1]
    places: Array = np.minimum((luck[:, None] > reach).sum(axis=1), len(SUPPLIERS) - 1)
    return places


def _weights(said: Said) -> Array:
    """How likely each stone is with each firm: a row for each stone."""
    share = np.array([firm.share for firm in SUPPLIERS])
    grown = np.array([firm.lab_grown for firm in SUPPLIERS])
    is_grown = (said["growth"] != "Natural")[:, None]
    weights: Array = share * np.where(
        is_grown, grown / LAB_GROWN_IN_THE_MARKET, (1 - grown) / (1 - LAB_GROWN_IN_THE_MARKET)
    )
    for name, (fits, more, less) in _LIKES.items():
        likes = np.array([name in firm.known_for for firm in SUPPLIERS])
        weights = weights * np.where(likes, np.where(fits(said)[:, None], more, less), 1)
    return weights
