"""`./bourse doctor`: what is wrong with this installation, each line with its cure."""

import argparse
import os
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from bourse import settings
from bourse.kit import status
from bourse.kit.refusal import Refusal
from bourse.run import database, log
from bourse.run.guards import CannotServe, answers, is_loopback, refuse_taken_port
from bourse.run.home import supervisor_of
from bourse.run.lodging import namespaces_are_open
from bourse.run.sockets import POINTER, cluster_folder, socket_folder
from bourse.run.visit import database_up

BACK_UP = "./bourse backup FILE, each night"
UNDELIVERED = """
    SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(announced_at)), 0)
    FROM kit_fact WHERE delivered_at IS NULL
"""


class Sign(StrEnum):
    """How a finding is marked."""

    GOOD = "good"
    NOTE = "note"
    WRONG = "WRONG"


@dataclass(frozen=True)
class Finding:
    """One line of the doctor's."""

    sign: Sign
    what: str
    cure: str = ""

    def __str__(self) -> str:
        return f"{self.sign:5}  {self.what}" + (f" Cure: {self.cure}" if self.cure else "")


def main(arguments: list[str]) -> int:
    """Print every finding; 1 where something is wrong."""
    argparse.ArgumentParser(prog="./bourse doctor", description=__doc__).parse_args(arguments)
    log.configure("doctor")
    findings = []
    for check in CHECKS:
        for finding in check():
            findings.append(finding)
            print(finding, flush=True)
    return int(any(finding.sign is Sign.WRONG for finding in findings))


def good(what: str) -> Finding:
    """What is as it should be."""
    return Finding(Sign.GOOD, what)


def wrong(what: str, cure: str) -> Finding:
    """What is not, and what to do."""
    return Finding(Sign.WRONG, what, cure)


def environment() -> Iterator[Finding]:
    """Python and the packages."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield good(f"Python {version}, packages as the lock pins them in {sys.prefix}.")


def data_folder() -> Iterator[Finding]:
    """The data folder's owner, mode and space."""
    home = settings.HOME
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    about = home.stat()
    if about.st_uid != os.geteuid():
        yield wrong(f"{home} belongs to another account.", f"chown -R {os.geteuid()} {home}")
    elif stat.S_IMODE(about.st_mode) & 0o077:
        yield wrong(f"Other accounts may look into {home}.", f"chmod 700 {home}")
    else:
        yield good(f"The data folder {home} is ours alone.")
    free = shutil.disk_usage(home).free
    words = f"{free / 1024**3:.1f} GiB free for {home}."
    if free > status.LEAST_DISK_BYTES:
        yield good(words)
    else:
        yield wrong(words, "make room: PostgreSQL stops on a full disk")


def socket_place() -> Iterator[Finding]:
    """Where the embedded PostgreSQL lies."""
    if not settings.IS_EMBEDDED:
        return
    yield good(f"PostgreSQL's socket lies in {socket_folder(cluster_folder(settings.HOME))}.")
    if (settings.HOME / POINTER).exists():
        yield Finding(Sign.NOTE, f"PostgreSQL runs as nobody, its data in {cluster_folder(settings.HOME)}.")
    elif os.geteuid() == 0 and not namespaces_are_open():
        yield Finding(Sign.NOTE, "User namespaces are closed: PostgreSQL will run as nobody.")


def the_database() -> Iterator[Finding]:
    """PostgreSQL's version, the migrations, the sample."""
    try:
        with database_up():
            yield from _inside_database()
    except Refusal as refusal:
        yield wrong(str(refusal), "see pg.log in the data folder, or mend BOURSE_DATABASE_URL")


def _inside_database() -> Iterator[Finding]:
    with database.connect(database.current_url()) as connection:
        version = connection.info.server_version
        yield good(f"PostgreSQL {version // 10_000}.{version % 10_000} answers.")
        if database.is_migrated(connection, settings.HOME):
            yield good("Every migration is made.")
            yield from _about_work(connection)
        else:
            yield wrong("Migrations wait, or were made by another copy of the code.", "start ./bourse")
        mark = database.sample_mark(connection)
    yield from _about_sample(mark)


def _about_work(connection: database.Connection) -> Iterator[Finding]:
    """The database's size, the facts that wait, the jobs that failed."""
    size = connection.execute("SELECT pg_size_pretty(pg_database_size(current_database()))").fetchone()
    failed = connection.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'").fetchone()
    undelivered = connection.execute(UNDELIVERED).fetchone()
    assert size and failed and undelivered
    yield good(f"The database takes {size[0]}.")
    if failed[0]:
        words = f"Jobs that have failed: {failed[0]}."
        yield wrong(words, "the page Operations says why and tries them again")
    else:
        yield good("No job has failed.")
    waiting, oldest_s = int(str(undelivered[0])), float(str(undelivered[1]))
    if oldest_s > status.LAG_LIMIT_S:
        words = f"{waiting} facts wait, the oldest for {oldest_s:.0f} s."
        yield wrong(words, "start ./bourse, or read its log")
    else:
        yield good("No fact waits too long for search.")


def _about_sample(mark: str | None) -> Iterator[Finding]:
    if mark not in ("whole", "loading"):
        return
    host = urlsplit(settings.URL).hostname or ""
    if is_loopback(settings.BIND) and is_loopback(host):
        yield Finding(Sign.NOTE, "The database holds the sample market.")
    else:
        yield wrong("The sample market would be shown to others.", "./bourse reset-sample")


def port() -> Iterator[Finding]:
    """Whether the port is ours or free."""
    where = f"{settings.BIND} port {settings.PORT}"
    if supervisor_of(settings.HOME):
        if answers(settings.BIND, settings.PORT, "/livez"):
            yield good(f"The web process answers on {where}.")
        else:
            yield wrong(
                f"The house is up, but nothing answers on {where}.", "read the log, then restart ./bourse"
            )
        return
    try:
        refuse_taken_port(settings.BIND, settings.PORT)
        yield Finding(Sign.NOTE, f"The house is down; {where} is free.")
    except CannotServe as refusal:
        yield wrong(str(refusal), "set BOURSE_PORT, or stop what listens there")


def follower() -> Iterator[Finding]:
    """Whether the follower keeps up, where the house is up."""
    if not supervisor_of(settings.HOME):
        return
    if answers(settings.BIND, settings.PORT, "/readyz"):
        yield good("The follower keeps up.")
    else:
        yield wrong("The installation is not ready.", "the log's line not_ready says why")


def processes() -> Iterator[Finding]:
    """How the supervisor's children fare, where the house is up."""
    if not supervisor_of(settings.HOME):
        return
    found = status.status(settings.HOME)
    if found is None or time.time() - found.at.timestamp() > status.STALE_S:
        yield wrong("The supervisor has left no word of late.", "restart ./bourse")
        return
    for process in found.processes:
        about = f"{process.restarts} restarts, last words: {process.last_words or 'none'}."
        if process.pid is None:
            yield wrong(f"The process {process.name} is down: {about}", "read the log")
        elif process.restarts:
            yield Finding(Sign.NOTE, f"The process {process.name} is up again: {about}")
    yield good(f"{len(found.processes)} processes are watched; this is Bourse {found.version}.")


def last_backup() -> Iterator[Finding]:
    """When the last backup was made, and whether it was proven."""
    last = status.backup(settings.HOME)
    if last.failed_at:
        yield wrong(f"The last try to make a backup failed: {last.why}", BACK_UP)
    if last.made_at is None:
        yield Finding(Sign.NOTE, "No backup was made on this data folder.", BACK_UP)
        return
    hours = (time.time() - last.made_at.timestamp()) / 3600
    proof = "proven by restoring it" if last.is_verified else "not proven"
    words = f"The last backup is {hours:.0f} h old, {proof}: {last.file}."
    is_due = hours * 3600 > status.BACKUP_DUE_S
    yield wrong(words, BACK_UP) if is_due else good(words)


def catalogue() -> Iterator[Finding]:
    """Whether the file that search reads is there."""
    folder = settings.HOME / "catalogue"
    if folder.exists() and any(folder.iterdir()):
        yield good("The catalogue that search reads is there.")
    elif supervisor_of(settings.HOME):
        yield wrong(
            "The catalogue that search reads is missing.", "restart ./bourse: the follower writes it anew"
        )
    else:
        yield Finding(Sign.NOTE, "There is no catalogue yet; the follower writes it when the house is up.")


def address() -> Iterator[Finding]:
    """Whether the public address fits what is bound."""
    public = urlsplit(settings.URL)
    if is_loopback(public.hostname or ""):
        if is_loopback(settings.BIND):
            yield good(f"The address is {settings.URL}.")
        else:
            yield wrong(f"BOURSE_BIND is {settings.BIND}, but links say {settings.URL}.", "set BOURSE_URL")
    elif public.scheme != "https":
        yield wrong(f"{settings.URL} is not https: passwords would travel in the open.", "serve it by https")
    else:
        yield good(f"The public address is {settings.URL}.")


def browser() -> Iterator[Finding]:
    """Chromium, which only the tests need."""
    path = os.environ.get("BOURSE_CHROMIUM") or shutil.which("chromium")
    if not path:
        yield Finding(Sign.NOTE, "There is no chromium; only ./bourse test needs it.", "apt install chromium")


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    environment,
    data_folder,
    socket_place,
    the_database,
    port,
    follower,
    processes,
    last_backup,
    catalogue,
    address,
    browser,
)
