"""The catalogue as one mapped file.

    magic and layout number, length and checksum of the header, length of the file | header | arrays

The file is written beside its place, brought to the disk and renamed, so a reader holds a whole old file or a
whole new one. A file that is torn, foreign or of another layout is noticed when it is opened.
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

from bourse.search.engine import bits
from bourse.search.engine.columns import MISSING, NO_CODE, Coded, Columns, Keys, Number

MAGIC = b"BRSCAT\x00\x01"  # the last byte is the number of the layout
PREAMBLE = struct.Struct("<8sIIQ")
ALIGNMENT = 64

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
    words: dict[str, list[str]]  # of the tagged columns
    totals: dict[str, list[int]]  # rows for each value of the coded columns
    places: dict[str, Place]


def write(path: Path, columns: Columns) -> None:
    """Put the catalogue in place of the one before, whole or not at all."""
    rows = len(columns.payloads)
    arrays = dict(_arrays(columns, rows))
    totals = {
        name: np.bitwise_count(arrays[f"bits {name}"]).sum(axis=1, dtype=np.int64).tolist()
        for name in columns.coded
    }
    words = {name: list(column.words) for name, column in columns.tagged.items()}
    header = Header(rows, dict(columns.about), words, totals, {})
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            for piece in _pieces(header, arrays):
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def read(path: Path) -> tuple[Header, dict[str, AnyArray]]:
    """The header and the mapped arrays of a catalogue."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
    except FileNotFoundError as missing:
        raise NotACatalogue(f"There is no {path.name}.") from missing
    header = _header(mapped, size)
    return header, {name: _mapped(mapped, place) for name, place in header.places.items()}


def _arrays(columns: Columns, rows: int) -> Iterator[tuple[str, AnyArray]]:
    for name, coded in columns.coded.items():
        yield f"bits {name}", _bitsets(coded)
        yield f"codes {name}", coded.codes
    for name, tagged in columns.tagged.items():
        yield f"tags {name}", _padded(tagged.codes, -1)
    for name, number in columns.numbers.items():
        yield f"number {name}", _narrow(number)
    for name, keys in columns.keys.items():
        yield from _sorted_keys(name, keys)
    ends = np.fromiter(map(len, columns.payloads), np.int64, rows).cumsum()
    yield "payload ends", ends
    yield "payload", np.frombuffer(b"".join(columns.payloads), np.uint8)


def _bitsets(column: Coded) -> bits.Words:
    """One set of rows for each value of the scale."""
    sets = np.zeros((column.width, bits.words_for(column.codes.size)), np.uint64)
    if column.last is None:
        for code in np.unique(column.codes):
            if code != NO_CODE:
                sets[code] = bits.packed(column.codes == code)
    else:
        for code in range(column.width):
            sets[code] = bits.packed(
                (column.codes <= code) & (code <= column.last) & (column.last != NO_CODE)
            )
    return sets


def _padded(values: AnyArray, filler: int) -> AnyArray:
    """Whole words of rows, so that a search may pick the words that it needs."""
    padded = np.full(bits.words_for(values.size) * bits.WORD, filler, values.dtype)
    padded[: values.size] = values
    return padded


def _narrow(column: Number) -> AnyArray:
    """Four bytes a row where the numbers fit: half the memory to read in every search."""
    values = column.values
    given = values[values != MISSING]
    small = np.iinfo(np.int32)
    if given.size and (given.min() <= small.min or given.max() > small.max):
        return _padded(values, MISSING)
    return _padded(np.where(values == MISSING, small.min, values).astype(np.int32), small.min)


def _sorted_keys(name: str, keys: Keys) -> Iterator[tuple[str, AnyArray]]:
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
