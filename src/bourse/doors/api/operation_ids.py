"""The header Idempotency-Key: a write with an id is done once, and answered alike each time it is sent."""

import hashlib
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import msgspec
from django.http import HttpResponse
from django.http.response import HttpResponseBase

from bourse.doors.api.answering import plain
from bourse.doors.api.operation import MemberRequest, SentBytes, SentFile
from bourse.doors.api.shapes import FieldError, FieldsNotUnderstood
from bourse.kit import clock
from bourse.kit.idempotency import Kept, once, settle

HEADER, REPLAYED = "Idempotency-Key", "Idempotency-Replayed"
_ID = re.compile(r"[ -~\t]{1,255}")
_KEPT_STATUSES = {200, 201, 202, 204, 404, 409, 422}
_KEPT_HEADERS = ("Content-Type", "ETag", "Location", "Preference-Applied", "Link")

Order = Callable[[], tuple[HttpResponseBase, Callable[[], HttpResponseBase] | None]]


class OperationIdNotUnderstood(FieldsNotUnderstood):
    """An operation id is 1 to 255 printable characters."""


def id_in(request: MemberRequest) -> str | None:
    """The caller's id of this operation, if he gave one. The server tells bytes beyond ASCII as nothing."""
    if (text := request.headers.get(HEADER)) is None:
        return None
    text = text.strip(" \t")
    if not _ID.fullmatch(text):
        detail, cure = "The operation id is not understood.", "Send 1 to 255 printable ASCII characters."
        raise OperationIdNotUnderstood(f"{detail} {cure}", [FieldError("header", HEADER, detail, cure)])
    return text


def done_once(request: MemberRequest, key: str, body: object, order: Order) -> HttpResponseBase:
    """The answer of the order, or the one that an earlier call with this id got."""
    company_id = request.actor.company_id or 0
    later: list[Callable[[], HttpResponseBase]] = []

    def begun() -> Kept:
        response, then = order()
        later.extend([then] if then else [])
        return _kept(response, is_final=then is None)

    done = once(
        begun,
        company_id=company_id,
        key=key,
        fingerprint=_fingerprint(request, body),
        now=clock.now(),
        is_kept=lambda answer: answer.status in _KEPT_STATUSES,
    )
    if not later:
        return _told(done.answer, done.is_replayed)
    final = _kept(later[0](), is_final=True)
    settle(final, company_id=company_id, key=key)
    return _told(final, is_replayed=False)


def _kept(response: HttpResponseBase, *, is_final: bool) -> Kept:
    assert isinstance(response, HttpResponse)  # no write answers with a stream
    headers = {name: response[name] for name in _KEPT_HEADERS if response.has_header(name)}
    return Kept(response.status_code, headers, response.content, is_final)


def _told(answer: Kept, is_replayed: bool) -> HttpResponse:
    return plain(answer.body, answer.status, answer.headers | ({REPLAYED: "true"} if is_replayed else {}))


def _fingerprint(request: MemberRequest, body: object) -> bytes:
    """One number for all that makes the call what it is; a large file is hashed as it lies."""
    made = hashlib.sha256()
    query = urlencode(sorted(request.GET.lists()), doseq=True)
    for part in (
        str(request.actor.person_id),
        request.method or "",
        request.path,
        query,
        request.headers.get("If-Match", ""),
    ):
        made.update(part.encode() + b"\0")
    if isinstance(body, SentFile):
        made.update(f"{body.name}\0{body.mode}\0".encode())
        made.update(body.content)
    elif isinstance(body, SentBytes):
        made.update(body.content)
    elif body is not None:
        made.update(_canonical(body))
    return made.digest()


def _canonical(body: Any) -> bytes:
    return msgspec.json.encode(msgspec.to_builtins(body), order="sorted")
