"""Who may open which page. What an order allows, the order decides; this leads people to the right door."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from bourse.doors.web.account.again import ask, has_proved_recently
from bourse.kit.refusal import NotThere
from bourse.market.refusals import ViewersOnlyLook
from bourse.members.actor import Actor
from bourse.members.queries.signing import has_second_factor, house_needs_second_factor
from bourse.members.refusals import refuse_suspended

P = ParamSpec("P")


class MemberRequest(HttpRequest):
    """A request of somebody who is signed in."""

    actor: Actor


def actor_of(request: HttpRequest) -> Actor | None:
    """Who asks; None for a visitor."""
    actor: Actor | None = getattr(request, "actor", None)
    return actor


Page = Callable[Concatenate[MemberRequest, P], HttpResponseBase]
Guarded = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def for_members(page: Page[P]) -> Guarded[P]:
    """A page for everybody who is signed in; a visitor signs in first and comes back."""

    @wraps(page)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if actor_of(request) is None:
            return redirect_to_login(request.get_full_path())
        return page(cast(MemberRequest, request), *args, **kwargs)

    return guarded


def for_companies(page: Page[P]) -> Guarded[P]:
    """A page for people who act for a company; the operator, who acts for none, is told so."""

    @for_members
    @wraps(page)
    def guarded(request: MemberRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.actor.company_id is None:
            return redirect("company")
        return page(request, *args, **kwargs)

    return guarded


def for_traders(page: Page[P]) -> Guarded[P]:
    """A page for people who may change their company's stock; a viewer is told that he may not."""

    @for_companies
    @wraps(page)
    def guarded(request: MemberRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        refuse_suspended(request.actor)
        if not request.actor.may_trade:
            raise ViewersOnlyLook(gettext("Viewers look; owners and traders upload stock and change asks."))
        return page(request, *args, **kwargs)

    return guarded


def for_operators(page: Page[P]) -> Guarded[P]:
    """A page for whoever runs the house; for anybody else it is not there."""

    @for_members
    @wraps(page)
    def guarded(request: MemberRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.actor.is_operator:
            raise NotThere
        return page(request, *args, **kwargs)

    return guarded


def proved_recently(page: Page[P]) -> Page[P]:
    """A page for whoever has shown in the last ten minutes who he is; others show it now, and go on."""

    @wraps(page)
    def guarded(request: MemberRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not has_proved_recently(request):
            return ask(request)
        return page(request, *args, **kwargs)

    return guarded


def needs_recent_sign_in(page: Page[P]) -> Page[P]:
    """An act that binds: the person showed who he is, and has a second factor if the house asks for one."""

    @proved_recently
    @wraps(page)
    def guarded(request: MemberRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if house_needs_second_factor() and not has_second_factor(request.actor.person_id):
            return redirect("security")  # which says why, and how
        return page(request, *args, **kwargs)

    return guarded


def sent_only(home: str) -> Callable[[Guarded[P]], Guarded[P]]:
    """A route that takes a form: whoever loads its address is led to the page that holds the form."""

    def decorate(page: Guarded[P]) -> Guarded[P]:
        @wraps(page)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method != "POST":
                return redirect(reverse(home, args=args, kwargs=kwargs))
            return page(request, *args, **kwargs)

        return guarded

    return decorate
