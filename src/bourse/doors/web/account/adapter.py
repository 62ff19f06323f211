"""How allauth behaves here: its stages lead from a password to the session; nobody signs up by himself."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from bourse.doors.web.account.entering import HOW, has_come_in
from bourse.members.ways import How


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Membership is by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """No message: the masthead shows who is signed in."""

    def get_login_stages(self) -> list[str]:
        """The second factor is all that stands between."""
        return ["bourse.doors.web.account.stages.SecondFactorStage"]

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """The page that was wanted, with what coming in brings about."""
        how = How(request.session.get(HOW, How.PASSWORD))
        return has_come_in(request, user, redirect(kwargs.get("redirect_url") or "front"), how)
