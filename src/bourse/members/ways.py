"""Words of signing in."""

from enum import StrEnum


class How(StrEnum):
    """By what a person has shown who he is."""

    PASSWORD = "password"  # noqa: S105  a word, no password
    PASSKEY = "passkey"
    PASSWORD_AND_PASSKEY = "password and passkey"  # noqa: S105
    PASSWORD_AND_CODE = "password and code"  # noqa: S105
    PASSWORD_AND_RECOVERY = "password and recovery code"  # noqa: S105
    LINK = "link"


class Purpose(StrEnum):
    """What a link sent by mail is for."""

    ADDRESS = "address"
    PASSWORD = "password"  # noqa: S105
