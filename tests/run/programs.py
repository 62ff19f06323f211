"""A house with companies and keys, for programs that call its API; a proxy that cuts connections."""

import http.client
import json
import random
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from run.house import Installation, installation, wait_for

SEED = """
import json
from datetime import timedelta
from bourse.kit import clock
from bourse.members import actions
from bourse.members.actor import Actor, Role, Scope
from bourse.members.models import Company
now, keys = clock.now(), {}
house = Actor(0, None, None, True)
for name, roles in (("Asha", Role), ("Ben", [Role.OWNER]), ("Sid", [Role.OWNER])):
    company = actions.admit_company(actor=house, name=name, country="IN", city="Surat", now=now)
    for role in roles:
        who = dict(email=f"{name}.{role}@example.com".lower(), name=f"{name} {role}", now=now)
        secret = actions.add_person(actor=house, company_id=company.public_id, role=role, **who)
        person = actions.use_link(secret=secret, password="PASSWORD", **who)
        maker = Actor(person.pk, company.pk, Role.OWNER)
        for scopes in (list(Scope), *([one] for one in Scope)):
            words = "all" if len(scopes) > 1 else scopes[0].value
            made = actions.make_key(actor=maker, name=words, scopes=scopes, expires_at=None, now=now)
            keys[f"{name} {role.value} {words}"] = made.secret
Company.objects.filter(name="Sid").update(suspended_at=now, suspended_because="Unpaid.")
print("KEYS " + json.dumps(keys))
"""
PASSWORD = "a password for one test run"
HEADERS = "Stock #,Shape,Weight,Color,Clarity,Lab,Report #,Total Price"


class Said(NamedTuple):
    """An answer as it came; status 0 where none came whole."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Program:
    """A program that calls by a key, straight or through another port."""

    def __init__(self, port: int, key: str, through: int = 0) -> None:
        self.port, self.key, self.through = port, key, through

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Said:
        """One call under /api/v1/; header names with _ for -."""
        sent = {"Host": f"localhost:{self.port}", "Authorization": f"Bearer {self.key}"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None and not isinstance(body, bytes):
            body, sent["Content-Type"] = json.dumps(body).encode(), "application/json"
        connection = http.client.HTTPConnection("127.0.0.1", self.through or self.port, timeout=60)
        try:
            connection.request(method, f"/api/v1/{path}", body, sent)
            answer = connection.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            body = answer.read()
            # Cut within its head, an answer looks to this client like one whose end is the connection's.
            is_whole = told.get("content-length") == str(len(body)) or (
                answer.status == 204 and "x-request-id" in told
            )
            return Said(answer.status, told, body) if is_whole else Said(0, {}, b"")
        except (OSError, http.client.HTTPException):
            return Said(0, {}, b"")
        finally:
            connection.close()

    def done(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The answer's JSON; a failure where the call was refused."""
        said = self.call(method, path, body, **headers)
        assert 200 <= said.status < 300, (method, path, said)
        return said.json if said.body else None

    def send(self, content: bytes, name: str = "stock.csv", mode: str = "add_and_update") -> Any:
        """An upload that was read."""
        headers = {"Content_Type": "text/csv", "Prefer": "wait=20"}
        upload = self.done("POST", f"uploads?name={name}&mode={mode}", content, **headers)
        path = f"uploads/{upload['public_id']}"
        wait_for(lambda: self.done("GET", path)["state"] not in ("waiting", "reading"))
        return self.done("GET", path)

    def confirm(self, upload: Any) -> Any:
        """The upload gone live."""
        path = f"uploads/{upload['public_id']}"
        told = self.done("GET", f"{path}/difference?limit=1")
        meant = {"fingerprint": told["fingerprint"], "removing": told["counts"]["removed"]}
        return self.done("POST", f"{path}/confirm", meant)["upload"]


def session_of(port: int, email: str) -> dict[str, str]:
    """The heads by which a browser calls, once the person has signed in there with his password."""
    jar = CookieJar()
    browser = build_opener(HTTPCookieProcessor(jar))
    address = f"http://localhost:{port}/account/sign-in/"
    page = browser.open(address).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token is not None
    form = urlencode({"csrfmiddlewaretoken": token[1], "login": email, "password": PASSWORD})
    browser.open(address, form.encode()).read()
    cookies = {cookie.name: cookie.value or "" for cookie in jar}
    assert "session" in cookies
    kept = "; ".join(f"{name}={cookies[name]}" for name in ("session", "csrftoken"))
    return {"Cookie": kept, "X-CSRFToken": cookies["csrftoken"]}


def stones(count: int, first: int = 1, shape: str = "Round") -> bytes:
    """A stock file of so many stones."""
    rows = (
        f"S-{n},{shape},1.0{n % 10},E,VS1,GIA,{8_000_000_000 + n},{5000 + n}"
        for n in range(first, first + count)
    )
    return "\n".join([HEADERS, *rows, ""]).encode()


@contextmanager
def house_with_keys(home: Path) -> Iterator[tuple[Installation, dict[str, str]]]:
    """A running house, and the keys of its people by "company role scopes"."""
    with installation(home, "--empty", BOURSE_API_CALLS_A_MINUTE="100000000") as house:
        made = house.command("manage", "shell", "-v0", "-c", SEED.replace("PASSWORD", PASSWORD))
        assert made.returncode == 0, made.stderr
        yield house, json.loads(made.stdout.split("KEYS ")[1])


class CuttingProxy:
    """Hands connections on to a port, and cuts some of them: before, within or after the request."""

    def __init__(self, port: int, chance: random.Random, cuts: float = 0.6) -> None:
        self.to, self.chance, self.cuts = port, chance, cuts
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self.listener.getsockname()[1]
        self.cut = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self.listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        cut = self.chance.choice(("request", "answer", "half")) if self.chance.random() < self.cuts else ""
        self.cut += bool(cut)
        with client, socket.create_connection(("127.0.0.1", self.to)) as server:
            try:
                self._pass_on(client, server, cut)
            finally:
                for end in (client, server):  # closed alone, one that another thread reads stays open
                    with suppress(OSError):
                        end.shutdown(socket.SHUT_RDWR)

    def _pass_on(self, client: socket.socket, server: socket.socket, cut: str) -> None:
        if cut == "request":  # what arrives may be all of it or a part
            with suppress(OSError):
                server.sendall(client.recv(self.chance.randint(1, 600)))
            return
        threading.Thread(target=self._copy, args=(client, server), daemon=True).start()
        if cut == "answer":  # the house does the order, and nobody hears of it
            time.sleep(self.chance.uniform(0.0, 0.05))
            return
        self._copy(server, client, limit=self.chance.randint(1, 400) if cut else None)

    @staticmethod
    def _copy(source: socket.socket, to: socket.socket, limit: int | None = None) -> None:
        try:
            while piece := source.recv(65536 if limit is None else limit):
                to.sendall(piece)
                if limit is not None:
                    return
        except OSError:
            return
        with suppress(OSError):
            to.shutdown(socket.SHUT_WR)
