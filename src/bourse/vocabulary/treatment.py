"""What was done to the stone after it was found or grown."""

from bourse.vocabulary.scale import Scale


class Treatment(Scale):
    """A treatment that has to be disclosed; NONE is the explicit statement that there is none."""

    NONE = "None"
    LASER_DRILLED = "Laser drilled"
    CLARITY_ENHANCED = "Clarity enhanced"
    COLOR_ENHANCED = "Color enhanced"
    HPHT = "HPHT"
    IRRADIATED = "Irradiated"
    COATED = "Coated"
    POST_GROWTH = "Post-growth"
    OTHER = "Other"
