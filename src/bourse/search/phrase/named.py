"""What stands behind its own name and may be any word: a supplier, a brand, where a stone was mined."""

from collections.abc import Mapping, Sequence
from functools import cache

from bourse.dialects.dictionary import standard
from bourse.search.phrase import words
from bourse.search.phrase.places import CITIES, COUNTRY_OF, MINED_IN, STATES
from bourse.search.phrase.programmes import BRANDS, PROVENANCES
from bourse.search.phrase.reading import Reading, Rule, taken_by

LONGEST_NAME = 4  # words of a supplier's or a brand's name
_NAMES = {
    "supplier": "supplier", "suppliers": "supplier", "seller": "supplier", "vendor": "supplier",
    "supplier name": "supplier", "from supplier": "supplier", "from seller": "supplier",
    "brand": "brand", "provenance": "provenance", "provenance report": "provenance",
    "origin report": "provenance", "mine of origin": "mine", "mined in": "mine", "origin": "mine",
    "source country": "mine", "mine": "mine", "rough from": "mine", "city": "city", "state": "state",
}  # fmt: skip
_OF_A_COUNTRY = {
    "canadian": "Canada", "russian": "Russia", "australian": "Australia", "namibian": "Namibia",
    "angolan": "Angola", "brazilian": "Brazil", "south african": "South Africa",
}  # fmt: skip
_AS_TYPED = ("supplier", "brand")  # of these there is no list of all that there are


def named_by(rules: Sequence[Rule]) -> Rule:
    """The rule of what stands behind its name; the other rules say where a name of any words ends."""

    def named(reading: Reading) -> int:
        if mined := _mined(reading):
            return mined
        for length in range(3, 0, -1):
            if name := _NAMES.get(reading.window(length)):
                taken = _known(reading, name, length) or _as_typed(reading, name, length, rules)
                return taken and length + taken
        return 0

    return named


def _mined(reading: Reading) -> int:
    """A country, or its people, before "origin": canadian origin."""
    for length in (2, 1):
        mine = known("mine").get(reading.window(length)) or _OF_A_COUNTRY.get(reading.window(length))
        if mine and reading.word(length) in ("origin", "mined"):
            reading.say("mine", (mine,))
            return length + 1
    return 0


def settle_cities(reading: Reading) -> None:
    """Suppliers' lists tell the country: it is asked for where no other is named."""
    cities = reading.parts.get("city", ())
    if cities and "country" not in reading.parts:
        reading.implied["country"] = tuple(dict.fromkeys(COUNTRY_OF[city] for city in cities))


def _known(reading: Reading, name: str, ahead: int) -> int:
    """How many of the next words are a name that is known, the longest first."""
    for length in range(LONGEST_NAME, 0, -1):
        if value := known(name).get(reading.window(length, ahead)):
            reading.say(name, (value,))
            return length
    return 0


def _as_typed(reading: Reading, name: str, ahead: int, rules: Sequence[Rule]) -> int:
    """The next words up to one that says something by itself."""
    if name not in _AS_TYPED:
        return 0
    count = 0
    while count < LONGEST_NAME and _is_of_the_name(reading, ahead + count, rules):
        count += 1
    if count:
        reading.say(name, (reading.as_typed(count, ahead),))
    return count


def _is_of_the_name(reading: Reading, ahead: int, rules: Sequence[Rule]) -> bool:
    apart = reading.apart(ahead, 1)
    return not apart.is_over and apart.word() not in words.IGNORED and not taken_by(rules, apart)


@cache
def known(name: str) -> Mapping[str, str]:
    """The names that are known, by how they are spelt."""
    if name == "mine":
        return {mine.casefold(): mine for mine in MINED_IN} | standard().words_of("mine_of_origin")
    if name == "city":
        return CITIES
    if name == "state":
        return STATES
    return {"brand": BRANDS, "provenance": PROVENANCES}.get(name, {})
