"""A stone as every page names it, whatever row it comes from: a search result, a stock line, a file."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext, ngettext

from bourse.doors.web import figures, words


def text_of(claims: object, name: str) -> str:
    """A word of the claims; rows that do not carry it say nothing."""
    found = claims.get(name) if isinstance(claims, dict) else getattr(claims, name, "")
    return str(found) if found else ""


def colour(claims: object) -> str:
    """The colour as it is said: F, G–I, Fancy Intense Yellow."""
    if fancy := text_of(claims, "fancy_colour"):
        return words.fancy(text_of(claims, "fancy_intensity"), text_of(claims, "fancy_overtone"), fancy)
    return words.span(text_of(claims, "colour"), text_of(claims, "colour_to"))


def clarity(claims: object) -> str:
    """The clarity: VS1, VS1–SI1."""
    return words.span(text_of(claims, "clarity"), text_of(claims, "clarity_to"))


def name(claims: object) -> str:
    """What the trade calls the stone: Round 1.53 ct F VS1."""
    weight = text_of(claims, "weight_ct")
    parts = {
        "shape": words.word(text_of(claims, "shape")),
        "weight": figures.carats(Decimal(weight)) if weight else "",
        "grades": " ".join(filter(None, (colour(claims), clarity(claims)))),
    }
    number = int(text_of(claims, "stones") or 1)
    if number > 1:
        said = ngettext(
            "Parcel of %(number)s stone, %(shape)s %(weight)s ct %(grades)s",
            "Parcel of %(number)s stones, %(shape)s %(weight)s ct %(grades)s",
            number,
        )
        return (said % {**parts, "number": figures.count(number)}).strip()
    return (gettext("%(shape)s %(weight)s ct %(grades)s") % parts).strip()


def is_lab(claims: object) -> bool:
    """Whether the stone was grown."""
    return text_of(claims, "growth") not in ("", "Natural")


@dataclass(frozen=True, slots=True)
class Ask:
    """An ask in the forms that pages show; all empty where there is none."""

    per_carat: str = ""
    per_carat_exact: str = ""
    total: str = ""
    total_exact: str = ""


def ask(ask_cents: int | None, weight_ct: Decimal | float) -> Ask:
    """The ask for a table: whole dollars, the exact values for copying."""
    if ask_cents is None:
        return Ask()
    per_carat = figures.per_carat_cents(ask_cents, weight_ct)
    return Ask(
        figures.whole_dollars(per_carat),
        figures.exact(per_carat),
        figures.whole_dollars(ask_cents),
        figures.exact(ask_cents),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A stone as one line of a table."""

    address: str
    mark: str
    name: str
    stock_number: str
    report: str
    ask: Ask
    availability: str
    avail_mark: str
    is_lab: bool
    growth: str
    changed: str


def report(claims: object) -> str:
    """The report as it is cited, empty without one."""
    return words.report(text_of(claims, "laboratory"), text_of(claims, "report_number"))


def line(claims: object, *, now: datetime, address: str = "") -> Line:
    """The stone of any row as one line."""
    changed_at: datetime | None = getattr(claims, "changed_at", None)
    availability = text_of(claims, "availability")
    cents = getattr(claims, "ask_cents", None)
    return Line(
        address=address,
        mark=words.mark(text_of(claims, "shape")),
        name=name(claims),
        stock_number=text_of(claims, "supplier_stock_number"),
        report=report(claims) or gettext("no report"),
        ask=ask(cents, Decimal(text_of(claims, "weight_ct") or 1)),
        availability=words.availability(availability),
        avail_mark=words.availability_mark(availability),
        is_lab=is_lab(claims),
        growth=words.word(text_of(claims, "growth")),
        changed=figures.age(changed_at, now) if changed_at else "",
    )
