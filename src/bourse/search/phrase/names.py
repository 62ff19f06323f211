"""Whole phrases of the trade, the names of stones, and words that say nothing."""

from bourse.search.phrase import words
from bourse.search.phrase.amounts import AMOUNT
from bourse.search.phrase.reading import Reading
from bourse.search.phrase.splitting import LABORATORIES, bare
from bourse.search.scales import CHOICES

LONGEST_PHRASE = 4  # words
_MONEY = frozenset("$€")


def phrase(reading: Reading) -> int:
    """One to four words that stand for something wherever they are, the longest first."""
    for length in range(min(LONGEST_PHRASE, len(reading.typed) - reading.at), 0, -1):
        if said := words.phrases().get(reading.window(length)):
            for name, value in said.items():
                reading.say(name, value)
            return length
    return 0


def name_of_a_stone(reading: Reading) -> int:
    """A report or stock number: it has a figure in it, and nothing else took it."""
    word = bare(reading.typed[reading.at])
    if not any(map(str.isdigit, word)) or not _MONEY.isdisjoint(word):
        return 0
    if not word.isdigit() and AMOUNT.fullmatch(reading.word()):
        return 0
    if reading.word(-1).rstrip(":#") in LABORATORIES:
        _unsay_laboratory(reading)
    reading.say("number", (word,))
    return 1


def nothing(reading: Reading) -> int:
    """A word that people say and that asks nothing."""
    return int(reading.word() in words.IGNORED or not any(map(str.isalnum, reading.word())))


def _unsay_laboratory(reading: Reading) -> None:
    """A laboratory's name before a number is that of the report, not a wish."""
    named = CHOICES["lab"].read(reading.word(-1).rstrip(":#"))
    kept = tuple(lab for lab in reading.parts.get("lab", ()) if lab not in named)
    if kept:
        reading.parts["lab"] = kept
    else:
        reading.parts.pop("lab", None)
