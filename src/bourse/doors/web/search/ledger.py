"""The ledger of results: heads that sort, and finished cells under the columns that a person chose."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bourse.doors.web import figures, stones, words
from bourse.doors.web.proportions import picture, proportions_of
from bourse.doors.web.search.columns import COLUMNS, Cell, Column
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
    """A stone of the result: its name, its cells, and what a slip or a card says of it."""

    public_id: str
    address: str
    mark: str
    shape: str
    cells: SafeString
    grades: str
    make: str
    report: str
    ask: stones.Ask
    availability: str
    avail_mark: str
    seller: Cell
    name: str
    is_own: bool
    is_lab: bool
    picture: str = ""


def heads(filter: Filter, columns: Sequence[str]) -> list[Head]:
    """The heads of the chosen columns; a column that sorts is a link."""
    first = _head(filter, gettext("Shape"), "", "", Sort.SHAPE)
    shown = (COLUMNS[name] for name in columns if name in COLUMNS)
    return [
        first,
        *(_head(filter, str(one.text), str(one.unit), one.css, one.rising, one.falling) for one in shown),
    ]


def _head(
    filter: Filter, text: str, unit: str, css: str, rising: Sort | None = None, falling: Sort | None = None
) -> Head:
    """Sorts upwards; where it does so already, downwards."""
    if rising is None:
        return Head(text, unit, css)
    directions = {rising: "ascending"} | ({falling: "descending"} if falling else {})
    follows = falling if falling and filter.sort is rising else rising
    return Head(text, unit, css, address(filter.sorted_by(follows)), directions.get(filter.sort, ""))


def sorts(filter: Filter) -> list[dict[str, object]]:
    """Every order, for the box beside the count."""
    return [
        {"value": sort.value, "text": str(text), "is_chosen": sort is filter.sort}
        for sort, text in SORTS.items()
    ]


def rows(given: Sequence[ResultRow], columns: Sequence[str], now: datetime) -> list[Row]:
    """The page's stones in the chosen columns."""
    shown = [COLUMNS[name] for name in columns if name in COLUMNS]
    return [_row(one, _cells(one, shown, now), now) for one in given]


def cards(given: Sequence[ResultRow], now: datetime) -> list[Row]:
    """The page's stones with their pictures, drawn from their own proportions."""
    return [replace(_row(one, SafeString(), now), picture=_picture(one)) for one in given]


def _cells(given: ResultRow, shown: Sequence[Column], now: datetime) -> SafeString:
    cells = [column.cell(given, now).under(column.css) for column in shown]
    return SafeString("".join(cells))


def _row(given: ResultRow, cells: SafeString, now: datetime) -> Row:
    return Row(
        public_id=given.public_id,
        address=reverse("stone", args=[given.public_id]),
        mark=words.mark(given.shape),
        shape=_shape(given),
        cells=cells,
        grades=" ".join(
            filter(None, (figures.carats(given.weight_ct), stones.colour(given), stones.clarity(given)))
        ),
        make=_make(given),
        report=stones.report(given) or gettext("no report"),
        ask=stones.ask(given.ask_cents, given.weight_ct),
        availability=words.availability(given.availability),
        avail_mark=words.availability_mark(given.availability),
        seller=COLUMNS["seller"].cell(given, now),
        name=stones.name(given),
        is_own=given.is_own,
        is_lab=stones.is_lab(given),
    )


def _make(given: ResultRow) -> str:
    """Make, fluorescence and proportions in one line: 3EX · None · 61.5/57."""
    depth = "" if given.depth_percent is None else figures.decimal(given.depth_percent, 1)
    table = "" if given.table_percent is None else figures.decimal(given.table_percent, 0)
    said = (
        words.make(given.cut, given.polish, given.symmetry),
        words.word(given.fluorescence),
        f"{depth}/{table}" if depth and table else "",
    )
    return " · ".join(filter(None, said))


def _picture(given: ResultRow) -> str:
    """The stone from above; empty where its shape is not drawn or its measurements are not given."""
    claimed = {name: getattr(given, name) for name in given.__struct_fields__} | {
        "particulars": given.particulars
    }
    return picture(proportions_of(claimed, words.mark(given.shape))) or ""


def _shape(given: ResultRow) -> str:
    """The shape, and whether it is more than one stone or one of two."""
    if given.stones > 1:
        return _parcel(given)
    shape = words.word(given.shape)
    return gettext("%(shape)s, of a pair") % {"shape": shape} if given.goods == "pair" else shape


def _parcel(given: ResultRow) -> str:
    said = gettext("%(shape)s, parcel of %(number)s")
    return said % {"shape": words.word(given.shape), "number": figures.count(given.stones)}
