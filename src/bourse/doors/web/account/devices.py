"""Browsers in which somebody signed in before: a signed cookie of long life, and no table."""

from secrets import token_urlsafe

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE, LIVES_S = "device", 400 * 24 * 3600
MOST_PEOPLE = 8  # of an office that shares a machine
_SALT = "device"


def knows(request: HttpRequest, person_id: str) -> bool:
    """Whether the person (public id) signed in on this device before."""
    return person_id in _kept(request)[1:]


def name(request: HttpRequest) -> str:
    """The device's own name, which only its cookie holds; empty where nobody ever signed in on it."""
    return _kept(request)[0]


def remember(request: HttpRequest, response: HttpResponse, person_id: str) -> HttpResponse:
    """The same answer, after which the device is known as one of the person's."""
    device, *people = _kept(request)
    people = [person_id, *(one for one in people if one and one != person_id)][:MOST_PEOPLE]
    response.set_signed_cookie(
        COOKIE,
        ".".join([device or token_urlsafe(12), *people]),
        salt=_SALT,
        max_age=LIVES_S,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def _kept(request: HttpRequest) -> list[str]:
    kept = request.get_signed_cookie(COOKIE, default="", salt=_SALT, max_age=LIVES_S) or ""
    return kept.split(".")
