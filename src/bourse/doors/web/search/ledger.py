"""The ledger of results: heads that sort, and rows of finished cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bourse.doors.web import figures, stones, words
from bourse.doors.web.search.query import address
from bourse.search.filter import Filter
from bourse.search.rows import ResultRow
from bourse.search.scales import Sort

SORTS = {
    Sort.USUAL: _("Usual order"),
    Sort.PRICE_PER_CARAT: _("$/ct, lowest first"),
    Sort.PRICE_PER_CARAT_FALLING: _("$/ct, highest first"),
    Sort.TOTAL: _("Total, lowest first"),
    Sort.TOTAL_FALLING: _("Total, highest first"),
    Sort.WEIGHT: _("Carat, smallest first"),
    Sort.WEIGHT_FALLING: _("Carat, largest first"),
    Sort.COLOUR: _("Colour, best first"),
    Sort.COLOUR_FALLING: _("Colour, lowest first"),
    Sort.CLARITY: _("Clarity, best first"),
    Sort.CLARITY_FALLING: _("Clarity, lowest first"),
    Sort.SHAPE: _("Shape"),
    Sort.CUT: _("Cut, best first"),
    Sort.CUT_FALLING: _("Cut, lowest first"),
    Sort.POLISH: _("Polish, best first"),
    Sort.SYMMETRY: _("Symmetry, best first"),
    Sort.FLUORESCENCE: _("Fluorescence, least first"),
    Sort.FLUORESCENCE_FALLING: _("Fluorescence, strongest first"),
    Sort.LABORATORY: _("Laboratory"),
    Sort.DEPTH: _("Depth, lowest first"),
    Sort.DEPTH_FALLING: _("Depth, highest first"),
    Sort.TABLE: _("Table, smallest first"),
    Sort.TABLE_FALLING: _("Table, largest first"),
    Sort.RATIO: _("Ratio, lowest first"),
    Sort.RATIO_FALLING: _("Ratio, highest first"),
    Sort.AVAILABILITY: _("Availability, firmest first"),
    Sort.NEWEST: _("Newest first"),
    Sort.OLDEST: _("Oldest first"),
}


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; a link where the column sorts."""

    text: str
    unit: str = ""
    css: str = ""
    address: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A stone of the result in finished cells."""

    address: str
    mark: str
    shape: str
    weight: str
    colour: str
    clarity: str
    make: str
    fluorescence: str
    report: str
    has_report: bool
    depth: str
    table: str
    proportions: str
    ask: stones.Ask
    availability: str
    avail_mark: str
    company: str
    city: str
    listed: str
    is_own: bool
    is_lab: bool


def heads(filter: Filter) -> list[Head]:
    """The columns in the trade's order."""
    ct, price = gettext("ct"), gettext("$/ct")
    return [
        _head(filter, gettext("Shape"), "", "", Sort.SHAPE),
        _head(filter, gettext("Weight"), ct, "n", Sort.WEIGHT, Sort.WEIGHT_FALLING),
        _head(filter, gettext("Col."), "", "", Sort.COLOUR, Sort.COLOUR_FALLING),
        _head(filter, gettext("Clar."), "", "", Sort.CLARITY, Sort.CLARITY_FALLING),
        _head(filter, gettext("Make"), "", "", Sort.CUT),
        _head(filter, gettext("Fluor."), "", "third", Sort.FLUORESCENCE),
        Head(gettext("Report")),
        Head(gettext("Depth"), "%", "n second"),
        Head(gettext("Table"), "%", "n second"),
        _head(filter, gettext("Ask"), price, "n", Sort.PRICE_PER_CARAT, Sort.PRICE_PER_CARAT_FALLING),
        _head(filter, gettext("Total"), "$", "n", Sort.TOTAL, Sort.TOTAL_FALLING),
        Head(gettext("Availability")),
        Head(gettext("Seller")),
        _head(filter, gettext("Listed"), gettext("ago"), "n second", Sort.NEWEST),
    ]


def _head(filter: Filter, text: str, unit: str, css: str, rising: Sort, falling: Sort | None = None) -> Head:
    """Sorts upwards; where it does so already, downwards."""
    direction = {rising: "ascending", falling: "descending"}.get(filter.sort, "")
    follows = falling if falling and filter.sort is rising else rising
    return Head(text, unit, css, address(filter.sorted_by(follows)), direction)


def sorts(filter: Filter) -> list[dict[str, object]]:
    """Every order, for the box beside the count."""
    return [
        {"value": sort.value, "text": str(text), "is_chosen": sort is filter.sort}
        for sort, text in SORTS.items()
    ]


def rows(given: Sequence[ResultRow], now: datetime) -> list[Row]:
    """The page's stones."""
    return [_row(one, now) for one in given]


def _row(given: ResultRow, now: datetime) -> Row:
    depth = "" if given.depth_percent is None else figures.decimal(given.depth_percent, 1)
    table = "" if given.table_percent is None else figures.decimal(given.table_percent, 0)
    return Row(
        address=reverse("stone", args=[given.public_id]),
        mark=words.mark(given.shape),
        shape=words.word(given.shape) if given.stones == 1 else _parcel(given),
        weight=figures.carats(given.weight_ct),
        colour=stones.colour(given),
        clarity=stones.clarity(given),
        make=words.make(given.cut, given.polish, given.symmetry),
        fluorescence=words.word(given.fluorescence),
        report=stones.report(given) or gettext("no report"),
        has_report=bool(given.report_number),
        depth=depth,
        table=table,
        proportions=f"{depth}/{table}" if depth and table else "",
        ask=stones.ask(given.ask_cents, given.weight_ct),
        availability=words.availability(given.availability),
        avail_mark=words.availability_mark(given.availability),
        company=given.company_name,
        city=given.city,
        listed=figures.age(given.listed_at, now),
        is_own=given.is_own,
        is_lab=stones.is_lab(given),
    )


def _parcel(given: ResultRow) -> str:
    said = gettext("%(shape)s, parcel of %(number)s")
    return said % {"shape": words.word(given.shape), "number": figures.count(given.stones)}
