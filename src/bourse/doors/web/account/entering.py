"""Coming in and going out: the session, the sign-in that its person sees, the device that is known."""

import time

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib.auth import authenticate, logout
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from bourse.doors.web.account import devices
from bourse.doors.web.account.tries import password_try
from bourse.kit import clock
from bourse.kit.refusal import Refusal
from bourse.members.actions.signing import sign_ins
from bourse.members.queries.signing import public_id_of, who
from bourse.members.ways import How

HOW, PROVED_AT, SIGN_IN, ENDS_AT = "how", "proved_at", "sign_in", "ends_at"
DAY_OF_WORK_S = 12 * 3600  # of a browser that was not told to stay signed in


class NoMatch(Refusal):
    """The address and the password do not belong together; whether either is known is not said."""


def by_password(request: HttpRequest, email: str, password: str, ticket: str) -> AbstractBaseUser:
    """Whose address and password these are."""
    counted = password_try(request, email, public_id_of(email), ticket)
    person = authenticate(request, email=email.strip().lower(), password=password)
    if person is None:
        raise NoMatch(gettext("This e-mail address and this password do not belong together"))
    counted.succeeded()
    return person


def go_through(
    request: HttpRequest, person: AbstractBaseUser, how: How, next_page: str, *, stays: bool
) -> HttpResponse:
    """In, or to the page that asks for the second factor first."""
    request.session[HOW] = how.value
    request.session.set_expiry(None if stays else 0)
    return perform_login(request, Login(user=person, redirect_url=safe(request, next_page)))  # type: ignore[no-any-return]


def has_come_in(
    request: HttpRequest, person: AbstractBaseUser, response: HttpResponse, how: How
) -> HttpResponse:
    """The same answer, now that the session is the person's: recorded, and the device known."""
    session, public_id = request.session, who(person.pk)[0]
    assert session.session_key
    begun = sign_ins.sign_in(
        person_id=person.pk,
        session_key=session.session_key,
        how=how,
        device=request.headers.get("User-Agent", ""),
        is_new_device=how is not How.LINK and not devices.knows(request, public_id),
        now=clock.now(),
    )
    session[SIGN_IN], session[PROVED_AT] = begun.public_id, int(time.time())
    session.pop(HOW, None)
    if session.get_expire_at_browser_close():
        session[ENDS_AT] = int(time.time()) + DAY_OF_WORK_S
    return devices.remember(request, response, public_id)


def go_out(request: HttpRequest) -> None:
    """End the session, here and for good."""
    if request.session.session_key:
        sign_ins.sign_out(session_key=request.session.session_key, now=clock.now())
    logout(request)


def safe(request: HttpRequest, page: str) -> str | None:
    """The page where it is one of ours."""
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if page and ours else None
