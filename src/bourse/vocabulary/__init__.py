"""The trade's own words as types with an order: shape, colour, clarity, make, laboratory and the rest.

Pure Python and the floor above `kit`: nothing here reads a file, a clock or a table. Every scale has stable
`.value` strings (the canonical spelling) and an integer `.rank` (0 is what the trade names first), so that
`Colour.D < Colour.E` says what a dealer says. Foreign spellings belong to `dialects`, never here.
"""

from bourse.vocabulary.appearance import BlackInclusion, EyeClean, Milky, Shade
from bourse.vocabulary.availability import Availability, state_of
from bourse.vocabulary.clarity import Clarity
from bourse.vocabulary.colour import Colour, ColourRange
from bourse.vocabulary.culet import CuletCondition, CuletSize
from bourse.vocabulary.fancy import FancyColour, FancyIntensity, FancyOvertone
from bourse.vocabulary.fluorescence import FluorescenceColour, FluorescenceIntensity
from bourse.vocabulary.girdle import Girdle, GirdleCondition
from bourse.vocabulary.growth import Growth
from bourse.vocabulary.laboratory import Laboratory
from bourse.vocabulary.make import Make
from bourse.vocabulary.scale import Scale
from bourse.vocabulary.shape import Shape
from bourse.vocabulary.treatment import Treatment

__all__ = [
    "Availability",
    "BlackInclusion",
    "Clarity",
    "Colour",
    "ColourRange",
    "CuletCondition",
    "CuletSize",
    "EyeClean",
    "FancyColour",
    "FancyIntensity",
    "FancyOvertone",
    "FluorescenceColour",
    "FluorescenceIntensity",
    "Girdle",
    "GirdleCondition",
    "Growth",
    "Laboratory",
    "Make",
    "Milky",
    "Scale",
    "Shade",
    "Shape",
    "Treatment",
    "state_of",
]
