"""The usual order of the catalogue: what a dealer wants to see first where he says nothing.

Natural before lab-grown; the sizes that the trade turns over most, from one carat up and then down; in each
size the regular goods before the odd ones; among these the lowest ask per carat. See docs/decisions.
"""

from bourse.market.queries import CatalogueRow
from bourse.search.measures import shown_weight
from bourse.search.scales import BANDS
from bourse.vocabulary import Clarity, Colour, Growth, Make

NO_ASK = 10**13 - 1
_BANDS = [band.low for band in BANDS["ct"]]
_FROM_ONE_CARAT = [low for low in _BANDS if low >= 100]
_SIZES = [*_FROM_ONE_CARAT, *sorted((low for low in _BANDS if low < 100), reverse=True)]
_ODD_CLARITY = {str(grade) for grade in (Clarity.SI3, Clarity.I1, Clarity.I2, Clarity.I3)}
_ODD_COLOUR = {str(grade) for grade in Colour if grade > Colour.M}
_ODD_MAKE = {str(grade) for grade in Make if grade >= Make.FAIR_TO_GOOD}
_UNTREATED = ("", "None")
REGULAR, ODD, PARCEL, SILENT = range(4)


def usual_place(row: CatalogueRow, ppc_cents: int | None) -> int:
    """One number by which the catalogue is put in order."""
    is_grown = row.growth != Growth.NATURAL.value
    kind = _kind(row, ppc_cents)
    size = 0 if kind >= PARCEL else _size(shown_weight(row.weight_ct))
    place = ((is_grown * 2 + (kind >= PARCEL)) * len(_SIZES) + size) * 4 + kind
    return place * 10**13 + min(NO_ASK if ppc_cents is None else ppc_cents, NO_ASK)


def _size(hundredths: int) -> int:
    low = next(low for low in reversed(_BANDS) if low <= hundredths)
    return _SIZES.index(low)


def _kind(row: CatalogueRow, ppc_cents: int | None) -> int:
    """Regular goods, odd ones, parcels, and what bears no ask: last of all."""
    if ppc_cents is None:
        return SILENT
    if row.goods == "parcel":
        return PARCEL
    is_odd = (
        not row.report_number
        or row.clarity in _ODD_CLARITY
        or row.colour in _ODD_COLOUR
        or bool(_ODD_MAKE & {row.cut, row.polish, row.symmetry})
        or row.treatment not in _UNTREATED
    )
    return ODD if is_odd else REGULAR
