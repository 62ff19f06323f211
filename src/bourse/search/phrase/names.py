"""Whole phrases of the trade, and words that say nothing."""

from itertools import pairwise

from bourse.search.phrase import doubts, words
from bourse.search.phrase.doubts import Doubt
from bourse.search.phrase.reading import Reading

LONGEST_PHRASE = 4  # words


def phrase(reading: Reading) -> int:
    """One to four words that stand for something wherever they are, the longest first."""
    for length in range(min(LONGEST_PHRASE, len(reading.typed) - reading.at), 0, -1):
        text = reading.window(length)
        if text == "if":
            continue  # clarity tells the grade from the word
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


def settle_wishes(reading: Reading) -> None:
    """Two shapes with grades or weights of their own are two wishes: rd D-F, ov G-H."""
    shapes = sorted(set(reading.places.get("shape", ())))
    for name in ("colour", "clarity", "ct") if len(shapes) > 1 else ():
        for before, after in pairwise(sorted(reading.places.get(name, ()))):
            if any(before < shape < after for shape in shapes):
                reading.doubts.append(Doubt(reading.typed[shapes[1]], doubts.TWO_WISHES))
                return


def nothing(reading: Reading) -> int:
    """A word that people say and that asks nothing."""
    return int(reading.word() in words.IGNORED or not any(map(str.isalnum, reading.word())))
