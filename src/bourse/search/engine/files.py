"""The catalogue as one mapped file.

    magic and layout number, length and checksum of the header, length of the file | header | arrays

The file is written beside its place and renamed, so a reader holds a whole old file or a whole new one. One
that is torn, foreign or of another layout is noticed when it is opened.
"""

import mmap
import os
import struct
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from bourse.search.engine import bits, payloads
from bourse.search.engine.columns import MISSING, NO_CODE, Coded, Columns, Keys, Number, Several, Tagged

MAGIC = b"BRSCAT\x00\x02"  # the last byte is the number of the layout
PREAMBLE = struct.Struct("<8sIIQ")
ALIGNMENT = 64
WORD_BITS = 62
MOST_COUNTED = 200  # words of a tagged column that have a set of their own, the most frequent first

AnyArray = NDArray[Any]
Buffer = bytes | memoryview


class NotACatalogue(Exception):
    """There is no file, or it is torn, foreign or of another layout: the catalogue has to be built anew."""


class Place(msgspec.Struct, array_like=True, frozen=True):
    """Where an array lies in the file, and what it is."""

    kind: str
    shape: tuple[int, ...]
    offset: int


class Header(msgspec.Struct, array_like=True, frozen=True):
    """What the file holds."""

    rows: int
    about: dict[str, str]
    generation: str  # of the payloads
    payload_size: int
    words: dict[str, list[str]]  # of the tagged columns
    totals: dict[str, list[int]]  # rows for each value of the coded and tagged columns
    present: dict[str, list[int]]  # the values that have a set, in the order of the sets
    first_set: dict[str, int]
    given: dict[str, int]  # rows that say something, of each ordered column
    places: dict[str, Place]


class _Sets:
    """The sets of all values that any row has, one under the other."""

    def __init__(self, columns: Columns) -> None:
        self.totals: dict[str, list[int]] = {}
        self.present: dict[str, list[int]] = {}
        self.first: dict[str, int] = {}
        self.sets: list[bits.Words] = []
        for name, coded in columns.coded.items():
            found = _flags(coded)
            self._put(name, coded.width, {code: bits.packed(flags) for code, flags in found})
        for name, tagged in columns.tagged.items():
            self._put_words(name, tagged)
        self.array = np.array(self.sets, np.uint64).reshape(len(self.sets), bits.words_for(columns.rows))

    def _put(self, name: str, width: int, sets: Mapping[int, bits.Words]) -> None:
        self.totals[name] = [0] * width
        for code, rows in sets.items():
            self.totals[name][code] = bits.count(rows)
        self.present[name], self.first[name] = list(sets), len(self.sets)
        self.sets += sets.values()

    def _put_words(self, name: str, tagged: Tagged) -> None:
        totals = np.bincount(tagged.codes + 1, minlength=len(tagged.words) + 1)[1:]
        most = sorted(np.argsort(-totals, kind="stable")[:MOST_COUNTED].tolist())
        self._put(
            name,
            len(tagged.words),
            {code: bits.packed(tagged.codes == code) for code in most if totals[code]},
        )
        self.totals[name] = totals.tolist()


def _flags(column: Coded | Several) -> Iterator[tuple[int, bits.Flags]]:
    """Which rows have the value, for each value that any row has."""
    if isinstance(column, Several):
        ever = int(np.bitwise_or.reduce(column.masks, initial=np.uint64(0)))
        for code in range(column.width):
            if ever >> code & 1:
                yield code, (column.masks >> np.uint64(code) & np.uint64(1)).astype(np.bool_)
    else:
        ever_seen = np.bincount(column.codes, minlength=NO_CODE + 1)[: column.width]
        for code in np.flatnonzero(ever_seen).tolist():
            yield code, column.codes == code


def write(path: Path, columns: Columns) -> None:
    """Put the catalogue in place of the one before, whole or not at all."""
    sets = _Sets(columns)
    arrays = {"bits": sets.array, **dict(_arrays(columns))}
    orders, given = _orders(columns)
    header = Header(
        columns.rows,
        dict(columns.about),
        columns.payloads.generation,
        columns.payloads.size,
        {name: list(column.words) for name, column in columns.tagged.items()},
        sets.totals,
        sets.present,
        sets.first,
        given,
        {},
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")  # one writer: what a killed one left is written over
    try:
        with beside.open("wb") as file:
            for piece in _pieces(header, arrays | orders):
                file.write(piece)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def read(path: Path) -> tuple[Header, dict[str, AnyArray], bytes | mmap.mmap]:
    """The header, the mapped arrays and the payloads of a catalogue."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
        header = _header(mapped, size)
        rows = payloads.mapped(path, header.generation, header.payload_size)
    except (FileNotFoundError, ValueError) as missing:
        raise NotACatalogue(f"There is no whole {path.name}.") from missing
    return header, {name: _mapped(mapped, place) for name, place in header.places.items()}, rows


def _arrays(columns: Columns) -> Iterator[tuple[str, AnyArray]]:
    for name, tagged in columns.tagged.items():
        yield f"tags {name}", _padded(tagged.codes, -1)
    for name, number in columns.numbers.items():
        yield f"number {name}", _narrow(number)
    for name, keys in columns.keys.items():
        yield from _sorted_keys(name, keys)
    yield "payload offsets", columns.payloads.offsets
    yield "payload lengths", columns.payloads.lengths


def _orders(columns: Columns) -> tuple[dict[str, AnyArray], dict[str, int]]:
    """The slots in ascending order of each column that results are ordered by, and how many say something."""
    orders, given = {}, {}
    for name in columns.ordered:
        keys, missing = _ascending(columns, name)
        order = _ordered(keys).astype(np.int32)
        given[name] = columns.rows - int(np.count_nonzero(missing))
        orders[f"order {name}"] = order
    return orders, given


def _ascending(columns: Columns, name: str) -> tuple[AnyArray, bits.Flags]:
    """Keys that put what is not said last."""
    if name in columns.numbers:
        values = _narrowest(columns.numbers[name].values)
        missing = values == np.iinfo(values.dtype).min
        return np.where(missing, np.iinfo(values.dtype).max, values), missing
    column = columns.coded[name]
    if isinstance(column, Several):
        lowest = np.bitwise_count((column.masks & (~column.masks + np.uint64(1))) - np.uint64(1))
        codes = np.where(column.masks == 0, NO_CODE, lowest).astype(np.uint8)
    else:
        codes = column.codes
    return codes, codes == NO_CODE


def _ordered(keys: AnyArray) -> AnyArray:
    """The slots in ascending order of their keys, equal ones in their own.

    Key and slot in one word, where they fit, are sorted several times faster than slots by their keys.
    """
    bits_of_slot = int(keys.size).bit_length()
    if keys.itemsize <= np.dtype(np.int16).itemsize or not keys.size:
        return np.argsort(keys, kind="stable")
    least, most = int(keys.min()), int(keys.max())
    if (most - least).bit_length() + bits_of_slot > WORD_BITS:
        return np.argsort(keys, kind="stable")
    words = (keys.astype(np.int64) - least << bits_of_slot) | np.arange(keys.size)
    words.sort()
    return words & ((1 << bits_of_slot) - 1)


def _padded(values: AnyArray, filler: int) -> AnyArray:
    """Whole words of rows, so that a search may pick the words that it needs."""
    padded = np.full(bits.words_for(values.size) * bits.WORD, filler, values.dtype)
    padded[: values.size] = values
    return padded


def _narrow(column: Number) -> AnyArray:
    values = _narrowest(column.values)
    return _padded(values, np.iinfo(values.dtype).min)


def _narrowest(values: NDArray[np.int64]) -> AnyArray:
    """In two or four bytes a row where the numbers fit: less memory to read in every search."""
    given = values[values != MISSING]
    for kind in (np.int16, np.int32):
        bounds = np.iinfo(kind)
        if not given.size or (given.min() > bounds.min and given.max() < bounds.max):
            return np.where(values == MISSING, bounds.min, values).astype(kind)
    return values


def _sorted_keys(name: str, keys: Keys) -> Iterator[tuple[str, AnyArray]]:
    order = keys.order
    if order is None:
        given = np.flatnonzero(keys.texts != b"")
        order = given[np.argsort(keys.texts[given], kind="stable")]
    yield f"keys {name}", keys.texts[order]
    yield f"slots {name}", order.astype(np.int64)


def _pieces(header: Header, arrays: Mapping[str, AnyArray]) -> Iterator[Buffer]:
    """The file from its first byte to its last."""
    rough = msgspec.msgpack.encode(msgspec.structs.replace(header, places=_places(arrays, 1 << 60)))
    start = _aligned(PREAMBLE.size + len(rough))
    places = _places(arrays, start)
    written = msgspec.msgpack.encode(msgspec.structs.replace(header, places=places))
    size = max((place.offset + arrays[name].nbytes for name, place in places.items()), default=start)
    yield PREAMBLE.pack(MAGIC, len(written), zlib.crc32(written), size)
    yield written
    at = PREAMBLE.size + len(written)
    for name, place in places.items():
        yield bytes(place.offset - at)
        yield np.ascontiguousarray(arrays[name]).data
        at = place.offset + arrays[name].nbytes


def _places(arrays: Mapping[str, AnyArray], start: int) -> dict[str, Place]:
    places: dict[str, Place] = {}
    for name, array in arrays.items():
        places[name] = Place(array.dtype.str, array.shape, start)
        start = _aligned(start + array.nbytes)
    return places


def _aligned(offset: int) -> int:
    return -(-offset // ALIGNMENT) * ALIGNMENT


def _header(mapped: mmap.mmap | bytes, size: int) -> Header:
    if size < PREAMBLE.size:
        raise NotACatalogue("The file is too short.")
    magic, length, checksum, whole = PREAMBLE.unpack_from(mapped)
    if magic != MAGIC:
        raise NotACatalogue("The file is no catalogue, or one of another layout.")
    written = mapped[PREAMBLE.size : PREAMBLE.size + length]
    if size != whole or zlib.crc32(written) != checksum:
        raise NotACatalogue("The file is torn.")
    return msgspec.msgpack.decode(written, type=Header)


def _mapped(mapped: mmap.mmap | bytes, place: Place) -> AnyArray:
    kind = np.dtype(place.kind)
    items = int(np.prod(place.shape, dtype=np.int64))
    if not items or not kind.itemsize:
        return np.zeros(place.shape, kind)
    return np.frombuffer(mapped, kind, items, place.offset).reshape(place.shape)
