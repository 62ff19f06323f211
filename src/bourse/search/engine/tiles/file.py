"""The one mapped file: head, tables of the kept generations, directory, texts, room for undoing, blocks.

The file has its full length from the first moment, is put in place by a rename and never cut. What was not
written by this start of the machine is not trusted: nothing is brought to the disk by force.
"""

import mmap
import os
import struct
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

import msgspec
import numpy as np
from numpy.typing import NDArray

from bourse.search.engine.files import NotACatalogue
from bourse.search.engine.generations import TABLES, Region
from bourse.search.engine.tiles import layout
from bourse.search.engine.tiles.layout import LINE, Layout
from bourse.search.engine.tiles.schema import Schema

MAGIC = b"BRSTILE\x01"  # the last byte is the number of the layout
PREAMBLE = struct.Struct("<8sII")  # magic, length and checksum of the description
REPLACED, DESCRIPTION, GENERATIONS, HEAD = 64, 128, 28_672, 32_768
MOST_AT_ONCE = 1 << 14  # rows of one batch
PAGE = 4_096


class Description(msgspec.Struct, frozen=True):
    """What the file is made for."""

    schema: Schema
    blocks: int
    numbers: int  # rows may bear numbers below this
    boot: str


@dataclass(frozen=True, slots=True)
class Regions:
    """Where the parts of the file begin."""

    tables: int
    directory: int
    texts: dict[str, int]
    undo: int
    blocks: int
    end: int

    @classmethod
    def of(cls, layout: Layout, numbers: int) -> "Regions":
        """The regions of a file for so many numbers."""
        directory = HEAD + TABLES * layout.table_size
        at = _aligned(directory + numbers * 4)
        texts = {}
        for name, width in layout.schema.texts.items():
            texts[name] = at
            at = _aligned(at + room_for_texts(numbers) * (width + 4))
        blocks = _aligned(at + (2 + 2 * MOST_AT_ONCE) * 4)
        return cls(HEAD, directory, texts, at, blocks, _aligned(blocks + layout.blocks * layout.block_size))


class TileFile:
    """The mapped file with the addresses of its parts."""

    def __init__(self, path: Path, file: BinaryIO, described: Description) -> None:
        self.path = path
        self.described = described
        self._open = file  # as long as it is open, the pins of this process hold
        mapped = mmap.mmap(file.fileno(), 0)
        self.layout = Layout(described.schema, described.blocks)
        self.geometry = self.layout.geometry
        self.regions = Regions.of(self.layout, described.numbers)
        self.octets: NDArray[np.uint8] = np.frombuffer(mapped, np.uint8)
        self.address = self.octets.ctypes.data
        self.blocks = self.address + self.regions.blocks
        self.generations = Region(self.address + GENERATIONS, GENERATIONS, file.fileno())
        self.directory = self._view(self.regions.directory, described.numbers)  # place + 1; 0: not there
        self.undo = self._view(self.regions.undo, 2 + 2 * MOST_AT_ONCE)

    @classmethod
    def create(cls, path: Path, schema: Schema, rows: int, numbers: int) -> "TileFile":
        """A new file with room for so many rows, not yet in anybody's place."""
        blocks = Layout(schema, -(-rows // 512)).blocks
        described = Description(schema, blocks, numbers, boot())
        written = msgspec.json.encode(described)
        if DESCRIPTION + len(written) > GENERATIONS:
            raise ValueError("The schema is too long for the file's head.")
        size = Regions.of(Layout(schema, blocks), numbers).end
        path.unlink(missing_ok=True)
        file = path.open("w+b")
        os.posix_fallocate(file.fileno(), 0, size)
        file.write(PREAMBLE.pack(MAGIC, len(written), zlib.crc32(written)))
        file.seek(DESCRIPTION)
        file.write(written)
        file.flush()
        return cls(path, file, described)

    @classmethod
    def open(cls, path: Path) -> "TileFile":
        """The file in the place; NotACatalogue where it is missing, torn, foreign or from before a start."""
        try:
            file = path.open("r+b")
        except FileNotFoundError as missing:
            raise NotACatalogue(f"There is no {path.name}.") from missing
        described = _description(file.read(GENERATIONS))
        size = os.fstat(file.fileno()).st_size
        if size != Regions.of(Layout(described.schema, described.blocks), described.numbers).end:
            raise NotACatalogue(f"{path.name} is torn.")
        return cls(path, file, described)

    @property
    def is_replaced(self) -> bool:
        """Whether another file is in the place by now."""
        return bool(self.octets[REPLACED])

    def put_in_place(self, path: Path) -> None:
        """Rename the file over the one before, and tell the readers of that."""
        before = path.open("r+b") if path.exists() else None
        self.path.rename(path)
        self.path = path
        if before:
            with before:
                before.seek(REPLACED)
                before.write(b"\x01")

    def texts(self, name: str) -> tuple[NDArray[np.bytes_], NDArray[np.uint32]]:
        """The texts of a key column and the numbers of their rows, in the runs that a table names."""
        start = self.regions.texts[name]
        width, room = self.described.schema.texts[name], room_for_texts(self.described.numbers)
        numbers = start + room * width
        return self.octets[start:numbers].view(f"S{width}"), self._view(numbers, room)

    def table(self, place: int) -> int:
        """The address of one of the tables."""
        return self.address + self.regions.tables + place * self.layout.table_size

    def head(self, place: int) -> NDArray[np.int64]:
        """The words at the head of a table."""
        start = self.regions.tables + place * self.layout.table_size
        return self.octets[start : start + layout.HEAD].view(np.int64)

    def live(self, place: int) -> NDArray[np.uint64]:
        """The live rows of a table: a line for each block."""
        start = self.regions.tables + place * self.layout.table_size + self.layout.live
        return self.octets[start : start + self.layout.blocks * LINE].view(np.uint64).reshape(-1, 8)

    def _view(self, start: int, length: int) -> NDArray[np.uint32]:
        return self.octets[start : start + length * 4].view(np.uint32)


def room_for_texts(numbers: int) -> int:
    """Texts that a key column has room for: runs are merged into new ones, behind the old."""
    return numbers + numbers // 2


def _description(head: bytes) -> Description:
    if len(head) < GENERATIONS:
        raise NotACatalogue("The file is too short.")
    magic, length, checksum = PREAMBLE.unpack_from(head)
    written = head[DESCRIPTION : DESCRIPTION + length]
    if magic != MAGIC:
        raise NotACatalogue("The file is no catalogue, or one of another layout.")
    if zlib.crc32(written) != checksum:
        raise NotACatalogue("The file is torn.")
    described = msgspec.json.decode(written, type=Description)
    if described.boot != boot():
        raise NotACatalogue("The file was written before the machine started.")
    return described


@cache
def boot() -> str:
    """What tells one start of the machine from the next."""
    told = Path("/proc/sys/kernel/random/boot_id")
    return told.read_text().strip() if told.exists() else ""


def _aligned(offset: int) -> int:
    return -(-offset // PAGE) * PAGE
