"""The clarity scale, from flawless to heavily included."""

from bourse.vocabulary.scale import Scale


class Clarity(Scale):
    """Clarity, best first. SI3 is a trade grade that no GIA report carries."""

    FL = "FL"
    IF = "IF"
    VVS1 = "VVS1"
    VVS2 = "VVS2"
    VS1 = "VS1"
    VS2 = "VS2"
    SI1 = "SI1"
    SI2 = "SI2"
    SI3 = "SI3"
    I1 = "I1"
    I2 = "I2"
    I3 = "I3"
