"""The claims of a listing as the stone page shows them, in the order in which a certificate is read.

Each has its unit, or says "not given"; what the asker may not see is left out and not called absent.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bourse.doors.web import figures, stones, words
from bourse.doors.web.proportions import Drawing, drawn, proportions_of
from bourse.market.queries import ListingView

Claims = dict[str, object]
SHOWN_ELSEWHERE = {"measurements", "girdle", "crown_raw", "pavilion_raw", "location"}


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and a value."""

    text: str
    value: str
    is_strong: bool = False
    is_absent: bool = False
    address: str = ""  # of the page that says more


@dataclass(frozen=True, slots=True)
class Group:
    """Facts under a heading, whose id on the page is given."""

    id: str
    text: str
    facts: list[Fact]


def fact(text: str, value: str, *, is_strong: bool = False) -> Fact:
    """A claim; where nothing is said it says so."""
    return Fact(text, value or words.not_given(), is_strong, is_absent=not value)


def groups(view: ListingView) -> list[Group]:
    """Every claim that the asker may see, group by group."""
    claimed = view.claims
    found = [
        Group("grades", gettext("Grades"), list(_columns(claimed, GRADES))),
        Group("measures", gettext("Measurements and proportions"), list(_measures(claimed))),
        Group("looks", gettext("Inclusions and shade"), _particulars(claimed, LOOKS)),
        Group("origin", gettext("Origin, provenance and brand"), _particulars(claimed, ORIGIN)),
        Group("goods", gettext("Pair or parcel"), list(_goods(claimed))),
        Group("further", gettext("Further particulars"), _further(claimed)),
    ]
    return [group for group in found if group.facts]


def certificate(view: ListingView) -> list[Fact]:
    """What is said of the report, but its number."""
    laboratory = list(_columns(view.claims, [(_("Laboratory"), ("laboratory",), _laboratory, True)]))
    return [*laboratory, *_particulars(view.claims, CERTIFICATE)]


Reader = Callable[[Claims], str]
Line = tuple[object, tuple[str, ...], Reader, bool]


def _columns(claimed: Claims, lines: list[Line]) -> Iterator[Fact]:
    """A fact for each line of which the asker may see a column."""
    for text, columns, read, is_strong in lines:
        if any(name in claimed for name in columns):
            yield fact(str(text), read(claimed), is_strong=is_strong)


def _of(name: str) -> Reader:
    return lambda claimed: _word(claimed, name)


def _laboratory(claimed: Claims) -> str:
    return _word(claimed, "laboratory") or gettext("no report")


def _weight(claimed: Claims) -> str:
    return _unit(claimed["weight_ct"], gettext("ct"), 2)


def _treatment(claimed: Claims) -> str:
    return stones.text_of(claimed, "treatment")


def fluorescence(claimed: Claims) -> str:
    """How strongly and in which colour: Medium Blue."""
    parts = (_word(claimed, "fluorescence"), _word(claimed, "fluorescence_colour"))
    return " ".join(part for part in parts if part)


GRADES: list[Line] = [
    (_("Shape"), ("shape",), _of("shape"), False),
    (_("Weight"), ("weight_ct",), _weight, True),
    (_("Colour"), ("colour", "fancy_colour"), stones.colour, True),
    (_("Clarity"), ("clarity",), stones.clarity, True),
    (_("Cut"), ("cut",), _of("cut"), False),
    (_("Polish"), ("polish",), _of("polish"), False),
    (_("Symmetry"), ("symmetry",), _of("symmetry"), False),
    (_("Fluorescence"), ("fluorescence",), fluorescence, False),
    (_("Natural or lab-grown"), ("growth",), _of("growth"), False),
    (_("Treatment"), ("treatment",), _treatment, False),
]
CERTIFICATE = (
    "report_date",
    "report_type",
    "report_location",
    "inscription",
    "key_to_symbols",
    "cert_comment",
)
PROPORTIONS = (
    "ratio",
    "crown_height",
    "crown_angle",
    "pavilion_depth",
    "pavilion_angle",
    "star_length",
    "lower_half",
    "girdle_pct",
    "girdle_condition",
    "culet_condition",
)
LOOKS = (
    "eye_clean",
    "shade",
    "milky",
    "black_inclusion",
    "white_inclusion",
    "open_inclusion",
    "graining",
    "hearts_and_arrows",
    "treated_color",
)
ORIGIN = ("mine_of_origin", "provenance_report", "provenance_number", "brand")


def _measures(claimed: Claims) -> Iterator[Fact]:
    lines: list[Line] = [
        (gettext("Measurements"), ("length_mm",), measurements, False),
        (gettext("Depth"), ("depth_percent",), lambda said: percent(said, "depth_percent"), False),
        (gettext("Table"), ("table_percent",), lambda said: percent(said, "table_percent"), False),
        (gettext("Girdle"), ("girdle_from",), _girdle, False),
        (gettext("Culet"), ("culet",), _of("culet"), False),
    ]
    yield from _columns(claimed, lines)
    yield from _particulars(claimed, PROPORTIONS)


def _girdle(claimed: Claims) -> str:
    thin, thick = (_word(claimed, name) for name in ("girdle_from", "girdle_to"))
    if thin and thick and thin != thick:
        return gettext("%(from)s to %(to)s") % {"from": thin, "to": thick}
    return thin or thick


def _goods(claimed: Claims) -> Iterator[Fact]:
    """Nothing for a single stone, of which there is nothing to say."""
    if claimed.get("goods") == "parcel":
        yield fact(
            gettext("Stones in the parcel"), figures.count(int(stones.text_of(claimed, "stones") or 1))
        )
    if claimed.get("goods") == "pair":
        parted = claimed.get("pair_is_separable")
        yield fact(gettext("Pair may be parted"), "" if parted is None else plain(bool(parted)))
        if "pair_stock_number" in claimed:
            yield fact(gettext("Stock number of its pair"), stones.text_of(claimed, "pair_stock_number"))


def _particulars(claimed: Claims, names: tuple[str, ...]) -> list[Fact]:
    """Those of the further claims that are made."""
    return [fact(words.field(name), said) for name in names if (said := particular(claimed, name))]


def _further(claimed: Claims) -> list[Fact]:
    """What no group has, in the order of the dictionary."""
    grouped = {*SHOWN_ELSEWHERE, *CERTIFICATE, *PROPORTIONS, *LOOKS, *ORIGIN}
    return [
        fact(words.field(name), with_unit(name, value))
        for name, value in _in_order(claimed.get("particulars"))
        if name not in grouped
        and not str(value).startswith(("http://", "https://"))  # a link stands with the links
    ]


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
