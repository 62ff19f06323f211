"""What happens around every page: one log line, who asks, and refusals turned into pages."""

import re
import time
from collections.abc import Callable
from secrets import token_hex

import structlog
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from bourse.doors.web.account import presence
from bourse.doors.web.sentences import said
from bourse.doors.web.session import company_chosen
from bourse.kit.refusal import Refusal
from bourse.members.queries import actor_for

log = structlog.get_logger()
Answer = Callable[[HttpRequest], HttpResponse]
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


def request_log(answer: Answer) -> Answer:
    """One line for each request. The path is logged without its query and without a link's secret."""

    def logged(request: HttpRequest) -> HttpResponse:
        request_id = _request_id(request)
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        try:
            response = answer(request)
            log.info(
                "request",
                method=request.method,
                path=_path_without_secret(request),
                status=response.status_code,
                took_ms=round((time.perf_counter() - started) * 1000, 1),
                person_id=_person_id(request),
            )
        finally:
            structlog.contextvars.unbind_contextvars("request_id")
        response["X-Request-ID"] = request_id
        setattr(response, "_has_been_logged", True)  # noqa: B010  Django's own line would show a link's secret
        return response

    return logged


def _request_id(request: HttpRequest) -> str:
    """The id that a proxy gave, or a new one."""
    given = request.headers.get("X-Request-ID", "")
    request_id = given if REQUEST_ID.fullmatch(given) else token_hex(8)
    request.META["bourse.request_id"] = request_id
    return request_id


def _path_without_secret(request: HttpRequest) -> str:
    match = request.resolver_match
    return f"/{match.route}" if match and "secret" in match.kwargs else request.path


def _person_id(request: HttpRequest) -> int | None:
    # Only where something asked already: a page for everybody reads no session for the sake of a log line.
    actor = getattr(request, "actor", None)
    return actor.person_id if actor else None


def member_of(answer: Answer) -> Answer:
    """Who asks, as request.actor: the person and the company chosen in the session; None for a visitor."""

    def known(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and presence.is_over(request):
            request.user = AnonymousUser()
        person_id = request.user.pk if request.user.is_authenticated else None
        actor = actor_for(person_id, company_chosen(request)) if person_id else None
        setattr(request, "actor", actor)  # noqa: B010  HttpRequest declares no such attribute
        if actor is not None:
            presence.note(request)
        response = answer(request)
        if actor is not None and not response.has_header("Cache-Control"):
            # Offices share machines: after the sign-out no memory of a browser or proxy shows these pages.
            patch_cache_control(response, private=True, no_store=True)
        return response

    return known


class Refusals:
    """A refusal becomes a page with its status and its own sentence; a bug stays an exception."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a refusal; nothing for other exceptions, nor for the API, which has its own words."""
        if not isinstance(exception, Refusal) or request.path.startswith("/api/"):
            return None
        if exception.status == 404:
            return render(request, _page_of_nothing(request), status=404)
        shown = {"sentence": said(str(exception))}
        answer = render(request, "web/errors/refused.html", shown, status=exception.status)
        if exception.retry_after_s:
            answer["Retry-After"] = str(exception.retry_after_s)
        return answer


def _page_of_nothing(request: HttpRequest) -> str:
    """For an old link the page that says what to do: its holder was invited."""
    match = request.resolver_match
    return "web/errors/link.html" if match and "secret" in match.kwargs else "web/errors/404.html"
