"""A listing as a page shows it: the bytes that are kept of it, and what is made of them for who asks."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from operator import itemgetter

import msgspec

from bourse.market.queries import CatalogueRow
from bourse.search.engine import Engine

PARTICULARS = (
    "shade",
    "milky",
    "black_inclusion",
    "eye_clean",
    "hearts_and_arrows",
    "culet_condition",
    "ratio",
    "crown_angle",
    "crown_height",
    "pavilion_angle",
    "pavilion_depth",
    "star_length",
    "lower_half",
    "girdle_pct",
    "brand",
    "provenance_report",
)


class ResultRow(msgspec.Struct, array_like=True, frozen=True):
    """A listing as a results table shows it, in raw values, as everybody may see it.

    `is_own` marks the asker's own company's; of those, `ask_is_hidden` marks what others see without its ask.
    """

    public_id: str
    stone_public_id: str
    company_public_id: str
    company_name: str
    listed_at: datetime
    changed_at: datetime
    supplier_stock_number: str
    laboratory: str
    report_number: str
    growth: str
    shape: str
    weight_ct: Decimal
    colour: str
    colour_to: str
    fancy_colour: str
    fancy_intensity: str
    fancy_overtone: str
    clarity: str
    clarity_to: str
    cut: str
    polish: str
    symmetry: str
    fluorescence: str
    fluorescence_colour: str
    length_mm: Decimal | None
    width_mm: Decimal | None
    depth_mm: Decimal | None
    depth_percent: Decimal | None
    table_percent: Decimal | None
    girdle_from: str
    girdle_to: str
    culet: str
    treatment: str
    stones: int
    goods: str
    pair_stock_number: str
    pair_is_separable: bool | None
    country: str
    state: str
    city: str
    has_image: bool
    has_video: bool
    has_certificate: bool
    ask_cents: int | None
    cash_ask_cents: int | None
    availability: str
    particulars: dict[str, str | int | float] = {}
    ppc_cents: int | None = None
    is_own: bool = False
    ask_is_hidden: bool = False
    confirmed_at: datetime | None = None


class _Shown(msgspec.Struct, array_like=True, frozen=True):
    """What is kept of a row: whose it is, by the inner key, whether his ask is hidden, what is shown."""

    company_id: int
    ask_is_hidden: bool
    row: ResultRow


MADE = ("particulars", "ppc_cents", "is_own", "ask_is_hidden", "confirmed_at")
"""What of a row is no column of the market's, or does not lie in the bytes that are kept of it."""

_fields_of = itemgetter(
    *(CatalogueRow._fields.index(name) for name in ResultRow.__struct_fields__ if name not in MADE)
)
_KEPT, _PLAIN = frozenset(PARTICULARS), (str, int, float)
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Shown).decode


def payload_of(row: CatalogueRow, ppc_cents: int | None) -> bytes:
    """The bytes that are kept of a row."""
    shown = (*_fields_of(row), particulars_of(row), ppc_cents)
    return _encode((row.company_id, bool(row.ask_is_hidden), shown))


def result_row(engine: Engine, slot: int, company_id: int | None) -> ResultRow:
    """The row that a page shows to somebody of the company."""
    kept = _decode(engine.payload(slot))
    confirmed_at = datetime.fromtimestamp(engine.number("confirmed", slot), UTC)
    if kept.company_id != company_id:
        return msgspec.structs.replace(kept.row, confirmed_at=confirmed_at)
    return msgspec.structs.replace(
        kept.row, is_own=True, ask_is_hidden=kept.ask_is_hidden, confirmed_at=confirmed_at
    )


def particulars_of(row: CatalogueRow) -> Mapping[str, str | int | float]:
    """What suppliers say beyond the columns, as far as it is searched by."""
    said = row.particulars
    if not said:
        return {}
    return {
        name: value
        for name, value in said.items()
        if name in _KEPT and isinstance(value, _PLAIN) and value != ""
    }


def per_carat(ask_cents: int | None, weight_ct: Decimal) -> int | None:
    """The ask for one carat in whole cents, half a cent rounded up."""
    if ask_cents is None:
        return None
    thousandths = int(weight_ct * 1000)
    return (ask_cents * 2000 + thousandths) // (2 * thousandths)
