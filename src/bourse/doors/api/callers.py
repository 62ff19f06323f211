"""Who calls: a key in the header Authorization, or a session, which for a change shows its token."""

import re
from contextvars import Token
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from msgspec import structs

from bourse.doors.api import pace
from bourse.doors.api.operation import SAFE, MemberRequest, Operation
from bourse.kit import audit, clock
from bourse.kit.refusal import Refusal
from bourse.members.actor import Actor
from bourse.members.queries import caller_of
from bourse.members.refusals import refuse_suspended

_BEARER = re.compile(r"Bearer +([!-~]{1,300})", re.IGNORECASE)
REALM = 'Bearer realm="bourse"'


class NotSignedIn(Refusal):
    """The caller is nobody that we know."""

    status = 401
    headers = {"WWW-Authenticate": REALM}


class TokenMissing(Refusal):
    """A change comes without the session's CSRF token."""

    status = 403


class ScopeMissing(Refusal):
    """The key is good, and may not do this."""

    status = 403


def identify(request: MemberRequest) -> Token[audit.Origin] | None:
    """Set request.actor to who calls; for a key also whence the orders come, until the token is reset."""
    if "Authorization" not in request.headers:
        if getattr(request, "actor", None) is None:
            raise NotSignedIn("Send a key: Authorization: Bearer bourse_live_…, or sign in first.")
        if request.method not in SAFE and (why := _Token(lambda _: HttpResponse()).missing_in(request)):
            raise TokenMissing(f"A change needs the header X-CSRFToken with the session's token. {why}")
        return None
    return _by_key(request)


def _by_key(request: MemberRequest) -> Token[audit.Origin]:
    found = _BEARER.fullmatch(request.headers["Authorization"].strip())
    if found is None:
        raise NotSignedIn("The header Authorization takes “Bearer” and a key of this house.")
    try:
        caller = caller_of(found[1], clock.now())
    except Refusal as refusal:
        # Only after the look: a good key answers from an address that others guess from.
        pace.count_guess(audit.origin.get().address)
        setattr(refusal, "headers", {"WWW-Authenticate": f'{REALM}, error="invalid_token"'})  # noqa: B010
        raise
    request.actor = caller.actor
    return audit.origin.set(structs.replace(audit.origin.get(), key=caller.key))


def admit(actor: Actor, operation: Operation) -> None:
    """Refuse a key without the scope, and a suspended company where the market would be touched."""
    if operation.scope is not None and operation.scope not in actor.scopes:
        has = ", ".join(sorted(actor.scopes)) or "nothing"
        raise ScopeMissing(
            f"This key may do: {has}. The call needs “{operation.scope}”; make a key that may do it."
        )
    if not operation.while_suspended:
        refuse_suspended(actor)


class _Token(CsrfViewMiddleware):
    """Django's own check, which tells why instead of answering with a page."""

    def missing_in(self, request: HttpRequest) -> str:
        self.process_request(request)
        return str(self.process_view(request, lambda _: HttpResponse(), (), {}) or "")

    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


def actor_in(request: HttpRequest) -> Actor | None:
    """Who called, once that is known."""
    return cast(Actor | None, getattr(request, "actor", None))
