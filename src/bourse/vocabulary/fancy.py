"""The colours beyond D to Z, their strength and their undertones."""

from bourse.vocabulary.scale import Scale


class FancyColour(Scale):
    """The main colour of a fancy stone."""

    BLACK = "Black"
    BLUE = "Blue"
    BROWN = "Brown"
    CHAMELEON = "Chameleon"
    CHAMPAGNE = "Champagne"
    COGNAC = "Cognac"
    GRAY = "Gray"
    GREEN = "Green"
    ORANGE = "Orange"
    PINK = "Pink"
    PURPLE = "Purple"
    RED = "Red"
    VIOLET = "Violet"
    YELLOW = "Yellow"
    WHITE = "White"
    MULTI_COLOR = "Multi-color"
    OTHER = "Other"


class FancyIntensity(Scale):
    """How strong a fancy colour is, weakest first."""

    FAINT = "Faint"
    VERY_LIGHT = "Very Light"
    LIGHT = "Light"
    FANCY_LIGHT = "Fancy Light"
    FANCY = "Fancy"
    FANCY_DARK = "Fancy Dark"
    FANCY_INTENSE = "Fancy Intense"
    FANCY_VIVID = "Fancy Vivid"
    FANCY_DEEP = "Fancy Deep"


class FancyOvertone(Scale):
    """The colour that modifies the main one."""

    BLUISH = "Bluish"
    BROWNISH = "Brownish"
    GRAYISH = "Grayish"
    GREENISH = "Greenish"
    ORANGY = "Orangy"
    PINKISH = "Pinkish"
    PURPLISH = "Purplish"
    REDDISH = "Reddish"
    VIOLETISH = "Violetish"
    YELLOWISH = "Yellowish"
    CHAMPAGNE = "Champagne"
    COGNAC = "Cognac"
    CHAMELEON = "Chameleon"
    BLACK = "Black"
    WHITE = "White"
    OTHER = "Other"
