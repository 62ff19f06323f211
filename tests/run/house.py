"""A real ./bourse for tests: its own data folder and port, its processes, and waiting without guessing."""

import atexit
import http.client
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60.0

Seen = TypeVar("Seen")


def wait_for(look: Callable[[], Seen], seconds: float = PATIENCE_S) -> Seen:
    """What `look` gives once it gives something; a failure when the time is up."""
    end = time.monotonic() + seconds
    while not (seen := look()):
        assert time.monotonic() < end, f"waited {seconds:.0f} s in vain"
        time.sleep(0.02)
    return seen


def free_port() -> int:
    """A port where nothing listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Installation:
    """One ./bourse. `variables` are BOURSE_ settings besides its own."""

    def __init__(self, home: Path, **variables: str) -> None:
        self.home, self.port = home, free_port()
        self.log = home.with_name(f"{home.name}.log")
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BOURSE_")}
        own = {"BOURSE_HOME": str(home), "BOURSE_PORT": str(self.port), "PYTHONPATH": str(ROOT / "src")}
        own["BOURSE_LINK_CHECKS_A_DAY"] = "0"  # no test's house looks at anything outside
        self.env = {**kept, **own, **variables}
        self.line = ""

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run another command of ./bourse on this data folder."""
        order = [sys.executable, "-P", "-m", "bourse", *words]
        return subprocess.run(
            order,
            env=self.env,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=5 * PATIENCE_S,
        )

    def begin_command(self, *words: str) -> "subprocess.Popen[bytes]":
        """Begin a command without waiting for it."""
        order = [sys.executable, "-P", "-m", "bourse", *words]
        with self.log.open("ab") as log:
            return subprocess.Popen(order, env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def start(self, *words: str) -> str:
        """Start it and wait for the line that says where it is."""
        self.begin(*words)
        return self.await_line()

    def begin(self, *words: str) -> None:
        """Start it without waiting."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "bourse", "serve", *words],
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
            )

    def await_line(self) -> str:
        """The line on standard output; a failure with the log's end where it ends first."""
        assert self.process.stdout
        readable, _, _ = select.select([self.process.stdout], [], [], PATIENCE_S)
        self.line = self.process.stdout.readline().decode() if readable else ""
        assert self.line, self.log.read_text()[-3000:]
        return self.line.strip()

    def stop(self) -> int:
        """Ask it to end; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE_S)

    def kill(self) -> None:
        """End the supervisor with no chance to clean up."""
        self.process.kill()
        self.process.wait()

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body of an answer; (0, b"") where none comes."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers={"Host": f"localhost:{self.port}"})
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            connection.close()

    def answers(self, path: str = "/readyz") -> bool:
        """Whether the path answers 200 now."""
        return self.get(path)[0] == 200

    def pids(self, *words: str) -> list[int]:
        """The processes of this installation whose command line holds each of the words."""
        return [pid for pid in self._all() if all(word in _command(pid) for word in words)]

    def postmaster(self) -> list[int]:
        """The process number of PostgreSQL, where it takes connections."""
        for file in self.home.glob("pg*/postmaster.pid"):
            lines = file.read_text().splitlines()
            if lines[7:8] and lines[7].strip() == "ready" and _is_alive(int(lines[0])):
                return [int(lines[0])]
        return []

    def _all(self) -> Iterator[int]:
        home = str(self.home)
        for folder in Path("/proc").glob("[0-9]*"):
            pid = int(folder.name)
            if pid != os.getpid() and _is_alive(pid) and _belongs(folder, home):
                yield pid


@contextmanager
def installation(home: Path, *words: str, **variables: str) -> Iterator[Installation]:
    """A started installation that is stopped at the end, whatever happened to it.

    An empty one begins as a copy of one that was set up before: a first start is looked at by its own tests.
    """
    if words == ("--empty",) and any(_set_up().glob("pg*/PG_VERSION")):  # else its database lies elsewhere
        shutil.copytree(_set_up(), home, symlinks=True)
    house = Installation(home, **variables)
    house.start(*words)
    try:
        yield house
    finally:
        if house.process.poll() is None:
            house.stop()


@cache
def _set_up() -> Path:
    """The data folder of an empty installation after its first start, made once in a run."""
    folder = tempfile.mkdtemp(prefix="bourse-set-up-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    house = Installation(Path(folder) / "house")
    house.start("--empty")
    house.stop()
    return house.home


def _belongs(folder: Path, home: str) -> bool:
    """By its variables, its folder or its words: PostgreSQL overwrites the first, children have no last."""
    try:
        variables = (folder / "environ").read_bytes().split(b"\0")
        place = str((folder / "cwd").readlink())
    except OSError:
        return False
    words = _command(int(folder.name))
    return f"BOURSE_HOME={home}".encode() in variables or place.startswith(home) or home in words


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
