"""PostgreSQL's own tools: dump a snapshot, put it back into a new database, give that its name."""

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit, urlunsplit

from psycopg import sql

from bourse.kit.refusal import Refusal
from bourse.run import database
from bourse.run.backups.contents import READ_BYTES
from bourse.run.database import Connection
from bourse.run.postgres import wheel_binaries

TOO_NEW = "SET transaction_timeout = 0;\n"  # which servers before 17 do not know


class ToolFailed(Refusal):
    """One of PostgreSQL's programs failed; the sentence has its words."""


def dump(url: str, snapshot: str, server_major: int) -> Iterator[bytes]:
    """The database as the snapshot sees it, in pg_dump's custom format."""
    how = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    order = [str(_program("pg_dump", server_major)), *how, f"--dbname={url}"]
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(
            order, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said
        ) as running:
            assert running.stdout
            while piece := running.stdout.read(READ_BYTES):
                yield piece
        _refuse_failure("pg_dump", running.returncode, said)


def fill(url: str, dumped: IO[bytes], server_major: int) -> None:
    """Put a dump into an empty database, in one transaction."""
    program = _program("pg_restore", server_major)
    with tempfile.TemporaryFile() as said:
        if server_major >= 17:
            order = [str(program), "--no-owner", "--no-privileges", "--single-transaction", f"--dbname={url}"]
            with subprocess.Popen(order, stdin=subprocess.PIPE, stdout=said, stderr=said) as running:
                assert running.stdin
                _pour(dumped, running.stdin)
        else:
            running = _fill_older(url, program, dumped, said)
        _refuse_failure("pg_restore", running.returncode, said)


def _fill_older(url: str, program: Path, dumped: IO[bytes], said: IO[bytes]) -> "subprocess.Popen[bytes]":
    """As SQL, without the one line that an older server does not know."""
    psql = [str(program.with_name("psql")), "-qX", "-v", "ON_ERROR_STOP=1", "--single-transaction", url]
    as_sql = [str(program), "--no-owner", "--no-privileges", "--file=-"]
    with tempfile.TemporaryFile() as script:
        with subprocess.Popen(as_sql, stdin=subprocess.PIPE, stdout=script, stderr=said) as running:
            assert running.stdin
            _pour(dumped, running.stdin)
        if running.returncode:
            return running
        script.seek(0)
        with subprocess.Popen(psql, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said) as second:
            assert second.stdin
            _pour_without(script, second.stdin, TOO_NEW.encode())
        return second


def _pour(source: IO[bytes], into: IO[bytes]) -> None:
    try:
        while piece := source.read(READ_BYTES):
            into.write(piece)
        into.close()
    except BrokenPipeError:
        pass  # the program ended, and its status says why


def _pour_without(source: IO[bytes], into: IO[bytes], unwanted: bytes) -> None:
    try:
        for line in source:
            if line == unwanted:
                break
            into.write(line)
    except BrokenPipeError:
        return
    _pour(source, into)


def make(url: str, name: str) -> str:
    """A new empty database beside that of the address; its own address."""
    with database.connect(url) as connection:
        _drop(connection, name)
        order = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'")
        connection.execute(order.format(sql.Identifier(name)))
    return renamed(url, name)


def drop(url: str, name: str) -> None:
    """Drop the database of that name, whoever is connected to it."""
    with database.connect(url) as connection:
        _drop(connection, name)


def take_place(url: str, new: str, mark: str) -> None:
    """Give the new database the name of the address, in one transaction, and drop the old one."""
    name = name_of(url)
    before = f"{name}_before"
    with database.connect(renamed(url, "postgres")) as connection:
        _drop(connection, before)
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname IN (%s, %s)", [name, new]
        )
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        with connection.transaction():
            connection.execute(rename.format(sql.Identifier(name), sql.Identifier(before)))
            connection.execute(rename.format(sql.Identifier(new), sql.Identifier(name)))
            comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
            connection.execute(comment.format(sql.Identifier(name), sql.Literal(mark)))
        _drop(connection, before)


def _drop(connection: Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def name_of(url: str) -> str:
    """The database that an address names."""
    return urlsplit(url).path.lstrip("/")


def renamed(url: str, name: str) -> str:
    """The address of another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _program(name: str, server_major: int) -> Path:
    """Ours; Debian's own where the server is newer than ours."""
    ours = wheel_binaries() / name
    said = subprocess.run([str(ours), "--version"], capture_output=True, text=True, check=True).stdout
    own_major = int(said.split()[2].partition(".")[0])
    if server_major <= own_major:
        return ours
    debians = Path(f"/usr/lib/postgresql/{server_major}/bin/{name}")
    if debians.exists():
        return debians
    raise ToolFailed(
        f"The server is PostgreSQL {server_major}, and {name} here is {own_major}. "
        f"Install postgresql-client-{server_major}, or use your server's own tools."
    )


def _refuse_failure(program: str, status: int, said: IO[bytes]) -> None:
    if status:
        said.seek(0)
        words = said.read().decode(errors="replace").strip()[-1500:]
        raise ToolFailed(f"{program} failed with status {status}: {words}")
