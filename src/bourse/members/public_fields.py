"""What a visitor may be shown of a stone, in the groups that the operator chooses among. Pure."""

from enum import StrEnum


class PublicField(StrEnum):
    SHAPE = "shape"
    WEIGHT = "weight"
    GROWTH = "growth"
    COLOUR = "colour"
    CLARITY = "clarity"
    CUT = "cut"
    POLISH = "polish"
    SYMMETRY = "symmetry"
    FLUORESCENCE = "fluorescence"
    TREATMENT = "treatment"
    LABORATORY = "laboratory"
    REPORT_NUMBER = "report_number"
    MEASUREMENTS = "measurements"
    PROPORTIONS = "proportions"
    INCLUSIONS = "inclusions"
    GOODS = "goods"
    COUNTRY = "country"
    AVAILABILITY = "availability"
    ASK = "ask"
    SUPPLIER = "supplier"


ALWAYS_PUBLIC = frozenset({PublicField.SHAPE, PublicField.WEIGHT, PublicField.GROWTH})
"""Without these a stone has no name, and nobody could tell natural from lab-grown."""

PUBLIC_UNLESS_SET = frozenset(PublicField) - {
    PublicField.REPORT_NUMBER,
    PublicField.INCLUSIONS,
    PublicField.AVAILABILITY,
    PublicField.ASK,
    PublicField.SUPPLIER,
}
"""What a visitor sees until the operator decides: no ask, no supplier, no number to look either up by."""
