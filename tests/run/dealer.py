"""A dealer's program: signs in as a browser does, sends one stock after another, and asks what stands."""

import http.cookiejar
import json
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlencode

from run.house import Installation, wait_for

STONES = 200
ASHA, BEN = "asha@example.com", "ben@example.com"
PASSWORD = "a password for one test run"
MEMBERS = f"""
import json
from bourse.kit import clock
from bourse.members import actions
from bourse.members.actor import Actor, Role
now = clock.now()
house = Actor(0, None, None, True)
for email in ({ASHA!r}, {BEN!r}):
    company = actions.admit_company(actor=house, name=email, country="IN", city="Surat", now=now)
    who = dict(email=email, name=email, now=now)
    secret = actions.add_person(actor=house, company_id=company.public_id, role=Role.TRADER, **who)
    actions.use_link(secret=secret, password={PASSWORD!r}, **who)
"""
HEADERS = (
    "Stock #,Shape,Weight,Color,Clarity,Cut Grade,Polish,Symmetry,Fluorescence Intensity,Lab,Certificate #,"
)


class Lost(Exception):
    """No answer came, or one that says that the house is not well: nobody knows what became of the order."""


class Dealer:
    """One program that works through the API."""

    def __init__(self, house: Installation, email: str = ASHA) -> None:
        self.email = email
        self.root = f"http://localhost:{house.port}"
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def sign_in(self) -> None:
        """Come in by the page."""
        self._send("GET", "/account/sign-in/")
        form = {"csrfmiddlewaretoken": self._token(), "login": self.email, "password": PASSWORD}
        self._send("POST", "/account/sign-in/", urlencode(form).encode(), "application/x-www-form-urlencoded")

    def bring(self, number: int) -> None:
        """Make the numbered stock live; returns only once that was confirmed."""
        self.send(stock(number))

    def send(self, content: bytes) -> None:
        """Upload a whole stock and confirm it."""
        self._confirm(self._ask("POST", "uploads?name=stock.csv&mode=replace_all", content, "text/csv"))

    def take_back(self) -> None:
        """Bring back the stock as it was before the last upload that went live."""
        known = self._ask("GET", "uploads")["uploads"]
        last = next(one for one in known if one["state"] == "confirmed")
        self._confirm(self._ask("POST", f"uploads/{last['public_id']}/restore"))

    def _confirm(self, upload: dict[str, Any]) -> None:
        address = f"uploads/{upload['public_id']}"
        wait_for(lambda: self._ask("GET", address)["state"] not in ("waiting", "reading"))
        assert (told := self._ask("GET", address))["state"] == "ready", told["refusal"]
        meant = json.dumps({"fingerprint": self._ask("GET", f"{address}/difference")["fingerprint"]}).encode()
        self._ask("POST", f"{address}/confirm", meant, "application/json")

    def is_read(self) -> bool:
        """Whether no upload is being read, or waits to be."""
        known = self._ask("GET", "uploads")["uploads"]
        return not any(one["state"] in ("waiting", "reading") for one in known)

    def change(self, ask_cents: int) -> None:
        """Give the first listing another ask by hand."""
        seen = self.listing()
        meant = json.dumps({"ask_cents": ask_cents, "version": seen["version"]}).encode()
        self._ask("PATCH", f"listings/{seen['public_id']}", meant, "application/json")

    def listing(self) -> dict[str, Any]:
        """The first listing, with the history of its ask."""
        first = self._ask("GET", "listings?limit=1")["listings"][0]
        return self._ask("GET", f"listings/{first['public_id']}")

    def stands(self) -> set[int]:
        """The numbers of the stocks that the live listings are of: one, unless two are mixed."""
        return {one["ask_cents"] // 100 - 1000 for one in self.stock()}

    def stock(self) -> list[dict[str, Any]]:
        """All that is live."""
        answer = self._ask("GET", "listings?limit=250")
        assert answer["total"] in (0, STONES), answer["total"]
        live: list[dict[str, Any]] = answer["listings"]
        return live

    def found(self) -> int:
        """How many stones a buyer finds."""
        return int(self._ask("GET", "search")["total"])

    def all_found(self) -> list[dict[str, Any]]:
        """All that a buyer finds, in a steady order; nothing while search is not built."""
        try:
            return self._found()
        except Lost:
            return []

    def _found(self) -> list[dict[str, Any]]:
        pages = range(1, int(self._ask("GET", "search?limit=250")["pages"]) + 1)
        found = [
            one for page in pages for one in self._ask("GET", f"search?limit=250&page={page}")["listings"]
        ]
        return sorted(found, key=lambda one: str(one["public_id"]))

    def _ask(self, method: str, path: str, body: bytes | None = None, media: str = "") -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self._send(method, f"/api/v1/{path}", body, media))
        return answer

    def _send(self, method: str, path: str, body: bytes | None = None, media: str = "") -> bytes:
        headers = {"X-CSRFToken": self._token(), "Origin": self.root, "Content-Type": media}
        request = urllib.request.Request(self.root + path, body, headers, method=method)
        try:
            with self.opener.open(request, timeout=20) as answer:
                return bytes(answer.read())
        except urllib.error.HTTPError as error:
            if error.code < 500:
                raise AssertionError(f"{error.code} {error.read()[:300]!r}") from error
            raise Lost(str(error)) from error
        except (OSError, http.client.HTTPException) as error:
            raise Lost(str(error)) from error

    def _token(self) -> str:
        return next((cookie.value or "" for cookie in self.cookies if cookie.name == "csrftoken"), "")


def stock(number: int) -> bytes:
    """A stock of its own number: every ask says it, and one stone is in no other stock."""
    rows = [
        f"S{place},Round,1.00,F,VS1,EX,EX,EX,None,GIA,{9_000_000_000 + place}," for place in range(STONES - 1)
    ]
    rows.append(f"N{number},Round,1.00,F,VS1,EX,EX,EX,None,GIA,{8_000_000_000 + number},")
    ask = 1000 + number
    return "\n".join(
        [f"{HEADERS}Price Per Carat,Total Price", *(f"{row}{ask},{ask}" for row in rows)]
    ).encode()
