"""The claims of a listing as the stone page shows them, each with its unit, or "not given"."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext

from bourse.doors.web import figures, stones, words
from bourse.doors.web.proportions import Drawing, drawn, proportions_of
from bourse.market.queries import AskEntry, ListingView, OtherListing

Claims = dict[str, object]
SHOWN_ELSEWHERE = {"measurements", "girdle", "crown_raw", "pavilion_raw", "location"}


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and a value."""

    text: str
    value: str
    is_strong: bool = False
    is_absent: bool = False


def fact(text: str, value: str, *, is_strong: bool = False) -> Fact:
    """A claim; where nothing is said it says so."""
    return Fact(text, value or words.not_given(), is_strong, is_absent=not value)


def claims(view: ListingView) -> list[Fact]:
    """Every claim of the seller, in the order in which a certificate is read."""
    return [*_grades(view.claims), *_measures(view.claims), *_particulars(view.claims)]


def _grades(claimed: Claims) -> Iterator[Fact]:
    yield fact(gettext("Shape"), _word(claimed, "shape"))
    yield fact(gettext("Weight"), _unit(claimed["weight_ct"], gettext("ct"), 2), is_strong=True)
    yield fact(gettext("Colour"), stones.colour(claimed), is_strong=True)
    yield fact(gettext("Clarity"), stones.clarity(claimed), is_strong=True)
    yield fact(gettext("Cut"), _word(claimed, "cut"))
    yield fact(gettext("Polish"), _word(claimed, "polish"))
    yield fact(gettext("Symmetry"), _word(claimed, "symmetry"))
    yield fact(gettext("Fluorescence"), fluorescence(claimed))
    yield fact(gettext("Natural or lab-grown"), _word(claimed, "growth"))
    yield fact(gettext("Treatment"), stones.text_of(claimed, "treatment"))


def _measures(claimed: Claims) -> Iterator[Fact]:
    yield fact(gettext("Measurements"), measurements(claimed))
    yield fact(gettext("Depth"), _unit(claimed.get("depth_percent"), "%", 1))
    yield fact(gettext("Table"), _unit(claimed.get("table_percent"), "%", 1))
    girdle = [words.word(stones.text_of(claimed, name)) for name in ("girdle_from", "girdle_to")]
    yield fact(
        gettext("Girdle"),
        gettext("%(from)s to %(to)s") % {"from": girdle[0], "to": girdle[1]}
        if all(girdle) and girdle[0] != girdle[1]
        else girdle[0] or girdle[1],
    )
    yield fact(gettext("Culet"), _word(claimed, "culet"))
    yield fact(gettext("Report"), stones.report(claimed))


def _particulars(claimed: Claims) -> Iterator[Fact]:
    """Everything else that the seller says, in the order of the dictionary."""
    for name, value in _in_order(claimed.get("particulars")):
        if name not in SHOWN_ELSEWHERE:
            yield fact(words.field(name), with_unit(name, value))


def _in_order(fields: object) -> list[tuple[str, object]]:
    return (
        sorted(fields.items(), key=lambda item: words.place_of(item[0])) if isinstance(fields, dict) else []
    )


def particular(claimed: Claims, name: str) -> str:
    """One further claim with its unit; empty where it is not made."""
    fields = claimed.get("particulars")
    return with_unit(name, fields[name]) if isinstance(fields, dict) and name in fields else ""


def private(view: ListingView) -> list[Fact]:
    """What only the seller's own people see."""
    return [fact(words.field(name), with_unit(name, value)) for name, value in _in_order(view.private)]


def with_unit(name: str, value: object) -> str:
    """A value with the unit of its field, where it is a number and the field has one."""
    said = plain(value)
    return f"{said}{words.unit(name)}" if isinstance(value, int | float | Decimal) else said


def plain(value: object) -> str:
    """A value of the file in words: lists joined, yes and no, numbers as they are."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list | tuple):
        return ", ".join(plain(one) for one in value)
    if isinstance(value, int | float | Decimal):
        return figures.decimal(value, max(0, -int(Decimal(str(value)).normalize().as_tuple().exponent)))
    return words.word(str(value)) if value else ""


def fluorescence(claimed: Claims) -> str:
    """How strongly and in which colour: Medium Blue."""
    parts = (_word(claimed, "fluorescence"), _word(claimed, "fluorescence_colour"))
    return " ".join(part for part in parts if part)


def measurements(claimed: Claims) -> str:
    """Length, width and depth in millimetres."""
    sizes = [claimed.get(name) for name in ("length_mm", "width_mm", "depth_mm")]
    given = [figures.decimal(Decimal(str(size)), 2) for size in sizes if size is not None]
    joint = "\u2013" if claimed.get("shape") == "Round" and len(given) == 3 else " × "
    said = f"{given[0]}{joint}{given[1]} × {given[2]}" if len(given) == 3 else " × ".join(given)
    return gettext("%(sizes)s mm") % {"sizes": said} if given else ""


def _word(claimed: Claims, name: str) -> str:
    return words.word(stones.text_of(claimed, name))


def _unit(value: object, unit: str, places: int) -> str:
    if value is None:
        return ""
    said = (
        figures.carats(Decimal(str(value)))
        if unit == gettext("ct")
        else figures.decimal(Decimal(str(value)), places)
    )
    return f"{said} {unit}"


def drawing(claimed: Claims) -> Drawing | None:
    """The stone from above and from the side, as far as its figures allow."""
    return drawn(proportions_of(claimed, words.mark(stones.text_of(claimed, "shape"))))


def percent(claimed: Claims, name: str) -> str:
    """A percentage of the claims: 61.4 %; empty where it is not made."""
    return _unit(claimed.get(name), "%", 1)


def millimetres(claimed: Claims, name: str) -> str:
    """One measurement: 7.41 mm; empty where it is not made."""
    return _unit(claimed.get(name), gettext("mm"), 2)


def offer(view: ListingView, now: datetime) -> list[Fact]:
    """Who offers the stone, where it lies, since when."""
    lies = ", ".join(
        filter(None, (stones.text_of(view.claims, name) for name in ("city", "state", "country")))
    )
    return [
        fact(gettext("Seller"), view.company_name),
        fact(gettext("Lies in"), lies),
        fact(gettext("Stock number"), stones.text_of(view.claims, "supplier_stock_number")),
        fact(gettext("Listed"), figures.day(view.listed_at) if view.listed_at else ""),
        fact(gettext("Changed"), _ago(view.changed_at, now)),
    ]


def _ago(moment: datetime | None, now: datetime) -> str:
    return gettext("%(age)s ago") % {"age": figures.age(moment, now)} if moment else ""


def history(entries: list[AskEntry], weight_ct: Decimal) -> list[dict[str, object]]:
    """The ask so far, newest first, each with its change against the one before."""
    before = [entry.ask_cents for entry in entries[1:]] + [None]
    return [_entry(entry, earlier, weight_ct) for entry, earlier in zip(entries, before, strict=True)]


def _entry(entry: AskEntry, earlier: int | None, weight_ct: Decimal) -> dict[str, object]:
    shown = stones.ask(entry.ask_cents, weight_ct)
    change = ""
    if entry.ask_cents and earlier and entry.ask_cents != earlier:
        change = figures.signed((entry.ask_cents / earlier - 1) * 100, 1)
    return {
        "at": figures.minute_utc(entry.at),
        "machine": figures.machine(entry.at),
        "per_carat": shown.per_carat or gettext("no ask"),
        "total": shown.total,
        "change": change,
        "availability": words.availability(entry.availability) if entry.is_live else gettext("withdrawn"),
    }


def others(elsewhere: list[OtherListing], weight_ct: Decimal) -> list[dict[str, object]]:
    """Other companies' live offers of the same stone."""
    return [
        {
            "address": reverse("stone", args=[other.public_id]),
            "company": other.company_name,
            "ask": stones.ask(other.ask_cents, weight_ct),
            "availability": words.availability(other.availability),
            "avail_mark": words.availability_mark(other.availability),
        }
        for other in elsewhere
    ]
