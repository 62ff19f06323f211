"""A running ./bourse with two suppliers and a buyer, used through its API as programs use it."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any, NamedTuple, Self, TypeVar
from urllib.parse import urlencode

from bourse.kit.refusal import Refusal

PEOPLE = ("ours", "other", "buyer")
ALL = "growth=both&availability=" + "Guaranteed+available,On+memo,Subject+to+prior+sale,Not+available"
PASSWORD = "four words for one measurement"  # noqa: S105  of a house that is thrown away
PATIENCE_S, LOOK_S = 300.0, 0.02
ADMIT = f"""
from bourse.kit import clock
from bourse.members import actions
from bourse.members.actor import Actor, Role
now, house = clock.now(), Actor(0, None, None, True)
for name in {PEOPLE!r}:
    company = actions.admit_company(actor=house, name=name, country="BE", city="Antwerp", now=now)
    who = dict(email=name + "@example.com", name=name, now=now)
    secret = actions.add_person(actor=house, company_id=company.public_id, role=Role.TRADER, **who)
    actions.use_link(secret=secret, password={PASSWORD!r}, **who)
"""
Seen = TypeVar("Seen")


class HouseFailed(Refusal):
    """The measured house did not do what it was asked."""


class Brought(NamedTuple):
    """How long a file took: to its difference, to the confirm's answer, and until the search has it."""

    difference_s: float
    confirm_s: float
    searchable_s: float


class House:
    """Starts ./bourse on a database of its own and ends it."""

    def __init__(self, home: Path, url: str) -> None:
        self.database, self.port = url, _free_port()
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BOURSE_")}
        own = {"BOURSE_HOME": str(home), "BOURSE_PORT": str(self.port), "BOURSE_DATABASE_URL": url}
        self._env = {**kept, **own, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self._log = home.with_name("log")

    def __enter__(self) -> Self:
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                self._order("serve", "--empty"), env=self._env, stdout=log, stderr=log
            )
        self.wait_until(lambda: _answers(self.port))
        subprocess.run(self._order("manage", "shell", "-v", "0", "-c", ADMIT), env=self._env, check=True)
        self.clients = {name: Client(self.port, name) for name in PEOPLE}
        return self

    def __exit__(self, *_why: object) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait()

    def bring(self, who: str, content: bytes, mode: str, expected: int = 0) -> Brought:
        """Send a file, look at its difference, confirm it; wait until so many stones are found."""
        client = self.clients[who]
        begun = client.ask("POST", f"uploads?name=stock.csv&mode={mode}", content, "text/csv")
        address = f"uploads/{begun['public_id']}"
        sent = client.sent_at
        self.wait_until(lambda: client.ask("GET", address)["state"] == "ready")
        told = client.ask("GET", f"{address}/difference")
        compared = time.monotonic()
        meant = {"fingerprint": told["fingerprint"], "removing": told["counts"]["removed"]}
        client.ask("POST", f"{address}/confirm", json.dumps(meant).encode(), "application/json")
        confirmed = time.monotonic()
        if expected:
            self.wait_until(
                lambda: self.clients["buyer"].ask("GET", f"search?{ALL}&limit=1")["total"] == expected
            )
        return Brought(compared - sent, confirmed - compared, time.monotonic() - compared)

    def _order(self, *words: str) -> list[str]:
        return [sys.executable, "-P", "-m", "bourse", *words]

    def wait_until(self, look: Callable[[], Seen]) -> Seen:
        """What the look sees, once it sees something."""
        end = time.monotonic() + PATIENCE_S
        while not (seen := look()):
            if self._process.poll() is not None or time.monotonic() > end:
                raise HouseFailed(f"The house did not go on:\n{self._log.read_text()[-2000:]}")
            time.sleep(LOOK_S)
        return seen


class Client:
    """One signed-in program on one connection."""

    def __init__(self, port: int, name: str) -> None:
        self._connection = http.client.HTTPConnection("localhost", port, timeout=PATIENCE_S)
        self.sent_at = 0.0
        self._origin, self._cookies = f"http://localhost:{port}", SimpleCookie()
        page = self.send("GET", "/account/sign-in/")
        token = re.findall(rb'name="csrfmiddlewaretoken" value="(\w+)"', page)[0].decode()
        form = {"csrfmiddlewaretoken": token, "login": f"{name}@example.com", "password": PASSWORD}
        self.send("POST", "/account/sign-in/", urlencode(form).encode(), "application/x-www-form-urlencoded")

    def ask(self, method: str, path: str, body: bytes | None = None, media: str = "") -> dict[str, Any]:
        """The answer of the API."""
        answer: dict[str, Any] = json.loads(self.send(method, f"/api/v1/{path}", body, media))
        return answer

    def send(self, method: str, path: str, body: bytes | None = None, media: str = "") -> bytes:
        """What is answered, of any page; a refusal ends the measurement."""
        cookies = "; ".join(f"{name}={one.value}" for name, one in self._cookies.items())
        token = self._cookies["csrftoken"].value if "csrftoken" in self._cookies else ""
        headers = {"Cookie": cookies, "X-CSRFToken": token, "Origin": self._origin}
        answer, content = self._answer(
            method, path, body, headers | ({"Content-Type": media} if media else {})
        )
        for given in answer.headers.get_all("Set-Cookie") or []:
            self._cookies.load(given)
        if answer.status >= 400:
            raise HouseFailed(f"{method} {path} answered {answer.status}: {content[:300]!r}")
        return content

    def _answer(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """The answer and what it says; a connection that the server has closed meanwhile is opened anew."""
        try:
            self._connection.request(method, path, body, headers)
            self.sent_at = time.monotonic()  # the last byte
            answer = self._connection.getresponse()
        except (ConnectionError, http.client.HTTPException):
            self._connection.close()
            self._connection.request(method, path, body, headers)
            self.sent_at = time.monotonic()
            answer = self._connection.getresponse()
        return answer, answer.read()


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("localhost", port, timeout=10)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
