"""The grades of cut, polish and symmetry."""

from bourse.vocabulary.scale import Scale


class Make(Scale):
    """The grade of cut, polish or symmetry, best first; the between-grades are legal on suppliers' lists."""

    EIGHT_X = "8X"
    IDEAL = "Ideal"
    EXCELLENT = "Excellent"
    VERY_GOOD_TO_EXCELLENT = "Very Good to Excellent"
    VERY_GOOD = "Very Good"
    GOOD_TO_VERY_GOOD = "Good to Very Good"
    GOOD = "Good"
    FAIR_TO_GOOD = "Fair to Good"
    FAIR = "Fair"
    POOR = "Poor"
