"""The two colours of the house that an operator may choose, and what each has to be read against. Pure.

The figures of the palette are those of the pages' own tokens.css, which a test compares.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum

import msgspec


class Colours(msgspec.Struct, frozen=True):
    """A colour as #rrggbb, on light paper and on dark."""

    light: str
    dark: str


class Role(StrEnum):
    ACCENT = "accent"  # links, buttons, the focus ring
    LINING = "lining"  # mastheads, heads of tables, panels


class Lack(msgspec.Struct, frozen=True):
    """A colour that cannot be read against another: on which paper, how far apart, how far it has to be."""

    role: Role
    paper: str
    against: str
    ratio: float
    needed: float


HOUSE: Mapping[Role, Colours] = {
    Role.ACCENT: Colours("#0b5a75", "#74c4de"),
    Role.LINING: Colours("#edf3f7", "#18222a"),
}
TOKENS: Mapping[Role, str] = {Role.ACCENT: "act", Role.LINING: "lining"}
PALETTE: Mapping[str, Colours] = {
    "paper": Colours("#ffffff", "#10161b"),
    "ink": Colours("#15212b", "#e6edf2"),
    "ink-2": Colours("#435361", "#b3c0ca"),
    "ink-3": Colours("#596977", "#93a2ae"),
    "edge": Colours("#748694", "#71828f"),
    "up": Colours("#0a6a47", "#63c79b"),
    "down": Colours("#b02a1e", "#ff9485"),
    "act-ink": Colours("#ffffff", "#06212b"),
    "act-wash": Colours("#e0eff5", "#14303b"),
}
TEXT, LARGE = 4.5, 3.0
_NEEDED: Mapping[Role, Mapping[str, float]] = {
    Role.ACCENT: {"paper": TEXT, "act-ink": TEXT, "act-wash": TEXT},
    Role.LINING: {"ink": 7.0, "ink-2": TEXT, "ink-3": TEXT, "up": TEXT, "down": TEXT, "edge": LARGE},
}
_HEX = re.compile(r"#?([0-9a-fA-F]{6})")


def colour(text: str) -> str | None:
    """A colour as somebody typed it, as #rrggbb in small letters; nothing where it is none."""
    found = _HEX.fullmatch("".join(text.split()))
    return f"#{found[1].lower()}" if found else None


def lacks(chosen: Mapping[Role, Colours]) -> list[Lack]:
    """Where the chosen colours could not be read, in light or dark; the house's own stand for the rest."""
    colours = {**HOUSE, **chosen}
    return [lack for paper in ("light", "dark") for lack in _lacks_on(paper, colours)]


def _lacks_on(paper: str, colours: Mapping[Role, Colours]) -> Iterator[Lack]:
    for role, pairs in _NEEDED.items():
        for against, needed in pairs.items():
            yield from _lack(role, paper, against, colours[role], PALETTE[against], needed)
    yield from _lack(Role.ACCENT, paper, "lining", colours[Role.ACCENT], colours[Role.LINING], TEXT)


def _lack(
    role: Role, paper: str, against: str, one: Colours, other: Colours, needed: float
) -> Iterator[Lack]:
    ratio = contrast(getattr(one, paper), getattr(other, paper))
    if ratio < needed:
        yield Lack(role, paper, against, ratio, needed)


def contrast(one: str, other: str) -> float:
    """How far two colours lie apart, from 1 to 21, as WCAG 2 reckons it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
