"""The table of own stock: heads that sort, finished cells, and the boxes in which a row is changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bourse.doors.web import figures, stones, words
from bourse.doors.web.links import found_at
from bourse.doors.web.search.columns import Cell
from bourse.doors.web.stock.names import ENDINGS, HEALTH, TONES, Text
from bourse.doors.web.stock.query import State
from bourse.market.stock_filter import Health, StockOrder
from bourse.search.peers import Place
from bourse.search.stock import OwnRow
from bourse.vocabulary import Availability

SOON = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Column:
    """A head, its long name, the orders it gives, and its cell; a slip shows it at its letter."""

    text: Text
    cell: Callable[[OwnRow, datetime], Cell]
    name: Text = ""
    unit: Text = ""
    css: str = "wide-only"
    rising: StockOrder | None = None
    falling: StockOrder | None = None

    @property
    def long_name(self) -> str:
        """How the choice of columns calls it."""
        return str(self.name or self.text)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; a link where the column sorts."""

    text: str
    unit: str
    css: str
    address: str
    direction: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table in finished strings."""

    public_id: str
    version: int
    address: str
    edit_address: str
    mark: str
    grades: str
    name: str
    cells: SafeString
    is_live: bool
    per_carat: str
    total: str
    availability: str


def _word(of: Callable[[OwnRow], object]) -> Callable[[OwnRow, datetime], Cell]:
    return lambda row, _now: Cell(words.word(str(of(row) or "")))


def _age(of: Callable[[OwnRow], datetime]) -> Callable[[OwnRow, datetime], Cell]:
    return lambda row, now: Cell(figures.age(of(row), now), figures.machine(of(row)))


def _report(row: OwnRow, _now: datetime) -> Cell:
    said = stones.report(row)
    return Cell(said) if said else Cell(gettext("no report"), css="quiet")


def _per_carat(row: OwnRow, _now: datetime) -> Cell:
    if row.ppc_cents is None:
        return Cell(gettext("no ask"), css="quiet")
    return Cell(figures.whole_dollars(row.ppc_cents), figures.exact(row.ppc_cents))


def _total(row: OwnRow, _now: datetime) -> Cell:
    if row.ask_cents is None:
        return Cell("")
    return Cell(figures.whole_dollars(row.ask_cents), figures.exact(row.ask_cents))


def _cash(row: OwnRow, _now: datetime) -> Cell:
    if row.cash_ask_cents is None:
        return Cell("")
    cents = figures.per_carat_cents(row.cash_ask_cents, row.weight_ct)
    return Cell(figures.whole_dollars(cents), figures.exact(cents))


def _rank(row: OwnRow, _now: datetime) -> Cell:
    if row.place is None or row.place.rank is None:
        return Cell("–", css="quiet")
    told = {"rank": figures.count(row.place.rank), "of": figures.count(row.place.of)}
    return Cell(gettext("%(rank)s of %(of)s") % told)


def _availability(row: OwnRow, _now: datetime) -> Cell:
    return Cell(words.availability(row.availability), avail=words.availability_mark(row.availability))


def _expires(row: OwnRow, now: datetime) -> Cell:
    if row.ended_at is not None:
        return Cell(str(ENDINGS.get(row.ended_because, figures.day(row.ended_at))), css="quiet")
    if row.expires_at is None:
        return Cell(gettext("never"), css="quiet")
    return Cell(figures.day(row.expires_at), css="old" if row.expires_at - now < SOON else "")


def _goods(row: OwnRow, _now: datetime) -> Cell:
    if row.stones > 1:
        return Cell(gettext("Parcel of %(number)s") % {"number": figures.count(row.stones)})
    return Cell(gettext("Pair") if row.goods == "pair" else "")


def _media(row: OwnRow, _now: datetime) -> Cell:
    has = {
        gettext("certificate"): row.has_certificate,
        gettext("image"): row.images,
        gettext("video"): row.videos,
    }
    return Cell(", ".join(text for text, is_there in has.items() if is_there))


COLUMNS: Mapping[str, Column] = {
    "stock_number": Column(
        _("Stock no."),
        lambda row, _now: Cell(row.supplier_stock_number),
        css="f quiet",
        rising=StockOrder.STOCK,
    ),
    "report": Column(_("Report"), _report, name=_("Report: laboratory and number"), css="wide-only second"),
    "per_carat": Column(
        _("Ask"),
        _per_carat,
        name=_("Ask per carat"),
        unit=_("$/ct"),
        css="b n ask",
        rising=StockOrder.PER_CARAT,
        falling=StockOrder.PER_CARAT_FALLING,
    ),
    "total": Column(
        _("Total"),
        _total,
        name=_("Ask for the whole stone"),
        unit="$",
        css="n total wide-only",
        rising=StockOrder.ASK,
        falling=StockOrder.ASK_FALLING,
    ),
    "rank": Column(
        _("Rank"), _rank, name=_("Rank of the ask among its like"), unit=_("of its like"), css="d n"
    ),
    "among": Column(
        _("Among asks"),
        lambda row, _now: Cell(""),
        name=_("Where the ask lies, drawn"),
        css="wide-only third",
    ),
    "availability": Column(_("Availability"), _availability, css="wide-only"),
    "confirmed": Column(
        _("Confirmed"),
        _age(lambda row: row.confirmed_at),
        name=_("Last confirmed"),
        unit=_("ago"),
        css="n g",
        rising=StockOrder.CONFIRMED,
        falling=StockOrder.CONFIRMED_FALLING,
    ),
    "health": Column(_("Health"), lambda row, _now: Cell(""), css="c"),
    "make": Column(
        _("Make"),
        lambda row, _now: Cell(words.make(row.cut, row.polish, row.symmetry)),
        name=_("Make: cut, polish, symmetry"),
    ),
    "cash": Column(_("Cash"), _cash, name=_("Cash ask per carat"), unit=_("$/ct"), css="n wide-only"),
    "expires": Column(_("Expires"), _expires, name=_("Expires, unless it is confirmed")),
    "fluorescence": Column(_("Fluor."), _word(lambda row: row.fluorescence), name=_("Fluorescence")),
    "growth": Column(_("Growth"), _word(lambda row: row.growth), name=_("Natural or lab-grown")),
    "laboratory": Column(_("Lab"), _word(lambda row: row.laboratory), name=_("Laboratory")),
    "goods": Column(_("Goods"), _goods, name=_("Pair or parcel")),
    "place": Column(_("Place"), lambda row, _now: Cell(words.place(row.city, row.country))),
    "media": Column(_("Media"), _media),
    "changed": Column(
        _("Changed"),
        _age(lambda row: row.changed_at),
        unit=_("ago"),
        css="n wide-only",
        rising=StockOrder.CHANGED,
    ),
    "listed": Column(
        _("Listed"),
        _age(lambda row: row.listed_at),
        unit=_("ago"),
        css="n wide-only",
        rising=StockOrder.LATEST,
    ),
}
"""Every column but the first, which names the stone and links to its page."""


def heads(state: State, columns: Sequence[str]) -> list[Head]:
    """The heads of the chosen columns; the first sorts by weight."""
    first = Column(_("Stone"), _report, css="", rising=StockOrder.WEIGHT_FALLING, falling=StockOrder.WEIGHT)
    return [_head(state, one) for one in (first, *(COLUMNS[name] for name in columns if name in COLUMNS))]


def _head(state: State, column: Column) -> Head:
    css = "n" if "n" in column.css.split() else ""
    css += " second" if "second" in column.css else " third" if "third" in column.css else ""
    if column.rising is None:
        return Head(str(column.text), str(column.unit), css, "", "")
    follows = column.falling if column.falling and state.order is column.rising else column.rising
    directions = {column.rising: "ascending", column.falling: "descending"}
    # The latest first is what the table does by itself: no head claims it.
    direction = directions.get(state.order, "") if state.order is not StockOrder.LATEST else ""
    address = replace(state, order=follows, after="").address()
    return Head(str(column.text), str(column.unit), css, address, direction)


def rows(given: Sequence[OwnRow], columns: Sequence[str], now: datetime, may_change: bool) -> list[Row]:
    """The page's stones in the chosen columns."""
    shown = [name for name in columns if name in COLUMNS]
    return [row(one, shown, now, may_change) for one in given]


def row(given: OwnRow, columns: Sequence[str], now: datetime, may_change: bool) -> Row:
    """One stone in the chosen columns; with boxes where it may be changed."""
    is_live = given.ended_at is None
    opens = may_change and is_live
    cells = [
        _BOXED[name](given) if opens and name in _BOXED else _drawn(name, given, now)
        for name in columns
        if name in COLUMNS
    ]
    return Row(
        public_id=given.public_id,
        version=given.version,
        address=reverse("stone", args=[given.public_id]),
        edit_address=reverse("edit_row", args=[given.public_id]),
        mark=words.mark(given.shape),
        grades=" ".join(
            filter(None, (figures.carats(given.weight_ct), stones.colour(given), stones.clarity(given)))
        ),
        name=stones.name(given),
        cells=mark_safe("".join(cells)),  # noqa: S308  each is escaped where it is made
        is_live=is_live,
        per_carat=_typed(given.ppc_cents),
        total=_typed(given.ask_cents),
        availability=given.availability,
    )


def _typed(cents: int | None) -> str:
    return "" if cents is None else figures.typed(cents)


def _drawn(name: str, given: OwnRow, now: datetime) -> str:
    css = COLUMNS[name].css
    if name == "among":
        return _cell(css, _among(given.place))
    if name == "health":
        return _cell(css, _health(given))
    made = COLUMNS[name].cell(given, now)
    inside = str(made.under("")).removeprefix('<td role="cell" class="wide-only ">').removesuffix("</td>")
    return _cell(css, inside)


def _cell(css: str, inside: str) -> str:
    return f'<td role="cell" class="{css}">{inside}</td>'


def _among(place: Place | None) -> str:
    """The ask as a point on the line from the lowest to the highest of its like; told by the rank beside."""
    if place is None or place.ppc_cents is None or place.highest <= place.lowest:
        return ""
    span = place.highest - place.lowest
    at, middle = (4 + 88 * (value - place.lowest) / span for value in (place.ppc_cents, place.median))
    return (
        '<svg class="where" viewBox="0 0 96 16" aria-hidden="true"><line x1="2" x2="94" y1="8" y2="8"/>'
        f'<path d="M{middle:.0f} 3v10"/><circle cx="{min(max(at, 4), 92):.0f}" cy="8" r="4"/></svg>'
    )


def _health(given: OwnRow) -> str:
    if not given.health:
        return f'<span class="quiet">{escape(gettext("in order"))}</span>'
    return " ".join(_worded(word, given) for word in given.health)


def _worded(word: Health, given: OwnRow) -> str:
    text, note = str(HEALTH[word]), ""
    if word is Health.ELSEWHERE and (named := [name for name in given.elsewhere if name]):
        note = f' title="{escape(", ".join(named))}"'
    if word is Health.DEAD_LINK:
        note = f' title="{escape(" ".join(map(found_at, given.dead_links)))}"'
    if word is Health.OFF_PEERS and given.place and given.place.percent_of_median is not None:
        text = _off(given.place.percent_of_median)
    address = f"{reverse('stone', args=[given.public_id])}#{_CURES.get(word, 'main')}"
    return f'<a class="badge {TONES.get(word, "")}" href="{address}"{note}>{escape(text)}</a>'


_CURES = {
    Health.ELSEWHERE: "h-others",
    Health.OFF_PEERS: "h-place",
    Health.DEAD_LINK: "h-media",
    Health.NO_PICTURE: "h-media",
    Health.NO_CERTIFICATE: "h-media",
}


def _off(percent: float) -> str:
    told = {"percent": figures.decimal(abs(percent), 0)}
    if percent > 0:
        return gettext("Ask %(percent)s %% over its peers") % told
    return gettext("Ask %(percent)s %% under its peers") % told


def _ask_box(given: OwnRow, name: str, cents: int | None, label: str, css: str) -> str:
    value, form = escape(_typed(cents)), f"edit-{given.public_id}"
    edits = " data-edits" if name == "per_carat" else ""
    return _cell(
        css,
        f'<input type="text" class="n" form="{form}" name="{name}" value="{value}" inputmode="decimal"'
        f' autocomplete="off" aria-label="{escape(label % {"stone": _called(given)})}"{edits}>'
        f'<input type="hidden" form="{form}" name="initial-{name}" value="{value}">',
    )


def _called(given: OwnRow) -> str:
    return given.supplier_stock_number or stones.name(given)


def _per_carat_box(given: OwnRow) -> str:
    return _ask_box(
        given, "per_carat", given.ppc_cents, gettext("Ask per carat of %(stone)s"), COLUMNS["per_carat"].css
    )


def _total_box(given: OwnRow) -> str:
    return _ask_box(
        given, "total", given.ask_cents, gettext("Ask in total for %(stone)s"), COLUMNS["total"].css
    )


def _availability_box(given: OwnRow) -> str:
    label = gettext("Availability of %(stone)s") % {"stone": _called(given)}
    options = "".join(
        f'<option value="{escape(str(one))}"{" selected" if str(one) == given.availability else ""}>'
        f"{escape(words.availability(str(one)))}</option>"
        for one in Availability
    )
    form = f"edit-{given.public_id}"
    return _cell(
        "wide-only",
        f'<select form="{form}" name="availability" aria-label="{escape(label)}">{options}</select>',
    )


def _rank_link(given: OwnRow) -> str:
    """The rank, leading to where the ask lies and what another would do."""
    said = _rank(given, given.changed_at).text
    if given.place is None or given.place.rank is None:
        return _cell(COLUMNS["rank"].css, f'<span class="quiet">{said}</span>')
    address = reverse("edit_row", args=[given.public_id])
    label = gettext("Rank of %(stone)s: %(rank)s") % {"stone": _called(given), "rank": said}
    link = f'<a href="{address}" aria-label="{escape(label)}">{escape(said)}</a>'
    return _cell(COLUMNS["rank"].css, link)


_BOXED = {
    "rank": _rank_link,
    "per_carat": _per_carat_box,
    "total": _total_box,
    "availability": _availability_box,
}
