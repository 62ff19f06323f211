"""The slow and obvious answer to any filter: one row of the database after the other.

It knows nothing of how the catalogue is made. What others see of a listing, what a word means for a facet and
in which order rows stand is said here a second time, in the plainest form.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property, reduce
from itertools import compress
from operator import and_, or_
from typing import Any

from bourse.market.models import Listing
from bourse.search.filter import Filter
from bourse.search.measures import Range
from bourse.search.scales import BANDS, CHOICES, MEASURES
from bourse.vocabulary import Clarity, Colour, FancyColour

TAGS = ("country", "state", "brand", "provenance")
COUNTRIES = {"in": "india", "india": "india"}
SIZES = (100, 150, 200, 300, 400, 500, 1000, 90, 70, 50, 40, 30, 18, 0)
MEASURED = {
    "depth": "depth_percent",
    "table": "table_percent",
    "length": "length_mm",
    "width": "width_mm",
    "height": "depth_mm",
}
TOLD = {
    "crown_angle": "crown_angle",
    "crown_height": "crown_height",
    "pavilion_angle": "pavilion_angle",
    "pavilion_depth": "pavilion_depth",
    "star": "star_length",
    "lower_half": "lower_half",
    "girdle": "girdle_pct",
}
SAID = {"shade": "shade", "milky": "milky", "black": "black_inclusion", "eye_clean": "eye_clean"}
PLAIN = {
    "intensity": "fancy_intensity",
    "cut": "cut",
    "polish": "polish",
    "symmetry": "symmetry",
    "fluorescence": "fluorescence",
    "fluorescence_colour": "fluorescence_colour",
    "girdle_min": "girdle_from",
    "girdle_max": "girdle_to",
    "culet": "culet",
    "goods": "goods",
    "availability": "availability",
}
ORDERED = {
    name: [str(value) for value in CHOICES[name].values]
    for name in (
        "shape",
        "colour",
        "clarity",
        "cut",
        "polish",
        "symmetry",
        "fluorescence",
        "lab",
        "availability",
    )
}
KNOWN = {name: {str(value) for value in choice.values} for name, choice in CHOICES.items()}
COLOURS, CLARITIES, FANCIES = ([*map(str, scale)] for scale in (Colour, Clarity, FancyColour))
DIGITS = bytes.maketrans(b"\x00\x01", b"01")
FLAGS = bytes.maketrans(b"01", b"\x00\x01")
SILENT = -1  # no number is below zero
Words = frozenset[str]


@dataclass(frozen=True)
class Row:
    """A live listing as others see it."""

    id: int
    public_id: str
    words: Mapping[str, Words]
    numbers: Mapping[str, int]
    tags: Mapping[str, str]
    keys: Mapping[str, str]
    listed_at: datetime
    confirmed_at: datetime
    usual: tuple[int, ...]


class Market:
    """All live listings of the database at one moment, in the usual order; bit k of a set is the row k."""

    def __init__(self) -> None:
        columns = [field.attname for field in Listing._meta.concrete_fields]
        hiding = [f"company__showing__{name}" for name in ("hides_name", "hides_ask", "hides_cash_ask")]
        confirming = ("confirmation__at", "company__stock_confirmation__at")
        live = Listing.objects.filter(is_live=True)
        found = live.values(*columns, *hiding, *confirming, "company__public_id")
        self.rows = sorted((_row(listing) for listing in found), key=lambda row: (*row.usual, row.id))
        self.everything = (1 << len(self.rows)) - 1
        self._orders: dict[tuple[str, bool], list[int]] = {}

    def answer(self, filter: Filter, now: datetime) -> "Answer":
        """The rows that match, and for each criterion those that fail it alone."""
        passing, alone = self.everything, dict[str, int]()
        for name, rows in _sets(self, filter, now):
            alone = {other: failing & rows for other, failing in alone.items()}
            alone[name] = passing & ~rows
            passing &= rows
        return Answer(self, filter, passing, alone)

    def those(self, flags: Iterable[int]) -> int:
        """The set of the rows whose flag is true."""
        return int(bytes(flags).translate(DIGITS)[::-1] or b"0", 2)

    def worded(self, name: str) -> dict[str, int]:
        """The rows of each word of a facet or an open list."""
        places: dict[str, set[int]] = {}
        for place, row in enumerate(self.rows):
            for word in row.words[name] if name in row.words else filter_empty([row.tags[name]]):
                places.setdefault(word, set()).add(place)
        return {word: self.those(self.flags(having)) for word, having in places.items()}

    def flags(self, places: set[int]) -> bytearray:
        """For each row whether it is one of those at the places."""
        flags = bytearray(len(self.rows))
        for place in places:
            flags[place] = 1
        return flags

    def having(self, name: str, words: Iterable[str]) -> int:
        """The rows that have one of the words."""
        return reduce(or_, (self.words[name].get(word, 0) for word in words), 0)

    def ordered(self, column: str, *, falling: bool) -> list[int]:
        """The places of all rows in order of a column."""
        if (column, falling) not in self._orders:
            keys = [_key(row, column) for row in self.rows]
            given = [place for place, key in enumerate(keys) if key is not None]
            silent = [place for place, key in enumerate(keys) if key is None]
            given.sort(key=lambda place: (keys[place] or 0, place), reverse=falling)
            self._orders[column, falling] = given + silent
        return self._orders[column, falling]

    @cached_property
    def known(self) -> dict[str, dict[str, list[int]]]:
        """The places of the rows of every report and stock number, as it is looked up."""
        known: dict[str, dict[str, list[int]]] = {"report": {}, "stock": {}}
        for place, row in enumerate(self.rows):
            for name in known:
                if key := row.keys[name]:
                    known[name].setdefault(key, []).append(place)
        return known

    @cached_property
    def words(self) -> dict[str, dict[str, int]]:
        """The rows of each word of everything that is counted by words."""
        return {name: self.worded(name) for name in ("growth", *CHOICES, *TAGS, "company")}

    @cached_property
    def numbers(self) -> dict[str, list[int]]:
        """Each row's number in each measure."""
        return {name: [row.numbers.get(name, SILENT) for row in self.rows] for name in MEASURES}

    @cached_property
    def listed(self) -> list[int]:
        """When each row was listed."""
        return [int(row.listed_at.timestamp()) for row in self.rows]


@dataclass(frozen=True)
class Answer:
    """What a filter finds."""

    market: Market
    filter: Filter
    passing: int
    alone: dict[str, int]

    @property
    def total(self) -> int:
        """How many rows match."""
        return self.passing.bit_count()

    def page(self, limit: int) -> list[str]:
        """The names of the rows of the page that is asked for."""
        first = (self.filter.page - 1) * limit
        flags = _flags(self.passing, len(self.market.rows))
        sort = self.filter.sort.value
        column, falling = sort.removeprefix("-"), sort.startswith("-") != sort.endswith("newest")
        order = range(len(flags)) if column == "usual" else self.market.ordered(column, falling=falling)
        matching = [place for place in order if flags[place]]
        return [self.market.rows[place].public_id for place in matching[first : first + limit]]

    def facet(self, name: str) -> Counter[str]:
        """Rows for each value, the facet's own criterion left out; of media, what each would leave."""
        rows = self.passing | (0 if name == "media" else self.alone.get(name, 0))
        counted = {word: (rows & having).bit_count() for word, having in self.market.words[name].items()}
        return Counter({word: count for word, count in counted.items() if count})

    def bands(self, name: str) -> list[int]:
        """Rows in each band of a measure."""
        given = self._numbers(name, self.passing | self.alone.get(name, 0))
        return [sum(band.low <= number <= band.high for number in given) for band in BANDS[name]]

    def span(self, name: str) -> tuple[int, int] | None:
        """The lowest and the highest number of a measure."""
        given = self._numbers(name, self.passing)
        return (min(given), max(given)) if given else None

    def _numbers(self, name: str, rows: int) -> list[int]:
        flags = _flags(rows, len(self.market.rows))
        return [number for number in compress(self.market.numbers[name], flags) if number != SILENT]


def _flags(rows: int, count: int) -> bytes:
    return f"{rows:0{count}b}"[::-1].encode().translate(FLAGS) if count else b""


def key_of(text: str) -> str:
    """A number as it is looked up."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _key(row: Row, column: str) -> int | float | None:
    if column == "newest":
        return int(row.listed_at.timestamp())
    if column in ORDERED:
        return min((ORDERED[column].index(word) for word in row.words[column]), default=None)
    return row.numbers.get(column)


def _sets(market: Market, filter: Filter, now: datetime) -> Iterable[tuple[str, int]]:
    """The rows for which each parameter's wish holds."""
    if filter.growth.value != "both":
        yield "growth", market.having("growth", [filter.growth.value])
    for name, wanted in _wanted(filter).items():
        if name == "media":
            yield name, reduce(and_, (market.having(name, [word]) for word in wanted))
        else:
            yield name, market.having(name, wanted)
    for name in MEASURES:
        if spans := filter.ranges(name):
            yield name, reduce(or_, (_lying(market, name, span) for span in spans))
    for name in TAGS:
        if texts := filter.texts(name):
            yield name, market.having(name, {text.casefold() for text in texts})
    if filter.company:
        yield "company", market.having("company", filter.company)
    for name, keys in (("number", ("report", "stock")), ("report", ("report",)), ("stock", ("stock",))):
        if texts := filter.texts(name):
            yield name, _named(market, keys, texts)
    if filter.days:
        since = int((now - timedelta(days=filter.days)).timestamp())
        yield "days", market.those([at >= since for at in market.listed])
    if filter.confirmed:
        since = int((now - timedelta(days=filter.confirmed)).timestamp())
        yield "confirmed", market.those([int(row.confirmed_at.timestamp()) >= since for row in market.rows])


def _lying(market: Market, name: str, span: Range) -> int:
    low, high = span.low, span.high
    return market.those([low <= number <= high for number in market.numbers[name]])


def _wanted(filter: Filter) -> dict[str, Words]:
    wanted = {name: frozenset(map(str, filter.chosen(name))) for name in CHOICES}
    wanted["goods"] = wanted["goods"] or frozenset(("single", "pair"))
    wanted["availability"] = wanted["availability"] or frozenset(
        ("Guaranteed available", "On memo", "Subject to prior sale")
    )
    return {name: words for name, words in wanted.items() if words}


def _named(market: Market, keys: Sequence[str], texts: Sequence[str]) -> int:
    """The rows that the texts name exactly, or, where one names none, those whose key begins with it."""
    named: dict[str, set[str]] = {key: set() for key in keys}
    for text in filter_empty(map(key_of, texts)):
        exact = any(text in market.known[key] for key in keys)
        for key in keys:
            known = market.known[key]
            named[key] |= {text} & set(known) if exact else {one for one in known if one.startswith(text)}
    found = {place for key in keys for text in named[key] for place in market.known[key][text]}
    return market.those(market.flags(found))


def filter_empty(texts: Iterable[str]) -> list[str]:
    """The texts that say something."""
    return [text for text in texts if text]


def _row(listing: Mapping[str, Any]) -> Row:
    hides_name = bool(listing["company__showing__hides_name"])
    ask = _seen_ask(listing)
    numbers = _numbers(listing, ask)
    told = listing["particulars"]
    return Row(
        id=listing["id"],
        public_id=listing["public_id"],
        words=_words(listing, ask, hides_name=hides_name),
        numbers=numbers,
        tags={
            "country": COUNTRIES.get(listing["country"].casefold(), listing["country"].casefold()),
            "state": "" if hides_name else listing["state"].casefold(),
            "brand": "" if hides_name else told.get("brand", "").casefold(),
            "provenance": told.get("provenance_report", "").casefold(),
            "company": "" if hides_name else listing["company__public_id"],
        },
        keys={
            "report": key_of(listing["report_number"]),
            "stock": "" if hides_name else key_of(listing["supplier_stock_number"]),
        },
        listed_at=_to_the_day(listing["listed_at"]) if hides_name else listing["listed_at"],
        confirmed_at=_confirmed(listing, hides_name=hides_name),
        usual=_usual(listing, numbers),
    )


def _confirmed(listing: Mapping[str, Any], *, hides_name: bool) -> datetime:
    """The latest of when it was listed, confirmed by itself, and confirmed with the whole stock."""
    told = [listing["listed_at"], listing["confirmation__at"], listing["company__stock_confirmation__at"]]
    latest = max(at for at in told if at is not None)
    return _to_the_day(latest) if hides_name else latest


def _to_the_day(at: datetime) -> datetime:
    """The day alone: the second would tell which nameless stones came with one file."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def _seen_ask(listing: Mapping[str, Any]) -> int | None:
    """The memo ask unless it is hidden, else the cash ask unless that is, else none."""
    memo, cash = listing["ask_cents"], listing["cash_ask_cents"]
    if memo is not None and not (listing["hides_ask"] or listing["company__showing__hides_ask"]):
        return int(memo)
    if cash is not None and not (listing["hides_cash_ask"] or listing["company__showing__hides_cash_ask"]):
        return int(cash)
    return None


def _numbers(listing: Mapping[str, Any], ask: int | None) -> dict[str, int]:
    weight, told = listing["weight_ct"], listing["particulars"]
    given: dict[str, Any] = {name: listing[column] for name, column in MEASURED.items()}
    given |= {name: told.get(field) for name, field in TOLD.items()}
    given["ratio"] = told.get("ratio")
    sides = [side for side in (listing["length_mm"], listing["width_mm"]) if side]
    if given["ratio"] is None and len(sides) == 2:
        given["ratio"] = max(sides) / min(sides)
    numbers = {name: _hundredths(value) for name, value in given.items() if value is not None}
    # A weight is cut to hundredths, unless a thousandth short of the next.
    numbers["ct"] = int((weight + Decimal("0.001")) * 100)
    if ask is not None:
        numbers |= {"total": ask, "ppc": int((ask / weight).quantize(Decimal(1), ROUND_HALF_UP))}
    return numbers


def _hundredths(value: Any) -> int:
    thousandths = int(Decimal(str(value)) * 1000)
    return int((Decimal(thousandths) / 10).quantize(Decimal(1), ROUND_HALF_UP))


def _words(listing: Mapping[str, Any], ask: int | None, *, hides_name: bool) -> dict[str, Words]:
    told = listing["particulars"]
    words = {name: frozenset({listing[column]} & KNOWN[name]) for name, column in PLAIN.items()}
    words |= {name: frozenset({told.get(field, "Not said")}) for name, field in SAID.items()}
    words["growth"] = frozenset({"natural" if listing["growth"] == "Natural" else "lab-grown"})
    words["shape"] = frozenset({listing["shape"] if listing["shape"] in KNOWN["shape"] else "Other"})
    words["lab"] = frozenset({listing["laboratory"] or "No report"})
    words["colour"] = _colour(listing)
    words["clarity"] = _between(CLARITIES, listing["clarity"], listing["clarity_to"])
    words["overtone"] = frozenset(set(listing["fancy_overtone"].split()) & KNOWN["overtone"])
    words["hearts"] = frozenset({told["hearts_and_arrows"]} if "hearts_and_arrows" in told else ())
    words["culet_condition"] = frozenset({told["culet_condition"]} if "culet_condition" in told else ())
    words["treatment"] = _treatments(listing["treatment"])
    parted = {None: (), True: ("Yes",), False: ("No",)}[listing["pair_is_separable"]]
    words["separable"] = frozenset(parted)
    words["ask"] = frozenset({"none" if ask is None else "given"})
    media = {
        "certificate": listing["certificate_url"],
        "image": listing["image_urls"],
        "video": listing["video_urls"],
    }
    words["media"] = frozenset(name for name, links in media.items() if links and not hides_name)
    return words


def _colour(listing: Mapping[str, Any]) -> Words:
    if fancy := listing["fancy_colour"]:
        return frozenset({fancy if fancy in FANCIES else "Other"})
    return _between(COLOURS, listing["colour"], listing["colour_to"])


def _between(scale: list[str], best: str, worst: str) -> Words:
    if best not in scale:
        return frozenset()
    return frozenset(scale[scale.index(best) : scale.index(worst or best) + 1])


def _treatments(text: str) -> Words:
    if not text:
        return frozenset({"Not said"})
    return frozenset(part if part in KNOWN["treatment"] else "Other" for part in text.split(", "))


def _usual(listing: Mapping[str, Any], numbers: Mapping[str, int]) -> tuple[int, ...]:
    """Natural first; sizes from one carat up, then down; regular goods before odd ones; the lowest ask first.

    Parcels come behind all sizes, and what bears no ask behind them.
    """
    is_grown = listing["growth"] != "Natural"
    if "ppc" not in numbers:
        return (is_grown, 2, 0, 0)
    if listing["goods"] == "parcel":
        return (is_grown, 1, 0, numbers["ppc"])
    size = max(low for low in SIZES if low <= numbers["ct"])
    makes = {listing[name] for name in ("cut", "polish", "symmetry")}
    is_odd = (
        not listing["report_number"]
        or listing["clarity"] in ("SI3", "I1", "I2", "I3")
        or listing["colour"] > "M"
        or not makes.isdisjoint({"Fair to Good", "Fair", "Poor"})
        or listing["treatment"] not in ("", "None")
    )
    return (is_grown, 0, SIZES.index(size) * 2 + is_odd, numbers["ppc"])
