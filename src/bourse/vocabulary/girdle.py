"""The rim of the stone."""

from bourse.vocabulary.scale import Scale


class Girdle(Scale):
    """How thick the girdle is, thinnest first."""

    EXTREMELY_THIN = "Extremely Thin"
    VERY_THIN = "Very Thin"
    THIN = "Thin"
    SLIGHTLY_THIN = "Slightly Thin"
    MEDIUM = "Medium"
    SLIGHTLY_THICK = "Slightly Thick"
    THICK = "Thick"
    VERY_THICK = "Very Thick"
    EXTREMELY_THICK = "Extremely Thick"


class GirdleCondition(Scale):
    """How the girdle is finished."""

    POLISHED = "Polished"
    FACETED = "Faceted"
    BRUTED = "Bruted"
    SMOOTH = "Smooth"
    LASER = "Laser"
