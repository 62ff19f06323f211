"""The states of what search keeps. Pure."""

from enum import StrEnum


class Alert(StrEnum):
    """How a person hears of what a saved search finds; it is counted in any case."""

    AT_ONCE = "at once"
    DAILY = "daily"
    NEVER = "never"
