"""A value that is found nowhere else, and who may see it."""

from dataclasses import dataclass

OWN = frozenset({"owner", "viewer"})
TRADERS = frozenset({"owner"})
QUILL = frozenset({"quill", "operator"})
OPERATORS = frozenset({"operator"})
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Canary:
    """A value, who may see it, and whether there is a page on which they do."""

    name: str
    value: str
    entitled: frozenset[str] = NOBODY
    is_shown: bool = False
