"""Handlers that Django calls."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def not_read(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for more than one request may hold."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "web/errors/413.html", status=413)
    return render(request, "web/errors/400.html", status=400)


def not_accepted(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """403: a form without its seal, or something that one may not do."""
    return render(request, "web/errors/403.html", status=403)


def not_there(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: not there, or not yours."""
    return render(request, "web/errors/404.html", status=404)


def our_fault(request: HttpRequest) -> HttpResponse:
    """500, with the number under which the log has it; it asks no database, which may be the fault."""
    context = {"request_id": request.META.get("bourse.request_id", "")}
    return HttpResponse(render_to_string("web/errors/500.html", context), status=500)
