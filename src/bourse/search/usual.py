"""The usual order of the catalogue: what a dealer wants to see first where he says nothing.

Natural before lab-grown; the sizes that the trade turns over most, from one carat up and then down; in each
size the regular goods before the odd ones; among these the lowest ask per carat. See docs/decisions.
"""

from collections.abc import Sequence
from itertools import starmap

import numpy as np
from numpy.typing import NDArray

from bourse.search.scales import BANDS
from bourse.search.taken import Made, Slice, shown_weights
from bourse.vocabulary import Clarity, Colour, Growth, Make

NO_ASK = 10**13 - 1
_BANDS = [band.low for band in BANDS["ct"]]
_FROM_ONE_CARAT = [low for low in _BANDS if low >= 100]
_SIZES = [*_FROM_ONE_CARAT, *sorted((low for low in _BANDS if low < 100), reverse=True)]
_SIZE_OF_BAND = np.array([_SIZES.index(low) for low in _BANDS])
_ODD_CLARITY = {str(grade) for grade in (Clarity.SI3, Clarity.I1, Clarity.I2, Clarity.I3)}
_ODD_COLOUR = {str(grade) for grade in Colour if grade > Colour.M}
_ODD_MAKE = {str(grade) for grade in Make if grade >= Make.FAIR_TO_GOOD}
_UNTREATED = ("", "None")
REGULAR, ODD, PARCEL, SILENT = range(4)


def usual_places(rows: Slice) -> NDArray[np.int64]:
    """One number for each row by which the catalogue is put in order."""
    is_grown = np.array([growth != Growth.NATURAL.value for growth in rows["growth"]], np.int64)
    kinds = np.array(_kinds(rows), np.int64)
    bands = np.searchsorted(_BANDS, shown_weights(rows), side="right") - 1
    sizes = np.where(kinds >= PARCEL, 0, _SIZE_OF_BAND[bands])
    places = ((is_grown * 2 + (kinds >= PARCEL)) * len(_SIZES) + sizes) * 4 + kinds
    asks = [NO_ASK if cents is None or cents > NO_ASK else cents for cents in rows.ppc]
    return places * 10**13 + np.array(asks, np.int64)


def _kinds(rows: Slice) -> Sequence[int]:
    """Regular goods, odd ones, parcels, and what bears no ask: last of all."""
    said = (rows[claim] for claim in ("goods", "clarity", "colour", "cut", "polish", "symmetry", "treatment"))
    goods = map(_GOODS.__getitem__, zip(*said, strict=True))
    return list(starmap(_kind, zip(rows.ppc, rows["report_number"], goods, strict=True)))


def _kind(ppc_cents: int | None, report_number: str, goods: int) -> int:
    if ppc_cents is None:
        return SILENT
    return goods if report_number or goods == PARCEL else ODD


def _goods(said: tuple[str, ...]) -> int:
    goods, clarity, colour, *makes, treatment = said
    if goods == "parcel":
        return PARCEL
    is_odd = (
        clarity in _ODD_CLARITY
        or colour in _ODD_COLOUR
        or not _ODD_MAKE.isdisjoint(makes)
        or treatment not in _UNTREATED
    )
    return ODD if is_odd else REGULAR


_GOODS = Made(_goods)
