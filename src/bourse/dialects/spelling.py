"""How a header is spelt: its letters alone, its words, and how near one spelling is to another."""

import re
import unicodedata

_SIGNS = str.maketrans(
    {
        "%": " pct ",
        "#": " no ",
        "$": " usd ",
        "°": " deg ",
        "€": " eur ",
        "£": " gbp ",
        "₹": " inr ",
        "&": " and ",
        "\ufeff": " ",
        "№": " no ",
    }
)
# The runs that a reader sees as words: "CertNo", "PRICE", "meas", "360", and any other script as it stands.
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_A-Za-z]+")
_ACCENTS = re.compile(r"(?<=[A-Za-z])[\u0300-\u036f]+")
_PRICE_PER_CARAT = re.compile(r"\bp\s?/\s?c\b", re.IGNORECASE)
_MARKED_PLURAL = re.compile(r"(?<=[A-Za-z])'s\b")


def words_of(header: str) -> list[str]:
    """The words of a header in lower case, without accents: "Cr Ht %" -> cr, ht, pct; "Pureté" -> purete."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", header))
    plain = unicodedata.normalize("NFKC", bare).translate(_SIGNS)
    plain = _PRICE_PER_CARAT.sub(" price per ct ", _MARKED_PLURAL.sub("", plain))
    return [word.casefold() for word in _WORDS.findall(plain)]


def squeeze(header: str) -> str:
    """A header without spaces, case and punctuation; %, # and $ speak."""
    return "".join(words_of(header))


def within_one(left: str, right: str) -> bool:
    """Whether one letter added, dropped, changed or swapped with its neighbour turns one word into the
    other.
    """
    if abs(len(left) - len(right)) > 1 or left == right:
        return left == right
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    rest_left, rest_right = left[start:], right[start:]
    return (
        rest_left[1:] == rest_right[1:]
        or rest_left[1:] == rest_right
        or rest_left == rest_right[1:]
        or (rest_left[:2] == rest_right[1::-1] and rest_left[2:] == rest_right[2:])
    )
