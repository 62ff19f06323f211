"""Answers as bytes: JSON, a file, nothing."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import msgspec
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from bourse.doors.api.operation import Answer, FileAnswer

_encoder = msgspec.json.Encoder(decimal_format="number")
UNKEPT = {"Cache-Control": "private, no-store"}  # by any cache: it is for one company's eyes


def answered(request: HttpRequest, given: object, status: int) -> HttpResponseBase:
    """What a handler gave, as the answer to its caller."""
    if isinstance(given, FileAnswer):
        return attached(given)
    answer = given if isinstance(given, Answer) else Answer(given)
    response = json(answer, status)
    if (after := getattr(answer.body, "after", None)) is not None:
        response["Link"] = f'<{request.path}?{_next(request, str(after))}>; rel="next"'
    return response


def json(answer: Answer[Any], status: int) -> HttpResponse:
    """The answer as JSON; without a body where there is none."""
    if answer.body is None:
        return plain(b"", status, answer.headers)
    return plain(_encoder.encode(answer.body), status, {"Content-Type": "application/json", **answer.headers})


def plain(content: bytes, status: int, headers: Mapping[str, str]) -> HttpResponse:
    """The bytes as they are, of no other type than the headers say."""
    response = HttpResponse(content, status=status, content_type=headers.get("Content-Type", "text/plain"))
    if "Content-Type" not in headers:
        del response["Content-Type"]
    for name, value in (UNKEPT | dict(headers)).items():
        response[name] = value
    return response


def attached(file: FileAnswer) -> HttpResponseBase:
    """The file under its name."""
    headers = {
        "Content-Type": file.media_type,
        **UNKEPT,
        "Content-Disposition": f'attachment; filename="{file.name}"',
    }
    if isinstance(file.content, bytes):
        return HttpResponse(file.content, headers=headers)
    return StreamingHttpResponse(file.content, headers=headers)


def _next(request: HttpRequest, after: str) -> str:
    query = {name: values for name, values in request.GET.lists() if name not in ("after", "page")}
    return urlencode(query | {"after": [after]}, doseq=True)
