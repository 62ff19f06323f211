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
NUMBERS = (*MEASURE_CLAIMS, "listed", "usual")
CODED = ("growth", *(name for name, choice in CHOICES.items() if not choice.is_several))
SEVERAL = tuple(name for name, choice in CHOICES.items() if choice.is_several)
ORDERED = tuple(
    dict.fromkeys(
        [*MEASURE_CLAIMS, "listed", *(sort.value.strip("-") for sort in Sort if sort.value in CHOICES)]
    )
)
WIDTHS = {"growth": len(GROWN), **{name: len(choice.values) for name, choice in CHOICES.items()}}

TABLE = np.dtype(
    [
        *((f"code {name}", np.uint8) for name in CODED),
        *((f"mask {name}", np.uint64) for name in SEVERAL),
        *((f"number {name}", np.int64) for name in NUMBERS),
        *((f"word {name}", np.int32) for name in TAGS),
        *((f"key {name}", f"S{KEY_BYTES}") for name in KEYS),
        ("id", np.int64),
    ]
)
_VALUES = [list(map(str, choice.values)) for choice in CHOICES.values()]
LAYOUT = hashlib.sha256(
    repr((TABLE, BANDS, ResultRow.__struct_fields__, _VALUES, ORDERED)).encode()
).hexdigest()

Table = np.ndarray[Any, np.dtype[np.void]]


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


def records_of(taken: Slice, known: Words) -> Table:
    """The rows as the catalogue searches them."""
    table = np.zeros(len(taken.ppc), TABLE)
    for name in CODED:
        table[f"code {name}"] = asked(taken) if name == "ask" else codes(name, taken)
    for name in SEVERAL:
        table[f"mask {name}"] = masks(name, taken)
    for name in MEASURE_CLAIMS:
        table[f"number {name}"] = numbers(name, taken)
    for name in TAGS:
        table[f"word {name}"] = list(map(known.number, words(name, taken)))
    table["number listed"] = [int(at.timestamp()) for at in taken["listed_at"]]
    table["number usual"] = usual_places(taken)
    table["key report"] = list(map(key_of, taken["report_number"]))
    table["key stock"] = list(map(key_of, taken["supplier_stock_number"]))
    table["key listing"] = [text.encode() for text in taken["public_id"]]
    table["id"] = taken["id"]
    return table


def key_of(text: str) -> bytes:
    """A report or stock number as it is looked up: letters and digits in small form, nothing between them."""
    folded = text.casefold()
    plain = folded if folded.isalnum() else "".join(filter(str.isalnum, folded))
    return plain.encode()[:KEY_BYTES]


def columns_of(table: Table, payloads: Payloads, known: Words, about: Mapping[str, str]) -> Columns:
    """The records, in the order given, as the engine takes them."""
    values = {name: table[f"number {name}"].copy() for name in NUMBERS if name != "usual"}
    return Columns(
        rows=table.size,
        payloads=payloads,
        coded={
            **{name: Coded(WIDTHS[name], table[f"code {name}"].copy()) for name in CODED},
            **{name: Several(WIDTHS[name], table[f"mask {name}"].copy()) for name in SEVERAL},
            **{f"band {name}": _banded(name, values[name]) for name in BANDS},
        },
        tagged={name: _tagged(table[f"word {name}"], known.words) for name in TAGS},
        numbers={name: Number(one) for name, one in values.items()},
        keys={name: Keys(table[f"key {name}"].copy()) for name in KEYS},
        ordered=ORDERED,
        about={"layout": LAYOUT, **about},
    )


def in_usual_order(table: Table) -> NDArray[np.intp]:
    """The places of the records in the order of the catalogue; the listings' own keys settle ties."""
    by_id = np.argsort(table["id"], kind="stable")
    return by_id[np.argsort(table["number usual"][by_id], kind="stable")]


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
