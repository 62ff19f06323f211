"""The facets of a search: each with its values in the trade's order, and how people spell them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from bourse.dialects.dictionary import fold, standard
from bourse.search.measures import Measure, Range, bands
from bourse.vocabulary import (
    Availability,
    Clarity,
    Colour,
    FancyColour,
    FancyIntensity,
    FluorescenceIntensity,
    Laboratory,
    Make,
    Scale,
    Shape,
)


class Growing(Scale):
    """Natural and lab-grown stones are apart unless somebody asks for both."""

    NATURAL = "natural"
    LAB_GROWN = "lab-grown"
    BOTH = "both"


class Report(Scale):
    """What stands among the laboratories for a stone that none has graded."""

    NONE = "No report"


GROWN = (Growing.NATURAL, Growing.LAB_GROWN)
Values = tuple[Scale, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A facet of which a buyer picks values."""

    values: Values
    dictionary: tuple[str, ...]  # fields of the alias dictionary that know the spellings
    usual: Values  # shown even where no stone has them
    groups: Mapping[str, Values] = field(default_factory=dict)  # names that stand for several values

    def read(self, text: str) -> Values:
        """The values that somebody typed: one, a group, "D-F", "VS2+"; none where it is not understood."""
        plain = " ".join(text.replace("–", "-").split())
        if plain.endswith("+"):
            return self._from_to(self.values[:1], self._named(plain[:-1]))
        if found := self._named(plain):
            return found
        best, dash, worst = plain.partition("-")
        return self._from_to(self._named(best), self._named(worst)) if dash else ()

    def _named(self, text: str) -> Values:
        word = fold(text)
        if found := self.groups.get(word):
            return found
        known = {fold(str(value)): value for value in self.values}
        spellings = (standard().words_of(name).get(word) for name in self.dictionary)
        found_value = known.get(word) or next(
            (known[fold(one)] for one in spellings if one and fold(one) in known), None
        )
        return (found_value,) if found_value else ()

    def _from_to(self, best: Values, worst: Values) -> Values:
        if not best or not worst:
            return ()
        first, last = sorted((self.values.index(best[0]), self.values.index(worst[-1])))
        return self.values[first : last + 1]


FANCY: Values = tuple(FancyColour)
WITHOUT_REPORT = dict.fromkeys(("none", "no", "no report", "without", "uncertified"), (Report.NONE,))

CHOICES: dict[str, Choice] = {
    "shape": Choice(tuple(Shape), ("shape",), tuple(Shape)[:15]),
    "colour": Choice((*Colour, *FancyColour), ("color", "fancy_color"), tuple(Colour)[:10], {"fancy": FANCY}),
    "intensity": Choice(tuple(FancyIntensity), ("fancy_intensity",), ()),
    "clarity": Choice(
        tuple(Clarity),
        ("clarity",),
        tuple(grade for grade in Clarity if grade not in (Clarity.SI3, Clarity.I3)),
        {
            "vvs": (Clarity.VVS1, Clarity.VVS2),
            "vs": (Clarity.VS1, Clarity.VS2),
            "si": (Clarity.SI1, Clarity.SI2),
        },
    ),
    "cut": Choice(
        tuple(Make), ("cut_grade",), (Make.EXCELLENT, Make.VERY_GOOD, Make.GOOD, Make.FAIR, Make.POOR)
    ),
    "polish": Choice(tuple(Make), ("polish",), (Make.EXCELLENT, Make.VERY_GOOD, Make.GOOD, Make.FAIR)),
    "symmetry": Choice(tuple(Make), ("symmetry",), (Make.EXCELLENT, Make.VERY_GOOD, Make.GOOD, Make.FAIR)),
    "lab": Choice(
        (*Laboratory, Report.NONE), ("lab",), (*tuple(Laboratory)[:3], Report.NONE), WITHOUT_REPORT
    ),
    "fluorescence": Choice(
        tuple(FluorescenceIntensity),
        ("fluorescence_intensity",),
        tuple(
            grade
            for grade in FluorescenceIntensity
            if grade not in (FluorescenceIntensity.VERY_SLIGHT, FluorescenceIntensity.SLIGHT)
        ),
    ),
    "availability": Choice(
        tuple(Availability),
        ("availability",),
        tuple(Availability),
        {"available": tuple(Availability)[:3]},
    ),
}

MEASURES: dict[str, Measure] = {"ct": Measure.CARATS, "ppc": Measure.DOLLARS, "total": Measure.DOLLARS}

BANDS: dict[str, tuple[Range, ...]] = {
    "ct": bands(
        Measure.CARATS,
        *("0", "0.18", "0.30", "0.40", "0.50", "0.70", "0.90", "1.00"),
        *("1.50", "2.00", "3.00", "4.00", "5.00", "10.00"),
    ),
    "ppc": bands(
        Measure.DOLLARS,
        *("0", "250", "500", "1000", "2000", "3000", "4000", "5000"),
        *("7500", "10000", "15000", "25000", "50000"),
    ),
    "total": bands(
        Measure.DOLLARS,
        *("0", "250", "500", "1000", "2500", "5000", "7500", "10000"),
        *("15000", "25000", "50000", "100000"),
    ),
}


class Sort(Enum):
    """The orders of a result. Stones without an ask come last in every order of price."""

    PRICE_PER_CARAT = "ppc"
    PRICE_PER_CARAT_FALLING = "-ppc"
    TOTAL = "total"
    TOTAL_FALLING = "-total"
    WEIGHT = "ct"
    WEIGHT_FALLING = "-ct"
    COLOUR = "colour"
    COLOUR_FALLING = "-colour"
    CLARITY = "clarity"
    CLARITY_FALLING = "-clarity"
    SHAPE = "shape"
    CUT = "cut"
    FLUORESCENCE = "fluorescence"
    NEWEST = "newest"
