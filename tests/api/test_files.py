"""Lists to take along through the API: what they write is read back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from api.calls import API, confirmed, send
from bourse.dialects.writing import schema
from bourse.members.actor import Actor
from cast import Cast
from market.files import A1, A2, A3, like, listed

SignIn = Callable[[Actor], Client]
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def content_of(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else bytes(response.content)


@pytest.mark.parametrize(("kind", "media"), [("csv", CSV), ("xlsx", XLSX)])
def test_ones_own_stock_comes_as_a_file_that_changes_nothing_when_sent_again(
    cast: Cast, signed_in: SignIn, kind: str, media: str
) -> None:
    client = signed_in(cast.asha)
    confirmed(client, A1, like(A2, price=""), A3)
    listed(cast.carl, like(A1, stock="C-1", report="7000000099"))
    taken = signed_in(cast.vera).get(f"{API}/stock.{kind}")
    assert (taken.status_code, taken["Content-Type"]) == (200, media)
    assert taken["Cache-Control"] == "private, no-store"
    assert taken["Content-Disposition"].startswith('attachment; filename="stock-')
    content = content_of(taken)
    assert b"C-1" not in content
    sent = client.post(
        f"{API}/uploads?name=stock.{kind}&mode=replace_all", content, content_type=media
    ).json()
    assert (sent["state"], sent["questions"]) == ("ready", [])
    counts = client.get(f"{API}/uploads/{sent['public_id']}/difference").json()["counts"]
    assert (counts["unchanged"], sum(counts.values())) == (3, 3)


@pytest.mark.parametrize(("kind", "media"), [("csv", CSV), ("xlsx", XLSX)])
def test_the_template_asks_nothing(cast: Cast, signed_in: SignIn, kind: str, media: str) -> None:
    client = signed_in(cast.vera)
    template = client.get(f"{API}/template.{kind}")
    assert (template["Content-Type"], template["Content-Disposition"]) == (
        media,
        f'attachment; filename="stock-template.{kind}"',
    )
    told = send(signed_in(cast.asha), content_of(template)).json()
    assert (told["state"], told["questions"], told["totals"]["refused"]) == ("ready", [], 0)
    assert told["totals"]["taken"] > 0


def test_the_schema_describes_a_row(cast: Cast, signed_in: SignIn) -> None:
    told = signed_in(cast.vera).get(f"{API}/schema")
    assert (told["Content-Type"], told.json()) == ("application/schema+json", schema())


def test_somebody_of_no_company_has_no_stock(cast: Cast, signed_in: SignIn) -> None:
    listed(cast.asha, A1)
    taken = content_of(signed_in(cast.omar).get(f"{API}/stock.csv"))
    assert b"A-1" not in taken and len(taken.splitlines()) == 1
