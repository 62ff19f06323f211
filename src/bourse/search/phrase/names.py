"""Whole phrases of the trade, and words that say nothing."""

from bourse.search.phrase import words
from bourse.search.phrase.reading import Reading

LONGEST_PHRASE = 4  # words


def phrase(reading: Reading) -> int:
    """One to four words that stand for something wherever they are, the longest first."""
    for length in range(min(LONGEST_PHRASE, len(reading.typed) - reading.at), 0, -1):
        text = reading.window(length)
        if text in words.BEFORE_A_NUMBER and not reading.word(1)[:1].isdigit():
            continue
        if text in words.UNREAD:
            return reading.leave(length, words.UNREAD[text])
        if said := words.phrases().get(text):
            for name, value in said.items():
                reading.say(name, value)
            if question := words.DOUBTED.get(text):
                reading.doubt(question, length)
            return length
    return 0


def nothing(reading: Reading) -> int:
    """A word that people say and that asks nothing."""
    return int(reading.word() in words.IGNORED or not any(map(str.isalnum, reading.word())))
