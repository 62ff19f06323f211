"""One address of the API: its operations by method, who may call them, what a call leaves in the log."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from bourse.doors.api import callers, operation_ids, pace
from bourse.doors.api.answering import answered
from bourse.doors.api.bodies import json_body, refuse_any_larger, sent_bytes, sent_file
from bourse.doors.api.operation import SAFE, Answer, MemberRequest, Operation, SentBytes, SentFile
from bourse.doors.api.problems import problem
from bourse.doors.api.shapes import Nothing, from_query
from bourse.kit import audit
from bourse.kit.refusal import NotThere, Refusal
from bourse.members.actions import RequestLine, hand_over

View = Callable[..., HttpResponseBase]
LONGEST_PATH = 200


class MethodNotAllowed(Refusal):
    """The address does not know the method."""

    status = 405

    def __init__(self, allowed: str) -> None:
        super().__init__(f"This address knows {allowed or 'no method'}.")
        self.headers = {"Allow": allowed}


class Endpoint:
    """The view of one address, an operation for each method."""

    csrf_exempt = True  # callers.identify checks it, whose no is a problem and not a page

    def __init__(self, operations: dict[str, Operation]) -> None:
        self.operations = operations
        self.allowed = ", ".join(sorted({*operations, *(["HEAD"] if "GET" in operations else [])}))

    def __call__(self, request: MemberRequest, **names: str) -> HttpResponseBase:
        """The answer to one call, logged for the company's developer page."""
        begun, whence = time.perf_counter(), audit.origin.get()
        paced: dict[str, str] = {}
        try:
            response = self._answer(request, names, paced)
        except Refusal as refusal:
            response = problem(request, refusal)
        finally:
            audit.origin.set(whence)
        for name, value in paced.items():
            response[name] = value
        _log(request, response, begun)
        return response

    def _answer(
        self, request: MemberRequest, names: dict[str, str], paced: dict[str, str]
    ) -> HttpResponseBase:
        method = "GET" if request.method == "HEAD" else request.method or ""
        operation = self.operations.get(method)
        if operation is None and self.operations:
            raise MethodNotAllowed(self.allowed)
        refuse_any_larger(request)
        callers.identify(request)
        paced.update(pace.take(request.actor))
        if operation is None:
            raise NotThere("The API has no such address; its description names those that it has.")
        callers.admit(request.actor, operation)
        return _done(request, operation, _arguments(request, operation, names))


def endpoint(**operations: Operation) -> Endpoint:
    """The view of one address: endpoint(GET=..., POST=...); without any, of what is not there."""
    return Endpoint(operations)


def _arguments(request: MemberRequest, operation: Operation, names: dict[str, str]) -> dict[str, Any]:
    """All that the handler takes, each in its shape."""
    if any(not name.isascii() or not name.isprintable() for name in names.values()):
        raise NotThere("There is nothing under this address.")
    found: dict[str, Any] = dict(names)
    lists = {name: [str(text) for text in texts] for name, texts in request.GET.lists()}
    query = from_query(lists, operation.query or Nothing)
    found |= {"query": query} if operation.query else {}
    if operation.body is SentFile:
        found["body"] = sent_file(request)
    elif operation.body is SentBytes:
        found["body"] = sent_bytes(request)
    elif operation.body is not None:
        found["body"] = json_body(request, operation.body)
    return found


def _done(request: MemberRequest, operation: Operation, arguments: dict[str, Any]) -> HttpResponseBase:
    if request.method in SAFE:
        seen = operation.handler(request, **arguments)
        later = seen.then if isinstance(seen, Answer) else None
        return answered(request, later() if later else seen, operation.status)

    def order() -> tuple[HttpResponseBase, Callable[[], HttpResponseBase] | None]:
        try:
            given = operation.handler(request, **arguments)
        except Refusal as refusal:
            return problem(request, refusal), None
        then = given.then if isinstance(given, Answer) else None
        first = answered(request, given, operation.status)
        return first, then and (lambda: answered(request, then(), operation.status))

    if (key := operation_ids.id_in(request)) is not None:
        return operation_ids.done_once(request, key, arguments.get("body"), order)
    response, then = order()
    return then() if then else response


def _log(request: HttpRequest, response: HttpResponseBase, begun: float) -> None:
    """Leave a line of the call; nobody's company is told of a call whose caller is not known."""
    actor = callers.actor_in(request)
    if actor is None or actor.company_id is None:
        return
    hand_over(
        settings.HOME,
        RequestLine(
            at=datetime.fromtimestamp(time.time(), UTC),
            request_id=request.META.get("bourse.request_id", ""),
            company_id=actor.company_id,
            key_id=actor.key_id,
            person_id=actor.person_id,
            method=(request.method or "")[:7],
            path=request.path.replace("\0", " ")[:LONGEST_PATH],
            status=response.status_code,
            took_ms=round((time.perf_counter() - begun) * 1000),
            code=getattr(response, "code", ""),
            address=audit.origin.get().address,
        ),
    )
