"""How a stone looks to the eye, in the words of suppliers' lists: no report says these."""

from bourse.vocabulary.scale import Scale


class Shade(Scale):
    """A tinge that the colour grade does not tell; NONE is the explicit statement that there is none."""

    NONE = "None"
    BROWN = "Brown"
    GREEN = "Green"
    GRAY = "Gray"
    YELLOW = "Yellow"
    PINK = "Pink"
    BLUE = "Blue"
    BLACK = "Black"
    MIXED = "Mixed"


class Milky(Scale):
    """How cloudy a stone is, least first."""

    NONE = "None"
    LIGHT = "Light"
    MEDIUM = "Medium"
    HEAVY = "Heavy"


class BlackInclusion(Scale):
    """Black crystals, by strength or by a code: C in the crown, T under the table, 0 to 3. Least first."""

    NONE = "None"
    CROWN_0 = "BC0"
    TABLE_0 = "BT0"
    LIGHT = "Light"
    CROWN_1 = "BC1"
    TABLE_1 = "BT1"
    MEDIUM = "Medium"
    CROWN_2 = "BC2"
    TABLE_2 = "BT2"
    HEAVY = "Heavy"
    CROWN_3 = "BC3"
    TABLE_3 = "BT3"


class EyeClean(Scale):
    """Whether inclusions are seen without a loupe."""

    YES = "Yes"
    BORDERLINE = "Borderline"
    NO = "No"
