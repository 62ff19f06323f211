"""The tables of what can be searched by. One row here is a filter of the address, a facet and a column."""

from enum import Enum

from bourse.search.choice import Choice, Values
from bourse.search.measures import Measure, Range, bands
from bourse.vocabulary import (
    Availability,
    BlackInclusion,
    Clarity,
    Colour,
    CuletCondition,
    CuletSize,
    EyeClean,
    FancyColour,
    FancyIntensity,
    FancyOvertone,
    FluorescenceColour,
    FluorescenceIntensity,
    Girdle,
    Laboratory,
    Make,
    Milky,
    Scale,
    Shade,
    Shape,
    Treatment,
)


class Growing(Scale):
    """Natural and lab-grown stones are apart unless somebody asks for both."""

    NATURAL = "natural"
    LAB_GROWN = "lab-grown"
    BOTH = "both"


class Report(Scale):
    """What stands among the laboratories for a stone that none has graded."""

    NONE = "No report"


class Unsaid(Scale):
    """What stands among the values where a supplier says nothing."""

    NOT_SAID = "Not said"


class Goods(Scale):
    """A stone, one of a pair, or several stones sold by the lot."""

    SINGLE = "single"
    PAIR = "pair"
    PARCEL = "parcel"


class Media(Scale):
    """What can be looked at; a viewer that turns the stone comes as a video's address."""

    CERTIFICATE = "certificate"
    IMAGE = "image"
    VIDEO = "video"


class Asked(Scale):
    """Whether others see an ask."""

    GIVEN = "given"
    NONE = "none"


class YesNo(Scale):
    """A plain answer."""

    YES = "Yes"
    NO = "No"


GROWN = (Growing.NATURAL, Growing.LAB_GROWN)
FANCY: Values = tuple(FancyColour)
LABORATORIES: Values = tuple(Laboratory)
UNSAID = (Unsaid.NOT_SAID,)
AVAILABLE: Values = tuple(Availability)[:3]
GRADES: Values = (Make.EXCELLENT, Make.VERY_GOOD, Make.GOOD, Make.FAIR)
WITHOUT_REPORT = dict.fromkeys(("none", "no", "no report", "without", "uncertified"), (Report.NONE,))
GLOWS: Values = tuple(
    grade
    for grade in FluorescenceIntensity
    if grade not in (FluorescenceIntensity.VERY_SLIGHT, FluorescenceIntensity.SLIGHT)
)
CLARITIES: dict[str, Values] = {
    "vvs": (Clarity.VVS1, Clarity.VVS2),
    "vs": (Clarity.VS1, Clarity.VS2),
    "si": (Clarity.SI1, Clarity.SI2),
}


def _unsaid(scale: type[Scale], claim: str) -> Choice:
    """A scale of what only suppliers say: most rows say nothing, which is a value of its own."""
    return Choice((*scale, *UNSAID), claim, (claim,), tuple(scale)[:1], silent=Unsaid.NOT_SAID)


CHOICES: dict[str, Choice] = {
    "shape": Choice(tuple(Shape), "shape", ("shape",), tuple(Shape)[:15], otherwise=Shape.OTHER),
    "colour": Choice(
        (*Colour, *FancyColour),
        "colour",
        ("color", "fancy_color"),
        tuple(Colour)[:10],
        {"fancy": FANCY},
        last="colour_to",
        is_several=True,
    ),
    "intensity": Choice(tuple(FancyIntensity), "fancy_intensity", ("fancy_intensity",)),
    "overtone": Choice(tuple(FancyOvertone), "fancy_overtone", ("fancy_overtone",), is_several=True),
    "clarity": Choice(
        tuple(Clarity),
        "clarity",
        ("clarity",),
        tuple(grade for grade in Clarity if grade not in (Clarity.SI3, Clarity.I3)),
        CLARITIES,
        last="clarity_to",
        is_several=True,
    ),
    "cut": Choice(tuple(Make), "cut", ("cut_grade",), (*GRADES, Make.POOR)),
    "polish": Choice(tuple(Make), "polish", ("polish",), GRADES),
    "symmetry": Choice(tuple(Make), "symmetry", ("symmetry",), GRADES),
    "hearts": Choice(tuple(YesNo), "hearts_and_arrows", ("hearts_and_arrows",)),
    "lab": Choice(
        (*Laboratory, Report.NONE),
        "laboratory",
        ("lab",),
        (*tuple(Laboratory)[:3], Report.NONE),
        {**WITHOUT_REPORT, "any": LABORATORIES},
        otherwise=Laboratory.OTHER,
        silent=Report.NONE,
    ),
    "fluorescence": Choice(tuple(FluorescenceIntensity), "fluorescence", ("fluorescence_intensity",), GLOWS),
    "fluorescence_colour": Choice(
        tuple(FluorescenceColour),
        "fluorescence_colour",
        ("fluorescence_color",),
        tuple(FluorescenceColour)[:3],
    ),
    "shade": _unsaid(Shade, "shade"),
    "milky": _unsaid(Milky, "milky"),
    "black": _unsaid(BlackInclusion, "black_inclusion"),
    "eye_clean": _unsaid(EyeClean, "eye_clean"),
    "treatment": Choice(
        (*Treatment, *UNSAID),
        "treatment",
        ("treatment",),
        (Treatment.NONE, *UNSAID),
        {"untreated": (Treatment.NONE, *UNSAID)},
        otherwise=Treatment.OTHER,
        silent=Unsaid.NOT_SAID,
        is_several=True,
    ),
    "girdle_min": Choice(tuple(Girdle), "girdle_from", ("girdle",), tuple(Girdle)[2:7]),
    "girdle_max": Choice(tuple(Girdle), "girdle_to", ("girdle",), tuple(Girdle)[2:7]),
    "culet": Choice(tuple(CuletSize), "culet", ("culet_size",), tuple(CuletSize)[:3]),
    "culet_condition": Choice(tuple(CuletCondition), "culet_condition", ("culet_condition",)),
    "goods": Choice(
        tuple(Goods),
        "goods",
        ("is_pair",),
        tuple(Goods),
        {"all": tuple(Goods), "pairs": (Goods.PAIR,), "singles": (Goods.SINGLE,), "parcels": (Goods.PARCEL,)},
        default=(Goods.SINGLE, Goods.PAIR),
    ),
    "separable": Choice(tuple(YesNo), "pair_is_separable", ("pair_separable",)),
    "media": Choice(
        tuple(Media), "media", (), tuple(Media), {"3d": (Media.VIDEO,)}, is_several=True, needs_all=True
    ),
    "ask": Choice(tuple(Asked), "ask", (), tuple(Asked)),
    "availability": Choice(
        tuple(Availability),
        "availability",
        ("availability",),
        tuple(Availability),
        {"available": AVAILABLE},
        default=AVAILABLE,
    ),
}

_MEASURED: dict[str, tuple[Measure, str]] = {
    "ct": (Measure.CARATS, "weight_ct"),
    "ppc": (Measure.DOLLARS, "ppc_cents"),
    "total": (Measure.DOLLARS, "ask_cents"),
    "depth": (Measure.PERCENT, "depth_percent"),
    "table": (Measure.PERCENT, "table_percent"),
    "length": (Measure.MILLIMETRES, "length_mm"),
    "width": (Measure.MILLIMETRES, "width_mm"),
    "height": (Measure.MILLIMETRES, "depth_mm"),
    "ratio": (Measure.RATIO, "ratio"),
    "crown_angle": (Measure.DEGREES, "crown_angle"),
    "crown_height": (Measure.PERCENT, "crown_height"),
    "pavilion_angle": (Measure.DEGREES, "pavilion_angle"),
    "pavilion_depth": (Measure.PERCENT, "pavilion_depth"),
    "star": (Measure.PERCENT, "star_length"),
    "lower_half": (Measure.PERCENT, "lower_half"),
    "girdle": (Measure.PERCENT, "girdle_pct"),
}
MEASURES: dict[str, Measure] = {name: measure for name, (measure, _) in _MEASURED.items()}
MEASURE_CLAIMS: dict[str, str] = {name: claim for name, (_, claim) in _MEASURED.items()}

TAGS: dict[str, str] = {
    "country": "country",
    "state": "state",
    "brand": "brand",
    "provenance": "provenance_report",
    "company": "company_public_id",
}
"""Open lists of words, each with the claim that says it."""

LISTS: dict[str, tuple[str, ...]] = {
    "number": ("report", "stock"),
    "report": ("report",),
    "stock": ("stock",),
}
"""Lists of numbers that somebody pastes, each with the keys that it is looked up by."""

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
    """The orders of a result. What a row does not say comes last in either direction.

    USUAL is the order of the catalogue itself, and breaks every tie.
    """

    USUAL = "usual"
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
    CUT_FALLING = "-cut"
    POLISH = "polish"
    SYMMETRY = "symmetry"
    FLUORESCENCE = "fluorescence"
    FLUORESCENCE_FALLING = "-fluorescence"
    LABORATORY = "lab"
    DEPTH = "depth"
    DEPTH_FALLING = "-depth"
    TABLE = "table"
    TABLE_FALLING = "-table"
    RATIO = "ratio"
    RATIO_FALLING = "-ratio"
    AVAILABILITY = "availability"
    NEWEST = "newest"
    OLDEST = "-newest"
