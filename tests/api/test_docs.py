"""docs/api.md and the description say what the router has, no more and no less."""

import re
from pathlib import Path

import msgspec
import pytest
from django.test import Client

from bourse.doors.api import description
from bourse.doors.api.urls import addresses, urlpatterns

DOCS = (Path(__file__).parents[2] / "docs/api.md").read_text()
CALLS = set(re.findall(r"^### `([A-Z]+) (/api/v1/\S+)`$", DOCS, re.MULTILINE))
KNOWN = list(description.operations(addresses))


def test_every_call_is_documented_and_every_documented_call_is_there() -> None:
    assert {(one.method, one.path) for one in KNOWN} == CALLS


def test_every_refusal_has_its_line_with_its_status() -> None:
    lines = dict(re.findall(r"^\| (\d{3}) \| (.+) \|$", DOCS, re.MULTILINE))
    documented = {
        (int(status), code) for status, codes in lines.items() for code in re.findall(r"`(\w+)`", codes)
    }
    classes = {refusal for one in KNOWN for refusal in description.refusals_of(one)}
    assert documented == {(each.status, each.code) for each in classes} | {(405, "method_not_allowed")}


@pytest.mark.django_db
def test_each_route_is_in_the_description_and_nothing_else_is() -> None:
    told = Client().get("/api/v1/openapi.json")
    assert (told.status_code, told.json()["openapi"]) == (200, "3.1.0")
    routed = {f"/api/v1/{route.pattern}" for route in urlpatterns} - {
        "/api/v1/openapi.json",
        "/api/v1/",
        "/api/v1/<path:rest>",
    }
    assert {re.sub(r"<str:(\w+)>", r"{\1}", path) for path in routed} == set(told.json()["paths"])
    served = {(one.method.lower(), one.path) for one in KNOWN}
    assert {(method, path) for path, each in told.json()["paths"].items() for method in each} == served


def test_every_operation_has_a_name_of_its_own_and_says_what_it_does() -> None:
    names = [one.operation.name for one in KNOWN]
    assert len(names) == len(set(names))
    assert all(one.operation.about[0].endswith(".") for one in KNOWN)


def test_every_reference_of_the_description_leads_somewhere() -> None:
    document = description.document(addresses)
    named = set(re.findall(r'"\$ref":"#/components/schemas/([^"]+)"', msgspec.json.encode(document).decode()))
    assert named <= set(document["components"]["schemas"])
