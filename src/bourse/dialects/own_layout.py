"""The layout that this house writes: its fields in their one order, each with its header.

The order and the headers are a promise to whoever reads our files: fields are added at the end of their
group, none is renamed or moved. A leading apostrophe in a cell says that what follows is a text, exactly as
it stands.
"""

from collections.abc import Callable, Collection, Sequence

from bourse.dialects.cells import Odd
from bourse.dialects.tables import Cell

Said = tuple[str | float | int | list[str] | None, ...] | Odd | None
Reader = Callable[[Cell], Said]

APOSTROPHE = "'"
ASK, CASH_ASK = "ask_cents", "cash_ask_cents"
PRICED_IN, RATE, RATE_DATE = "priced_in", "rate", "rate_date"
MONEY_IN_CENTS = frozenset({ASK, CASH_ASK})
SEVERAL_LINES = frozenset({"image_url", "video_url"})
"""Fields of which one cell may hold several values, each on a line of its own."""

_HEADERS = {
    "stock_no": "Stock number",
    "lab": "Laboratory",
    "certificate_no": "Report number",
    "growth_type": "Growth",
    "shape": "Shape",
    "carat": "Weight ct",
    "color": "Colour",
    "fancy_color": "Fancy colour",
    "fancy_intensity": "Fancy intensity",
    "fancy_overtone": "Fancy overtone",
    "clarity": "Clarity",
    "cut_grade": "Cut grade",
    "polish": "Polish",
    "symmetry": "Symmetry",
    "fluorescence_intensity": "Fluorescence",
    "fluorescence_color": "Fluorescence colour",
    ASK: "Total price USD",
    CASH_ASK: "Total cash price USD",
    "availability": "Availability",
    "length_mm": "Length mm",
    "width_mm": "Width mm",
    "depth_mm": "Depth mm",
    "ratio": "Ratio",
    "depth_pct": "Depth %",
    "table_pct": "Table %",
    "girdle_min": "Girdle from",
    "girdle_max": "Girdle to",
    "girdle_condition": "Girdle condition",
    "girdle_pct": "Girdle %",
    "culet_size": "Culet",
    "culet_condition": "Culet condition",
    "crown_height": "Crown height %",
    "crown_angle": "Crown angle",
    "crown_raw": "Crown",
    "pavilion_depth": "Pavilion depth %",
    "pavilion_angle": "Pavilion angle",
    "pavilion_raw": "Pavilion",
    "star_length": "Star length %",
    "lower_half": "Lower half %",
    "treatment": "Treatment",
    "treated_color": "Treated colour",
    "shade": "Shade",
    "milky": "Milky",
    "black_inclusion": "Black inclusion",
    "white_inclusion": "White inclusion",
    "open_inclusion": "Open inclusion",
    "eye_clean": "Eye clean",
    "hearts_and_arrows": "Hearts and arrows",
    "graining": "Graining",
    "key_to_symbols": "Key to symbols",
    "inscription": "Inscription",
    "cert_comment": "Report comment",
    "report_date": "Report date",
    "report_type": "Report type",
    "report_location": "Report issue location",
    "is_pair": "Matched pair",
    "pair_stock_no": "Pair stock number",
    "pair_separable": "Pair separable",
    "parcel_stones": "Number of stones",
    "size_range": "Size range",
    "country": "Country",
    "state": "State",
    "city": "City",
    "time_to_location": "Time to location",
    "certificate_url": "Report URL",
    "image_url": "Image URL",
    "video_url": "Video URL",
    "mine_of_origin": "Mine of origin",
    "provenance_report": "Provenance report",
    "provenance_number": "Provenance number",
    "brand": "Brand",
    "trade_show": "Trade show",
    "member_comment": "Comment",
    "new_arrival": "New arrival",
    "updated_at": "Date updated",
    PRICED_IN: "Original currency",
    RATE: "Exchanged at",
    RATE_DATE: "Exchanged on",
    "supplier_name": "Supplier",
    "supplier_code": "Supplier ID",
    "seller_spec": "Seller spec",
    "exchange_item_id": "Other exchange ID",
    "location": "Location",
    "allow_feed": "Allow feed",
    "cost": "Our cost",
    "pair_price": "Asking price for pair",
    "memo_price": "Price memo",
    "cash_price": "Cash price per carat",
    "cash_discount_pct": "Cash discount %",
}
PER_CARAT = "Price per carat USD"
"""Read beside or instead of the total, never written: a total in cents is exact, a price per carat is not."""

ALL_FIELDS: tuple[str, ...] = tuple(_HEADERS)
ESSENTIAL_FIELDS = frozenset({"stock_no", "growth_type", "shape", "carat", "color", "clarity", ASK})
OFFERED_FIELDS: tuple[str, ...] = tuple(
    field
    for field in ALL_FIELDS[: ALL_FIELDS.index(PRICED_IN)]
    if field not in {"crown_raw", "pavilion_raw", "new_arrival", "updated_at"}
)
"""What a template asks for: without the columns that only files of other layouts have."""

_READ_AS = {ASK: "total_price", CASH_ASK: "cash_total_price"}
_FIELDS = {header: _READ_AS.get(field, field) for field, header in _HEADERS.items()}
_FIELDS[PER_CARAT] = "price_per_carat"
_MARKS = frozenset(_HEADERS[field] for field in ESSENTIAL_FIELDS - {"stock_no", ASK})


def header_of(field: str) -> str:
    """The header under which our own layout writes a field."""
    return _HEADERS[field]


def field_under(header: str) -> str | None:
    """The field that a column of our own layout is read as, by its header."""
    return _FIELDS.get(header)


def fields_in_order(fields: Collection[str] | None = None) -> tuple[str, ...]:
    """These fields and the essential ones in our order; all where none are named. A field we have no column
    for is a KeyError.
    """
    if fields is None:
        return ALL_FIELDS
    wanted = ESSENTIAL_FIELDS | set(fields)
    if unknown := wanted - set(ALL_FIELDS):
        raise KeyError(*sorted(unknown))
    return tuple(field for field in ALL_FIELDS if field in wanted)


def is_ours(headers: Sequence[str]) -> bool:
    """Whether a table has our own layout: the headers that it always has, in our spelling and once each."""
    held = set(headers)
    if not held >= _MARKS or not held & {_HEADERS[ASK], PER_CARAT}:
        return False
    ours = [header for header in headers if field_under(header)]
    return len(ours) == len(set(ours))


def reader_of(fills: Sequence[str], name: str, read: Reader) -> Reader:
    """How a cell of our own layout is read: as it stands behind an apostrophe, several lines as several
    values, anything else as in every list.
    """
    before = (None,) * fills.index(name) if name in fills else ()

    def read_ours(cell: Cell) -> Said:
        if isinstance(cell, str) and cell.startswith(APOSTROPHE):
            return (*before, cell[1:]) if len(cell) > 1 else None
        if name in SEVERAL_LINES and isinstance(cell, str) and "\n" in cell.strip():
            return ([line.strip() for line in cell.split("\n") if line.strip()],)
        return read(cell)

    return read_ours
