"""What a seller and a buyer do by API, in one line each."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.test import Client

import working

API = "/api/v1"


def upload(
    seller: Client,
    name: str,
    content: bytes,
    answers: Mapping[str, str] | None = None,
    mode: str = "add_and_update",
) -> dict[str, Any]:
    """The file sent and every question answered, as `answers` says or by its first option; the upload."""
    sent = seller.post(f"{API}/uploads?name={name}&mode={mode}", content, content_type="text/plain")
    assert sent.status_code == 201, sent.content
    told = read(seller, sent.json())
    while told["state"] == "asking":
        given = {
            question["key"]: (answers or {}).get(question["key"], question["options"][0]["value"])
            for question in told["questions"]
        }
        answered = _post(seller, f"/uploads/{told['public_id']}/answers", {"answers": given})
        assert answered.status_code == 200, answered.content
        told = read(seller, answered.json())
    return told


def read(seller: Client, told: Mapping[str, Any]) -> dict[str, Any]:
    """The upload once the worker has read it."""
    working.do_waiting_jobs()
    answer: dict[str, Any] = seller.get(f"{API}/uploads/{told['public_id']}").json()
    assert answer["state"] in ("asking", "ready"), answer["refusal"]
    return answer


def difference(seller: Client, told: Mapping[str, Any]) -> dict[str, Any]:
    """What a confirm would change."""
    answer: dict[str, Any] = seller.get(f"{API}/uploads/{told['public_id']}/difference?limit=250").json()
    return answer


def confirm(seller: Client, told: Mapping[str, Any]) -> dict[str, Any]:
    """The upload confirmed and searchable."""
    meant = difference(seller, told)
    body = {"fingerprint": meant["fingerprint"], "removing": meant["counts"]["removed"]}
    confirmed = _post(seller, f"/uploads/{told['public_id']}/confirm", body)
    assert confirmed.status_code == 200, confirmed.content
    assert confirmed.json()["is_searchable"]
    answer: dict[str, Any] = confirmed.json()["upload"]
    return answer


def found(buyer: Client, **query: str) -> Iterator[dict[str, Any]]:
    """Every listing of a search."""
    page, pages = 1, 1
    while page <= pages:
        answer = buyer.get(f"{API}/search", {**query, "page": str(page), "limit": "250"}).json()
        assert answer["not_understood"] == [], answer["not_understood"]
        yield from answer["listings"]
        page, pages = page + 1, answer["pages"]


def by_its_facets(buyer: Client, stone: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What a buyer finds by a stone's shape, weight, colour and clarity, natural or not."""
    query = {"growth": "both", "shape": stone["shape"], "ct": str(stone["weight_ct"]), "availability": _ANY}
    query |= {"colour": stone["colour"] or stone["fancy_colour"]}
    if stone["clarity"]:
        query |= {"clarity": stone["clarity"]}
    return list(found(buyer, **query))


_ANY = "Guaranteed available,On memo,Subject to prior sale,Not available"


def _post(client: Client, path: str, body: Mapping[str, Any]) -> Any:
    return client.post(f"{API}{path}", body, content_type="application/json")
