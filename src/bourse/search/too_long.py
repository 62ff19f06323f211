"""How long a phrase may be. What is longer is refused before any of it is read."""

import re

from bourse.kit.refusal import Refusal

LONGEST = 20_000  # characters
MOST_WORDS = 4_000
_WORD = re.compile(r"[^\s,;|/]+")


class PhraseTooLong(Refusal):
    """The phrase is longer than anything that somebody types."""


def refuse_too_long(text: str) -> None:
    """Refuse a phrase of too many characters, or of too many words."""
    if len(text) > LONGEST:
        raise PhraseTooLong(f"A phrase has {LONGEST:,} characters at most. Upload a long list as a file.")
    words = sum(1 for _ in _WORD.finditer(text))
    if words > MOST_WORDS:
        raise PhraseTooLong(f"A phrase has {MOST_WORDS:,} words at most, and this has {words:,}.")
