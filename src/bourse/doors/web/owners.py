"""Pages of a company's owners: others of the company are told so, in the words of the page."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from django.http.response import HttpResponseBase
from django.utils.functional import Promise

from bourse.doors.web.who import Guarded, MemberRequest, Page, for_companies
from bourse.members.actions import OnlyOwners
from bourse.members.actor import Role

P = ParamSpec("P")


def for_owners(sentence: Promise) -> Callable[[Page[P]], Guarded[P]]:
    """A page of the owners of a company; whoever else acts for it reads the sentence."""

    def decorate(page: Page[P]) -> Guarded[P]:
        @for_companies
        @wraps(page)
        def guarded(request: MemberRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.actor.role is not Role.OWNER:
                raise OnlyOwners(str(sentence))
            return page(request, *args, **kwargs)

        return guarded

    return decorate
