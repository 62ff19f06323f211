"""How long a start takes: the first on a fresh copy of the project, the second on what the first made.

Every figure is wall time of the real ./bourse. `download_s` is what an empty package cache costs on top of
the same installation from a full one. `second_start_s` is the slowest of several.
"""

import http.client
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

from bourse.kit.refusal import Refusal
from bourse.run.bench import Bound, Result

ROOT = Path(__file__).resolve().parents[4]
LEFT_OUT = (".venv*", "var", ".git", ".*_cache", "__pycache__", ".hypothesis")
PATIENCE_S = 300.0

STEPS = ("install_s", "database_s", "migrate_s", "sample_s", "web_s")
Seen = TypeVar("Seen")

BOUNDS = (
    Bound("first_start_s", at_most=60),
    Bound("second_start_s", at_most=3),
)


class StartFailed(Refusal):
    """The copy of the project did not come up."""


def run(toy: bool) -> Result:
    """Start a copy of the project for the first time and again; a toy takes our environment and no sample."""
    with tempfile.TemporaryDirectory(prefix="bourse-bench-") as folder:
        house = _Copy(Path(folder), is_toy=toy)
        first = house.start()
        figures = {"first_start_s": first.page_s, **{name: first.steps.get(name, 0.0) for name in STEPS}}
        again = [house.start().page_s for _ in range(1 if toy else 5)]
        figures["second_start_s"] = max(again)
        figures["second_start_median_s"] = statistics.median(again)
        if not toy:
            warm_s = house.install_again()
            figures["download_s"] = max(0.0, first.steps["install_s"] - warm_s)
            figures["install_s"] = warm_s
    return Result({"second_starts": len(again), "is_root": os.geteuid() == 0}, figures)


class _Started(NamedTuple):
    page_s: float
    steps: dict[str, float]


class _Copy:
    """A copy of the project with caches and a data folder of its own."""

    def __init__(self, folder: Path, *, is_toy: bool) -> None:
        self.root, self.log, self.port = folder / "bourse", folder / "log", _free_port()
        shutil.copytree(ROOT, self.root, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("BOURSE_", "PYTHON"))
        }
        caches = {"UV_CACHE_DIR": str(folder / "uv"), "PIP_CACHE_DIR": str(folder / "pip")}
        self.env = {**kept, **caches, "BOURSE_PORT": str(self.port)}
        self.order = [str(self.root / "bourse")]
        if is_toy:
            self.env["PYTHONPATH"] = str(self.root / "src")
            self.order = [sys.executable, "-P", "-m", "bourse", "serve", "--empty"]

    def start(self) -> _Started:
        """Start it, wait for the first page and for the report of its steps, and stop it."""
        begun = time.monotonic()
        with self.log.open("w") as log:
            process = subprocess.Popen(self.order, env=self.env, cwd=self.root, stdout=log, stderr=log)
        try:
            self._await(process, lambda: _shows_front_page(self.port))
            page_s = time.monotonic() - begun
            return _Started(page_s, self._await(process, lambda: _steps(self.log)))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()

    def install_again(self) -> float:
        """Seconds to make the environment when every package lies in the cache."""
        shutil.rmtree(self.root / ".venv")
        begun = time.monotonic()
        subprocess.run([*self.order, "help"], env=self.env, stdout=subprocess.DEVNULL, check=True)
        return time.monotonic() - begun

    def _await(self, process: subprocess.Popen[bytes], look: Callable[[], Seen]) -> Seen:
        end = time.monotonic() + PATIENCE_S
        while not (seen := look()):
            if process.poll() is not None or time.monotonic() > end:
                raise StartFailed(f"The copy did not start:\n{self.log.read_text()[-2000:]}")
            time.sleep(0.01)
        return seen


def _shows_front_page(port: int) -> bool:
    connection = http.client.HTTPConnection("localhost", port, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _steps(log: Path) -> dict[str, float]:
    """The seconds of each step, from the log's line `up`."""
    for line in log.read_text().splitlines():
        if '"event": "up"' in line:
            return {name: seconds for name, seconds in json.loads(line).items() if name.endswith("_s")}
    return {}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
