"""The archive: a plain tar of the dump, the files and, last, the manifest; read without trust."""

import hashlib
import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import msgspec

from bourse.kit.refusal import Refusal
from bourse.run.backups.contents import DUMP, FILES, FORMAT, MANIFEST, READ_BYTES, Manifest


class Damaged(Refusal):
    """The archive is not what was once written; the sentence names the part."""


class Writer:
    """An archive being written: under a name of its own until it is whole."""

    def __init__(self, file: Path) -> None:
        self.file, self.new = file, file.with_name(f"{file.name}.part")
        self.out = os.fdopen(os.open(self.new, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "r+b")

    def add(self, name: str, pieces: Iterator[bytes]) -> tuple[int, str]:
        """Write a member whose size is known only at its end; its bytes and its SHA-256."""
        head, size, found = self.out.tell(), 0, hashlib.sha256()
        self.out.write(bytes(tarfile.BLOCKSIZE))
        for piece in pieces:
            self.out.write(piece)
            found.update(piece)
            size += len(piece)
        self.out.write(bytes(-size % tarfile.BLOCKSIZE))
        end = self.out.tell()
        self.out.seek(head)
        self.out.write(_head(name, size))
        self.out.seek(end)
        return size, found.hexdigest()

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest and give the archive its name, once all of it is on the disk."""
        self.add(MANIFEST, iter([msgspec.json.format(msgspec.json.encode(manifest), indent=1)]))
        self.out.write(bytes(2 * tarfile.BLOCKSIZE))
        self.out.flush()
        os.fsync(self.out.fileno())
        self.out.close()

    def rename(self) -> None:
        """Give the archive its name."""
        self.new.rename(self.file)
        sync_folder(self.file.parent)

    def drop(self) -> None:
        """Forget what was written."""
        self.out.close()
        self.new.unlink(missing_ok=True)


def _head(name: str, size: int) -> bytes:
    about = tarfile.TarInfo(name)
    about.size, about.mode = size, 0o600
    return about.tobuf(tarfile.GNU_FORMAT)[-tarfile.BLOCKSIZE :]


def checked(file: Path) -> Manifest:
    """The manifest of an archive that was read whole, every part compared with its hash."""
    found: dict[str, str] = {}
    text = b""
    with _opened(file) as archive:
        for member, content in _members(file, archive):
            if member == MANIFEST:
                text = content.read()
            else:
                found[member] = _hash(file, member, content)
    if not text:
        raise Damaged(f"{file} ends early: its manifest, the last part, is missing. Take an older backup.")
    manifest = _manifest(file, text)
    wanted = {DUMP: manifest.dump_sha256}
    wanted |= {FILES + name: about.sha256 for name, about in manifest.files.items()}
    for name in sorted(wanted.keys() | found.keys()):
        if wanted.get(name) != found.get(name):
            fault = "is missing" if name not in found else "is damaged" if name in wanted else "is a stranger"
            raise Damaged(f"In {file}, {name} {fault}. Nothing was changed. Take an older backup.")
    return manifest


def read(file: Path, take: Callable[[str, IO[bytes]], None]) -> None:
    """Hand every part but the manifest to `take`, in order."""
    with _opened(file) as archive:
        for member, content in _members(file, archive):
            if member != MANIFEST:
                take(member, content)


@contextmanager
def _opened(file: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(file, "r:") as archive:
            yield archive
    except FileNotFoundError:
        raise Damaged(f"There is no file {file}.") from None
    except IsADirectoryError:
        raise Damaged(f"{file} is a folder, and a backup is one file.") from None
    except tarfile.TarError:
        raise Damaged(f"{file} is not a backup of Bourse, or its beginning is damaged.") from None


def _members(file: Path, archive: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    try:
        for member in archive:
            if not member.isreg() or not _is_ours(member.name):
                raise Damaged(f"{file} is not a backup of Bourse: it holds {member.name!r}.")
            content = archive.extractfile(member)
            assert content
            yield member.name, content
    except tarfile.ReadError:
        raise Damaged(
            f"{file} is cut short or damaged after its first parts. Take an older backup."
        ) from None


def _is_ours(name: str) -> bool:
    below = name.removeprefix(FILES)
    is_plain = not below.startswith("/") and ".." not in below.split("/") and "\\" not in below
    return name in (MANIFEST, DUMP) or (name.startswith(FILES) and bool(below) and is_plain)


def _hash(file: Path, member: str, content: IO[bytes]) -> str:
    found = hashlib.sha256()
    try:
        while piece := content.read(READ_BYTES):
            found.update(piece)
    except tarfile.ReadError:
        raise Damaged(f"{file} ends early, within {member}. Take an older backup.") from None
    return found.hexdigest()


def _manifest(file: Path, text: bytes) -> Manifest:
    try:
        manifest = msgspec.json.decode(text, type=Manifest)
    except msgspec.MsgspecError:
        raise Damaged(f"In {file}, {MANIFEST} is damaged, or of a newer version. Bring newer code.") from None
    if manifest.format != FORMAT:
        raise Damaged(f"{file} has the format {manifest.format}; this code reads {FORMAT}. Bring newer code.")
    return manifest


def sync_folder(folder: Path) -> None:
    """Have the folder's names on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
