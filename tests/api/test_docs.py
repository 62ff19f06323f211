"""docs/api.md says what the router has, no more and no less."""

import inspect
import re
from collections.abc import Callable
from pathlib import Path

from django.test import Client

from bourse.doors.api import bodies, endpoint, files, listings, paging, uploads
from bourse.doors.api.urls import urlpatterns
from bourse.kit.refusal import NotThere, Refusal
from bourse.market import refusals
from bourse.members.actor import Actor
from cast import Cast

DOCS = (Path(__file__).parents[2] / "docs/api.md").read_text()
CALLS = set(re.findall(r"^### `([A-Z]+) (/api/v1/\S+)`$", DOCS, re.MULTILINE))


def test_every_call_is_documented_and_every_documented_call_is_there(
    cast: Cast, signed_in: Callable[[Actor], Client]
) -> None:
    client, found = signed_in(cast.asha), set()
    for route in urlpatterns:
        path = "/api/v1/" + re.sub(r"<str:(\w+)>", r"{\1}", str(route.pattern))
        if not path.endswith("/") and "<" not in path:
            allowed = client.options(path)["Allow"].split(", ")
            found |= {(method, path) for method in allowed if method != "HEAD"}
    assert found == CALLS


def test_every_refusal_has_its_line_with_its_status() -> None:
    lines = dict(re.findall(r"^\| (\d{3}) \| (.+) \|$", DOCS, re.MULTILINE))
    documented = {
        (int(status), code) for status, codes in lines.items() for code in re.findall(r"`(\w+)`", codes)
    }
    rooms = (bodies, endpoint, files, listings, paging, uploads, refusals)
    classes = {each for room in rooms for _, each in inspect.getmembers(room, inspect.isclass)}
    known = {
        (each.status, each.code) for each in classes if issubclass(each, Refusal) and each is not Refusal
    }
    assert documented == known | {(404, NotThere.code)}
