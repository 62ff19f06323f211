"""What every list of names comes to, and how its faults are told."""

from collections.abc import Iterable

import msgspec

from bourse.kit.refusal import Refusal

MOST_ENTRIES = 200_000
LONGEST_NAME = 500
_TOLD = 3


class ListNotRead(Refusal):
    """The file is no list of names, or a row of it has a fault, which the sentence names."""


class ListedEntry(msgspec.Struct):
    """One person, firm or vessel on a list; `number` is its row or its place in the file."""

    number: int
    name: str
    also: list[str] = []
    kind: str = ""
    country: str = ""
    programme: str = ""
    reference: str = ""


def tidy(text: str | None) -> str:
    """The text with single spaces; what OFAC writes for nothing is nothing."""
    words = " ".join((text or "").split())
    return "" if words in ("-0-", "na", "NA", "N/A") else words


def joined(parts: Iterable[str | None], longest: int) -> str:
    """The different texts one after another, cut where a column ends."""
    return "; ".join(dict.fromkeys(filter(None, map(tidy, parts))))[:longest]


def refuse_faults(faults: list[str]) -> None:
    """Refuse a list by its first faults, and say how many more there are."""
    if not faults:
        return
    more = len(faults) - _TOLD
    told = " ".join(faults[:_TOLD])
    raise ListNotRead(f"{told} And {more:,} more rows have a fault." if more > 0 else told)


def name_fault(where: str, name: str) -> str:
    """What is wrong with a name; empty where nothing is."""
    if not name:
        return f"{where}: empty; expected a name."
    if len(name) > LONGEST_NAME:
        return f"{where}: {len(name):,} characters; expected at most {LONGEST_NAME}."
    return ""
