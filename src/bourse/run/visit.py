"""The database for a command that comes and goes, whether the house is up or not."""

from collections.abc import Iterator
from contextlib import contextmanager

from bourse import settings
from bourse.run import database
from bourse.run.backups.settling import settle
from bourse.run.home import HomeLock, supervisor_of
from bourse.run.postgres import Server


@contextmanager
def database_up() -> Iterator[int | None]:
    """The supervisor that runs the database, or None where it was started for this visit or is not ours."""
    if not settings.IS_EMBEDDED:
        yield None
    elif supervisor := supervisor_of(settings.HOME):
        yield supervisor
    else:
        with _own_server():
            yield None


@contextmanager
def _own_server() -> Iterator[None]:
    lock = HomeLock(settings.HOME)
    lock.take()
    server = Server(settings.HOME)
    try:
        server.start()
        database.make_if_missing(server.url("postgres"), "bourse")
        with database.connect(server.url()) as connection:
            settle(settings.HOME, database.comment(connection))
        yield
    finally:
        server.stop()
        lock.release()
