"""A view as a file: the stones picked, or all of the search, in the layout that this exchange reads back."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from bourse.dialects.writing import csv_of, xlsx_of
from bourse.market.exported import fields_of
from bourse.members.actor import Actor
from bourse.search import queries
from bourse.search.filter import Filter
from bourse.search.limits import count_export
from bourse.search.rows import ResultRow

MOST_ROWS = 10_000
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

NAMING = ("lab", "certificate_no", "pair_stock_no", "is_pair", "parcel_stones")
"""Written whatever the view: without them a stone would not be found again, or be another one."""

FIELDS = {
    "colour": ("fancy_color", "fancy_intensity", "fancy_overtone"),
    "make": ("cut_grade", "polish", "symmetry"),
    "fluorescence": ("fluorescence_intensity", "fluorescence_color"),
    "depth": ("depth_pct",),
    "table": ("table_pct",),
    "availability": ("availability",),
    "seller": ("supplier_name",),
    "cash": ("cash_ask_cents",),
    "cut": ("cut_grade",),
    "polish": ("polish",),
    "symmetry": ("symmetry",),
    "measurements": ("length_mm", "width_mm", "depth_mm"),
    "ratio": ("ratio",),
    "crown": ("crown_height", "crown_angle"),
    "pavilion": ("pavilion_depth", "pavilion_angle"),
    "girdle": ("girdle_min", "girdle_max"),
    "culet": ("culet_size",),
    "shade": ("shade",),
    "milky": ("milky",),
    "black": ("black_inclusion",),
    "eye_clean": ("eye_clean",),
    "treatment": ("treatment",),
    "goods": ("pair_separable",),
    "place": ("country", "state", "city"),
    "brand": ("brand",),
    "provenance": ("provenance_report",),
}
"""The fields behind a column; a column without a line here is written whatever the view, or is no claim."""


def as_csv(
    actor: Actor, filter: Filter, picks: Collection[str], columns: Sequence[str], now: datetime
) -> Iterator[bytes]:
    """The view as CSV, piece by piece."""
    return csv_of(_rows(actor, filter, picks, now), fields_behind(columns))


def as_xlsx(
    actor: Actor, filter: Filter, picks: Collection[str], columns: Sequence[str], now: datetime
) -> bytes:
    """The view as a workbook."""
    return xlsx_of(_rows(actor, filter, picks, now), fields_behind(columns))


def fields_behind(columns: Sequence[str]) -> set[str]:
    """The fields of a view's columns and those that name a stone."""
    return {*NAMING, *(field for column in columns for field in FIELDS.get(column, ()))}


def _rows(actor: Actor, filter: Filter, picks: Collection[str], now: datetime) -> list[dict[str, object]]:
    """The stones picked on a page of the search, without picks all of it; counted before any leaves."""
    if picks:
        page = queries.find(actor, filter, now=now)
        if not page.is_ready:
            raise queries.SearchNotBuilt
        found = [row for row in page.rows if row.public_id in picks]
    else:
        found = list(queries.found_rows(actor, filter, MOST_ROWS, now))
    count_export(actor, found, now)
    return [_fields(row) for row in found]


def _fields(row: ResultRow) -> dict[str, object]:
    shown = {name: getattr(row, name) for name in row.__struct_fields__}
    return fields_of(shown) | ({"supplier_name": row.company_name} if row.company_name else {})
