"""Calls of the API, and what a refused one says."""

from typing import Any

from django.test import Client

from market.files import Row, stock_file

API = "/api/v1"


def post(client: Client, path: str, body: Any, **headers: str) -> Any:
    return client.post(f"{API}{path}", body, content_type="application/json", headers=headers)


def send(client: Client, content: bytes, mode: str = "add_and_update", **headers: str) -> Any:
    path = f"{API}/uploads?name=stock.csv&mode={mode}"
    return client.post(path, content, content_type="text/csv", headers=headers)


def problem_of(response: Any) -> tuple[int, str]:
    """Status and code of a problem; its sentence is never empty."""
    assert response["Content-Type"] == "application/problem+json"
    told = response.json()
    assert set(told) == {"type", "title", "status", "code", "detail", "request_id", "errors"}
    assert (told["status"], told["request_id"]) == (response.status_code, response["X-Request-ID"])
    assert told["detail"]
    return told["status"], told["code"]


def sentence_of(response: Any) -> tuple[int, str]:
    """Status and sentence of a problem."""
    assert problem_of(response)
    return response.status_code, response.json()["detail"]


def confirmed(client: Client, *rows: Row, mode: str = "add_and_update") -> str:
    """The public id of an upload of these rows that went live."""
    return confirm(client, send(client, stock_file(*rows), mode).json()["public_id"])


def confirm(client: Client, upload_id: str) -> str:
    """The upload gone live as its difference stands."""
    told = client.get(f"{API}/uploads/{upload_id}/difference").json()
    meant = {"fingerprint": told["fingerprint"], "removing": told["counts"]["removed"]}
    answered = post(client, f"/uploads/{upload_id}/confirm", meant)
    assert answered.status_code == 200, answered.content
    return upload_id
