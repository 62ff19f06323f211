"""A zip opened with distrust: what it declares is checked before, and counted while, it is unpacked."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise

from bourse.dialects.tables.limits import MIB, Limits
from bourse.dialects.tables.refusals import ArchiveHostile, FileTooBig, WorkbookCorrupt, WorkbookEncrypted

_CHUNK_BYTES = MIB // 4
_LOCAL_HEADER_BYTES = 30
_CENTRAL_ENTRY = b"PK\x01\x02"
_IS_ENCRYPTED = 0x1
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
)


class Archive:
    """The members of a zip that keeps every bound."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        if data.count(_CENTRAL_ENTRY) > limits.members:
            raise hostile(f"more than {limits.members:,} members")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _UNREADABLE as error:
            raise _corrupt(str(error)) from error
        self._check(self._zip.infolist())
        self.names = {name.replace("\\", "/").lower(): name for name in self._zip.namelist()}

    def _check(self, members: list[zipfile.ZipInfo]) -> None:
        for member in members:
            _check_name(member)
            self._check_size(member)
        declared = sum(member.file_size for member in members)
        if declared > self._limits.unpacked_bytes:
            raise self._too_big(declared)
        _check_overlap(members)

    def _check_size(self, member: zipfile.ZipInfo) -> None:
        if member.flag_bits & _IS_ENCRYPTED:
            raise encrypted()
        ratio = member.file_size / max(1, member.compress_size)
        if member.file_size > self._limits.ratio_from_bytes and ratio > self._limits.ratio:
            raise hostile(f"“{member.filename}”, packed {ratio:,.0f} times smaller than it is")

    def _too_big(self, size: int) -> FileTooBig:
        return FileTooBig(
            f"The workbook unpacks to {size:,} bytes; at most {self._limits.unpacked_bytes:,} are read. "
            "Split the list into several files, or save it as CSV."
        )

    def find(self, name: str) -> str | None:
        """The member of this name, however its letters are written."""
        return self.names.get(name.lower())

    def read(self, name: str, most: int) -> bytes:
        """A whole small member; `most` is the bound of its kind."""
        size = self._zip.getinfo(name).file_size
        if size > most:
            raise hostile(f"“{name}” of {size:,} bytes, where at most {most:,} make sense")
        return b"".join(self.stream(name))

    def stream(self, name: str) -> Iterator[bytes]:
        """A member chunk by chunk; what really comes out is counted, whatever was declared."""
        try:
            unpacked = 0
            with self._zip.open(name) as member:
                while chunk := member.read(_CHUNK_BYTES):
                    unpacked += len(chunk)
                    if unpacked > self._limits.unpacked_bytes:
                        raise self._too_big(unpacked)
                    yield chunk
        except _UNREADABLE as error:
            raise _corrupt(str(error)) from error


def _check_name(member: zipfile.ZipInfo) -> None:
    name = member.orig_filename.replace("\\", "/")
    if name.startswith("/") or ":" in name or ".." in name.split("/"):
        raise hostile(f"a member that points out of it (“{member.filename[:80]}”)")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise hostile(f"a link to another file (“{member.filename[:80]}”)")


def _check_overlap(members: list[zipfile.ZipInfo]) -> None:
    """Members that share bytes unpack the same data again and again."""
    spans = sorted(
        (member.header_offset, member.header_offset + _LOCAL_HEADER_BYTES + member.compress_size)
        for member in members
    )
    if any(end > start for (_, end), (start, _) in pairwise(spans)):
        raise hostile("members that overlap")


def encrypted() -> WorkbookEncrypted:
    """The refusal of what opens only with a password."""
    return WorkbookEncrypted(
        "The workbook is protected with a password; expected one that opens without. "
        "Remove the password (File, Info, Protect Workbook) and save it again."
    )


def hostile(what: str) -> ArchiveHostile:
    """The refusal of what no spreadsheet would write."""
    return ArchiveHostile(
        f"The archive holds {what}; expected a plain workbook. Open it in a spreadsheet and save it again."
    )


def _corrupt(reason: str) -> WorkbookCorrupt:
    return WorkbookCorrupt(
        f"The workbook is damaged or cut off ({reason}); expected the whole file. "
        "Send it again, or open it in a spreadsheet and save it again."
    )
