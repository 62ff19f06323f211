"""The point at the bottom of the stone."""

from bourse.vocabulary.scale import Scale


class CuletSize(Scale):
    """How large the culet is, least first."""

    NONE = "None"
    VERY_SMALL = "Very Small"
    SMALL = "Small"
    MEDIUM = "Medium"
    SLIGHTLY_LARGE = "Slightly Large"
    LARGE = "Large"
    VERY_LARGE = "Very Large"
    EXTREMELY_LARGE = "Extremely Large"


class CuletCondition(Scale):
    """In what state the culet is."""

    POINTED = "Pointed"
    POLISHED = "Polished"
    ABRADED = "Abraded"
    CHIPPED = "Chipped"
    LINEAR = "Linear"
    NATURAL = "Natural"
