"""The columns of the results table: their heads, how each sorts, and the cell of a stone under it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from html import escape

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bourse.doors.web import figures, stones, words
from bourse.search.rows import ResultRow
from bourse.search.scales import Sort

Text = str | Promise
MEDIA = {"certificate": _("certificate"), "image": _("image"), "video": _("video")}


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands under a head: a text, the exact value that copying gives, a badge or a square before it."""

    text: str
    exact: str = ""
    css: str = ""
    badge: str = ""
    avail: str = ""
    note: str = ""
    address: str = ""

    def under(self, css: str) -> SafeString:
        """The cell in the table. Made here and not in a template: a page has seven hundred of them."""
        text = escape(self.text)
        if self.badge or self.avail or self.css:
            look = f"badge {self.badge}" if self.badge else f"avail {self.avail}" if self.avail else self.css
            note = f' title="{escape(self.note)}"' if self.note else ""
            text = f'<span class="{look}"{note}>{text}</span>'
        elif self.address:
            text = f'<a href="{escape(self.address)}">{text}</a>'
        elif self.exact:
            text = f'<data value="{escape(self.exact)}">{text}</data>'
        return mark_safe(f'<td role="cell" class="wide-only {css}">{text}</td>')  # noqa: S308  escaped above


@dataclass(frozen=True, slots=True)
class Column:
    """A head, its long name for the choice of columns, the orders it gives, and what makes its cells."""

    text: Text
    cell: Callable[[ResultRow, datetime], Cell]
    name: Text = ""
    unit: Text = ""
    css: str = ""
    rising: Sort | None = None
    falling: Sort | None = None

    @property
    def long_name(self) -> str:
        """How the choice of columns calls it."""
        return str(self.name or self.text)


Of = Callable[[ResultRow], object]
Made = Callable[[ResultRow, datetime], Cell]


def _word(of: Of) -> Made:
    """A word of the vocabulary; empty where nothing is said."""

    def cell(row: ResultRow, _now: datetime) -> Cell:
        said = of(row)
        return Cell(words.word(str(said)) if said else "")

    return cell


def _number(of: Of, places: int) -> Made:
    def cell(row: ResultRow, _now: datetime) -> Cell:
        value = of(row)
        return (
            Cell(figures.decimal(Decimal(str(value)), places), str(value)) if value is not None else Cell("")
        )

    return cell


def _said(name: str) -> Of:
    """A particular of the row: what only some suppliers say."""
    return lambda row: row.particulars.get(name)


def _age(of: Callable[[ResultRow], datetime]) -> Made:
    return lambda row, now: Cell(figures.age(of(row), now), figures.machine(of(row)))


def _per_carat(row: ResultRow, _now: datetime) -> Cell:
    if row.ask_is_hidden:
        return Cell(gettext("hidden"), css="quiet", note=gettext("You hide this ask; others see no ask."))
    if row.ppc_cents is None:
        return Cell(gettext("no ask"), css="quiet")
    return Cell(figures.whole_dollars(row.ppc_cents), figures.exact(row.ppc_cents))


def _dollars(cents: int | None) -> Cell:
    return Cell("") if cents is None else Cell(figures.whole_dollars(cents), figures.exact(cents))


def _cash(row: ResultRow, _now: datetime) -> Cell:
    if row.cash_ask_cents is None:
        return Cell("")
    cents = figures.per_carat_cents(row.cash_ask_cents, row.weight_ct)
    return Cell(figures.whole_dollars(cents), figures.exact(cents))


def _report(row: ResultRow, _now: datetime) -> Cell:
    said = stones.report(row)
    return Cell(said) if said else Cell(gettext("no report"), css="quiet")


def _availability(row: ResultRow, _now: datetime) -> Cell:
    mark = words.availability_mark(row.availability)
    return Cell(words.availability(row.availability), avail=mark)


def _seller(row: ResultRow, _now: datetime) -> Cell:
    if row.is_own:
        return Cell(gettext("Your stone"), badge="own")
    if not row.company_name:
        return Cell(gettext("A member"), css="quiet")
    return Cell(row.company_name, address=f"/companies/{row.company_public_id}/")


def _measurements(row: ResultRow, _now: datetime) -> Cell:
    sides = (row.length_mm, row.width_mm, row.depth_mm)
    if None in sides:
        return Cell("")
    return Cell(" × ".join(figures.decimal(side, 2) for side in sides if side is not None))


def _pair_of(*names: str) -> Made:
    """Height and angle of crown or pavilion: 15.0 / 34.5°."""

    def cell(row: ResultRow, _now: datetime) -> Cell:
        height, angle = (row.particulars.get(name) for name in names)
        said = [figures.decimal(float(height), 1)] if height is not None else []
        said += [f"{figures.decimal(float(angle), 1)}°"] if angle is not None else []
        return Cell(" / ".join(said))

    return cell


def _girdle(row: ResultRow, _now: datetime) -> Cell:
    return Cell(words.span(words.word(row.girdle_from), words.word(row.girdle_to)))


def _media(row: ResultRow, _now: datetime) -> Cell:
    has = {"certificate": row.has_certificate, "image": row.has_image, "video": row.has_video}
    return Cell(", ".join(str(MEDIA[name]) for name, is_there in has.items() if is_there))


def _goods(row: ResultRow, _now: datetime) -> Cell:
    if row.goods == "pair":
        return Cell(gettext("Pair with %(number)s") % {"number": row.pair_stock_number or "–"})
    return (
        Cell(gettext("Parcel of %(number)s") % {"number": figures.count(row.stones)})
        if row.stones > 1
        else Cell("")
    )


def _place(row: ResultRow, _now: datetime) -> Cell:
    return Cell(words.place(row.city, row.country))


COLUMNS: Mapping[str, Column] = {
    "weight": Column(
        _("Weight"),
        lambda row, _now: Cell(figures.carats(row.weight_ct), str(row.weight_ct)),
        unit=_("ct"),
        css="n strong",
        rising=Sort.WEIGHT,
        falling=Sort.WEIGHT_FALLING,
    ),
    "colour": Column(
        _("Col."),
        lambda row, _now: Cell(stones.colour(row)),
        name=_("Colour"),
        css="strong colour",
        rising=Sort.COLOUR,
        falling=Sort.COLOUR_FALLING,
    ),
    "clarity": Column(
        _("Clar."),
        lambda row, _now: Cell(stones.clarity(row)),
        name=_("Clarity"),
        css="strong",
        rising=Sort.CLARITY,
        falling=Sort.CLARITY_FALLING,
    ),
    "make": Column(
        _("Make"),
        lambda row, _now: Cell(words.make(row.cut, row.polish, row.symmetry)),
        name=_("Make: cut, polish, symmetry"),
        rising=Sort.CUT,
        falling=Sort.CUT_FALLING,
    ),
    "fluorescence": Column(
        _("Fluor."),
        _word(lambda row: row.fluorescence),
        name=_("Fluorescence"),
        css="third",
        rising=Sort.FLUORESCENCE,
        falling=Sort.FLUORESCENCE_FALLING,
    ),
    "report": Column(_("Report"), _report, name=_("Report: laboratory and number"), rising=Sort.LABORATORY),
    "depth": Column(
        _("Depth"),
        _number(lambda row: row.depth_percent, 1),
        unit="%",
        css="n second",
        rising=Sort.DEPTH,
        falling=Sort.DEPTH_FALLING,
    ),
    "table": Column(
        _("Table"),
        _number(lambda row: row.table_percent, 0),
        unit="%",
        css="n second",
        rising=Sort.TABLE,
        falling=Sort.TABLE_FALLING,
    ),
    "per_carat": Column(
        _("Ask"),
        _per_carat,
        name=_("Ask per carat"),
        unit=_("$/ct"),
        css="n ask",
        rising=Sort.PRICE_PER_CARAT,
        falling=Sort.PRICE_PER_CARAT_FALLING,
    ),
    "total": Column(
        _("Total"),
        lambda row, _now: _dollars(row.ask_cents),
        name=_("Ask for the whole stone"),
        unit="$",
        css="n total",
        rising=Sort.TOTAL,
        falling=Sort.TOTAL_FALLING,
    ),
    "availability": Column(_("Availability"), _availability, rising=Sort.AVAILABILITY),
    "seller": Column(_("Seller"), _seller, css="narrow seller"),
    "confirmed": Column(
        _("Confirmed"),
        _age(lambda row: row.confirmed_at or row.listed_at),
        name=_("Last confirmed by the seller"),
        unit=_("ago"),
        css="n second",
    ),
    "listed": Column(
        _("Listed"),
        _age(lambda row: row.listed_at),
        unit=_("ago"),
        css="n second",
        rising=Sort.NEWEST,
        falling=Sort.OLDEST,
    ),
    "cash": Column(_("Cash"), _cash, name=_("Cash ask per carat"), unit=_("$/ct"), css="n"),
    "cut": Column(_("Cut"), _word(lambda row: row.cut), rising=Sort.CUT, falling=Sort.CUT_FALLING),
    "polish": Column(_("Polish"), _word(lambda row: row.polish), rising=Sort.POLISH),
    "symmetry": Column(_("Symm."), _word(lambda row: row.symmetry), name=_("Symmetry"), rising=Sort.SYMMETRY),
    "laboratory": Column(
        _("Lab"), _word(lambda row: row.laboratory), name=_("Laboratory"), rising=Sort.LABORATORY
    ),
    "measurements": Column(_("Measurements"), _measurements, unit=_("mm"), css="n"),
    "ratio": Column(
        _("L:W"),
        _number(_said("ratio"), 2),
        name=_("Length to width"),
        css="n",
        rising=Sort.RATIO,
        falling=Sort.RATIO_FALLING,
    ),
    "crown": Column(
        _("Crown"),
        _pair_of("crown_height", "crown_angle"),
        name=_("Crown: height and angle"),
        unit="% / °",
        css="n",
    ),
    "pavilion": Column(
        _("Pavilion"),
        _pair_of("pavilion_depth", "pavilion_angle"),
        name=_("Pavilion: depth and angle"),
        unit="% / °",
        css="n",
    ),
    "girdle": Column(_("Girdle"), _girdle),
    "culet": Column(_("Culet"), _word(lambda row: row.culet)),
    "shade": Column(_("Shade"), _word(_said("shade"))),
    "milky": Column(_("Milky"), _word(_said("milky"))),
    "black": Column(_("Black"), _word(_said("black_inclusion")), name=_("Black inclusion")),
    "eye_clean": Column(_("Eye clean"), _word(_said("eye_clean"))),
    "treatment": Column(_("Treatment"), _word(lambda row: row.treatment)),
    "goods": Column(_("Goods"), _goods, name=_("Pair or parcel")),
    "growth": Column(_("Growth"), _word(lambda row: row.growth), name=_("Natural or lab-grown")),
    "place": Column(_("Place"), _place),
    "media": Column(_("Media"), _media),
    "brand": Column(_("Brand"), lambda row, _now: Cell(str(row.particulars.get("brand") or ""))),
    "provenance": Column(
        _("Provenance"),
        lambda row, _now: Cell(str(row.particulars.get("provenance_report") or "")),
        name=_("Provenance report"),
    ),
    "stock_number": Column(
        _("Stock no."), lambda row, _now: Cell(row.supplier_stock_number), name=_("Seller's stock number")
    ),
    "changed": Column(_("Changed"), _age(lambda row: row.changed_at), unit=_("ago"), css="n"),
}
"""Every column but the first, which names the stone and links to its page."""
