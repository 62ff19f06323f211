"""Which of a company's own listings somebody wants to see or change."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal

import msgspec

MOST_CHOSEN = 100_000  # listings by their public ids
LONGEST_TEXT = 100


class AskState(StrEnum):
    """What a listing asks, and whether others see it."""

    ASKED = "asked"
    NONE = "none"
    HIDDEN = "hidden"
    CASH = "cash"  # a cash ask beside


class Health(StrEnum):
    """What a listing lacks, or what its owner should look at."""

    EXPIRING = "expiring"
    ELSEWHERE = "elsewhere"  # another company offers the same report number
    OFF_PEERS = "off_peers"
    REPORT_NUMBER = "report_number"  # no such number of this laboratory
    DEAD_LINK = "dead_link"
    NO_PICTURE = "no_picture"
    NO_CERTIFICATE = "no_certificate"


class StockOrder(StrEnum):
    """The orders of the table; a listing's own age breaks every tie."""

    LATEST = "latest"
    STOCK = "stock"
    WEIGHT = "weight"
    WEIGHT_FALLING = "-weight"
    SHAPE = "shape"
    COLOUR = "colour"
    CLARITY = "clarity"
    ASK = "ask"
    ASK_FALLING = "-ask"
    PER_CARAT = "per_carat"
    PER_CARAT_FALLING = "-per_carat"
    CONFIRMED = "confirmed"  # the oldest first: what needs a confirm
    CONFIRMED_FALLING = "-confirmed"
    CHANGED = "changed"


class StockFilter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Own listings that have one of the values of each facet that is chosen; nothing chosen means all.

    Words are those of the vocabulary; places are cities and countries as they are listed.
    """

    text: str = ""
    state: Literal["live", "ended"] = "live"
    growths: tuple[str, ...] = ()
    shapes: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    clarities: tuple[str, ...] = ()
    laboratories: tuple[str, ...] = ()
    availabilities: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    asks: tuple[AskState, ...] = ()
    health: tuple[Health, ...] = ()
    low_ct: Decimal | None = None
    high_ct: Decimal | None = None
    confirmed_before: datetime | None = None
    changed_after: datetime | None = None
    listings: tuple[str, ...] = ()
