"""`./bourse restore FILE`: the database and the files as they were, or nothing changed."""

import argparse
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psycopg

from bourse import settings
from bourse.kit.refusal import Refusal
from bourse.run import database, log
from bourse.run.backups import archive, programs
from bourse.run.backups.backup import SPARE_BYTES, only_one, refuse_without_space, restore_database, say
from bourse.run.backups.contents import FILES, READ_BYTES, Manifest
from bourse.run.backups.settling import FOLDER, settle
from bourse.run.home import HomeLock, keep_private, supervisor_of
from bourse.run.process import answer_of, order
from bourse.run.visit import database_up


class CannotRestore(Refusal):
    """Nothing was changed; the sentence says why and what to do."""


def main(arguments: list[str]) -> int:
    """Put a backup in the place of what is here; the exit status."""
    parser = argparse.ArgumentParser(prog="./bourse restore", description=__doc__)
    parser.add_argument("file", type=Path, help="an archive that ./bourse backup wrote")
    parser.add_argument("--yes", action="store_true", help="replace what is here without asking")
    chosen = parser.parse_args(arguments)
    log.configure("restore")
    with only_one(settings.HOME), _house_down():
        say(f"Checking {chosen.file}…")
        manifest = archive.checked(chosen.file.absolute())
        database.refuse_newer({(app, name) for app, name in manifest.migrations})
        url = database.current_url()
        if _holds_market(url) and not (chosen.yes or _says_yes(url)):
            raise CannotRestore("Nothing was changed. Add --yes where nobody can be asked.")
        restore(chosen.file.absolute(), url, manifest)
    print(f"Restored what was here at {manifest.made_at}: {_counts(manifest)}. Start ./bourse.")
    return 0


def restore(file: Path, url: str, manifest: Manifest) -> None:
    """Build the database and the files beside those in use, then change over."""
    files_bytes = sum(kept.bytes for kept in manifest.files.values())
    refuse_without_space(settings.HOME, manifest.database_bytes + files_bytes + SPARE_BYTES)
    name, mark = f"{programs.name_of(url)}_restored", f"restored {secrets.token_hex(8)}"
    try:
        say("Restoring the database beside the one in use, and comparing every table…")
        new = restore_database(file, url, name, manifest)
        say("Migrating it to this code…")
        _prepare(new)
        say("Laying out the files…")
        _lay_out(file, manifest, mark)
        say("Changing over…")
        programs.take_place(url, name, mark)
    except (OSError, psycopg.Error) as error:
        raise CannotRestore(f"Nothing was changed: {str(error).strip()}") from error
    finally:
        programs.drop(programs.renamed(url, "postgres"), name)
    settle(settings.HOME, mark)


@contextmanager
def _house_down() -> Iterator[None]:
    """The database alone, with the house down and kept down meanwhile."""
    if supervisor := supervisor_of(settings.HOME):
        raise CannotRestore(f"Bourse runs on {settings.HOME} (process {supervisor}). Stop it first.")
    if settings.IS_EMBEDDED:
        with database_up():
            yield
        return
    lock = HomeLock(settings.HOME)
    lock.take()
    try:
        yield
    finally:
        lock.release()


def _holds_market(url: str) -> bool:
    """Whether there is a company in the database that would be replaced."""
    with database.connect(url) as connection:
        try:
            row = connection.execute("SELECT EXISTS (SELECT FROM members_company)").fetchone()
        except psycopg.errors.UndefinedTable:
            return False
    return bool(row and row[0])


def _says_yes(url: str) -> bool:
    what = f"This replaces the market in the database {programs.name_of(url)}, which is not empty."
    return sys.stdin.isatty() and input(f"{what} Type yes to go on: ").strip().lower() == "yes"


def _prepare(url: str) -> None:
    """Bring the restored database to this code's migrations before anybody sees it."""
    done = subprocess.run(
        order("steps", "prepare"),
        env={**os.environ, "BOURSE_DATABASE_URL": url},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    answer_of("prepare", done.returncode, done.stdout)


def _lay_out(file: Path, manifest: Manifest, mark: str) -> None:
    """The archive's files in a folder of their own, with the mark of the database that they belong to."""
    folder = settings.HOME / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "files").mkdir(mode=0o700, parents=True)

    def take(part: str, content: IO[bytes]) -> None:
        if part.startswith(FILES):
            name = part.removeprefix(FILES)
            _write(folder / "files" / name, content, manifest.files[name].mode)

    archive.read(file, take)
    keep_private(folder / "mark", mark)
    archive.sync_folder(folder)


def _write(file: Path, content: IO[bytes], mode: int) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        shutil.copyfileobj(content, out, READ_BYTES)
        out.flush()
        os.fsync(out.fileno())
    file.chmod(mode)


def _counts(manifest: Manifest) -> str:
    rows = sum(table.rows for table in manifest.tables.values())
    return f"{len(manifest.tables)} tables with {rows:,} rows, {len(manifest.files)} files"
