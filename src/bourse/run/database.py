"""What the supervisor asks the database before any of Django is loaded."""

import hashlib
import json
from pathlib import Path

import psycopg

from bourse import settings
from bourse.kit.refusal import Refusal
from bourse.run.sockets import embedded_url

OLDEST = 15
CODE = Path(__file__).resolve().parents[1]
STAMP = "migrated.json"
Connection = psycopg.Connection[tuple[object, ...]]


class DatabaseRefused(Refusal):
    """The database cannot be used; the sentence says why and what to do."""


def current_url() -> str:
    """The database's address now: an embedded one may have been made since the settings were read."""
    return embedded_url(settings.HOME) if settings.IS_EMBEDDED else settings.DATABASE_URL


def connect(url: str) -> Connection:
    """An open connection to a PostgreSQL that is new enough."""
    try:
        connection = psycopg.connect(url, autocommit=True, connect_timeout=10, application_name="bourse")
    except psycopg.OperationalError as error:
        raise DatabaseRefused(f"The database does not answer: {str(error).strip()}") from error
    if connection.info.server_version < OLDEST * 10_000:
        major = connection.info.server_version // 10_000
        connection.close()
        raise DatabaseRefused(f"This is PostgreSQL {major}; Bourse needs {OLDEST} or newer.")
    return connection


def sample_mark(connection: Connection) -> str | None:
    """The word of kit.marks on the sample market; None where nothing was decided or migrated."""
    try:
        row = connection.execute("SELECT word FROM kit_mark WHERE name = 'sample'").fetchone()
    except psycopg.errors.UndefinedTable:
        return None
    return str(row[0]) if row else None


def is_migrated(connection: Connection, home: Path) -> bool:
    """Whether the database has what this code's migrations made the last time they ran.

    Django needs a second to find out; one query does while the migrations' files are the same.
    """
    there = set(applied(connection))
    refuse_newer(there)
    stamp = home / STAMP
    kept = json.loads(stamp.read_text()) if stamp.exists() else {}
    if kept.get("files") != migration_files():
        return False
    return {tuple(pair) for pair in kept["applied"]} <= there


def stamp_migrated(connection: Connection, home: Path) -> None:
    """Remember which migrations this code has made."""
    kept = {"files": migration_files(), "applied": applied(connection)}
    (home / STAMP).write_text(json.dumps(kept))


def migration_files() -> str:
    """A fingerprint of what decides which migrations there are: our files and the pinned packages."""
    files = [
        *sorted(CODE.glob("*/migrations/*.py")),
        CODE / "settings.py",
        CODE.parents[1] / "requirements.lock",
    ]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files if file.exists())).hexdigest()


def make_if_missing(server_url: str, name: str) -> None:
    """Make the database if a reset was cut short before it could."""
    with connect(server_url) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f'CREATE DATABASE "{name}"')


def recreate(server_url: str, name: str) -> None:
    """Drop the database with all that is in it, whoever is connected, and make it anew."""
    with connect(server_url) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')


def applied(connection: Connection) -> list[tuple[str, str]]:
    """The migrations that the database has, as (app, name)."""
    try:
        rows = connection.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
    except psycopg.errors.UndefinedTable:
        return []
    return [(str(app), str(name)) for app, name in rows]


def refuse_newer(there: set[tuple[str, str]]) -> None:
    """Refuse a database that newer code has migrated: this code does not know what it would be changing."""
    ours = {folder.parent.name: folder for folder in CODE.glob("**/migrations")}
    unknown = [
        f"{app}.{name}"
        for app, name in sorted(there)
        if app in ours and not (ours[app] / f"{name}.py").exists()
    ]
    if unknown:
        raise DatabaseRefused(
            f"This database is newer than the code: it has {', '.join(unknown[:3])}. "
            "Bring the newer code back, or restore a backup of before."
        )


def comment(connection: Connection) -> str | None:
    """The comment on the database: a restore leaves its mark there."""
    row = connection.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
    ).fetchone()
    return str(row[0]) if row and row[0] else None
