"""What stands between a right password and coming in."""

from allauth.account.stages import LoginStage
from django.http import HttpResponse
from django.shortcuts import redirect

from bourse.doors.web.account.entering import HOW
from bourse.members.queries.signing import has_second_factor
from bourse.members.ways import How


class SecondFactorStage(LoginStage):  # type: ignore[misc]  # allauth ships no types
    """Whoever has a second factor shows it, unless he came with a passkey, which is both."""

    key = "second_factor"
    urlname = "second_factor"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """The page that asks for it, or nothing."""
        how = self.request.session.get(HOW)
        if how == How.PASSKEY or not has_second_factor(self.login.user.pk):
            return None, True
        return redirect("second_factor"), True

    def is_resumable(self, request: object) -> bool:
        """The sign-in page starts anew."""
        return False
