"""A listing as the catalogue searches it: a record of fixed width, and all of them as columns."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bourse.search.engine import MISSING, NO_CODE, Coded, Columns, Keys, Number, Payloads, Several, Tagged
from bourse.search.rows import ResultRow
from bourse.search.scales import BANDS, CHOICES, GROWN, MEASURE_CLAIMS, TAGS, Sort
from bourse.search.taken import Slice, asked, codes, masks, numbers, words
from bourse.search.usual import usual_places

KEY_BYTES = 32
KEYS = ("report", "stock", "listing")
NUMBERS = (*MEASURE_CLAIMS, "listed", "confirmed", "listing", "house", "usual")
CODED = ("growth", *(name for name, choice in CHOICES.items() if not choice.is_several))
SEVERAL = tuple(name for name, choice in CHOICES.items() if choice.is_several)
ORDERED = tuple(
    dict.fromkeys(
        [*MEASURE_CLAIMS, "listed", *(sort.value.strip("-") for sort in Sort if sort.value in CHOICES)]
    )
)
WIDTHS = {"growth": len(GROWN), **{name: len(choice.values) for name, choice in CHOICES.items()}}

KINDS: Mapping[str, str] = {
    **{f"code {name}": "u1" for name in CODED},
    **{f"mask {name}": "u8" for name in SEVERAL},
    **{f"number {name}": "i8" for name in NUMBERS},
    **{f"word {name}": "i4" for name in TAGS},
    **{f"key {name}": f"S{KEY_BYTES}" for name in KEYS},
}
_VALUES = [list(map(str, choice.values)) for choice in CHOICES.values()]
LAYOUT = hashlib.sha256(
    repr((KINDS, BANDS, ResultRow.__struct_fields__, _VALUES, ORDERED)).encode()
).hexdigest()

Records = dict[str, NDArray[Any]]


class Words:
    """Every word of the open lists that was ever met, by a number of its own: records hold numbers only."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {"": 0}
        self.words: list[str] = [""]

    def number(self, word: str) -> int:
        """The word's number."""
        found = self.numbers.get(word)
        if found is None:
            found = self.numbers[word] = len(self.words)
            self.words.append(word)
        return found


def no_records(count: int) -> Records:
    """Room for so many records, column by column."""
    return {name: np.zeros(count, kind) for name, kind in KINDS.items()}


def records_of(taken: Slice, known: Words) -> Records:
    """The rows as the catalogue searches them."""
    table = no_records(len(taken.ppc))
    for name in CODED:
        table[f"code {name}"][:] = asked(taken) if name == "ask" else codes(name, taken)
    for name in SEVERAL:
        table[f"mask {name}"][:] = masks(name, taken)
    for name in MEASURE_CLAIMS:
        table[f"number {name}"][:] = numbers(name, taken)
    for name in TAGS:
        table[f"word {name}"][:] = list(map(known.number, words(name, taken)))
    table["number listed"][:] = [int(at.timestamp()) for at in taken["listed_at"]]
    table["number confirmed"][:] = [int(at.timestamp()) for at in taken["confirmed_at"]]
    table["number listing"][:] = taken["id"]
    table["number house"][:] = taken["company_id"]
    table["number usual"][:] = usual_places(taken)
    table["key report"][:] = list(map(key_of, taken["report_number"]))
    table["key stock"][:] = list(map(key_of, taken["supplier_stock_number"]))
    table["key listing"][:] = [text.encode() for text in taken["public_id"]]
    return table


def key_of(text: str) -> bytes:
    """A report or stock number as it is looked up: letters and digits in small form, nothing between them."""
    folded = text.casefold()
    plain = folded if folded.isalnum() else "".join(filter(str.isalnum, folded))
    return plain.encode()[:KEY_BYTES]


class KeyOrder:
    """The records in the order of one of their keys: it stays while no key changes, wherever records move."""

    def __init__(self, texts: NDArray[np.bytes_]) -> None:
        given = np.flatnonzero(texts != b"")
        self._places = given[np.argsort(texts[given], kind="stable")]
        ordered = texts[self._places]
        # Which records have the same key: among those the later order decides.
        self._runs = np.cumsum(np.append(False, ordered[1:] != ordered[:-1])) if ordered.size else given

    def slots(self, slot_of_place: NDArray[np.int64]) -> NDArray[np.int64]:
        """The slots in the order of their keys, where each record lies in the slot of its place."""
        return np.sort(self._runs << 32 | slot_of_place[self._places]) & 0xFFFFFFFF


def columns_of(
    records: Records,
    order: NDArray[np.intp],
    payloads: Payloads,
    keys: Mapping[str, NDArray[np.int64]],
    known: Words,
    about: Mapping[str, str],
) -> Columns:
    """The records in this order, as the engine takes them; of each key the slots in its own order."""
    table = {name: column[order] for name, column in records.items()}
    values = {name: table[f"number {name}"] for name in NUMBERS if name != "usual"}
    return Columns(
        rows=order.size,
        payloads=payloads,
        coded={
            **{name: Coded(WIDTHS[name], table[f"code {name}"]) for name in CODED},
            **{name: Several(WIDTHS[name], table[f"mask {name}"]) for name in SEVERAL},
            **{f"band {name}": _banded(name, values[name]) for name in BANDS},
        },
        tagged={name: _tagged(table[f"word {name}"], known.words) for name in TAGS},
        numbers={name: Number(one) for name, one in values.items()},
        keys={name: Keys(table[f"key {name}"], keys[name]) for name in KEYS},
        ordered=ORDERED,
        about={"layout": LAYOUT, **about},
    )


def in_usual_order(records: Records) -> NDArray[np.intp]:
    """The places of the records in the order of the catalogue; the listings' own keys settle ties."""
    return np.lexsort((records["number listing"], records["number usual"]))


def _banded(name: str, values: NDArray[np.int64]) -> Coded:
    """The bands of the trade as a coded column, so that they are counted like any facet."""
    lows = np.array([band.low for band in BANDS[name]])
    codes = np.searchsorted(lows, values, side="right") - 1
    return Coded(lows.size, np.where(values == MISSING, NO_CODE, codes).astype(np.uint8))


def _tagged(given: NDArray[np.int32], known: Sequence[str]) -> Tagged:
    """Spellings that differ in capitals alone are one word, spelt as most rows spell it."""
    used, places, counts = np.unique(given, return_inverse=True, return_counts=True)
    spellings: dict[str, list[tuple[int, str]]] = {}
    for number, count in zip(used.tolist(), counts.tolist(), strict=True):
        if number:
            word = known[number]
            spellings.setdefault(word.casefold(), []).append((-count, word))
    shown = {folded: min(found)[1] for folded, found in spellings.items()}
    listed = sorted(shown.values())
    ranks = {word: rank for rank, word in enumerate(listed)}
    found = [ranks[shown[known[number].casefold()]] if number else -1 for number in used.tolist()]
    return Tagged(listed, np.array(found, np.int32).reshape(-1)[places].reshape(-1))
