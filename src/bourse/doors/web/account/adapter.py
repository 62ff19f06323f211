"""How allauth behaves here: nobody signs up by himself, and signing in leaves no message behind."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Membership is by invitation."""

    error_messages: ClassVar[dict[str, object]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This e-mail address and this password do not belong together"),
        "too_many_login_attempts": _("Too many tries: wait five minutes, then sign in"),
        "account_inactive": _("This account is closed; ask whoever runs this exchange"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """No message: the masthead shows who is signed in."""
