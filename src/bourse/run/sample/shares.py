"""How often things occur in the sample: shares of the polished market, natural and lab-grown."""

from dataclasses import dataclass

from bourse.vocabulary import Clarity, Colour, FancyColour, FluorescenceIntensity, Make, Scale, Shape

Shares = dict[Scale, float]


@dataclass(frozen=True, slots=True)
class Outline:
    """A shape: its shares, its price to a round's, its proportions (middle and spread), and its volume.

    Depth and table are percentages; volume is carats in a cubic millimetre of length times width times depth.
    """

    natural: float
    lab_grown: float
    price: float
    ratio: tuple[float, float]
    depth: tuple[float, float]
    table: tuple[float, float]
    volume: float


OUTLINES: dict[Shape, Outline] = {
    Shape.ROUND: Outline(57.0, 44.0, 1.00, (1.005, 0.004), (61.9, 1.1), (57.5, 1.6), 0.00610),
    Shape.OVAL: Outline(9.5, 17.0, 0.84, (1.38, 0.08), (61.5, 2.4), (58.0, 2.6), 0.00618),
    Shape.PEAR: Outline(6.5, 7.0, 0.80, (1.54, 0.09), (61.0, 2.6), (59.0, 2.8), 0.00612),
    Shape.CUSHION_MODIFIED: Outline(4.0, 4.0, 0.71, (1.06, 0.07), (67.0, 2.8), (61.0, 3.0), 0.00810),
    Shape.CUSHION_BRILLIANT: Outline(3.0, 3.0, 0.75, (1.10, 0.08), (65.5, 2.8), (60.0, 3.0), 0.00810),
    Shape.EMERALD: Outline(6.0, 8.5, 0.79, (1.40, 0.07), (66.0, 2.6), (63.0, 3.2), 0.00905),
    Shape.PRINCESS: Outline(5.0, 3.5, 0.70, (1.02, 0.02), (72.0, 2.4), (71.0, 3.0), 0.00830),
    Shape.RADIANT: Outline(3.6, 6.5, 0.74, (1.28, 0.10), (67.0, 2.6), (64.0, 3.0), 0.00810),
    Shape.MARQUISE: Outline(2.2, 2.4, 0.77, (1.95, 0.12), (60.5, 2.8), (58.5, 2.6), 0.00580),
    Shape.ASSCHER: Outline(1.2, 2.0, 0.73, (1.02, 0.02), (65.5, 2.4), (62.0, 3.0), 0.00800),
    Shape.HEART: Outline(1.0, 1.6, 0.76, (1.02, 0.05), (59.5, 2.6), (58.5, 2.6), 0.00590),
    Shape.OLD_MINER: Outline(0.4, 0.2, 0.80, (1.05, 0.04), (66.0, 3.0), (52.0, 3.0), 0.00660),
    Shape.TRILLIANT: Outline(0.3, 0.2, 0.62, (1.04, 0.04), (41.0, 3.0), (60.0, 3.0), 0.00570),
    Shape.BAGUETTE: Outline(0.3, 0.1, 0.58, (1.70, 0.25), (58.0, 4.0), (68.0, 4.0), 0.00915),
}

# Sizes pile up where the price per carat jumps. Natural rough decides its size; a reactor is run for one.
MAGIC = (0.18, 0.23, 0.30, 0.40, 0.50, 0.70, 0.90, 1.00, 1.20, 1.50, 2.00, 2.50, 3.00, 4.00, 5.00, 10.00)
MAGIC_NATURAL = (6, 5, 18, 9.5, 14.5, 10, 5, 13.5, 3, 5.5, 4.5, 1, 1.8, 0.6, 0.6, 0.1)
MAGIC_LAB_GROWN = (1, 1, 6, 3, 9, 6, 2, 22, 5, 15, 14, 5, 7, 2.5, 1.3, 0.2)

COLOURS_NATURAL: Shares = dict(
    zip(Colour, (8, 10.5, 12, 14.5, 14, 12.5, 9.5, 7, 4, 3, 1.5, 0.9, 0.7, 0.4, 0.3, 0.2, 0.2), strict=False)
)
COLOURS_LAB_GROWN: Shares = dict(zip(Colour, (22, 28, 21, 13, 8, 4.5, 2.5, 1), strict=False))
CLARITIES_NATURAL: Shares = dict(
    zip(Clarity, (0.4, 3.2, 6, 8.5, 15, 18.5, 20, 16, 2.5, 7, 2.2, 0.7), strict=True)
)
CLARITIES_LAB_GROWN: Shares = dict(zip(Clarity, (0.1, 2.9, 9, 18, 33, 22, 11, 3.5, 0, 0.5), strict=False))

FANCY_SHARE_NATURAL, FANCY_SHARE_LAB_GROWN = 0.028, 0.022
FANCY_NATURAL: Shares = {
    FancyColour.YELLOW: 60,
    FancyColour.BROWN: 12,
    FancyColour.PINK: 8,
    FancyColour.ORANGE: 5,
    FancyColour.GRAY: 4,
    FancyColour.BLACK: 4,
    FancyColour.GREEN: 3,
    FancyColour.BLUE: 2.5,
    FancyColour.PURPLE: 1,
    FancyColour.CHAMELEON: 0.5,
}
FANCY_LAB_GROWN: Shares = {
    FancyColour.PINK: 45,
    FancyColour.BLUE: 28,
    FancyColour.YELLOW: 24,
    FancyColour.GREEN: 3,
}

MAKES: Shares = {Make.EXCELLENT: 70, Make.VERY_GOOD: 20.5, Make.GOOD: 7, Make.FAIR: 2, Make.POOR: 0.5}
FLUORESCENCE_NATURAL: Shares = {
    FluorescenceIntensity.NONE: 61,
    FluorescenceIntensity.FAINT: 17,
    FluorescenceIntensity.MEDIUM: 12.5,
    FluorescenceIntensity.STRONG: 7.5,
    FluorescenceIntensity.VERY_STRONG: 2,
}
FLUORESCENCE_LAB_GROWN: Shares = {FluorescenceIntensity.NONE: 97, FluorescenceIntensity.FAINT: 3}
