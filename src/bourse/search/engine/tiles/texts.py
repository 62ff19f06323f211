"""Texts by which rows are looked up: sorted runs, the longest first, to which each batch adds one.

A number's texts stand for good, so a run is never changed; whose row is gone is found to be so by its place.
Runs of like length are merged, written behind all others; when the room is used up the file is made anew.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bourse.search.engine.tiles.file import TileFile
from bourse.search.engine.tiles.layout import LINE, ROWS
from bourse.search.engine.tiles.views import Blocks, Lines, Slots, Table, places_of

Texts = NDArray[np.bytes_]


class NoRoom(Exception):
    """The file is full: it has to be made anew."""


def add_texts(file: TileFile, table: Table, key: int, name: str, texts: Texts, numbers: Slots) -> None:
    """Add a run to the table's; rows without a text are left out."""
    given = np.flatnonzero(texts != b"")
    if not given.size:
        return
    kept_texts, kept_numbers = file.texts(name)
    runs = table.runs(key)
    texts, numbers = texts[given].astype(kept_texts.dtype), numbers[given]
    start = max((first + length for first, length in runs), default=0)
    while runs and runs[-1][1] <= 2 * len(texts):
        first, length = runs.pop()
        texts = np.concatenate([kept_texts[first : first + length], texts])
        numbers = np.concatenate([kept_numbers[first : first + length], numbers])
    if start + len(texts) > len(kept_texts):
        raise NoRoom(f"There is no room for more texts of {name}.")
    order = np.argsort(texts, kind="stable")
    kept_texts[start : start + len(texts)] = texts[order]
    kept_numbers[start : start + len(texts)] = numbers[order]
    table.put_runs(key, [*runs, (start, len(texts))])


def all_texts(file: TileFile, table: Table, key: int, name: str) -> tuple[Texts, Slots]:
    """All texts that the table's runs hold, and whose they are."""
    texts, owners = file.texts(name)
    kept = [slice(first, first + length) for first, length in table.runs(key)]
    return (
        np.concatenate([texts[:0], *(texts[part] for part in kept)]),
        np.concatenate([owners[:0], *(owners[part] for part in kept)]).astype(np.int64),
    )


def places_named(
    file: TileFile, blocks: Blocks, table: Table, columns: Sequence[str], texts: Sequence[bytes]
) -> Slots:
    """The rows that a text names exactly; where it names none, those that begin with it. Each once."""
    keys = list(file.described.schema.texts)
    runs = [(*file.texts(name), *run) for name in columns for run in table.runs(keys.index(name))]

    def live(text: bytes, *, is_whole: bool) -> Slots:
        numbers = [_named(*run, text, is_whole=is_whole) for run in runs]
        places = places_of(file, blocks, table, np.concatenate([*numbers, np.zeros(0, np.int64)]))
        return places[places >= 0]

    found = [np.zeros(0, np.int64)]
    for text in filter(None, dict.fromkeys(texts)):
        exact = live(text, is_whole=True)
        found.append(exact if exact.size else live(text, is_whole=False))
    return np.unique(np.concatenate(found))


def lines_of(blocks: int, places: Slots) -> tuple[Lines, Lines]:
    """The rows as lines of all blocks, and for each 64 blocks which of them hold any."""
    flags = np.zeros((blocks, ROWS), np.bool_)
    flags[places >> 9, places & 511] = True
    lines = aligned(blocks * LINE).view(np.uint64).reshape(blocks, -1)
    lines[:] = np.packbits(flags, axis=1, bitorder="little").view(np.uint64)
    held = np.packbits(flags.any(axis=1), bitorder="little").view(np.uint64)
    return lines, held


def aligned(octets: int) -> NDArray[np.uint8]:
    """Memory that begins where a line does."""
    memory = np.zeros(octets + LINE, np.uint8)
    shift = -memory.ctypes.data % LINE
    return memory[shift : shift + octets]


def _named(
    texts: Texts, numbers: NDArray[np.uint32], first: int, length: int, text: bytes, *, is_whole: bool
) -> Slots:
    run = texts[first : first + length]
    if len(text) > run.dtype.itemsize:
        return np.zeros(0, np.int64)
    behind = text if is_whole else text[:-1] + bytes([text[-1] + 1])
    low = np.searchsorted(run, np.bytes_(text), side="left")
    high = np.searchsorted(run, np.bytes_(behind), side="right" if is_whole else "left")
    return numbers[first + low : first + high].astype(np.int64)
