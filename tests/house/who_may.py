"""The table of who may do what at which address, and what an address answers to somebody.

Asha's company is the house. Of the thing that an address names there is the house's own, another's and a
missing one: the people of the house ask for all three, everybody else for the house's and the missing one.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls.converters import get_converters

TABLE = Path(__file__).with_name("who_may.toml")
HOUSE = ("owner", "trader", "viewer")
OUTSIDE = ("stranger", "visitor", "suspended", "operator")
ROLES = (*HOUSE, *OUTSIDE)
METHODS = ("GET", "POST", "PATCH", "DELETE")
OWN, ANOTHERS, MISSING = "own", "another's", "missing"
NOTHING = "zzzzzzzzzzzzzzzzzz"  # spelt like a public id
SIGN_IN = "in"  # led to the sign-in, and back from there
_CHANGES_ANYWAY = re.compile(
    rb'name="csrfmiddlewaretoken" value="[^"]*"|data-csrf="[^"]*"|"request_id": ?"[^"]*"|\d\d:\d\d(?::\d\d)?'
)
Ids = Mapping[str, Mapping[str, str]]  # whose thing → the name in the route → its id


@dataclass(frozen=True)
class Asked:
    """What goes along with a request."""

    form: Mapping[str, object] = field(default_factory=dict)
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """What somebody is answered at an address, by whose thing it names."""

    method: str
    route: str
    role: str
    expected: Mapping[str, str]

    @property
    def foreign(self) -> list[str]:
        """Whose things it is asked for that are not his."""
        return [whose for whose in self.expected if whose != OWN]

    @property
    def hides(self) -> bool:
        """Whether what is another's must look as if it were missing."""
        return ANOTHERS in self.expected and self.expected[ANOTHERS] == self.expected[MISSING]


def read(text: str, things: frozenset[str], plain: frozenset[str]) -> Iterator[Cell]:
    """The cells of the table; of a route that names a thing, one part for each whose it may be."""
    for methods_and_route, answers in tomllib.loads(text)["routes"].items():
        methods, _, route = methods_and_route.partition(" ")
        given = answers.split()
        assert len(given) == len(ROLES), f"{methods_and_route} has {len(given)} answers of {len(ROLES)}"
        for method in methods.split(","):
            for role, told in zip(ROLES, given, strict=True):
                yield Cell(
                    method, route, role, _by_whose(told.split("/"), role, names_in(route) - plain, things)
                )


def _by_whose(told: list[str], role: str, names: frozenset[str], things: frozenset[str]) -> Mapping[str, str]:
    if not names <= things:  # a thing of which the test has none
        return {MISSING: told[0]}
    if not names:
        return {"": told[0]}
    whose = (OWN, ANOTHERS, MISSING) if role in HOUSE else (ANOTHERS, MISSING)
    assert len(told) <= len(whose), told
    return dict(zip(whose, [*told, *[told[-1]] * (len(whose) - len(told))], strict=True))


def names_in(route: str) -> frozenset[str]:
    """The parts of a route that somebody fills in."""
    return frozenset(part.split(">")[0].split(":")[-1] for part in route.split("<")[1:])


def address_of(route: str, ids: Mapping[str, str]) -> str:
    """The address with every part filled in."""
    for name in names_in(route):
        for kind in get_converters():
            route = route.replace(f"<{kind}:{name}>", ids.get(name, NOTHING))
    return f"/{route}"


def answered(client: Client, method: str, address: str, asked: Asked) -> tuple[str, bytes]:
    """What comes back, in a word of the table and in bytes; whatever the request changed is undone."""
    is_json = address.startswith("/api/") and method != "GET"
    given: dict[str, Any] = {"headers": asked.headers}
    given |= {"content_type": "application/json"} if is_json else {}
    call, cookies = getattr(client, method.lower()), client.cookies.output(header="").strip()
    with transaction.atomic():
        answer = (
            call(f"{address}{asked.query}", **given)
            if method in ("GET", "DELETE")
            else call(address, asked.form, **given)
        )
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    client.cookies = _read(cookies)
    place = answer.get("Location", "")
    word = SIGN_IN if place.startswith("/account/sign-in/") else str(answer.status_code)
    return word, place.encode() + b"\n" + body


def _read(cookies: str) -> SimpleCookie:
    """The cookies as they were: a request that signs out must not sign out the next one."""
    kept: SimpleCookie = SimpleCookie()
    for line in cookies.splitlines():
        kept.load(line.strip())
    return kept


def alike(body: bytes, ids: Mapping[str, str]) -> bytes:
    """The body without what differs from one request to the next, and without the ids that were asked for."""
    for name in sorted(ids.values(), key=len, reverse=True):
        if len(name) > len("nothing"):
            body = body.replace(name.encode(), b"~")
    return _CHANGES_ANYWAY.sub(b"", body)
