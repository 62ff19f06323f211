"""Whether a stone can be had, in the exchange's four states."""

from bourse.vocabulary.scale import Scale


class Availability(Scale):
    """What a buyer may rely on, the firmest first."""

    GUARANTEED = "Guaranteed available"
    MEMO = "On memo"
    SUBJECT_TO_PRIOR_SALE = "Subject to prior sale"
    NOT_AVAILABLE = "Not available"


_STATES = {
    "Available": Availability.SUBJECT_TO_PRIOR_SALE,
    "Consignment": Availability.MEMO,
    "On hold": Availability.NOT_AVAILABLE,
    "Sold": Availability.NOT_AVAILABLE,
}


def state_of(word: str | None) -> Availability:
    """The exchange's state for a supplier's word in the dictionary's spelling; silence promises nothing
    firm.
    """
    if word is None:
        return Availability.SUBJECT_TO_PRIOR_SALE
    return _STATES.get(word) or Availability(word)
