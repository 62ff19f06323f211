"""One address of the API: its methods, who may call it, and every no in the words of RFC 9457.

Until keys exist a caller shows the cookie of a signed-in session, and for a change its CSRF token too.
"""

from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import NamedTuple

import msgspec
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.views.decorators.csrf import csrf_exempt

from bourse.doors.api.bodies import refuse_any_larger
from bourse.kit.refusal import Refusal
from bourse.members.actor import Actor

_encoder = msgspec.json.Encoder(decimal_format="number")
_SAFE = ("GET", "HEAD")


class MemberRequest(HttpRequest):
    """A request of somebody who is signed in."""

    actor: Actor


class Answer(msgspec.Struct, frozen=True):
    """What a handler gives back, if it is more than a body with status 200."""

    body: object
    status: int = 200
    headers: dict[str, str] = {}


class FileAnswer(NamedTuple):
    """A file that a handler gives back, whole or piece by piece."""

    content: bytes | Iterator[bytes]
    media_type: str
    name: str


Handler = Callable[..., object]
View = Callable[..., HttpResponseBase]


class NotSignedIn(Refusal):
    """The caller is nobody that we know."""

    status = 401


class TokenMissing(Refusal):
    """A change comes without the session's CSRF token."""

    status = 403


class MethodNotAllowed(Refusal):
    """The address does not know the method."""

    status = 405


def endpoint(**methods: Handler) -> View:
    """The view of one address, a handler for each method: endpoint(GET=..., POST=...)."""
    if "GET" in methods:
        methods["HEAD"] = methods["GET"]
    allowed = ", ".join(sorted(methods))

    def view(request: MemberRequest, **names: str) -> HttpResponseBase:
        try:
            if (handler := methods.get(request.method or "")) is None:
                raise MethodNotAllowed(f"This address knows {allowed or 'no method'}.")
            refuse_any_larger(request)
            _refuse_strangers(request)
            answer = handler(request, **names)
        except Refusal as refusal:
            response = problem(request, refusal)
            if refusal.status == HTTPStatus.METHOD_NOT_ALLOWED:
                response["Allow"] = allowed
            return response
        if isinstance(answer, FileAnswer):
            return attached(answer)
        return json(answer if isinstance(answer, Answer) else Answer(answer))

    return csrf_exempt(view)  # checked in _refuse_strangers, whose no is a problem and not a page


def json(answer: Answer) -> HttpResponse:
    """The answer as JSON, kept by no cache: it is for one company's eyes."""
    content = b"" if answer.body is None else _encoder.encode(answer.body)
    headers = {"Content-Type": "application/json", "Cache-Control": "private, no-store", **answer.headers}
    return HttpResponse(content, status=answer.status, headers=headers)


def attached(file: FileAnswer) -> HttpResponseBase:
    """The file under its name, kept by no cache either."""
    headers = {
        "Content-Type": file.media_type,
        "Cache-Control": "private, no-store",
        "Content-Disposition": f'attachment; filename="{file.name}"',
    }
    if isinstance(file.content, bytes):
        return HttpResponse(file.content, headers=headers)
    return StreamingHttpResponse(file.content, headers=headers)


def problem(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal as application/problem+json."""
    told = {
        "type": "about:blank",
        "title": HTTPStatus(refusal.status).phrase,
        "status": refusal.status,
        "code": refusal.code,
        "detail": str(refusal),
        "request_id": request.META.get("bourse.request_id", ""),
    }
    headers = {"Cache-Control": "private, no-store"}
    if refusal.retry_after_s:
        headers["Retry-After"] = str(refusal.retry_after_s)
    return HttpResponse(
        _encoder.encode(told), content_type="application/problem+json", status=refusal.status, headers=headers
    )


def _refuse_strangers(request: MemberRequest) -> None:
    if getattr(request, "actor", None) is None:
        raise NotSignedIn("Sign in first: the API takes the cookie of a signed-in session.")
    if request.method not in _SAFE and (why := _Token(lambda _: HttpResponse()).missing_in(request)):
        raise TokenMissing(f"A change needs the header X-CSRFToken with the session's token. {why}")


class _Token(CsrfViewMiddleware):
    """Django's own check, which tells why instead of answering with a page."""

    def missing_in(self, request: HttpRequest) -> str:
        self.process_request(request)
        return str(self.process_view(request, lambda _: HttpResponse(), (), {}) or "")

    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason
