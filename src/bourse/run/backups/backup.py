"""`./bourse backup FILE`: database and files in one archive, while the market is live."""

import argparse
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import psycopg

from bourse import settings
from bourse.kit import status
from bourse.kit.refusal import Refusal
from bourse.run import database, log
from bourse.run.backups import contents, programs
from bourse.run.backups.archive import Writer, checked, read, sync_folder
from bourse.run.backups.contents import DUMP, FILES, KEYS, KeptFile, Manifest
from bourse.run.database import Connection
from bourse.run.home import HomeLock, keep_private
from bourse.run.version import version
from bourse.run.visit import database_up

SPARE_BYTES = 64 * 1024**2


class CannotBackUp(Refusal):
    """No backup is made; the sentence says why and what to do."""


def main(arguments: list[str]) -> int:
    """Write a backup and prove it; the exit status."""
    parser = argparse.ArgumentParser(prog="./bourse backup", description=__doc__)
    parser.add_argument("file", type=Path, help="the archive to write, outside the data folder")
    parser.add_argument("--no-verify", action="store_true", help="do not restore it on trial")
    parser.add_argument("--replace", action="store_true", help="replace FILE where it is there already")
    chosen = parser.parse_args(arguments)
    log.configure("backup")
    file = chosen.file.absolute()
    _refuse_place(file, may_replace=chosen.replace)
    with only_one(settings.HOME), _noted(), database_up():
        begun = time.monotonic()
        size = back_up(file, database.current_url(), is_verified=not chosen.no_verify)
        seconds = time.monotonic() - begun
        _note(made_at=_now(), file=str(file), bytes=size, is_verified=not chosen.no_verify, seconds=seconds)
    proof = (
        "not verified" if chosen.no_verify else "verified: restored on trial, every table and file the same"
    )
    print(f"{file}: {_in_words(size)}, {proof}. It holds the key that signs sessions: keep it private.")
    return 0


def back_up(file: Path, url: str, *, is_verified: bool) -> int:
    """Write the archive under its name once it is whole, and proven where that is wanted; its bytes."""
    writer = None
    try:
        with database.connect(url) as connection:
            _refuse_full_disk(connection, file, is_verified=is_verified)
            writer = Writer(file)
            manifest = _write(writer, connection, url)
        if is_verified:
            verify(writer.new, url, manifest)
        size = writer.new.stat().st_size
        writer.rename()
    except (OSError, psycopg.Error) as error:
        raise CannotBackUp(f"No backup was made: {str(error).strip()}") from error
    finally:
        if writer:
            writer.drop()
    return size


def verify(archive: Path, url: str, manifest: Manifest) -> None:
    """Restore the archive into a database on trial, and compare every table and file."""
    say("Verifying: reading the archive back…")
    if checked(archive) != manifest:
        raise CannotBackUp("The archive reads back differently from what was written: look at the disk.")
    say("Verifying: restoring it into a database on trial…")
    name = f"{programs.name_of(url)}_verify"
    try:
        restore_database(archive, url, name, manifest)
    finally:
        programs.drop(url, name)


def restore_database(archive: Path, url: str, name: str, manifest: Manifest) -> str:
    """A new database of that name, filled from the archive and compared; its address."""
    new = programs.make(url, name)
    with database.connect(new) as connection:
        major = connection.info.server_version // 10_000
        read(archive, lambda part, content: programs.fill(new, content, major) if part == DUMP else None)
        if differing := contents.differing(contents.tables(connection), manifest.tables):
            raise CannotBackUp(f"After restoring, these tables differ: {', '.join(differing)}.")
    return new


def say(words: str) -> None:
    """Tell the operator how far it is."""
    print(words, file=sys.stderr, flush=True)


def _write(writer: Writer, connection: Connection, url: str) -> Manifest:
    """All parts, of one moment: the dump and the hashes see the same snapshot."""
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        made_at, size, snapshot, migrations = _moment(connection)
        major = connection.info.server_version // 10_000
        say(f"Dumping the database ({_in_words(size)})…")
        _, dump_sha256 = writer.add(DUMP, programs.dump(url, snapshot, major))
        say("Counting and hashing every table…")
        tables = contents.tables(connection)
    say("Adding the files…")
    files = {str(file.relative_to(settings.HOME)): file for file in contents.kept_files(settings.HOME)}
    kept = {name: _add_file(writer, name, file) for name, file in files.items()}
    manifest = Manifest(
        format=contents.FORMAT,
        made_at=made_at,
        version=version(),
        postgresql=connection.info.server_version,
        database_bytes=size,
        dump_sha256=dump_sha256,
        migrations=migrations,
        tables=tables,
        files=kept,
        keys=[key for key in KEYS if key in kept],
    )
    writer.finish(manifest)
    return manifest


def _moment(connection: Connection) -> tuple[str, int, str, list[tuple[str, str]]]:
    """The snapshot that everything is read from: its time, the database's bytes, its name, its migrations."""
    row = connection.execute(
        "SELECT now(), pg_database_size(current_database()), pg_export_snapshot()"
    ).fetchone()
    assert row and isinstance(row[0], datetime)
    return row[0].astimezone(UTC).isoformat(), int(str(row[1])), str(row[2]), database.applied(connection)


def _add_file(writer: Writer, name: str, file: Path) -> KeptFile:
    """A file as it is now: one that changes while it is read is kept as it was read."""
    with file.open("rb") as opened:
        mode = os.fstat(opened.fileno()).st_mode & 0o7777
        size, sha256 = writer.add(FILES + name, iter(lambda: opened.read(contents.READ_BYTES), b""))
    return KeptFile(size, sha256, mode)


def _refuse_place(file: Path, *, may_replace: bool) -> None:
    if file.resolve().is_relative_to(settings.HOME.resolve()):
        raise CannotBackUp(f"{file} is in the data folder, and would be lost with it. Choose another place.")
    if not file.parent.is_dir():
        raise CannotBackUp(f"There is no folder {file.parent}.")
    if file.exists() and not may_replace:
        raise CannotBackUp(f"{file} is there already. Choose another name, or add --replace.")


def _refuse_full_disk(connection: Connection, file: Path, *, is_verified: bool) -> None:
    row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    assert row
    database_bytes = int(str(row[0]))
    files_bytes = sum(kept.stat().st_size for kept in contents.kept_files(settings.HOME))
    refuse_without_space(file.parent, database_bytes // 2 + files_bytes + SPARE_BYTES)
    if is_verified and settings.IS_EMBEDDED:
        refuse_without_space(settings.HOME, database_bytes + SPARE_BYTES)


def refuse_without_space(folder: Path, wanted: int) -> None:
    """Refuse work that would fill the disk."""
    free = shutil.disk_usage(folder).free
    if free < wanted:
        raise CannotBackUp(
            f"{folder} has {_in_words(free)} free, and {_in_words(wanted)} may be needed. Make room."
        )


@contextmanager
def only_one(home: Path) -> Iterator[None]:
    """One backup or restore at a time on a data folder."""
    lock = HomeLock(home, "backup.lock", "A backup or restore runs already")
    lock.take()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _noted() -> Iterator[None]:
    """Leave word of a failure for the operator's page."""
    try:
        yield
    except Refusal as refusal:
        _note(failed_at=_now(), why=str(refusal))
        raise


def _note(**new: object) -> None:
    known = {} if "made_at" in new else msgspec.structs.asdict(status.backup(settings.HOME))
    note = status.Backup(**{**known, **new})
    keep_private(settings.HOME / status.BACKUP, msgspec.json.encode(note).decode())
    sync_folder(settings.HOME)


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 (of the archive, no moment of the market)


def _in_words(size: int) -> str:
    return f"{size / 1024**3:.1f} GiB" if size >= 1024**3 else f"{size / 1024**2:.1f} MiB"
