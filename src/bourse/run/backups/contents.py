"""What a backup holds, and how each part is recognised again: a hash of every table and of every file."""

import hashlib
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec
from psycopg import sql

from bourse.run.database import Connection

FORMAT = 1
MANIFEST, DUMP, FILES = "manifest.json", "database.dump", "files/"
READ_BYTES = 1024 * 1024

# All in the data folder is kept but what a start makes anew, what belongs to one run, logs and anchors.
MADE_ANEW = (
    "pg[0-9]*",
    "pg.log*",
    "troubles.log",
    "postgres_lies_in",
    "run",
    "catalogue*",
    "audit",
    "static",
    "static.stamp",
    "migrated.json",
    "metrics",
    "lock",
    "*.lock",
    "*.beat",
    "status.json",
    "backup.json",
    "restored*",
    "*.new",
)
KEYS = ("secret_key",)

# Two sums over eight bytes of each row's SHA-256: the order of rows does not matter, equal rows count twice.
HASH_OF_TABLE = sql.SQL(
    """
    SELECT count(*), coalesce(sum(('x' || encode(substring(h FROM 1 FOR 8), 'hex'))::bit(64)::bigint), 0),
           coalesce(sum(('x' || encode(substring(h FROM 9 FOR 8), 'hex'))::bit(64)::bigint), 0)
    FROM (SELECT sha256(convert_to(bourse_row::text, 'UTF8')) AS h FROM {table} AS bourse_row) AS hashed
    """
)
READ_ALIKE = "SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres'; " + (
    "SET extra_float_digits = 1; SET bytea_output = 'hex'"
)


class Table(msgspec.Struct, frozen=True):
    """A table's rows."""

    rows: int
    hash: str


class KeptFile(msgspec.Struct, frozen=True):
    """A file of the data folder."""

    bytes: int
    sha256: str
    mode: int


class Manifest(msgspec.Struct, frozen=True):
    """What an archive holds: the last thing in it, so that one cut short has none."""

    format: int
    made_at: str
    version: str
    postgresql: int
    database_bytes: int
    dump_sha256: str
    migrations: list[tuple[str, str]]
    tables: dict[str, Table]
    files: dict[str, KeptFile]
    keys: list[str]


def tables(connection: Connection) -> dict[str, Table]:
    """Rows and hash of every table, as the connection's transaction sees them."""
    connection.execute(READ_ALIKE)
    found = connection.execute(
        "SELECT schemaname, tablename FROM pg_tables "
        "WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2"
    ).fetchall()
    return {f"{schema}.{name}": _table(connection, str(schema), str(name)) for schema, name in found}


def _table(connection: Connection, schema: str, name: str) -> Table:
    row = connection.execute(HASH_OF_TABLE.format(table=sql.Identifier(schema, name))).fetchone()
    assert row
    rows, *sums = (int(str(figure)) for figure in row)
    return Table(rows, "".join(f"{figure % 2**64:016x}" for figure in sums))


def kept_files(home: Path) -> Iterator[Path]:
    """The files of the data folder that a backup holds, in a steady order."""
    for top in sorted(home.iterdir()):
        if not any(top.match(pattern) for pattern in MADE_ANEW):
            yield from _files_of(top)


def _files_of(path: Path) -> Iterator[Path]:
    if path.is_symlink():
        return
    if path.is_dir():
        for below in sorted(path.iterdir()):
            yield from _files_of(below)
    elif path.is_file():
        yield path


def fingerprint(file: Path) -> KeptFile:
    """Size, hash and mode of a file."""
    about, found = file.stat(), hashlib.sha256()
    with file.open("rb") as opened:
        while piece := opened.read(READ_BYTES):
            found.update(piece)
    return KeptFile(about.st_size, found.hexdigest(), stat.S_IMODE(about.st_mode))


def differing(one: dict[str, Table], other: dict[str, Table]) -> list[str]:
    """The tables that are not the same on both sides."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
