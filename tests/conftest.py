"""What every test may ask for: a database, a data folder of its own, the cast."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

import cast as people
import working
from bourse.kit import buckets
from bourse.kit.status import BACKUP, BEAT, STATUS
from bourse.run.postgres import Server
from bourse.search import catalogue, follower, watch

REAL_FILES = ("real/test_*.py", "browser/test_real_file.py")
collect_ignore_glob = [] if os.environ.get("BOURSE_REAL_STOCK") else [*REAL_FILES]


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of this run: no test touches that of a running bourse."""
    settings.HOME = tmp_path_factory.mktemp("home")
    settings.LINK_CHECKS_A_DAY = 0  # who tests the checks says how many, and where names lead
    return settings.HOME


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server | None]:
    """The database server of this run, or None where BOURSE_DATABASE_URL names one."""
    if os.environ.get("BOURSE_DATABASE_URL"):
        yield None
        return
    server = Server(tmp_path_factory.mktemp("postgres"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, postgres: Server | None
) -> None:
    """Point Django at the server; each worker of a parallel run has its own."""
    if postgres:
        connections["default"].settings_dict["HOST"] = str(postgres.sockets)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """A migrated database. After tests that commit it is emptied, which the history refuses elsewhere."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in ("askchange", "pastlisting", "showingchange"):
            cursor.execute(f"ALTER TABLE market_{table} DISABLE TRIGGER {table}_is_never_emptied")
        cursor.execute("ALTER TABLE kit_auditentry DISABLE TRIGGER audit_entries_stay")
        cursor.execute("ALTER TABLE kit_auditblock DISABLE TRIGGER audit_blocks_stay")


@pytest.fixture(autouse=True)
def no_catalogue_of_another_test(home: Path) -> None:
    """A test's market is undone behind the follower's back: each test starts without memory and file."""
    follower.forget()
    watch.forget()
    catalogue.path().unlink(missing_ok=True)
    for word in (STATUS, BACKUP, BEAT):  # of a house that another test put together
        (home / word).unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def no_tries_of_another_test(home: Path) -> None:
    """What limits counted lives in a file, beside every test's database. Never cut: it is mapped."""
    if (file := home / "run/buckets").exists():
        with file.open("r+b") as counts:
            counts.seek(buckets.HEAD_BYTES)
            counts.write(bytes(buckets.FILE_BYTES - buckets.HEAD_BYTES))


@pytest.fixture
def cast(db: None) -> people.Cast:
    """Asha, Tara, Vera, Ben, Bea, Carl and Omar."""
    return people.assemble()


@pytest.fixture
def run_jobs(db: None) -> Callable[[], int]:
    """Runs the real worker once over the jobs that wait; how many it did."""
    return working.do_waiting_jobs
