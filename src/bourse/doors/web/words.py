"""Words of the pages: grades short and long, roles, places. Templates get them finished."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from bourse.doors.web import countries, figures
from bourse.doors.web.names import FIELDS, NAMES, UNITS
from bourse.members.actor import Role

# The trade's abbreviations are the same on every list, so they are not translated.
SHORT_MAKES = {
    "8X": "8X",
    "Ideal": "ID",
    "Excellent": "EX",
    "Very Good to Excellent": "VG-EX",
    "Very Good": "VG",
    "Good to Very Good": "G-VG",
    "Good": "G",
    "Fair to Good": "F-G",
    "Fair": "F",
    "Poor": "P",
}
SHORT_CLARITIES = {"VVS1": "VV1", "VVS2": "VV2"}
SHORT_AVAILABILITIES = {
    "Guaranteed available": _("Guaranteed"),
    "On memo": _("Memo"),
    "Subject to prior sale": _("Subject"),
    "Not available": _("Not available"),
}
AVAILABILITY_MARKS = {
    "Guaranteed available": "g",
    "On memo": "m",
    "Subject to prior sale": "s",
    "Not available": "x",
}
MARKS = {
    "Round": "round",
    "Oval": "oval",
    "Egg": "oval",
    "Cushion": "cushion",
    "Cushion Brilliant": "cushion",
    "Cushion Modified": "cushion",
    "Old Miner": "cushion",
    "European Cut": "round",
    "Portuguese": "round",
    "Rose": "round",
    "Princess": "princess",
    "Square": "princess",
    "Emerald": "emerald",
    "Rectangular": "emerald",
    "Square Emerald": "asscher",
    "Octagonal": "asscher",
    "Asscher": "asscher",
    "Radiant": "radiant",
    "Square Radiant": "radiant",
    "Flanders": "radiant",
    "Pear": "pear",
    "Briolette": "pear",
    "Marquise": "marquise",
    "Heart": "heart",
    "Trilliant": "trilliant",
    "Triangular": "trilliant",
    "Shield": "trilliant",
    "Baguette": "baguette",
    "Tapered Baguette": "baguette",
    "Bullet": "baguette",
    "Tapered Bullet": "baguette",
    "Trapezoid": "baguette",
}
ROLES = {
    Role.OWNER: _("Owner"),
    Role.TRADER: _("Trader"),
    Role.VIEWER: _("Viewer"),
}
ROLES_EXPLAINED = {
    Role.OWNER: _("Owner: acts for the company in everything"),
    Role.TRADER: _("Trader: uploads stock and changes asks"),
    Role.VIEWER: _("Viewer: searches and looks"),
}


def word(canonical: str) -> str:
    """A word of the vocabulary in the reader's language; codes and names pass as they are."""
    return str(NAMES.get(canonical, canonical))


def field(name: str) -> str:
    """A field of the dictionary, or a column of a listing, as people call it."""
    return str(FIELDS.get(name, name))


def unit(name: str) -> str:
    """What stands behind a number of the field: %, mm, °."""
    return UNITS.get(name, "")


def place_of(name: str) -> int:
    """Where a field stands in the dictionary's order; unknown ones last."""
    return list(FIELDS).index(name) if name in FIELDS else len(FIELDS)


def mark(shape: str) -> str:
    """The drawing in the sprite that stands for a shape."""
    return MARKS.get(shape, "other")


def short_clarity(clarity: str) -> str:
    """Clarity as it fits on a grade strip: VV1."""
    return SHORT_CLARITIES.get(clarity, clarity)


def availability(state: str) -> str:
    """The short word for a cell."""
    return str(SHORT_AVAILABILITIES.get(state, state))


def availability_mark(state: str) -> str:
    """The square's kind: full, half, hollow, crossed."""
    return AVAILABILITY_MARKS.get(state, "x")


def span(best: str, worst: str) -> str:
    """A grade, or a range of grades: G, G–I."""
    return f"{best}\u2013{worst}" if worst and worst != best else best


def make(cut: str, polish: str, symmetry: str) -> str:
    """Cut, polish and symmetry in the trade's shorthand: 3EX, EX EX VG, – EX VG."""
    grades = [SHORT_MAKES.get(grade, grade) or "\u2013" for grade in (cut, polish, symmetry)]
    if not any((cut, polish, symmetry)):
        return ""
    return f"3{grades[0]}" if len(set(grades)) == 1 and grades[0] in ("EX", "VG", "ID") else " ".join(grades)


def fancy(intensity: str, overtone: str, colour: str) -> str:
    """A fancy colour as a report names it: Fancy Intense Brownish Yellow."""
    return " ".join(word(part) for part in (intensity, overtone, colour) if part and part != "None")


def report(laboratory: str, number: str) -> str:
    """The report as the trade cites it: GIA 6258814073; empty without one."""
    return f"{laboratory} {number}".strip() if number else ""


def place(city: str, country: str) -> str:
    """Where a company sits or a stone lies: Antwerp, Belgium."""
    return ", ".join(part for part in (city, countries.country(country)) if part)


def role(role: Role | None) -> str:
    """What a person is in his company."""
    return str(ROLES[role]) if role else ""


def role_explained(role: Role) -> object:
    """What the role may do, for the form that gives it."""
    return ROLES_EXPLAINED[role]


def companies(number: int) -> str:
    """How many companies."""
    return ngettext("%(count)s company", "%(count)s companies", number) % {"count": figures.count(number)}


def not_given() -> str:
    """Where a claim is absent."""
    return gettext("not given")
