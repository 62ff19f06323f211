"""A house with a made market for a bench: its own data folder and port, signed in as one of its members."""

import http.cookiejar
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from bourse.kit.refusal import Refusal
from bourse.run.sign_ins import FILE

PATIENCE_S = 600.0


class HouseFailed(Refusal):
    """The bench's house did not come up."""


@dataclass(frozen=True)
class House:
    """A running house."""

    home: Path
    port: int

    @property
    def catalogue(self) -> Path:
        """Its catalogue."""
        return self.home / "catalogue" / "bourse"

    def await_catalogue(self, stones: int) -> None:
        """Wait until search shows the whole market: after a load the house starts its processes anew."""
        end = time.monotonic() + PATIENCE_S
        states = ("Guaranteed available", "On memo", "Subject to prior sale", "Not available")
        everything = urlencode({"growth": "both", "goods": "all", "availability": ",".join(states)})
        while self._count(everything) != stones:
            if time.monotonic() > end:
                raise HouseFailed(f"Search never showed all {stones} stones.")
            time.sleep(1)

    def _count(self, query: str) -> object:
        """How many stones the search finds; None while the house does not answer."""
        try:
            return self.member("ben").ask(f"search?limit=1&{query}")["total"]
        except OSError:
            return None

    def member(self, name: str) -> "Member":
        """The sample's member of this name, signed in."""
        told = json.loads((self.home / FILE).read_text())
        found = next(one for one in told if one["email"].startswith(name))
        return Member(f"http://localhost:{self.port}", found["email"], found["password"])


class Member:
    """Somebody who is signed in, one call after another over one connection's worth of cookies."""

    def __init__(self, root: str, email: str, password: str) -> None:
        self.root = root
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        page = self.get("/account/sign-in/").decode()
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        token = found[1] if found else ""
        form = {"csrfmiddlewaretoken": token, "login": email, "password": password}
        self.send("POST", "/account/sign-in/", urlencode(form).encode())

    def get(self, path: str) -> bytes:
        """The body of a page or an answer."""
        with self.opener.open(self.root + path, timeout=60) as answer:
            body: bytes = answer.read()
            return body

    def ask(self, path: str) -> dict[str, object]:
        """An answer of the API."""
        told: dict[str, object] = json.loads(self.get(f"/api/v1/{path}"))
        return told

    def send(self, method: str, path: str, body: bytes, kind: str = "") -> bytes:
        """Give an order."""
        token = next((cookie.value or "" for cookie in self.jar if cookie.name == "csrftoken"), "")
        headers = {"Origin": self.root, "Referer": self.root, "X-CSRFToken": token}
        request = urllib.request.Request(self.root + path, body, headers, method=method)  # noqa: S310  our own house
        if kind:
            request.add_header("Content-Type", kind)
        with self.opener.open(request, timeout=60) as answer:
            told: bytes = answer.read()
            return told


@contextmanager
def running(home: Path, *, stones: int, seed: int) -> Iterator[House]:
    """A house with a market of so many stones and no past, stopped at the end."""
    port = _free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BOURSE_")}
    env = {**kept, "BOURSE_HOME": str(home), "BOURSE_PORT": str(port)}
    order = [sys.executable, "-P", "-m", "bourse"]
    made = (str(stones), str(seed), "0")
    words = [
        word for pair in zip(("--stones", "--seed", "--history-months"), made, strict=True) for word in pair
    ]
    log = home.with_suffix(".log")
    with log.open("wb") as out:
        process = subprocess.Popen([*order, "serve", "--empty"], env=env, stdout=out, stderr=out)
        try:
            _await(process, port, log)
            loading = subprocess.run([*order, "load-sample", *words], env=env, stdout=out, stderr=out)
            if loading.returncode:
                raise HouseFailed(f"The sample was not loaded:\n{log.read_text()[-2000:]}")
            _await(process, port, log)
            house = House(home, port)
            house.await_catalogue(stones)
            yield house
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()


def _await(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    end = time.monotonic() + PATIENCE_S
    while not _is_ready(port):
        if process.poll() is not None or time.monotonic() > end:
            raise HouseFailed(f"The house did not start:\n{log.read_text()[-2000:]}")
        time.sleep(0.1)


def _is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/readyz", timeout=10) as answer:
            return int(answer.status) == 200
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
