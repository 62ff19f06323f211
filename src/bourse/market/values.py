"""The values of one row, taken out one by one by name; what no listing can hold is refused. Pure."""

from collections.abc import Iterable
from decimal import Decimal
from functools import cache

import msgspec

from bourse.market.addresses import given, web_address
from bourse.vocabulary import Scale

LONGEST_COMMENT, LONGEST_TEXT = 2_000, 1_000
LONGEST = {"brand": 100}
"""Of a text that has no column of its own; LONGEST_TEXT for all others."""
MEASUREMENTS = "measurements"
MEASURES = ("length_mm", "width_mm", "depth_mm")


class NotStorable(ValueError):
    """A value that no listing can hold: under which name of the dictionary, and why, if more can be said."""

    def __init__(self, field: str, found: object, expected: str, why: str = "") -> None:
        super().__init__(f"{field}: {found!r} is not {expected}.")
        self.field, self.found, self.expected, self.why = field, str(found), expected, why


class Values:
    """The values of one row; what was taken out is not left for the particulars."""

    def __init__(self, values: dict[str, object]) -> None:
        self.left = values

    def text(self, field: str, longest: int | None = None) -> str:
        value = self.left.pop(field, None)
        return text_of(field, value, longest)

    def word(self, field: str, scale: type[Scale]) -> str:
        word = self.text(field)
        return word_of(field, word, scale) if word and word != "None" else ""

    def span(self, field: str, scale: type[Scale]) -> tuple[str, str]:
        """The best and the worst grade of a range; the second is empty for a single grade."""
        best, worst = _ends(self.left.pop(field, None))
        known = [word_of(field, word, scale) for word in (best, worst) if word and word != "None"]
        return (known[0] if known else "", known[1] if len(known) > 1 and known[0] != known[1] else "")

    def number(self, field: str, places: int, below: int) -> Decimal | None:
        value = self.left.pop(field, None)
        if value is None or value == "":
            return None
        return number_of(field, value, places, below)

    def addresses(self, field: str) -> list[str]:
        """Those that a browser may follow; of the others market.staged_lines tells."""
        return [address for text in given(self.left.pop(field, None)) if (address := web_address(text))]

    def spread_measurements(self) -> None:
        """Measurements given in one are three; what stands in a column of its own counts before them."""
        value = self.left.get(MEASUREMENTS)
        if isinstance(value, list | tuple) and len(value) == len(MEASURES):
            del self.left[MEASUREMENTS]
            self.left = dict(zip(MEASURES, value, strict=True)) | self.left

    def rest(self, fields: Iterable[str]) -> str:
        """Those of the fields that are left, as JSON."""
        rest = {
            field: kept(field, self.left[field]) for field in fields if self.left.get(field) not in (None, "")
        }
        return msgspec.json.encode(rest, order="sorted").decode()


def text_of(field: str, value: object, longest: int | None) -> str:
    """A value as a text, several as one."""
    if value is None:
        return ""
    if isinstance(value, str):
        text = value
    else:
        text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    text = text.replace("\x00", "").strip()
    if longest is not None:
        _refuse_longer(field, text, longest)
    return text


def _refuse_longer(field: str, text: str, longest: int) -> None:
    if len(text) > longest:
        why = f"{len(text):,} characters; at most {longest:,} are kept."
        raise NotStorable(field, text, f"at most {longest:,} characters", why)


def word_of(field: str, word: str, scale: type[Scale]) -> str:
    """The word, if it is one of the scale."""
    if word not in _words_of(scale):
        raise NotStorable(field, word, f"a word of the scale {scale.__name__}")
    return word


@cache
def _words_of(scale: type[Scale]) -> frozenset[str]:
    return frozenset(str(grade.value) for grade in scale)


def _ends(value: object) -> tuple[str, str]:
    """The two ends of a range given as a pair or as a word: ["G", "H"], "O-P"."""
    if isinstance(value, list | tuple):
        best, worst = value
        return str(best), str(worst)
    best, _, worst = str(value or "").partition("-")
    return ("", "") if best == "Fancy" else (best, worst)


def number_of(field: str, value: object, places: int, below: int) -> Decimal:
    """A number from 0 on, rounded to so many places."""
    number = round(Decimal(str(value)), places)
    if not number.is_finite() or not 0 <= number < below:
        why = f"{value} was read; a listing holds numbers from 0 to less than {below:,}."
        raise NotStorable(field, value, f"a number from 0 to {below}", why)
    return number


def kept(field: str, value: object) -> object:
    """A value as it stands among the particulars. NotStorable when a text of it is too long."""
    if isinstance(value, str):
        value = value.replace("\x00", "")
    for text in value if isinstance(value, list | tuple) else (value,):
        if isinstance(text, str):
            _refuse_longer(field, text, LONGEST.get(field, LONGEST_TEXT))
    return value
