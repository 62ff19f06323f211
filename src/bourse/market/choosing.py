"""A filter of own stock as SQL: conditions by facet, so that a facet's counts may leave its own out."""

from collections.abc import Collection
from typing import Any, NamedTuple

from bourse.kit.marks import holds_sample
from bourse.market.confirming import CONFIRMED_AT, HIDES, JOINED, SHOWING
from bourse.market.stock_filter import LONGEST_TEXT, AskState, Health, StockFilter
from bourse.members.queries import listing_days
from bourse.vocabulary import Clarity, Colour, Shape
from bourse.vocabulary.report_number import INVENTED, OF_ALL, SHAPES

REMINDER_DAYS = 3
NEVER = 36_500
FROM = f"market_listing AS stock {JOINED} {SHOWING}"
PER_CARAT = "round(stock.ask_cents / stock.weight_ct)"
_ASKS = {
    AskState.ASKED: "stock.ask_cents IS NOT NULL",
    AskState.NONE: "stock.ask_cents IS NULL AND stock.cash_ask_cents IS NULL",
    AskState.HIDDEN: f"{HIDES} AND stock.ask_cents IS NOT NULL",
    AskState.CASH: "stock.cash_ask_cents IS NOT NULL",
}
_NUMBER = "upper(regexp_replace(stock.report_number, '[^[:alnum:]]', '', 'g'))"
_MISFITS = " OR ".join(
    f"stock.laboratory = '{lab}' AND {_NUMBER} !~ '^({shape}|{INVENTED})$'" for lab, shape in SHAPES.items()
)


def kept(kind: str) -> str:
    """What the house keeps of this kind of the stone, as a table without columns."""
    return f"""SELECT FROM market_media AS media WHERE media.company_id = stock.company_id
        AND media.stone_id = stock.stone_id AND media.kind = '{kind}'"""


HEALTH = {
    Health.EXPIRING: f"""stock.is_live AND {CONFIRMED_AT} + %(listing_days)s * interval '1 day'
        < clock_timestamp() + {REMINDER_DAYS} * interval '1 day'""",
    Health.ELSEWHERE: """stock.report_key <> '' AND EXISTS (
        SELECT FROM market_listing AS other JOIN members_company AS firm ON firm.id = other.company_id
        WHERE other.stone_id = stock.stone_id AND other.is_live AND other.company_id <> %(company_id)s
              AND firm.suspended_at IS NULL)""",
    Health.OFF_PEERS: "stock.id = ANY (%(off_peers)s::bigint[])",
    Health.REPORT_NUMBER: f"stock.report_number !~ '^({OF_ALL})?$' AND ({_MISFITS})",
    Health.DEAD_LINK: """EXISTS (
        SELECT FROM market_linkcheck AS link WHERE link.listing_id = stock.id AND link.state = 'dead')""",
    Health.NO_PICTURE: f"stock.image_urls = '{{}}' AND NOT EXISTS ({kept('picture')})",
    Health.NO_CERTIFICATE: f"""stock.report_key <> '' AND stock.certificate_url = ''
        AND NOT EXISTS ({kept("certificate")})""",
}
"""Each word of health as a condition; where a further room knows more, it passes the listings' keys."""


class Chosen(NamedTuple):
    """The conditions of a filter by facet, and the values that they name."""

    facets: dict[str, str]
    values: dict[str, Any]

    def where(self, without: str = "") -> str:
        """All conditions but those of one facet."""
        return " AND ".join(f"({one})" for facet, one in self.facets.items() if facet != without)


def ends_after_days() -> int:
    """After how many days without a confirm a listing ends; never where the house holds the sample."""
    return NEVER if holds_sample() else listing_days()


def chosen(company_id: int | None, filter: StockFilter, off_peers: Collection[int] = ()) -> Chosen:
    """The filter over the stock of a company."""
    facets = {
        "company": "stock.company_id = %(company_id)s",
        "state": "stock.is_live" if filter.state == "live" else "NOT stock.is_live",
    }
    values: dict[str, Any] = {
        "company_id": company_id or 0,
        "off_peers": "{" + ",".join(map(str, off_peers)) + "}",  # one text: they may be a whole stock
        "listing_days": ends_after_days(),
    }
    for facet, condition in _WORDS.items():
        if words := getattr(filter, facet):
            facets[facet] = condition.format(f"%({facet})s")
            values[facet] = list(words)
    if filter.asks:
        facets["asks"] = " OR ".join(f"({_ASKS[state]})" for state in filter.asks)
    if filter.health:
        facets["health"] = " OR ".join(f"({HEALTH[word]})" for word in filter.health)
    for name, condition in _BOUNDS.items():
        if (bound := getattr(filter, name)) is not None:
            facets[name], values[name] = condition, bound
    if text := " ".join(filter.text.split())[:LONGEST_TEXT]:
        facets["text"] = _TEXT
        plain = "".join(_signs(text))
        values |= {"text": _like(text), "number": _like(plain) if plain else ""}
    return Chosen(facets, values)


def _signs(text: str) -> list[str]:
    """The letters and digits of a number, whatever stands between them."""
    return [sign for sign in text if sign.isalnum()]


def _like(text: str) -> str:
    escaped = text.lower()
    for sign in "\\%_":
        escaped = escaped.replace(sign, f"\\{sign}")
    return f"%{escaped}%"


_WORDS = {
    "growths": "stock.growth = ANY ({})",
    "shapes": "stock.shape = ANY ({})",
    "colours": "stock.colour = ANY ({0}) OR stock.fancy_colour = ANY ({0})",
    "clarities": "stock.clarity = ANY ({})",
    "laboratories": "stock.laboratory = ANY ({})",
    "availabilities": "stock.availability = ANY ({})",
    "places": "stock.city = ANY ({0}) OR stock.country = ANY ({0})",
    "listings": "stock.public_id = ANY ({})",
}
_BOUNDS = {
    "low_ct": "stock.weight_ct >= %(low_ct)s",
    "high_ct": "stock.weight_ct <= %(high_ct)s",
    "confirmed_before": f"{CONFIRMED_AT} < %(confirmed_before)s",
    "changed_after": "stock.changed_at > %(changed_after)s",
}
_TEXT = """lower(stock.supplier_stock_number) LIKE %(text)s OR lower(stock.report_number) LIKE %(number)s
    OR lower(stock.comment) LIKE %(text)s"""


def _ranked(column: str, scale: type[Shape] | type[Colour] | type[Clarity]) -> str:
    """A grade's place in its scale; what is not said comes last."""
    words = ", ".join(f"'{word.value}'" for word in scale)
    return f"coalesce(array_position(ARRAY[{words}]::text[], stock.{column}::text), {len(scale) + 1})"


SHAPE_RANK, COLOUR_RANK, CLARITY_RANK = (
    _ranked("shape", Shape),
    _ranked("colour", Colour),
    _ranked("clarity", Clarity),
)
