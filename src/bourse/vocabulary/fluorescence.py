"""How a stone answers to ultraviolet light."""

from bourse.vocabulary.scale import Scale


class FluorescenceIntensity(Scale):
    """How strongly it glows, least first."""

    NONE = "None"
    VERY_SLIGHT = "Very Slight"
    SLIGHT = "Slight"
    FAINT = "Faint"
    MEDIUM = "Medium"
    STRONG = "Strong"
    VERY_STRONG = "Very Strong"


class FluorescenceColour(Scale):
    """In which colour it glows."""

    BLUE = "Blue"
    WHITE = "White"
    YELLOW = "Yellow"
    ORANGE = "Orange"
    RED = "Red"
    GREEN = "Green"
    PINK = "Pink"
    VIOLET = "Violet"
    OTHER = "Other"
