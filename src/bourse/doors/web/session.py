"""What a browser remembers between pages: the company one acts for, the last own edit, the display."""

from typing import Literal, TypedDict

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COMPANY = "company"
EDIT, EDIT_SECONDS = "after", 30
LINK, LINK_SECONDS = "link", 60
DISPLAY, DISPLAY_SECONDS = "display", 400 * 24 * 3600


class Guards(TypedDict):
    """How a cookie is kept."""

    httponly: bool
    samesite: Literal["Lax"]
    secure: bool


def company_chosen(request: HttpRequest) -> str | None:
    """The public id of the company that the person chose to act for."""
    chosen = request.session.get(COMPANY)
    return chosen if isinstance(chosen, str) else None


def choose_company(request: HttpRequest, company_id: str) -> None:
    """Act for this company from now on."""
    request.session[COMPANY] = company_id


def remember_edit(response: HttpResponse, fact_id: int) -> HttpResponse:
    """The same answer, after which the next search of this browser shows the edit."""
    # A cookie, because a page that is read must not write a session.
    response.set_signed_cookie(EDIT, str(fact_id), max_age=EDIT_SECONDS, **_guarded())
    return response


def own_edit(request: HttpRequest) -> int | None:
    """The fact of the last edit of this browser, if it was half a minute ago or less."""
    kept = request.get_signed_cookie(EDIT, default="", max_age=EDIT_SECONDS)
    return int(kept) if kept and kept.isdigit() else None


def hand_over(response: HttpResponse, secret: str) -> HttpResponse:
    """The same redirect, after which the page that it leads to shows the new link, this once."""
    # A cookie of that page alone: the house keeps no secret, and a page loaded again makes no second link.
    path = response["Location"]
    response.set_signed_cookie(LINK, secret, max_age=LINK_SECONDS, path=path, **_guarded())
    return response


def handed_over(request: HttpRequest) -> str:
    """The secret of the link just made for this page; empty where none was."""
    return request.get_signed_cookie(LINK, default="", max_age=LINK_SECONDS) or ""


def forget_link(response: HttpResponse, path: str) -> HttpResponse:
    """The same answer, after which the link is shown no more."""
    response.delete_cookie(LINK, path=path, samesite="Lax")
    return response


def display(request: HttpRequest) -> dict[str, str]:
    """The display chosen in this browser: theme, density, keys."""
    kept = request.COOKIES.get(DISPLAY, "").split(".")
    known = {"theme": ("light", "dark"), "density": ("compact", "roomy"), "keys": ("off",)}
    return {name: next((word for word in kept if word in allowed), "") for name, allowed in known.items()}


def remember_display(response: HttpResponse, chosen: dict[str, str]) -> HttpResponse:
    """The same answer, after which this browser shows pages in the chosen way."""
    words = ".".join(word for word in chosen.values() if word)
    response.set_cookie(DISPLAY, words, max_age=DISPLAY_SECONDS, **_guarded())
    return response


def _guarded() -> Guards:
    """No script reads it, no other site sends it, and over https it never leaves in the clear."""
    return {"httponly": True, "samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE}
