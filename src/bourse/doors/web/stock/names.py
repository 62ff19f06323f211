"""What filters, orders, health and endings of own stock are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bourse.market.stock_filter import AskState, Health, StockOrder

Text = str | Promise

FACETS: Mapping[str, Text] = {
    "shape": _("Shape"),
    "colour": _("Colour"),
    "clarity": _("Clarity"),
    "availability": _("Availability"),
    "ask": _("Ask"),
    "health": _("Health"),
    "lab": _("Laboratory"),
    "growth": _("Growth"),
    "place": _("Place"),
}
ASKS: Mapping[str, Text] = {
    AskState.ASKED: _("with an ask"),
    AskState.NONE: _("no ask"),
    AskState.HIDDEN: _("hidden from others"),
    AskState.CASH: _("with a cash ask"),
}
HEALTH: Mapping[str, Text] = {
    Health.EXPIRING: _("Expires soon"),
    Health.ELSEWHERE: _("Also at another company"),
    Health.OFF_PEERS: _("Ask off its peers"),
    Health.REPORT_NUMBER: _("Report number does not fit"),
    Health.DEAD_LINK: _("Dead link"),
    Health.NO_PICTURE: _("No picture"),
    Health.NO_CERTIFICATE: _("No certificate"),
}
TONES: Mapping[str, str] = {
    Health.EXPIRING: "open",
    Health.ELSEWHERE: "open",
    Health.OFF_PEERS: "open",
    Health.REPORT_NUMBER: "bad",
    Health.DEAD_LINK: "bad",
}
"""The tone of a word of health; the others only tell what is missing."""

ORDERS: Mapping[StockOrder, Text] = {
    StockOrder.LATEST: _("Latest first"),
    StockOrder.STOCK: _("Stock number"),
    StockOrder.WEIGHT: _("Carat, smallest first"),
    StockOrder.WEIGHT_FALLING: _("Carat, largest first"),
    StockOrder.SHAPE: _("Shape"),
    StockOrder.COLOUR: _("Colour, best first"),
    StockOrder.CLARITY: _("Clarity, best first"),
    StockOrder.ASK: _("Total, lowest first"),
    StockOrder.ASK_FALLING: _("Total, highest first"),
    StockOrder.PER_CARAT: _("$/ct, lowest first"),
    StockOrder.PER_CARAT_FALLING: _("$/ct, highest first"),
    StockOrder.CONFIRMED: _("Confirmed longest ago first"),
    StockOrder.CONFIRMED_FALLING: _("Confirmed latest first"),
    StockOrder.CHANGED: _("Changed latest first"),
}
ENDINGS: Mapping[str, Text] = {
    "withdrawn": _("taken down by hand"),
    "removed": _("not in the file of the whole stock"),
    "expired": _("nobody confirmed it"),
}
