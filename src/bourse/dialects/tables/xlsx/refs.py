"""Column letters of a spreadsheet as numbers from 0."""

from functools import cache

_LETTERS_MOST = 3


@cache
def column_of(letters: str) -> int:
    """The index of a column: A is 0, Z 25, AA 26; raises ValueError for what names no column."""
    if not letters.isalpha() or not letters.isascii() or len(letters) > _LETTERS_MOST:
        raise ValueError(letters)
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
