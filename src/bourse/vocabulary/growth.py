"""Where the crystal comes from: the earth or a reactor."""

from bourse.vocabulary.scale import Scale


class Growth(Scale):
    """Natural, or lab-grown by a known or unknown process."""

    NATURAL = "Natural"
    CVD = "CVD"
    HPHT = "HPHT"
    LAB_GROWN = "Lab grown"

    @property
    def is_lab_grown(self) -> bool:
        """Whether the stone was grown, by whichever process."""
        return self is not Growth.NATURAL
